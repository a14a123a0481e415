/* values/shape.h - what the fields of a sample are, without decoding them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

/**
 * AssayFieldShape:
 * @name: of the field; of a member that is no array, its suffix
 * @type: "f64"; of a member that is no array, "file"
 * @about: unit and placing in words: "velocity; step 1/16 note"
 * @n_axes: a member that is no array has one, its bytes
 * @axes, @sizes: without the item axis
 * @has_items: whether an item axis stands before them
 */
typedef struct {
    char *name;
    const char *type;
    char *about;
    size_t n_axes;
    char *axes[ASSAY_MAX_AXES];
    guint64 sizes[ASSAY_MAX_AXES];
    gboolean has_items;
} AssayFieldShape;

/**
 * AssayShape:
 * @fields: (element-type AssayFieldShape)
 * @source: what it came from: "MIDI files", "walk"; "" where nothing says so
 * @skeleton: all of it but the sizes; equal for samples that differ in sizes alone
 * @n_sizes: of all fields, one after the other; of each,
 * @sizes, @axes: the size and the name of its axis (borrowed from the field)
 *
 * Counts its references, but not atomically.
 */
typedef struct {
    GPtrArray *fields;
    char *source;
    GString *skeleton;
    size_t n_sizes;
    guint64 *sizes;
    const char **axes;
} AssayShape;

/**
 * assay_shape_new:
 *
 * Reads the headers of the arrays, not the values. Returns: %NULL with what
 *     assay_sample_field() reports for an array that cannot be read.
 */
ASSAY_API AssayShape *assay_shape_new(AssaySample *sample, GError **error);
ASSAY_API void assay_shape_unref(AssayShape *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayShape, assay_shape_unref)

/* (transfer full): what unit and placing the metadata of a field name. */
ASSAY_API char *assay_placing_text(const AssayJson *meta);

/* (transfer full): @value as a ratio of small whole numbers ("1/16", "3"), else in digits. */
ASSAY_API char *assay_ratio_text(double value);

G_END_DECLS
