/* feature/planes.h - pictures, spectrograms and rolls seen alike: as rows over columns.
 *
 * A plane has rows from the first, 0, and columns side by side. Of a picture ([item,] row, column
 * [, channel]) they are its own; of a spectrogram ([item,] time, mel) or a roll ([item,] time,
 * pitch) each step of time is a column, and its rows are mel bands or pitches, the lowest first.
 *
 * Colour becomes grey: (4899 R + 9617 G + 1868 B + 8192) >> 14 of integers, which are the weights
 * .299, .587 and .114 of ITU-R BT.601 in 14 bits, rounded; the same without rounding of floats.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

/**
 * AssayPlanes:
 * @sample: the name of the sample
 * @item_start: the index of the first item, counted over the whole sample
 * @field: which it is
 * @array: its values; once they are grey the axis "channel" is gone
 * @n_channels: of @array, 1 where it has no such axis
 * @has_items: whether there is an item axis; without one there is one item
 * @by_column: whether the values of a column, not those of a row, lie side by side
 * @full_scale: the value that stands for 1: "full_scale" of the metadata, or else 255 of "pixels"
 *     that are uint8, 65535 of those that are uint16, and 1 of all others
 *
 * Planes borrow from the sample; there is at least one value in each.
 */
typedef struct {
    const char *sample;
    size_t item_start;
    const char *field;
    const AssayArray *array;
    gboolean has_items, by_column;
    size_t n_items, n_rows, n_columns, n_channels;
    double full_scale;
    AssayArray *own;
} AssayPlanes;

/**
 * assay_planes_field:
 * @field: (nullable): which; or the one that @sample has of pixels, mel and roll
 *
 * Returns: (transfer none): its name; %NULL with %ASSAY_ERROR_FIELD where there is none of the
 *     three or several; the message says what to type.
 */
ASSAY_API const char *assay_planes_field(const AssaySample *sample, const char *field,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_full_scale:
 * @full_scale: (out): the value of @field that stands for 1, as #AssayPlanes has it
 *
 * Returns: %FALSE with %ASSAY_ERROR_FIELD without such a field, %ASSAY_ERROR_META for one that is
 * no number above 0.
 */
ASSAY_API gboolean assay_full_scale(AssaySample *sample, const char *field, double *full_scale,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_planes_look:
 * @self: (out): to be cleared, also after an error
 * @field: (nullable): as above; to outlive @self
 *
 * Planes as they are, with their colours.
 *
 * Returns: %FALSE with %ASSAY_ERROR_FIELD for other axes, and where there are no values; with
 *     %ASSAY_ERROR_META for a full scale that is none.
 */
ASSAY_API gboolean assay_planes_look(AssayPlanes *self, AssaySample *sample, const char *field,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_planes_open:
 *
 * The same, grey. Returns: %FALSE also with %ASSAY_ERROR_FIELD for a number of channels that is
 *     neither 1 nor 3.
 */
ASSAY_API gboolean assay_planes_open(AssayPlanes *self, AssaySample *sample, const char *field,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_planes_clear(AssayPlanes *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssayPlanes, assay_planes_clear)

/**
 * assay_planes_identity:
 *
 * Returns: (transfer full): NAME, or NAME[i] of item @item, counted from the first of these planes.
 */
ASSAY_API char *assay_planes_identity(const AssayPlanes *self, size_t item);

/* Says that this item is to blame for @error, see assay_error_blame_item(). */
ASSAY_API void assay_planes_blame(const AssayPlanes *self, size_t item, GError **error);

G_END_DECLS
