/* values/value-writer-private.h - arrays into a table, raw bytes or one .npy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"
#include "values.h"

typedef struct AssayValueWriter AssayValueWriter;

/* @config is borrowed. */
AssayValueWriter *assay_value_writer_new(AssayOutput *output, const AssayValuesConfig *config);
void assay_value_writer_free(AssayValueWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayValueWriter, assay_value_writer_free)

/**
 * assay_value_writer_put:
 * @array: all of the field, or of its piece
 * @items: (nullable): of which only these items are wanted, by their index in @array
 * @is_single: whether it is the one item that was asked for, so that it need not be named
 */
gboolean assay_value_writer_put(AssayValueWriter *self, AssaySample *sample,
                                const AssayArray *array, const GArray *items, gboolean is_single,
                                GError **error);

gboolean assay_value_writer_finish(AssayValueWriter *self, GError **error);
