/* detect/scores-table.c - scores as a table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/table.h"
#include "../base/text.h"
#include "scores.h"

#define NONE G_MAXSIZE

/* Where the columns of a table are; NONE of those that it has not. */
typedef struct {
    size_t item, score, label, set, group;
} Columns;

static gboolean
find_column(const AssayTableReader *table, const char *table_name, const char *name, size_t *column,
            GError **error)
{
    if (assay_table_reader_find(table, name, column, NULL))
        return TRUE;
    g_set_error(
        error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
        "%s: line 1: no column \"%s\"; a table of scores has the columns item, score (larger "
        "for what looks more like a fake) and label (0 or real, 1 or fake), with a header "
        "line",
        table_name, name);
    return FALSE;
}

static void
find_other(const AssayTableReader *table, const char *name, size_t *column)
{
    if (!assay_table_reader_find(table, name, column, NULL))
        *column = NONE;
}

static gboolean
find_columns(const AssayTableReader *table, const char *name, Columns *columns, GError **error)
{
    if (!find_column(table, name, "item", &columns->item, error) ||
        !find_column(table, name, "score", &columns->score, error) ||
        !find_column(table, name, "label", &columns->label, error))
        return FALSE;
    find_other(table, "set", &columns->set);
    if (columns->set == NONE)
        find_other(table, "generator", &columns->set);
    find_other(table, "group", &columns->group);
    return TRUE;
}

static void
fail(GError **error, const char *table, guint64 line, AssayErrorCode code, const char *what)
{
    g_autofree char *shown = assay_text_escape_controls(what);

    g_set_error(error, ASSAY_ERROR, (gint)code, "%s: line %" G_GUINT64_FORMAT ": %s", table, line,
                shown);
}

/* A label for a message: the beginning of it. */
static char *
shown(const char *label)
{
    g_autofree char *head = g_utf8_substring(label, 0, MIN(g_utf8_strlen(label, -1), 60));

    return assay_text_escape_controls(head);
}

static gboolean
read_label(const char *text, gboolean *is_fake)
{
    *is_fake = strcmp(text, "1") == 0 || strcmp(text, "fake") == 0;
    return *is_fake || strcmp(text, "0") == 0 || strcmp(text, "real") == 0;
}

/* A cell of a column that may be absent, NULL where it is empty or NA. */
static const char *
peek(const AssayTableReader *table, size_t column)
{
    const char *text = column == NONE ? "" : assay_table_reader_peek_text(table, column);

    return *text == '\0' || assay_table_reader_is_na(table, column) ? NULL : text;
}

static gboolean
read_row(AssayScores *self, const AssayTableReader *table, const char *name, const Columns *columns,
         AssayGroups *groups, const AssayLabel *group_by, GError **error)
{
    const char *item = assay_table_reader_peek_text(table, columns->item);
    const char *text = assay_table_reader_peek_text(table, columns->label), *group;
    guint64 line = assay_table_reader_line(table);
    g_autofree char *ruled = NULL;
    g_autoptr(GError) fault = NULL;
    gboolean is_fake;
    double score;

    if (!assay_table_reader_real(table, columns->score, &score, error))
        return FALSE;
    if (!read_label(text, &is_fake)) {
        g_autofree char *label = shown(text);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: line %" G_GUINT64_FORMAT
                    ", column \"label\": %s is no label: give 0 or real, 1 or fake",
                    name, line, label);
        return FALSE;
    }
    group = peek(table, columns->group);
    if (groups != NULL) {
        const char *found = assay_groups_find(groups, item, item, item);

        group = found != NULL ? found : group;
    } else if (group_by != NULL) {
        if (!assay_label_read_name(group_by, item, &ruled, error))
            return FALSE;
        group = ruled != NULL ? ruled : group;
    }
    if (assay_scores_add(self, item, score, is_fake, peek(table, columns->set), group, &fault))
        return TRUE;
    fail(error, name, line, ASSAY_ERROR_FORMAT, fault->message);
    return FALSE;
}

static gssize
read_input(gpointer user, void *buffer, size_t size, GError **error)
{
    size_t got;

    return assay_input_read_into(user, buffer, size, &got, error) ? (gssize)got : -1;
}

gboolean
assay_scores_read(AssayScores *self, AssayInput *input, AssayGroups *groups,
                  const AssayLabel *group_by, GError **error)
{
    g_autofree char *name = assay_text_escape_controls(assay_input_name(input));
    g_autoptr(AssayTableReader) table = assay_table_reader_new(read_input, input, name, error);
    Columns columns;

    if (table == NULL || !find_columns(table, name, &columns, error))
        return FALSE;
    for (;;) {
        gboolean is_row;

        if (!assay_table_reader_next(table, &is_row, error))
            return FALSE;
        if (!is_row)
            return TRUE;
        if (!read_row(self, table, name, &columns, groups, group_by, error))
            return FALSE;
    }
}
