/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "list-private.h"

#include <string.h>

#include "../base/text.h"
#include "rows-private.h"

enum {
    HELD_ENTRIES = 32,
    HELD_BYTES = 64 << 20,
};

typedef struct {
    AssayShape *shape;
    char *name, *note;
    gint64 n_items;
} Entry;

struct AssayList {
    const AssayPage *page;
    GPtrArray *held; /* Entry */
    size_t held_bytes;
    /* The list being written */
    AssayRows *rows;
    AssayShape *shape; /* of its first sample */
    gboolean has_items;
    gboolean *varies; /* for each size: whether it stands in a column */
    size_t *column;   /* and in which */
    size_t n_columns;
};

static void
free_entry(gpointer data)
{
    Entry *entry = data;

    assay_shape_unref(entry->shape);
    g_free(entry->name);
    g_free(entry->note);
    g_free(entry);
}

AssayList *
assay_list_new(const AssayPage *page)
{
    AssayList *self = g_new0(AssayList, 1);

    self->page = page;
    self->held = g_ptr_array_new_with_free_func(free_entry);
    return self;
}

void
assay_list_free(AssayList *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->held);
    assay_rows_free(self->rows);
    assay_shape_unref(self->shape);
    g_free(self->varies);
    g_free(self->column);
    g_free(self);
}

static gboolean
same_make(const AssayShape *a, const AssayShape *b)
{
    return g_string_equal(a->skeleton, b->skeleton);
}

/* How many of the held samples, from the first on, are of one make. */
static guint
run_length(const AssayList *self)
{
    const Entry *first = g_ptr_array_index(self->held, 0);
    guint n = 1;

    for (; n < self->held->len; n++) {
        const Entry *entry = g_ptr_array_index(self->held, n);

        if (!same_make(first->shape, entry->shape) || (first->n_items < 0) != (entry->n_items < 0))
            break;
    }
    return n;
}

/* What has varied in the list before goes on varying, so that there is an end to new lists. */
static gboolean *
find_varying(const AssayList *self, guint n_run)
{
    const AssayShape *first = ((const Entry *)g_ptr_array_index(self->held, 0))->shape;
    gboolean goes_on = self->shape != NULL && same_make(self->shape, first);
    gboolean *varies = g_new0(gboolean, first->n_sizes + 1);

    for (size_t i = 0; i < first->n_sizes; i++) {
        varies[i] = goes_on && (self->varies[i] || self->shape->sizes[i] != first->sizes[i]);
        for (guint r = 1; r < n_run; r++) {
            const Entry *entry = g_ptr_array_index(self->held, r);

            varies[i] |= entry->shape->sizes[i] != first->sizes[i];
        }
    }
    return varies;
}

/* Sizes on axes of one name that are equal throughout share a column. */
static void
assign_columns(AssayList *self, guint n_run)
{
    const AssayShape *shape = self->shape;

    self->n_columns = 0;
    for (size_t i = 0; i < shape->n_sizes; i++) {
        gboolean shared = FALSE;

        for (size_t k = 0; k < i && self->varies[i] && !shared; k++) {
            shared = self->varies[k] && strcmp(shape->axes[i], shape->axes[k]) == 0;
            for (guint r = 0; shared && r < n_run; r++) {
                const Entry *entry = g_ptr_array_index(self->held, r);

                shared = entry->shape->sizes[i] == entry->shape->sizes[k];
            }
            if (shared)
                self->column[i] = self->column[k];
        }
        if (self->varies[i] && !shared)
            self->column[i] = self->n_columns++;
    }
}

/* The name of the axis, after that of its field where another column is called so. */
static char *
column_title(const AssayList *self, size_t column)
{
    const AssayShape *shape = self->shape;
    const char *axis = NULL, *field = NULL;
    gboolean is_unique = TRUE;
    size_t at = 0;

    for (guint f = 0; f < shape->fields->len; f++) {
        const AssayFieldShape *one = g_ptr_array_index(shape->fields, f);

        for (size_t k = 0; k < one->n_axes; k++, at++) {
            if (axis == NULL && self->varies[at] && self->column[at] == column) {
                axis = one->axes[k];
                field = one->name;
            }
        }
    }
    for (size_t i = 0; i < shape->n_sizes; i++)
        is_unique = is_unique && !(self->varies[i] && self->column[i] != column &&
                                   strcmp(shape->axes[i], axis) == 0);
    if (is_unique)
        return assay_text_escape_controls(axis);
    {
        g_autofree char *both = g_strdup_printf("%s %s", field, axis);

        return assay_text_escape_controls(both);
    }
}

