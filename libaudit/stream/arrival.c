/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/digest.h"
#include "array-piece-private.h"
#include "array-table-private.h"
#include "source-private.h"

void
assay_arrival_free(AssayArrival *self)
{
    if (self == NULL)
        return;
    g_free(self->name);
    assay_sample_free(self->sample);
    g_clear_error(&self->fault);
    assay_skip_free(self->upstream);
    if (self->bytes != NULL)
        g_bytes_unref(self->bytes);
    assay_content_free(self->content);
    assay_arrival_settle(self);
    g_free(self->shown);
    g_free(self);
}

size_t
assay_arrival_bytes(const AssayArrival *self)
{
    size_t bytes = sizeof *self;

    if (self->sample != NULL)
        bytes += assay_sample_bytes(self->sample);
    if (self->bytes != NULL)
        bytes += g_bytes_get_size(self->bytes);
    if (self->content != NULL)
        bytes += assay_content_held(self->content);
    if (self->piece != NULL)
        bytes += assay_array_piece_bytes(self->piece);
    return bytes;
}

void
assay_arrival_note_items(AssayArrival *self)
{
    self->has_items = assay_sample_has_items(self->sample);
    self->item_start = assay_sample_item_start(self->sample);
    self->n_items = assay_sample_n_items(self->sample);
}

/* Adds the fields that the bytes are of; faults name the file. */
static gboolean
decode_bytes(AssayArrival *self, GError **error)
{
    if (self->medium == NULL)
        return assay_array_from_table(self->sample, self->bytes, self->shown, self->arrays,
                                      self->max_bytes, error);
    if (self->medium->decode(self->sample, self->bytes, self->max_bytes, error))
        return TRUE;
    g_prefix_error(error, "%s: ", self->shown);
    return FALSE;
}

/* What a stage will decode: all that is asked of the file here is its digest. */
static gboolean
hand_on(AssayArrival *self, GError **error)
{
    g_autofree char *sha256 = assay_content_digest(self->content, error);

    if (sha256 == NULL)
        return FALSE;
    self->sample = assay_sample_new(self->name);
    assay_sample_set_source(self->sample, self->shown, self->medium->name, sha256);
    assay_sample_take_content(self->sample, g_steal_pointer(&self->content));
    return TRUE;
}

static gboolean
load_piece(AssayArrival *self, GError **error)
{
    if (assay_array_piece_load(self->piece, self->sample, error))
        return TRUE;
    g_clear_pointer(&self->sample, assay_sample_free);
    return FALSE;
}

static gboolean
open_sample(AssayArrival *self, GError **error)
{
    g_autofree char *sha256 = NULL;

    if (self->content != NULL)
        return hand_on(self, error);
    if (self->bytes == NULL)
        return assay_sample_unpack(self->sample, self->max_bytes, error);
    sha256 = assay_digest_bytes(self->bytes);
    self->sample = assay_sample_new(self->name);
    assay_sample_set_source(self->sample, self->shown,
                            self->medium != NULL ? self->medium->name : "TSV", sha256);
    if (decode_bytes(self, error)) {
        g_clear_pointer(&self->bytes, g_bytes_unref);
        return TRUE;
    }
    g_clear_pointer(&self->sample, assay_sample_free);
    return FALSE;
}

/* What slices are made of: of several items alone. Arrays that do not have as many items as the
 * sample are for whoever reads them to refuse. */
static void
keep_origin(AssayArrival *self)
{
    if (self->has_items && self->n_items > 1)
        self->origin = assay_sample_slice(self->sample, 0, self->n_items, NULL);
}

gboolean
assay_arrival_open(AssayArrival *self, GError **error)
{
    if (self->piece != NULL) {
        keep_origin(self); /* without the array, which is read again where it is needed */
        return load_piece(self, error);
    }
    if (!open_sample(self, error))
        return FALSE;
    g_free(self->name); /* which was that of a piece */
    self->name = g_strdup(assay_sample_name(self->sample));
    assay_arrival_note_items(self);
    keep_origin(self);
    return TRUE;
}

AssaySample *
assay_arrival_slice(AssayArrival *self, size_t start, size_t count, GError **error)
{
    g_assert(self->origin != NULL);
    if (self->piece != NULL) {
        if (!assay_array_piece_load(self->piece, self->origin, error))
            return NULL;
        g_clear_pointer(&self->piece, assay_array_piece_free);
    }
    return assay_sample_slice(self->origin, start, count, error);
}

void
assay_arrival_settle(AssayArrival *self)
{
    g_clear_pointer(&self->piece, assay_array_piece_free);
    g_clear_pointer(&self->origin, assay_sample_free);
}
