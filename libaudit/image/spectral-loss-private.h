/* image/spectral-loss-private.h - what the loss of a picture and that of a set have in common.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "spectral-loss.h"

/* No logarithm of a cross-entropy is lower. */
#define ASSAY_SPECTRAL_LEAST_LOG (-100.)

/* ln @p, held there. */
double assay_spectral_log(double p);