static void
begin_list(AssayList *self, guint n_run)
{
    const Entry *first = g_ptr_array_index(self->held, 0);
    g_autoptr(GPtrArray) titles = g_ptr_array_new_with_free_func(g_free);
    gboolean *varies = find_varying(self, n_run);

    g_free(self->varies);
    self->varies = varies;
    assay_shape_unref(self->shape);
    self->shape = g_rc_box_acquire(first->shape);
    self->has_items = first->n_items >= 0;
    g_free(self->column);
    self->column = g_new0(size_t, self->shape->n_sizes + 1);
    assign_columns(self, n_run);

    assay_page_printf(self->page, "\n");
    assay_shape_print(self->page, self->shape, self->varies, 2);
    assay_page_printf(self->page, "\n");
    if (self->has_items)
        g_ptr_array_add(titles, g_strdup("items"));
    for (size_t i = 0; i < self->n_columns; i++)
        g_ptr_array_add(titles, column_title(self, i));
    g_ptr_array_add(titles, NULL);
    assay_rows_free(self->rows);
    self->rows = assay_rows_new(self->page, (const char *const *)titles->pdata, "sample");
}

/* Whether a line of the list that is open can say all of @entry's sizes. */
static gboolean
fits(const AssayList *self, const Entry *entry)
{
    g_autofree guint64 *cells = NULL;
    g_autofree gboolean *known = NULL;

    if (self->rows == NULL || !same_make(self->shape, entry->shape) ||
        self->has_items != (entry->n_items >= 0))
        return FALSE;
    cells = g_new0(guint64, self->n_columns + 1);
    known = g_new0(gboolean, self->n_columns + 1);
    for (size_t i = 0; i < entry->shape->n_sizes; i++) {
        guint64 size = entry->shape->sizes[i];

        if (!self->varies[i] && size != self->shape->sizes[i])
            return FALSE;
        if (self->varies[i] && known[self->column[i]] && cells[self->column[i]] != size)
            return FALSE;
        if (self->varies[i]) {
            known[self->column[i]] = TRUE;
            cells[self->column[i]] = size;
        }
    }
    return TRUE;
}

static void
write_entry(AssayList *self, const Entry *entry)
{
    g_auto(GStrv) cells = g_new0(char *, self->n_columns + (self->has_items ? 2 : 1));
    char number[ASSAY_TEXT_NUMBER_SIZE];

    if (self->has_items)
        cells[0] = g_strdup(assay_text_count(number, (guint64)entry->n_items));
    for (size_t i = 0; i < entry->shape->n_sizes; i++) {
        size_t at = self->column[i] + (self->has_items ? 1 : 0);

        if (self->varies[i] && cells[at] == NULL)
            cells[at] = g_strdup(assay_text_count(number, entry->shape->sizes[i]));
    }
    assay_rows_add(self->rows, (const char *const *)cells, entry->name, entry->note);
}

/* Writes the first held samples that are of one make. */
static void
write_run(AssayList *self)
{
    guint n_run = run_length(self);

    begin_list(self, n_run);
    for (guint i = 0; i < n_run; i++)
        write_entry(self, g_ptr_array_index(self->held, i));
    assay_rows_settle(self->rows);
    g_ptr_array_remove_range(self->held, 0, n_run);
}

void
assay_list_add(AssayList *self, AssayShape *shape, const char *name, const char *note,
               gint64 n_items, size_t bytes)
{
    Entry *entry = g_new0(Entry, 1);

    entry->shape = shape;
    entry->name = g_strdup(name);
    entry->note = g_strdup(note);
    entry->n_items = n_items;
    if (self->held->len == 0 && fits(self, entry)) {
        write_entry(self, entry);
        free_entry(entry);
        return;
    }
    g_ptr_array_add(self->held, entry);
    self->held_bytes += MIN(bytes, HELD_BYTES);
    if (self->held->len < HELD_ENTRIES && self->held_bytes < HELD_BYTES)
        return;
    write_run(self);
    self->held_bytes = 0;
}

void
assay_list_announce(AssayList *self, AssayShape *shape, size_t bytes)
{
    Entry *entry;

    if (bytes < HELD_BYTES)
        return;
    while (self->held->len > 0)
        write_run(self);
    self->held_bytes = 0;
    entry = g_new0(Entry, 1);
    entry->shape = g_rc_box_acquire(shape);
    if (!fits(self, entry)) {
        g_ptr_array_add(self->held, g_steal_pointer(&entry));
        begin_list(self, 1);
        assay_rows_settle(self->rows);
        g_ptr_array_set_size(self->held, 0);
    }
    if (entry != NULL)
        free_entry(entry);
}

void
assay_list_end(AssayList *self)
{
    while (self->held->len > 0)
        write_run(self);
    self->held_bytes = 0;
    g_clear_pointer(&self->rows, assay_rows_free);
    g_clear_pointer(&self->shape, assay_shape_unref);
}
