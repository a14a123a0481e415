/* stream/array-scan-raw.c - raw bytes, and whether they are as many as is said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/error.h"
#include "array-scan-kinds-private.h"

/* The entry that is for as many as there are. */
static gboolean
fill_star(const AssayArrayScan *self, AssayArrayPart *part, guint64 size, GError **error)
{
    const AssayArrayConfig *arrays = self->config->arrays;
    AssayNpyHeader *header = &part->header;
    size_t one;

    if (arrays->star < 0)
        return TRUE;
    header->shape[arrays->star] = 1;
    if (!assay_shape_count(header->n_axes, header->shape, header->file_size, G_MAXSSIZE / 2,
                           &one)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--shape=%s: overflows", arrays->shape);
        return FALSE;
    }
    one *= header->file_size;
    if (one == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--shape=%s: how many of no bytes there are, nobody can tell; give a number "
                    "for *",
                    arrays->shape);
        return FALSE;
    }
    if (size % one != 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: its %" G_GUINT64_FORMAT " bytes are no multiple of the %" G_GSIZE_FORMAT
                    " that --type=%s --shape=%s ask for; %" G_GUINT64_FORMAT " are left over",
                    part->label, size, one, arrays->type, arrays->shape, size % one);
        return FALSE;
    }
    header->shape[arrays->star] = (size_t)(size / one);
    return TRUE;
}

gboolean
assay_array_scan_raw(AssayArrayScan *self, AssayInput *input, GError **error)
{
    const AssayArrayConfig *arrays = self->config->arrays;
    AssayArrayPart *part = assay_array_part_new(self, NULL, 0);
    guint64 got, size, wanted;

    self->format = "raw";
    g_ptr_array_add(self->parts, part);
    part->header = arrays->layout;
    if (!assay_array_part_all(self, input, &part->header, &got, error))
        return FALSE;
    self->sha256 = assay_input_finish(input, &size, error);
    if (self->sha256 == NULL || !fill_star(self, part, size, error) ||
        !assay_array_part_shape(self, part, error))
        return FALSE;
    wanted = (guint64)part->n_values * part->header.file_size;
    if (size == wanted)
        return assay_array_part_limit(self, part, error);
    g_set_error(error, ASSAY_ERROR, size < wanted ? ASSAY_ERROR_TRUNCATED : ASSAY_ERROR_FORMAT,
                "%s: has %" G_GUINT64_FORMAT " bytes; --type=%s --shape=%s ask for "
                "%" G_GUINT64_FORMAT,
                part->label, size, arrays->type, arrays->shape, wanted);
    return FALSE;
}
