/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "array-scan-private.h"

#include <string.h>

#include "../base/error.h"
#include "array-scan-kinds-private.h"
#include "cifar.h"
#include "idx.h"
#include "npz.h"
#include "stream.h"

enum { SNIFFED = 512 };

void
assay_array_scan_free(AssayArrayScan *self)
{
    if (self == NULL)
        return;
    assay_spool_free(self->spool);
    g_ptr_array_unref(self->parts);
    g_free(self->sha256);
    assay_json_unref(self->meta);
    assay_json_unref(self->labels);
    assay_json_unref(self->coarse_labels);
    g_free(self);
}

static gboolean
scan_npy(AssayArrayScan *self, AssayInput *input, GError **error)
{
    AssayArrayPart *part = assay_array_part_new(self, NULL, 0);
    guint64 size;

    g_ptr_array_add(self->parts, part);
    if (!assay_array_part_array(self, part, input, error))
        return FALSE;
    self->sha256 = assay_input_finish(input, &size, error);
    return self->sha256 != NULL;
}

/* Fields of one sample have the same items, or none. */
static gboolean
check_items(AssayArrayScan *self, GError **error)
{
    for (guint i = 0; i < self->parts->len; i++) {
        const AssayArrayPart *part = self->parts->pdata[i], *first = self->parts->pdata[0];

        if (i == 0)
            self->has_items = assay_array_part_has_items(part);
        if (assay_array_part_has_items(part) == self->has_items &&
            (!self->has_items || part->header.shape[0] == first->header.shape[0]))
            continue;
        if (assay_array_part_has_items(part) != self->has_items)
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                        "%s: %s and %s cannot be fields of one sample: one has an item axis, the "
                        "other none; take one --member at a time",
                        self->file->shown, first->member, part->member);
        else
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                        "%s: %s and %s cannot be fields of one sample: they have %" G_GSIZE_FORMAT
                        " and %" G_GSIZE_FORMAT " items; take one --member at a time",
                        self->file->shown, first->member, part->member, first->header.shape[0],
                        part->header.shape[0]);
        return FALSE;
    }
    return TRUE;
}

/* A pipe cannot be read twice, so what is read of it is kept. */
static AssayInput *
first_reading(AssayArrayScan *self, AssayInput *input)
{
    const AssaySourceConfig *config = self->config;
    size_t in_memory = config->max_bytes;

    if (assay_input_is_regular(input))
        return input;
    if (config->spool_folder != NULL)
        in_memory = MIN(in_memory, ASSAY_STREAM_PIECE);
    self->spool = assay_spool_new(input, in_memory, config->spool_folder);
    return assay_spool_fill(self->spool);
}

static AssayInput *
open_file(const AssayArrayScan *self, GError **error)
{
    if (self->spool != NULL)
        return assay_spool_open(self->spool);
    return assay_input_open(self->file->path, error);
}

static gboolean
scan_file(AssayArrayScan *self, AssayInput *whole, GError **error)
{
    g_autoptr(AssayInput) input = whole;
    const AssayArrayConfig *arrays = self->config->arrays;
    const guint8 *data;
    size_t size = SNIFFED;

    if (self->config->has_threads)
        assay_input_digest_beside(input);
    else
        assay_input_digest(input);
    if (arrays != NULL && arrays->is_raw)
        return assay_array_scan_raw(self, input, error);
    if (!assay_input_peek(input, &data, &size, error))
        return FALSE;
    if (self->config->pictures != NULL && assay_idx_sniff(data, size, &self->is_gzip))
        return assay_array_scan_idx(self, input, error);
    if (self->config->pictures != NULL && assay_has_suffix(self->file->path, assay_cifar_suffixes))
        return assay_array_scan_cifar(self, input, error);
    if (assay_npz_sniff(data, size))
        return assay_array_scan_npz(self, g_steal_pointer(&input), error);
    if (arrays != NULL && arrays->members->len > 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: is one array, not an .npz of several; leave --member out",
                    self->file->shown);
        return FALSE;
    }
    return scan_npy(self, input, error);
}

AssayArrayScan *
assay_array_scan_new(AssayInput *input, const AssayFile *file, const AssaySourceConfig *config,
                     GError **error)
{
    g_autoptr(AssayArrayScan) self = g_new0(AssayArrayScan, 1);

    self->file = file;
    self->config = config;
    self->format = "npy";
    self->meta =
        config->arrays == NULL ? assay_json_object() : assay_json_copy(config->arrays->meta);
    self->parts = g_ptr_array_new_with_free_func((GDestroyNotify)assay_array_part_free);
    if (!scan_file(self, first_reading(self, input), error) || !check_items(self, error) ||
        !assay_array_scan_labels(self, error))
        return NULL;
    return g_steal_pointer(&self);
}

AssayInput *
assay_array_scan_open(const AssayArrayScan *self, const AssayArrayPart *part, GError **error)
{
    g_autoptr(AssayInput) input = open_file(self, error);
    AssayNpyHeader header;

    if (input == NULL)
        return NULL;
    if (part->member != NULL) {
        AssayNpz *npz = assay_npz_new(g_steal_pointer(&input), self->file->shown, error);

        input = npz == NULL ? NULL : assay_npz_find(npz, part->member, error);
        if (input == NULL)
            return NULL;
    }
    if (strcmp(self->format, "IDX") == 0 || self->cifar_labels > 0)
        return assay_array_open_pictures(self, g_steal_pointer(&input), part->label, error);
    if (strcmp(self->format, "raw") != 0 &&
        !assay_npy_read_header(input, part->label, &header, error))
        return NULL;
    return g_steal_pointer(&input);
}
