/* transform/shuffle-axes-private.h - which axes are to be permuted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/array.h"

/**
 * assay_shuffle_axes_read:
 * @names: as typed, ended by %NULL; several axes joined by "+" are one
 * @items: (out): whether "item" is among them
 *
 * Returns: (transfer full): those without "item"; %NULL with %ASSAY_ERROR_USAGE for an axis without
 *     a name, one that is named twice, and items joined with others.
 */
char **assay_shuffle_axes_read(const char *const *names, gboolean *items, GError **error);

/**
 * assay_shuffle_axis_find:
 * @name: an axis, or several joined
 * @length: (out): how many entries lie along it
 *
 * Returns: the index of the first, or -1 where @array has them not, or not one after the other.
 */
int assay_shuffle_axis_find(const AssayArray *array, const char *name, size_t *length);

/* The first of @axes, or "item", that @array has not; or %NULL. */
const char *assay_shuffle_axis_lacking(const AssayArray *array, char **axes, gboolean items);
