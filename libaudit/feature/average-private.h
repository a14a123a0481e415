/* feature/average-private.h - what sums of spectra are made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* What is added to amplitudes, so that 0 has a logarithm. */
#define ASSAY_AVERAGE_FLOOR 1e-6

/* ln(|x| + ASSAY_AVERAGE_FLOOR), of |x|^2. */
double assay_average_log(double power);
