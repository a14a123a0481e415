/* learn/collect-table.c - tables of features as items to learn from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/table.h"
#include "../distribution/group-hash.h"
#include "../stream/sample.h"
#include "collect.h"

/* @features: which columns of the table are; the others are columns of their own, or G_MAXSIZE */
typedef struct {
    AssayTableReader *reader;
    const char *name;
    size_t item, group, label;
    size_t n_features, *features;
    const char **names;
    size_t *from;
    double *values;
} Table;

/* As AssayTableRead. */
static gssize
read_input(gpointer user, void *buffer, size_t size, GError **error)
{
    size_t got;

    return assay_input_read_into(user, buffer, size, &got, error) ? (gssize)got : -1;
}

/* Whether it is a feature of one of @groups, if any are named. */
static gboolean
is_wanted(const char *column, guint groups)
{
    guint group = groups == 0 ? 0 : assay_examples_feature_group(column);

    return groups == 0 || (group < ASSAY_N_FEATURE_GROUPS && (groups >> group & 1) != 0);
}

/* "group", "label", and what is passed over, are no features. */
static gboolean
find_columns(Table *self, guint groups, GError **error)
{
    static const char *const passed_over[] = { "set", "note", NULL };
    size_t n = assay_table_reader_n_columns(self->reader);

    if (!assay_table_reader_find(self->reader, "item", &self->item, error))
        return FALSE;
    self->group = self->label = G_MAXSIZE;
    self->features = g_new0(size_t, n + 1);
    self->names = g_new0(const char *, n + 1);
    self->values = g_new0(double, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *name = assay_table_reader_peek_column(self->reader, i);

        if (strcmp(name, "group") == 0)
            self->group = i;
        else if (strcmp(name, "label") == 0)
            self->label = i;
        else if (i != self->item && !g_strv_contains(passed_over, name) &&
                 is_wanted(name, groups)) {
            self->names[self->n_features] = name;
            self->features[self->n_features++] = i;
        }
    }
    if (self->n_features > 0)
        return TRUE;
    if (groups != 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: has no column of the groups that --features names; without it all are "
                    "taken",
                    self->name);
        return FALSE;
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "%s: has no feature: columns of numbers beside \"item\", as assay-features writes "
                "them",
                self->name);
    return FALSE;
}

/* A column "label" has to say what the operand says. */
static gboolean
check_label(const Table *self, const AssaySetLabel *label, GError **error)
{
    static const char *const texts[2][3] = { { "0", "real", NULL }, { "1", "fake", NULL } };
    const char *text;

    if (self->label == G_MAXSIZE)
        return TRUE;
    text = assay_table_reader_peek_text(self->reader, self->label);
    if (g_strv_contains(texts[label->is_fake ? 1 : 0], text))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "%s: line %" G_GUINT64_FORMAT ": is labelled \"%s\" in a table of %s", self->name,
                assay_table_reader_line(self->reader), text, label->is_fake ? "fakes" : "reals");
    return FALSE;
}

/* What --groups says, or --group-by; else the column; else the item is a group of its own. */
static gboolean
find_group(const Table *self, const AssayCollection *collection, const char *item, guint64 *hash,
           GError **error)
{
    const char *group = NULL;
    g_autofree char *matched = NULL;

    if (collection->group_by != NULL &&
        !assay_label_read_name(collection->group_by, item, &matched, error))
        return FALSE;
    if (collection->groups != NULL)
        group = assay_groups_find(collection->groups, item, item, NULL);
    if (group == NULL)
        group = matched;
    if (group == NULL && self->group != G_MAXSIZE &&
        !assay_table_reader_is_na(self->reader, self->group))
        group = assay_table_reader_peek_text(self->reader, self->group);
    *hash = group != NULL ? assay_group_hash_name(group) : assay_group_hash_source(item, "", "row");
    return TRUE;
}

static gboolean
read_row(Table *self, AssayCollection *collection, const AssaySetLabel *label, GError **error)
{
    g_autofree char *name = g_strdup(assay_table_reader_peek_text(self->reader, self->item));
    AssayExample item = { .name = name, .set = label->set, .is_fake = label->is_fake };

    if (!find_group(self, collection, name, &item.group, error))
        return FALSE;
    for (size_t i = 0; i < self->n_features; i++) {
        if (!assay_table_reader_real(self->reader, self->features[i], &self->values[i], error))
            return FALSE;
    }
    return check_label(self, label, error) &&
           assay_examples_add(collection->examples, &item, self->values, self->from, error);
}

static gboolean
read_rows(Table *self, AssayCollection *collection, const AssaySetLabel *label, GError **error)
{
    gboolean is_row;

    if (collection->examples->columns == NULL)
        assay_examples_name_columns(collection->examples, self->names, self->n_features);
    self->from = g_new0(size_t, collection->examples->n_columns + 1);
    if (!assay_examples_find_columns(collection->examples, self->names, self->n_features,
                                     self->name, self->from, error))
        return FALSE;
    for (;;) {
        if (!assay_table_reader_next(self->reader, &is_row, error))
            return FALSE;
        if (!is_row)
            return TRUE;
        if (!read_row(self, collection, label, error))
            return FALSE;
    }
}

gboolean
assay_collection_read(AssayCollection *self, AssayInput *input, const AssaySetLabel *label,
                      GError **error)
{
    Table table = { .name = assay_input_name(input) };
    gboolean is_read;

    table.reader = assay_table_reader_new(read_input, input, table.name, error);
    is_read = table.reader != NULL && find_columns(&table, self->feature_groups, error) &&
              read_rows(&table, self, label, error);
    assay_table_reader_free(table.reader);
    g_free(table.features);
    g_free(table.names);
    g_free(table.from);
    g_free(table.values);
    return is_read;
}
