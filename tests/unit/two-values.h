/* tests/unit/two-values.h - a picture of two values, from a file of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/stream/sample.h>

/* A sample @name with @field of axes row, column: [[@a, @b]], u8; @file is all that tells what is
 * in its file. */
AssaySample *two_values_sample(const char *name, const char *file, const char *field, double a,
                               double b);
