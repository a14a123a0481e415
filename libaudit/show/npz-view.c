/* show/npz-view.c - an .npz: a line for each array in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../stream/npz.h"
#include "views-private.h"

enum { MAX_OTHERS = 10 };

/* What is in an .npz, as it is read. */
typedef struct {
    const AssayShow *show;
    AssayGrid *grid;
    GString *others; /* members that are no arrays */
    guint64 n_arrays, n_others;
} Contents;

static void
clear_contents(Contents *self)
{
    assay_grid_free(self->grid);
    g_string_free(self->others, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Contents, clear_contents)

/* What is wrong with an array, in few words: "holds strings". */
static char *
brief_fault(const char *message, const char *path)
{
    size_t prefix = strlen(path);

    if (strncmp(message, path, prefix) == 0 && strncmp(message + prefix, ": ", 2) == 0)
        message += prefix + 2;
    return g_strndup(message, strcspn(message, ";"));
}

static void
add_array(Contents *self, AssayNpz *npz, const AssayNpzMember *member)
{
    g_autoptr(AssayInput) input = assay_npz_open(npz);
    g_autoptr(GError) fault = NULL;
    AssayNpyHeader header;

    self->n_arrays++;
    assay_grid_add(self->grid, member->array);
    if (assay_npy_read_header(input, member->path, &header, &fault)) {
        assay_grid_take(self->grid, assay_npy_shape_text(&self->show->page, &header));
        assay_grid_take(self->grid, assay_npy_type_text(&header));
        return;
    }
    assay_grid_add(self->grid, "-");
    assay_grid_take(self->grid, member->is_encrypted ? g_strdup("encrypted")
                                : assay_npz_is_broken(npz)
                                    ? g_strdup("broken")
                                    : brief_fault(fault->message, member->path));
    if (assay_npz_is_broken(npz) && self->show->fault != NULL)
        self->show->fault(self->show->fault_user, member->path, fault);
}

static gboolean
read_members(Contents *self, AssayNpz *npz, GError **error)
{
    for (;;) {
        AssayNpzMember member;
        gboolean is_member;

        if (!assay_npz_next(npz, &member, &is_member, error))
            return FALSE;
        if (!is_member)
            return TRUE;
        if (member.array != NULL)
            add_array(self, npz, &member);
        else if (++self->n_others <= MAX_OTHERS)
            assay_text_join(self->others, ", ", "%s", member.path);
        else if (self->n_others == MAX_OTHERS + 1)
            g_string_append(self->others, " ...");
    }
}

gboolean
assay_show_npz(AssayShow *self, AssayInput *input, const char *name, GError **error)
{
    static const char *const titles[] = { "array", "shape", "type", NULL };
    g_auto(Contents)
        contents = { .show = self, .grid = assay_grid_new(titles), .others = g_string_new(NULL) };
    g_autoptr(AssayNpz) npz = assay_npz_new(input, name, error);
    const AssayPage *page = &self->page;
    g_autofree char *count = NULL;
    gboolean done;

    if (npz == NULL)
        return FALSE;
    done = read_members(&contents, npz, error);
    count = assay_count_of(contents.n_arrays, "array", "arrays");
    assay_page_text(page, name);
    if (contents.n_arrays == 0 && contents.n_others > 0)
        assay_page_printf(page, ": a zip archive without .npy arrays\n");
    else
        assay_page_printf(page, ": an .npz of %s%s\n", count, done ? "" : ", and then broken");
    if (contents.n_arrays > 0) {
        assay_page_printf(page, "\n");
        assay_grid_print(contents.grid, page, 2);
    }
    if (contents.n_others > 0) {
        assay_page_printf(page, "\n");
        assay_page_entry(page, 2, "other members", 13, contents.others->str);
    }
    return done;
}
