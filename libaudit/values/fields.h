/* values/fields.h - the fields of samples as a table, for other programs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "values.h"

G_BEGIN_DECLS

/**
 * AssayFields:
 *
 * A row for each sample and field: `item items field axes shape type unit step_q rate_hz source
 * sha256`. Sizes of the shape are apart by commas, without the item axis; items is NA where there
 * is none.
 */
typedef struct AssayFields AssayFields;

/* @output is borrowed, @limit the most samples of each input (0: all), @fault told of what is left
 * out. */
ASSAY_API AssayFields *assay_fields_new(AssayOutput *output, gboolean is_aligned, guint64 limit,
                                        size_t max_bytes, AssayValuesFault fault, gpointer user);
ASSAY_API void assay_fields_free(AssayFields *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayFields, assay_fields_free)

/* As assay_values_input(). */
ASSAY_API gboolean assay_fields_input(AssayFields *self, AssayInput *input, const char *name,
                                      const char *shown, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many samples' fields were written so far. */
ASSAY_API guint64 assay_fields_written(const AssayFields *self);

/* Writes what is held back. */
ASSAY_API gboolean assay_fields_finish(AssayFields *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
