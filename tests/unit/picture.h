/* tests/unit/picture.h - samples of pictures, filled by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/stream/sample.h>

/* A sample "p" with "pixels" of these axes (parted by commas) and shape; @values, or random ones
 * from 0 to 255; @meta is JSON or NULL. */
AssaySample *picture_new(AssayType type, const char *axes, const size_t *shape,
                         const double *values, const char *meta);

/* One picture of u8, of one grey. */
AssaySample *picture_grey(size_t rows, size_t columns, double grey);

double picture_value(AssaySample *sample, size_t index);

/* Whether both have the same bytes of pixels, as @is_equal says. Takes both samples. */
void picture_assert_equal(AssaySample *a, AssaySample *b, gboolean is_equal);
