/* image/log-private.h - logarithms of many values in double, the same bits on any processor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stddef.h>

/* Replaces each of @n values by @factor times its natural logarithm, right to the last bit or the
 * one before. Values are normal numbers above 0; of others something comes out that is finite and
 * wrong. */
void assay_log_all(double *values, size_t n, double factor);
