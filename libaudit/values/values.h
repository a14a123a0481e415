/* values/values.h - the values of a field, for other programs: as a table, as raw bytes, as .npy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/array.h"
#include "../base/input.h"
#include "../base/output.h"

G_BEGIN_DECLS

/**
 * AssayValuesForm:
 * @ASSAY_VALUES_TABLE: a table: a row for each entry of the last axis but one, a column for each of
 *     the last. The columns are called as the metadata have it ("columns"), pitches and pitch
 *     classes by their names, others by their index. An array of one axis is one column, called as
 *     the field. Axes before those two are leading columns with an index. A column "item" comes
 *     first, unless one item alone was asked for.
 * @ASSAY_VALUES_RAW: the bytes of the values, little-endian, C order, one sample after the other
 * @ASSAY_VALUES_NPY: one .npy; more than one sample is an error
 */
typedef enum {
    ASSAY_VALUES_TABLE,
    ASSAY_VALUES_RAW,
    ASSAY_VALUES_NPY,
} AssayValuesForm;

/**
 * AssayValuesConfig:
 * @field: which
 * @names: (nullable): which samples, ended by %NULL: names, names with an item ("NAME[17]"),
 *     patterns with * and ?; none: all
 * @is_only: whether there is but one input, so that a MIDI file or an array need not be named
 * @convert: of raw bytes: whether they become @type, which is %ASSAY_F32 or %ASSAY_F64
 * @is_aligned: of a table: whether it is for people
 * @limit: how many samples at most; 0: all
 * @max_bytes: a limit for each sample, and for a .npy
 */
typedef struct {
    const char *field;
    const char *const *names;
    AssayValuesForm form;
    gboolean is_only;
    gboolean convert;
    AssayType type;
    gboolean is_aligned;
    guint64 limit;
    size_t max_bytes;
} AssayValuesConfig;

typedef struct AssayValues AssayValues;

/**
 * AssayValuesFault:
 *
 * Told of each file or sample that cannot be read or, where others have it, lacks the field, and of
 * what an end record reports (@accepted: and accepts) as left out.
 */
typedef void (*AssayValuesFault)(gpointer user, const char *message, gboolean accepted);

/**
 * assay_values_new:
 * @output: borrowed; neither flushed nor closed
 * @config: borrowed, with all in it
 */
ASSAY_API AssayValues *assay_values_new(AssayOutput *output, const AssayValuesConfig *config,
                                        AssayValuesFault fault, gpointer user);
ASSAY_API void assay_values_free(AssayValues *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayValues, assay_values_free)

/**
 * assay_values_input:
 * @input: (transfer full): a stream, a MIDI file or a .npy (whose field is "array")
 * @name, @shown: of the sample that a file is, and of its source
 *
 * Returns: %FALSE for a stream that breaks off or is corrupt, %ASSAY_ERROR_FIELD for samples that
 * do not fit into one table, %ASSAY_ERROR_USAGE for an input without samples or a second one for a
 * .npy; what else cannot be read is a fault, and %TRUE.
 */
ASSAY_API gboolean assay_values_input(AssayValues *self, AssayInput *input, const char *name,
                                      const char *shown, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many samples' values were written so far. */
ASSAY_API guint64 assay_values_written(const AssayValues *self);

/* Whether nothing more is wanted, so that further inputs need not be read. */
ASSAY_API gboolean assay_values_is_done(const AssayValues *self);

/**
 * assay_values_finish:
 *
 * Writes what is held back. Returns: %FALSE with %ASSAY_ERROR_USAGE for a name that was not found
 *     (the message lists those near it) or a field that no sample has (it lists those there are).
 */
ASSAY_API gboolean assay_values_finish(AssayValues *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
