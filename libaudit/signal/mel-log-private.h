/* signal/mel-log-private.h - logarithms of many values, the same bits on any processor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stddef.h>

/* Replaces each of @n values x >= 0 by @factor * ln(max(@floor, @offset + @gain * x)); @floor is at
 * least the smallest normal number. */
void assay_log_scale(float *values, size_t n, float gain, float offset, float floor, float factor);
