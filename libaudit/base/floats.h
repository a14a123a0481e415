/* base/floats.h - float32 values of which nobody knows how many there will be.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "array.h"

G_BEGIN_DECLS

/**
 * AssayFloats:
 * @n: how many there are
 * @room: how many fit without growing
 * @max_bytes: a limit for them
 *
 * Begins as all zeros but for the limit.
 */
typedef struct {
    float *values;
    size_t n, room;
    size_t max_bytes;
} AssayFloats;

/**
 * assay_floats_add:
 *
 * @n: at least 1
 *
 * Returns: (transfer none): room for @n further values, which the caller fills; %NULL with
 *     %ASSAY_ERROR_RANGE past the limit, or without memory.
 */
ASSAY_API float *assay_floats_add(AssayFloats *self, size_t n,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_floats_clear(AssayFloats *self);

/**
 * assay_floats_take:
 * @shape: whose product is the number of values
 *
 * Returns: (transfer full): the values as an array; @self is empty thereafter.
 */
ASSAY_API AssayArray *assay_floats_take(AssayFloats *self, size_t n_axes, const size_t *shape,
                                        const char *const *axes,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
