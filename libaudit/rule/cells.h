/* rule/cells.h - the cells of a roll or a chroma as rules read them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

/**
 * assay_rule_cells:
 * @field: "roll" or "chroma"
 * @axis: its last axis: "pitch" or "class"
 *
 * Returns: (transfer none): the array, [item,] time, @axis, u8, with an item axis if and only if
 * the sample has items, so that item i of the sample is block i of the array; %NULL with
 *     %ASSAY_ERROR_FIELD
 */
ASSAY_API const AssayArray *assay_rule_cells(AssaySample *sample, const char *field,
                                             const char *axis, GError **error);

/**
 * assay_rule_runs:
 * @index: an item of the sample, from 0
 * @visit: called for every run of cells of the field "roll" that are not 0, pitch by pitch: its
 *     pitch, the step at which it begins, and the key of its length (see assay_duration_key()), in
 *     quarter notes, or in seconds where steps are in seconds
 *
 * Returns: %FALSE with %ASSAY_ERROR_FIELD, or %ASSAY_ERROR_META where the metadata do not say how
 *     long a step is
 */
ASSAY_API gboolean assay_rule_runs(AssaySample *sample, size_t index,
                                   void (*visit)(gpointer user, int pitch, size_t step,
                                                 guint64 key),
                                   gpointer user, GError **error);

G_END_DECLS
