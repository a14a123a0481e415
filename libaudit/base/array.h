/* base/array.h - arrays with named axes, the data of every field.
 *
 * Row-major (C order), native little-endian, in memory of their own or in that of a file that was
 * read. At most ASSAY_MAX_AXES axes; the product of the shape is checked against overflow and
 * against a limit in bytes before memory is asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

#define ASSAY_MAX_AXES 8

/* The largest sample any decoder makes by default: 2 GiB. */
#define ASSAY_MAX_SAMPLE ((size_t)2 << 30)

typedef enum {
    ASSAY_U8,
    ASSAY_I8,
    ASSAY_U16,
    ASSAY_I16,
    ASSAY_U32,
    ASSAY_I32,
    ASSAY_U64,
    ASSAY_I64,
    ASSAY_F32,
    ASSAY_F64,
} AssayType;

/**
 * AssayArray:
 * @axes: a name an axis ("time", "pitch"), never %NULL once the array is a field; owned
 * @data: shape[0] * ... * shape[n_axes - 1] values, C order; never %NULL, even when there are none
 * @lender: (nullable): what @data is a part of, where it is not the array's own; owned. Such values
 *     are for reading alone.
 */
typedef struct {
    AssayType type;
    size_t n_axes;
    size_t shape[ASSAY_MAX_AXES];
    char *axes[ASSAY_MAX_AXES];
    void *data;
    GBytes *lender;
} AssayArray;

/**
 * assay_array_new:
 * @axes: (nullable): names, ended by %NULL; without them axes are called axis0, axis1 ...
 *
 * Returns: an array of zeros, or %NULL with %ASSAY_ERROR_RANGE: more than ASSAY_MAX_AXES axes, over
 *     @max_bytes, or no memory.
 */
ASSAY_API AssayArray *assay_array_new(AssayType type, size_t n_axes, const size_t *shape,
                                      const char *const *axes, size_t max_bytes,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same, but for the values, which are anything: for who sets all of them. */
ASSAY_API AssayArray *assay_array_new_unset(AssayType type, size_t n_axes, const size_t *shape,
                                            const char *const *axes, size_t max_bytes,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_array_new_lent:
 * @lender: has all the values, from byte @offset on, aligned as their type asks for
 *
 * The same, of values that stay where they are.
 */
ASSAY_API AssayArray *assay_array_new_lent(AssayType type, size_t n_axes, const size_t *shape,
                                           GBytes *lender, size_t offset, size_t max_bytes,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_array_free(AssayArray *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayArray, assay_array_free)

/**
 * assay_array_name_axes:
 * @axes: as many names as @self has axes, ended by %NULL
 */
ASSAY_API void assay_array_name_axes(AssayArray *self, const char *const *axes);

ASSAY_API size_t assay_array_count(const AssayArray *self); /* values */
ASSAY_API size_t assay_array_bytes(const AssayArray *self);

/**
 * assay_array_axis:
 *
 * Returns: the index of the axis called @name, or -1.
 */
ASSAY_API int assay_array_axis(const AssayArray *self, const char *name);

/**
 * assay_array_value:
 *
 * Returns: the value at flat @index as a double; 64-bit integers beyond 2^53 are rounded.
 */
ASSAY_API double assay_array_value(const AssayArray *self, size_t index);

/**
 * assay_array_values:
 * @values: (out): @n values from flat index @start on, each as assay_array_value() has it
 *
 * The way to go through many: a row at a time.
 */
ASSAY_API void assay_array_values(const AssayArray *self, size_t start, size_t n, double *values);

/**
 * assay_array_every:
 * @values: (out): @n values, every @step-th from flat index @start on, such as those of a channel
 */
ASSAY_API void assay_array_every(const AssayArray *self, size_t start, size_t step, size_t n,
                                 double *values);

/**
 * assay_array_transpose:
 * @order: for each axis of the result, which axis of @self it is
 *
 * Returns: a new array with the axes in another order, names moving with them, or %NULL without
 *     memory.
 */
ASSAY_API AssayArray *assay_array_transpose(const AssayArray *self, const size_t *order,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: an array with values of its own, or %NULL without memory. */
ASSAY_API AssayArray *assay_array_copy(const AssayArray *self,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_array_slice:
 *
 * Returns: a copy of @count entries of the first axis, from @start; the caller keeps the bounds.
 */
ASSAY_API AssayArray *assay_array_slice(const AssayArray *self, size_t start, size_t count,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_array_share:
 *
 * From here on the values of @self are lent, so that views can be had of them: they are no more to
 * be changed.
 */
ASSAY_API void assay_array_share(AssayArray *self);

/**
 * assay_array_view:
 * @self: with values that are lent
 *
 * Returns: @count entries of the first axis, from @start, where they are; the caller keeps the
 *     bounds.
 */
ASSAY_API AssayArray *assay_array_view(const AssayArray *self, size_t start, size_t count);

ASSAY_API size_t assay_type_size(AssayType type);
ASSAY_API const char *assay_type_name(AssayType type); /* "u8" ... "f64" */

/**
 * assay_shape_count:
 *
 * Returns: %TRUE with the product of @shape in *@count, or %FALSE where @size bytes times it pass
 *     @max_bytes or overflow.
 */
ASSAY_API gboolean assay_shape_count(size_t n_axes, const size_t *shape, size_t size,
                                     size_t max_bytes, size_t *count);

G_END_DECLS
