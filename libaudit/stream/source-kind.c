/* stream/source-kind.c - what a file is, of the kinds that are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/table.h"
#include "array-config.h"
#include "array-scan-kinds-private.h"
#include "idx.h"
#include "npz.h"
#include "other-kinds.h"
#include "source-private.h"

static const char *const table_suffixes[] = { ".tsv", NULL };

const AssayMedium *
assay_source_find_medium(const AssaySourceConfig *self, const AssayFile *file, const guint8 *data,
                         size_t size)
{
    for (size_t i = 0; self->media != NULL && self->media[i] != NULL; i++) {
        if (self->media[i]->sniff(data, size))
            return self->media[i];
    }
    if (assay_other_kind(data, size) != NULL)
        return NULL; /* whatever it is called */
    for (size_t i = 0; self->media != NULL && self->media[i] != NULL; i++) {
        if (assay_has_suffix(file->path, self->media[i]->suffixes))
            return self->media[i];
    }
    return NULL;
}

static gboolean
refuse_empty(const AssayFile *file, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED, "%s: is empty%s", file->shown,
                strcmp(file->path, "-") == 0 ? ": the program before it in the pipe may have failed"
                                             : "");
    return FALSE;
}

char *
assay_source_kinds(const AssaySourceConfig *config)
{
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();

    for (size_t i = 0; config->media != NULL && config->media[i] != NULL; i++)
        g_ptr_array_add(wanted, (gpointer)config->media[i]->name);
    if (config->pictures != NULL)
        g_ptr_array_add(wanted, (gpointer) "IDX or CIFAR");
    if (config->arrays != NULL)
        g_ptr_array_add(wanted, (gpointer)(config->pictures != NULL ? ".npy or .npz"
                                                                    : ".npy or .npz or TSV table"));
    else if (config->array_axes != NULL)
        g_ptr_array_add(wanted, (gpointer) ".npy");
    if (config->tables != NULL)
        g_ptr_array_add(wanted, (gpointer) "TSV table");
    if (config->streams)
        g_ptr_array_add(wanted, (gpointer) "sample stream");
    g_ptr_array_add(wanted, NULL);
    return g_strjoinv(" or ", (char **)wanted->pdata);
}

gboolean
assay_source_refuse(const AssaySourceConfig *self, const AssayFile *file, const guint8 *data,
                    size_t size, GError **error)
{
    const char *kind = assay_other_kind(data, size);
    g_autofree char *list = NULL;

    if (size == 0)
        return refuse_empty(file, error);
    list = assay_source_kinds(self);
    if (assay_stream_sniff(data, size)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: is no %s but a sample stream, or in gzip", file->shown, list);
        return FALSE;
    }
    if (assay_npz_sniff(data, size) && self->arrays == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: is no %s but a zip archive; of an .npz, assay-array --member=NAME "
                    "--axes=NAMES makes a stream",
                    file->shown, list);
        return FALSE;
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "%s: is no %s%s%s%s%s", file->shown, list,
                kind != NULL ? " but " : "", kind != NULL ? kind : "",
                self->hint != NULL ? "; " : "", self->hint != NULL ? self->hint : "");
    return FALSE;
}

gboolean
assay_source_is_pictures(const AssaySourceConfig *self, const AssayFile *file, const guint8 *data,
                         size_t size)
{
    gboolean is_gzip;

    return self->pictures != NULL && (assay_idx_sniff(data, size, &is_gzip) ||
                                      assay_has_suffix(file->path, assay_cifar_suffixes));
}

gboolean
assay_source_is_array(const AssaySourceConfig *self, const guint8 *data, size_t size)
{
    const AssayArrayConfig *arrays = self->arrays;

    if (arrays != NULL && (arrays->is_raw || assay_npz_sniff(data, size)))
        return TRUE;
    return assay_npy_sniff(data, size);
}

gboolean
assay_source_is_table(const AssaySourceConfig *self, const AssayFile *file, const guint8 *data,
                      size_t size)
{
    return ((self->arrays != NULL && self->pictures == NULL) || self->tables != NULL) && size > 0 &&
           (assay_table_sniff(data, size) || assay_has_suffix(file->path, table_suffixes));
}
