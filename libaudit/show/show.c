/* show/show.c - who shows what a file is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "show.h"

#include <string.h>

#include "../base/error.h"
#include "views-private.h"

enum { MIN_WIDTH = 40 };

AssayShow *
assay_show_new(AssayOutput *output, const AssayShowConfig *config)
{
    AssayShow *self = g_new0(AssayShow, 1);

    self->config = *config;
    self->config.width =
        config->width == 0 ? ASSAY_PAGE_WIDTH : CLAMP(config->width, MIN_WIDTH, ASSAY_PAGE_WIDTH);
    self->page = (AssayPage){ .out = output, .config = &self->config };
    return self;
}

void
assay_show_free(AssayShow *self)
{
    if (self == NULL)
        return;
    assay_rows_free(self->midi_rows);
    assay_rows_free(self->picture_rows);
    assay_fact_sums_free(self->midi_sums);
    g_free(self);
}

void
assay_show_on_fault(AssayShow *self, AssayShowFault fault, gpointer user)
{
    self->fault = fault;
    self->fault_user = user;
}

guint64
assay_show_left_out(const AssayShow *self)
{
    return self->left_out;
}

gboolean
assay_show_has_broken(const AssayShow *self)
{
    return self->has_broken;
}

gboolean
assay_show_input(AssayShow *self, AssayInput *input, const char *name, gboolean is_brief,
                 GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_autofree char *own_name = g_strdup(name != NULL ? name : assay_input_name(input));
    const guint8 *data;
    size_t size = ASSAY_KIND_SNIFFED;
    const AssayMedium *medium;
    AssayKind kind;

    name = own_name;
    if (!assay_input_peek(own, &data, &size, error))
        return FALSE;
    kind = assay_kind_sniff(data, size, assay_input_name(own));
    if (kind == ASSAY_KIND_UNKNOWN || kind == ASSAY_KIND_EMPTY)
        return assay_kind_refuse(data, size, name, error);
    medium =
        kind == ASSAY_KIND_PICTURE ? assay_kind_picture(data, size, assay_input_name(own)) : NULL;
    is_brief = is_brief && (kind == ASSAY_KIND_MIDI || kind == ASSAY_KIND_PICTURE) &&
               !self->config.is_long;
    if (!is_brief || kind != ASSAY_KIND_MIDI)
        assay_show_midi_end(self);
    if (!is_brief || kind != ASSAY_KIND_PICTURE)
        assay_show_picture_end(self);
    if (kind != ASSAY_KIND_PICTURE && (!is_brief || self->midi_rows == NULL))
        assay_page_part(&self->page);
    g_steal_pointer(&own);
    switch (kind) {
    case ASSAY_KIND_STREAM:
        if (assay_show_stream(self, input, name, error))
            return TRUE;
        self->has_broken = TRUE;
        return FALSE;
    case ASSAY_KIND_NPY:
        return assay_show_npy(self, input, name, error);
    case ASSAY_KIND_NPZ:
        return assay_show_npz(self, input, name, error);
    case ASSAY_KIND_MIDI:
        return assay_show_midi(self, input, name, is_brief, error);
    case ASSAY_KIND_IDX:
        return assay_show_idx(self, input, name, error);
    case ASSAY_KIND_PICTURE:
        return assay_show_picture(self, input, medium, name, is_brief, error);
    case ASSAY_KIND_SOUND:
        return assay_show_sound(self, input, name, error);
    case ASSAY_KIND_JSON:
        return assay_show_json(self, input, name, error);
    default:
        return assay_show_table(self, input, name, error);
    }
}

gboolean
assay_show_finish(AssayShow *self, GError **error)
{
    assay_show_midi_end(self);
    assay_show_picture_end(self);
    return assay_page_flush(&self->page, error);
}
