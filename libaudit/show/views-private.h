/* show/views-private.h - the views that assay_show_input() chooses from, and the list of brief
 * lines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"
#include "../stream/npy.h"
#include "../stream/stream.h"
#include "../values/kind.h"
#include "facts-private.h"
#include "page-private.h"
#include "rows-private.h"

struct AssayShow {
    AssayShowConfig config;
    AssayPage page;
    guint64 left_out;
    gboolean has_broken;
    AssayShowFault fault;
    gpointer fault_user;
    AssayRows *midi_rows; /* the list of brief lines, while one is open */
    AssayFactSums *midi_sums;
    guint64 n_midi_rows;
    AssayRows *picture_rows;          /* likewise */
    guint64 n_picture_rows, n_listed; /* of all lists, and before this one */
};

/* All take @input and show it under @name. */
gboolean assay_show_stream(AssayShow *self, AssayInput *input, const char *name, GError **error);
gboolean assay_show_npy(AssayShow *self, AssayInput *input, const char *name, GError **error);
gboolean assay_show_npz(AssayShow *self, AssayInput *input, const char *name, GError **error);
gboolean assay_show_midi(AssayShow *self, AssayInput *input, const char *name, gboolean is_brief,
                         GError **error);
gboolean assay_show_idx(AssayShow *self, AssayInput *input, const char *name, GError **error);
gboolean assay_show_picture(AssayShow *self, AssayInput *input, const AssayMedium *medium,
                            const char *name, gboolean is_brief, GError **error);
gboolean assay_show_sound(AssayShow *self, AssayInput *input, const char *name, GError **error);
gboolean assay_show_json(AssayShow *self, AssayInput *input, const char *name, GError **error);
gboolean assay_show_table(AssayShow *self, AssayInput *input, const char *name, GError **error);

/* Ends the list of MIDI files, if one is open; or of pictures. */
void assay_show_midi_end(AssayShow *self);
void assay_show_picture_end(AssayShow *self);

/* "7 x 3 x 2", and "f32, big-endian, C order". (transfer full) */
char *assay_npy_shape_text(const AssayPage *page, const AssayNpyHeader *header);
char *assay_npy_type_text(const AssayNpyHeader *header);

/* The metadata of a sample as readable lines. */
void assay_show_meta(const AssayPage *page, size_t indent, const AssayJson *object);
