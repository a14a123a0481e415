/* stream/array-scan-pictures.c - files of many pictures, looked through: IDX and CIFAR's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/gunzip.h"
#include "array-scan-kinds-private.h"
#include "cifar.h"
#include "idx.h"

const char *const assay_cifar_suffixes[] = { ".bin", NULL };

static const char *const *
usual_axes(size_t n)
{
    static const char *const axes[] = { "item", "row", "column", "channel", NULL };
    static const char *const fewer[] = { "item", "row", "column", NULL };

    return n == 4 ? axes : n == 3 ? fewer : NULL;
}

/* @input is at the first byte of what is looked through, unpacked. */
static gboolean
scan_unpacked(AssayArrayScan *self, AssayInput *input, GError **error)
{
    AssayArrayPart *part = assay_array_part_new(self, NULL, 0);

    g_ptr_array_add(self->parts, part);
    if (!assay_idx_read_header(input, part->label, &part->header, error))
        return FALSE;
    if (part->header.n_axes == 1) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: is an IDX file of labels; give it with --labels, beside the pictures",
                    part->label);
        return FALSE;
    }
    if (part->axes == NULL)
        part->axes = usual_axes(part->header.n_axes);
    return assay_array_part_values(self, part, input, error);
}

gboolean
assay_array_scan_idx(AssayArrayScan *self, AssayInput *input, GError **error)
{
    g_autoptr(AssayInput) unpacked = NULL;
    guint64 size;

    self->format = "IDX";
    if (self->is_gzip) {
        unpacked = assay_gunzip_new(input, FALSE, self->config->max_bytes, error);
        if (unpacked == NULL)
            return FALSE;
    }
    if (!scan_unpacked(self, unpacked != NULL ? unpacked : input, error))
        return FALSE;
    self->sha256 = assay_input_finish(input, &size, error);
    return self->sha256 != NULL;
}

gboolean
assay_array_scan_cifar(AssayArrayScan *self, AssayInput *input, GError **error)
{
    static const char *const axes[] = { "item", "channel", "row", "column", NULL };
    AssayArrayPart *part = assay_array_part_new(self, NULL, 0);
    g_auto(AssayCifar) cifar = { 0 };
    guint64 size;
    size_t n;

    g_ptr_array_add(self->parts, part);
    if (!assay_cifar_scan(&cifar, input, part->label, error))
        return FALSE;
    self->sha256 = assay_input_finish(input, &size, error);
    if (self->sha256 == NULL)
        return FALSE;
    self->format = cifar.n_labels == 1 ? "CIFAR-10" : "CIFAR-100";
    self->cifar_labels = cifar.n_labels;
    part->axes = axes;
    part->header = (AssayNpyHeader){
        .type = ASSAY_U8,
        .file_size = 1,
        .n_axes = 4,
        .shape = { cifar.n_items, ASSAY_CIFAR_PLANES, ASSAY_CIFAR_SIZE, ASSAY_CIFAR_SIZE },
    };
    n = assay_array_part_taken(self, cifar.n_items);
    self->labels = assay_cifar_labels(&cifar, cifar.n_labels - 1, n);
    if (cifar.n_labels > 1)
        self->coarse_labels = assay_cifar_labels(&cifar, 0, n);
    return assay_array_part_shape(self, part, error) && assay_array_part_limit(self, part, error);
}

AssayInput *
assay_array_open_pictures(const AssayArrayScan *self, AssayInput *input, const char *label,
                          GError **error)
{
    g_autoptr(AssayInput) own = input;
    AssayNpyHeader header;

    if (self->cifar_labels > 0)
        return assay_cifar_values(g_steal_pointer(&own), self->cifar_labels);
    if (self->is_gzip) {
        own = assay_gunzip_new(input, TRUE, self->config->max_bytes, error);
        if (own == NULL)
            return NULL;
    }
    if (!assay_idx_read_header(own, label, &header, error))
        return NULL;
    return g_steal_pointer(&own);
}

gboolean
assay_array_scan_labels(AssayArrayScan *self, GError **error)
{
    const AssayPictureArrays *pictures = self->config->pictures;
    const AssayArrayPart *part = self->parts->pdata[0];
    size_t n, n_items = part->header.shape[0];

    if (pictures == NULL || pictures->labels == NULL)
        return TRUE;
    if (!self->has_items || self->labels != NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "%s: %s; leave --labels out",
                    part->label,
                    self->has_items ? "has labels of its own" : "has no items to be labelled");
        return FALSE;
    }
    n = assay_json_size(pictures->labels);
    if (n != n_items) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has %" G_GSIZE_FORMAT " items, %s %" G_GSIZE_FORMAT " labels", part->label,
                    n_items, pictures->labels_name, n);
        return FALSE;
    }
    self->labels = assay_json_array();
    n = assay_array_part_taken(self, n);
    for (size_t i = 0; i < n; i++)
        assay_json_append_take(self->labels, assay_json_ref(assay_json_nth(pictures->labels, i)));
    return TRUE;
}
