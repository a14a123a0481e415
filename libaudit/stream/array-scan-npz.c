/* stream/array-scan-npz.c - which arrays of an .npz are meant, and whether they are sound.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "array-scan-kinds-private.h"
#include "npz.h"

enum { MAX_LISTED = 20 };

/* What an .npz turns out to hold. */
typedef struct {
    GString *list; /* of its arrays, for messages */
    size_t n_arrays;
    GError *fault; /* of the one that was taken for the only one */
} Contents;

static void
clear_contents(Contents *self)
{
    g_string_free(self->list, TRUE);
    g_clear_error(&self->fault);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Contents, clear_contents)

static void
note_array(Contents *contents, const char *array)
{
    if (++contents->n_arrays <= MAX_LISTED)
        g_string_append_printf(contents->list, "%s%s", contents->list->len > 0 ? ", " : "", array);
    else if (contents->n_arrays == MAX_LISTED + 1)
        g_string_append(contents->list, " ...");
}

/* Where @array is among the members asked for, or -1. Without any, the first one is taken: if it is
 * the only one, that is right. */
static int
wanted_index(const AssayArrayScan *self, const Contents *contents, const char *array)
{
    const GPtrArray *members = self->config->arrays->members;

    if (members->len == 0)
        return contents->n_arrays == 1 ? 0 : -1;
    for (guint i = 0; i < members->len; i++) {
        if (strcmp(members->pdata[i], array) == 0)
            return (int)i;
    }
    return -1;
}

/* Whether all that was asked for was there. */
static gboolean
check_contents(AssayArrayScan *self, Contents *contents, GError **error)
{
    const GPtrArray *members = self->config->arrays->members;
    const char *shown = self->file->shown, *first = contents->list->str;

    if (contents->n_arrays == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: is a zip archive of %" G_GUINT64_FORMAT
                    " members, none of them a .npy array; numpy.savez() writes what is read here",
                    shown, self->other_members);
        return FALSE;
    }
    if (members->len == 0 && contents->n_arrays > 1) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: holds %" G_GSIZE_FORMAT
                    " arrays: %s; choose with --member, as in --member=%.*s",
                    shown, contents->n_arrays, first, (int)strcspn(first, ","), first);
        return FALSE;
    }
    for (guint i = 0; i < members->len; i++) {
        if (self->parts->pdata[i] == NULL) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                        "%s: has no array \"%s\"; there %s %s", shown,
                        (const char *)members->pdata[i], contents->n_arrays > 1 ? "are" : "is",
                        first);
            return FALSE;
        }
    }
    if (contents->fault != NULL) {
        g_propagate_error(error, g_steal_pointer(&contents->fault));
        return FALSE;
    }
    return TRUE;
}

gboolean
assay_array_scan_npz(AssayArrayScan *self, AssayInput *input, GError **error)
{
    g_autoptr(AssayNpz) npz = assay_npz_new(input, self->file->shown, error);
    g_auto(Contents) contents = { .list = g_string_new(NULL) };
    guint64 size;

    if (npz == NULL)
        return FALSE;
    self->format = "npz";
    g_ptr_array_set_size(self->parts, (int)MAX(self->config->arrays->members->len, 1));
    for (;;) {
        g_autoptr(AssayInput) array = NULL;
        AssayNpzMember member;
        gboolean is_member;
        int index;

        if (!assay_npz_next(npz, &member, &is_member, error))
            return FALSE;
        if (!is_member)
            break;
        if (member.array == NULL) {
            self->other_members++;
            continue;
        }
        note_array(&contents, member.array);
        index = wanted_index(self, &contents, member.array);
        if (index < 0)
            continue;
        self->parts->pdata[index] = assay_array_part_new(self, member.array, (size_t)index);
        array = assay_npz_open(npz);
        if (assay_array_part_array(self, self->parts->pdata[index], array, &contents.fault))
            continue;
        /* Of one that was only taken for what is meant, it is told at the end. */
        if (self->config->arrays->members->len > 0) {
            g_propagate_error(error, g_steal_pointer(&contents.fault));
            return FALSE;
        }
    }
    if (!check_contents(self, &contents, error))
        return FALSE;
    self->sha256 = assay_input_finish(assay_npz_input(npz), &size, error);
    return self->sha256 != NULL;
}
