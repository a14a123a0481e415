/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "groups.h"

#include <string.h>

#include "../base/error.h"
#include "../base/table.h"

typedef struct {
    char *group;
    gboolean used;
} Line;

struct AssayGroups {
    GHashTable *lines; /* item -> Line */
};

static void
free_line(gpointer data)
{
    Line *line = data;

    g_free(line->group);
    g_free(line);
}

void
assay_groups_free(AssayGroups *self)
{
    if (self == NULL)
        return;
    g_hash_table_unref(self->lines);
    g_free(self);
}

static gboolean
add_line(AssayGroups *self, const AssayTableReader *table, const char *name, size_t item_column,
         size_t group_column, GError **error)
{
    const char *item = assay_table_reader_peek_text(table, item_column);
    const char *group = assay_table_reader_peek_text(table, group_column);
    const Line *before = g_hash_table_lookup(self->lines, item);
    Line *line;

    if (before != NULL && strcmp(before->group, group) != 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: line %" G_GUINT64_FORMAT ": %s is in group %s already, not in %s", name,
                    assay_table_reader_line(table), item, before->group, group);
        return FALSE;
    }
    if (before != NULL)
        return TRUE;
    line = g_new0(Line, 1);
    line->group = g_strdup(group);
    g_hash_table_insert(self->lines, g_strdup(item), line);
    return TRUE;
}

AssayGroups *
assay_groups_parse(const void *data, size_t size, const char *name, GError **error)
{
    g_autoptr(AssayTableReader) table = assay_table_reader_new_for_bytes(data, size, name, error);
    g_autoptr(AssayGroups) self = NULL;
    size_t item_column, group_column;
    gboolean is_row;

    if (table == NULL)
        return NULL;
    if (!assay_table_reader_find(table, "item", &item_column, NULL) &&
        !assay_table_reader_find(table, "source", &item_column, NULL)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: line 1: no column \"item\"; a table of groups has the columns item and "
                    "group, with a header line",
                    name);
        return NULL;
    }
    if (!assay_table_reader_find(table, "group", &group_column, error))
        return NULL;
    self = g_new0(AssayGroups, 1);
    self->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_line);
    for (;;) {
        if (!assay_table_reader_next(table, &is_row, error))
            return NULL;
        if (!is_row)
            break;
        if (!add_line(self, table, name, item_column, group_column, error))
            return NULL;
    }
    return g_steal_pointer(&self);
}

const char *
assay_groups_find(AssayGroups *self, const char *identity, const char *name, const char *path)
{
    const char *slash = strrchr(name, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash + 1 - name); /* of the identity as well */
    const char *const keys[] = { identity, identity + folder, name, name + folder, path };

    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        Line *line = keys[i] == NULL ? NULL : g_hash_table_lookup(self->lines, keys[i]);

        if (line != NULL) {
            line->used = TRUE;
            return line->group;
        }
    }
    return NULL;
}

const char *
assay_groups_of_item(AssayGroups *self, const AssayObservation *observation, size_t at)
{
    const char *group = NULL;

    if (self != NULL) {
        g_autofree char *identity =
            assay_observation_identity(observation, observation->item_start + at);

        group = assay_groups_find(self, identity, observation->name, observation->path);
    }
    if (group == NULL && observation->groups != NULL)
        group = observation->groups[at];
    return group != NULL ? group : observation->piece;
}

size_t
assay_groups_n_unused(const AssayGroups *self)
{
    GHashTableIter iter;
    gpointer line;
    size_t n = 0;

    g_hash_table_iter_init(&iter, self->lines);
    while (g_hash_table_iter_next(&iter, NULL, &line))
        n += !((Line *)line)->used;
    return n;
}
