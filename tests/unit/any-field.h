/* tests/unit/any-field.h - fields of any type, filled by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/stream/sample.h>

/* Adds a field of zeros to @sample; the axes' names are parted by commas, @meta is JSON or NULL. */
AssayArray *any_field_add(AssaySample *sample, const char *field, AssayType type, const char *axes,
                          const size_t *shape, const char *meta);

/* Sets a value of an array of u8, u16, i16, f32 or f64. */
void any_field_put(AssayArray *array, size_t index, double value);
