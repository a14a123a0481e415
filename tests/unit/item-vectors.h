/* tests/unit/item-vectors.h - samples of any type made vectors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/detect/vectors.h>

/* A sample with a field of these values; the axes' names are parted by commas. */
AssaySample *item_vectors_sample(const char *name, const char *field, AssayType type,
                                 const char *axes, const size_t *shape, const double *values);

/* Vectors of @sample, which is freed, reduced to @size. */
AssayVectors *item_vectors_take(AssaySample *sample, size_t size, gboolean cosine);

/* Vectors of one number each. */
AssayVectors *item_vectors_numbers(const char *name, size_t n, const double *values);
