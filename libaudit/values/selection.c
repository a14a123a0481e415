/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "selection-private.h"

#include <errno.h>
#include <string.h>

#include "../base/error.h"
#include "../base/near.h"

typedef struct {
    char *text;
    gboolean is_pattern;
    char *name; /* of "NAME[17]", else NULL */
    gsize item;
    gboolean found;
    gsize n_items; /* of the sample NAME, as far as it was seen */
    AssayNear *near;
} Wanted;

struct AssaySelection {
    GPtrArray *wanted;
};

static void
free_wanted(gpointer data)
{
    Wanted *wanted = data;

    g_free(wanted->text);
    g_free(wanted->name);
    assay_near_free(wanted->near);
    g_free(wanted);
}

/* Splits "NAME[17]". */
static void
split_item(Wanted *wanted)
{
    const char *open = strrchr(wanted->text, '[');
    char *end;
    guint64 item;

    if (open == NULL || !g_ascii_isdigit(open[1]))
        return;
    errno = 0;
    item = g_ascii_strtoull(open + 1, &end, 10);
    if (errno != 0 || strcmp(end, "]") != 0 || item > G_MAXSSIZE)
        return;
    wanted->name = g_strndup(wanted->text, (gsize)(open - wanted->text));
    wanted->item = (gsize)item;
}

AssaySelection *
assay_selection_new(const char *const *names)
{
    AssaySelection *self = g_new0(AssaySelection, 1);

    self->wanted = g_ptr_array_new_with_free_func(free_wanted);
    for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
        Wanted *wanted = g_new0(Wanted, 1);

        wanted->text = g_strdup(names[i]);
        wanted->is_pattern = strpbrk(names[i], "*?") != NULL;
        split_item(wanted);
        wanted->near = assay_near_new(wanted->name != NULL ? wanted->name : wanted->text);
        g_ptr_array_add(self->wanted, wanted);
    }
    return self;
}

void
assay_selection_free(AssaySelection *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->wanted);
    g_free(self);
}

gboolean
assay_selection_is_single(const AssaySelection *self)
{
    return self->wanted->len == 1 && !((const Wanted *)self->wanted->pdata[0])->is_pattern;
}

static void
match_item(Wanted *wanted, const AssaySample *sample, GArray *items)
{
    gsize start = assay_sample_item_start(sample), n = assay_sample_n_items(sample);

    wanted->n_items = start + n;
    if (wanted->item >= start && wanted->item - start < n) {
        gsize index = wanted->item - start;

        g_array_append_val(items, index);
        wanted->found = TRUE;
    }
}

gboolean
assay_selection_match(AssaySelection *self, const AssaySample *sample, gboolean *whole,
                      GArray **items)
{
    const char *name = assay_sample_name(sample);
    GArray *found = g_array_new(FALSE, FALSE, sizeof(gsize));

    *whole = self->wanted->len == 0;
    for (guint i = 0; i < self->wanted->len; i++) {
        Wanted *wanted = g_ptr_array_index(self->wanted, i);

        if (strcmp(wanted->text, name) == 0 ||
            (wanted->is_pattern && g_pattern_match_simple(wanted->text, name))) {
            wanted->found = TRUE;
            *whole = TRUE;
        } else if (wanted->name != NULL && strcmp(wanted->name, name) == 0 &&
                   assay_sample_has_items(sample)) {
            match_item(wanted, sample, found);
        } else if (!wanted->found) {
            assay_near_offer(wanted->near, name);
        }
    }
    *items = found;
    return *whole || found->len > 0;
}

gboolean
assay_selection_is_complete(const AssaySelection *self)
{
    for (guint i = 0; i < self->wanted->len; i++) {
        const Wanted *wanted = g_ptr_array_index(self->wanted, i);

        if (!wanted->found || wanted->is_pattern)
            return FALSE;
    }
    return self->wanted->len > 0;
}

gboolean
assay_selection_check(const AssaySelection *self, GError **error)
{
    for (guint i = 0; i < self->wanted->len; i++) {
        const Wanted *wanted = g_ptr_array_index(self->wanted, i);
        g_autofree char *near = assay_near_text(wanted->near);

        if (wanted->found)
            continue;
        if (wanted->n_items > 0)
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "%s: that sample has %" G_GSIZE_FORMAT " items, 0 to %" G_GSIZE_FORMAT,
                        wanted->text, wanted->n_items, wanted->n_items - 1);
        else if (near != NULL)
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "%s: neither a file nor a sample; near it is %s", wanted->text, near);
        else
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "%s: neither a file nor a sample of that name%s", wanted->text,
                        wanted->is_pattern ? ", nor does it match one" : "");
        return FALSE;
    }
    return TRUE;
}
