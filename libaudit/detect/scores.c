/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scores.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/table.h"
#include "../base/text.h"

#define NONE G_MAXSIZE

/* Where the columns of a table are; NONE of those that it has not. */
typedef struct {
    size_t item, score, label, set, group;
} Columns;

AssayScores *
assay_scores_new(void)
{
    AssayScores *self = g_new0(AssayScores, 1);

    self->scores = g_array_new(FALSE, FALSE, sizeof(AssayScoredItem));
    self->sets = g_ptr_array_new_with_free_func(g_free);
    self->names = g_string_chunk_new(1 << 14);
    self->by_item = g_hash_table_new(g_str_hash, g_str_equal);
    self->by_set = g_hash_table_new(g_str_hash, g_str_equal);
    self->by_group = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->is_ungrouped = TRUE;
    return self;
}

void
assay_scores_free(AssayScores *self)
{
    if (self == NULL)
        return;
    g_hash_table_unref(self->by_item);
    g_hash_table_unref(self->by_set);
    g_hash_table_unref(self->by_group);
    g_array_unref(self->scores);
    g_ptr_array_unref(self->sets);
    g_string_chunk_free(self->names);
    g_free(self);
}

static guint32
find_set(AssayScores *self, const char *name)
{
    gpointer number;
    char *copy;

    if (name == NULL)
        return ASSAY_SCORES_NO_SET;
    if (g_hash_table_lookup_extended(self->by_set, name, NULL, &number))
        return GPOINTER_TO_UINT(number);
    copy = g_strdup(name);
    g_ptr_array_add(self->sets, copy);
    g_hash_table_insert(self->by_set, copy, GUINT_TO_POINTER(self->sets->len - 1));
    return self->sets->len - 1;
}

static guint32
find_group(AssayScores *self, const char *name)
{
    gpointer number;

    if (name == NULL)
        return self->n_groups++;
    self->is_ungrouped = FALSE;
    if (g_hash_table_lookup_extended(self->by_group, name, NULL, &number))
        return GPOINTER_TO_UINT(number);
    g_hash_table_insert(self->by_group, g_strdup(name), GUINT_TO_POINTER(self->n_groups));
    return self->n_groups++;
}

/* The item's name, kept with that of its set before it; NULL if there is one like it. */
static const char *
claim_name(AssayScores *self, guint32 set, const char *item)
{
    g_autofree char *key = g_strdup_printf("%u\t%s", set, item);
    char *kept;

    if (g_hash_table_contains(self->by_item, key))
        return NULL;
    kept = g_string_chunk_insert(self->names, key);
    g_hash_table_add(self->by_item, kept);
    return strchr(kept, '\t') + 1;
}

gboolean
assay_scores_add(AssayScores *self, const char *item, double score, gboolean is_fake,
                 const char *set, const char *group, GError **error)
{
    AssayScoredItem row = { .score = score, .is_fake = is_fake };

    if (isnan(score)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s: its score is not a number", item);
        return FALSE;
    }
    if (self->scores->len >= G_MAXUINT32 / (guint)sizeof(AssayScoredItem)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "more than %u scores",
                    self->scores->len);
        return FALSE;
    }
    row.set = find_set(self, set);
    row.item = claim_name(self, row.set, item);
    if (row.item == NULL) {
        g_set_error(
            error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
            "%s is there already%s%s: give items of one set different names, their paths say", item,
            set != NULL ? " in set " : "", set != NULL ? set : "");
        return FALSE;
    }
    row.group = find_group(self, group);
    g_array_append_val(self->scores, row);
    return TRUE;
}

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

/* What is known of a group of one set so far. */
typedef struct {
    const AssayScoredItem *first;
    double sum;
    guint64 n;
} Ballot;

static Ballot *
find_ballot(GHashTable *by_key, GArray *ballots, const AssayScoredItem *score)
{
    guint64 key = (guint64)score->set << 32 | score->group;
    gpointer at;

    if (!g_hash_table_lookup_extended(by_key, &key, NULL, &at)) {
        Ballot ballot = { .first = score };

        at = GUINT_TO_POINTER(ballots->len);
        g_hash_table_insert(by_key, g_memdup2(&key, sizeof key), at);
        g_array_append_val(ballots, ballot);
    }
    return &g_array_index(ballots, Ballot, GPOINTER_TO_UINT(at));
}

static gboolean
cast_votes(const AssayScores *self, AssayVote vote, double threshold, GArray *ballots,
           GError **error)
{
    g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

    for (guint i = 0; i < self->scores->len; i++) {
        const AssayScoredItem *score = &g_array_index(self->scores, AssayScoredItem, i);
        Ballot *ballot = find_ballot(by_key, ballots, score);

        if (ballot->first->is_fake != score->is_fake) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                        "%s is %s and %s is %s, but they are of one group, which can cast one vote",
                        ballot->first->item, ballot->first->is_fake ? "fake" : "real", score->item,
                        score->is_fake ? "fake" : "real");
            return FALSE;
        }
        ballot->sum += vote == ASSAY_VOTE_MEAN ? score->score : score->score > threshold;
        ballot->n++;
    }
    return TRUE;
}

AssayScores *
assay_scores_vote(const AssayScores *self, AssayVote vote, double threshold, GError **error)
{
    g_autoptr(GArray) ballots = g_array_new(FALSE, FALSE, sizeof(Ballot));
    g_autoptr(AssayScores) result = assay_scores_new();

    if (!cast_votes(self, vote, threshold, ballots, error))
        return NULL;
    for (guint i = 0; i < ballots->len; i++) {
        const Ballot *ballot = &g_array_index(ballots, Ballot, i);
        const char *set = ballot->first->set == ASSAY_SCORES_NO_SET
                              ? NULL
                              : g_ptr_array_index(self->sets, ballot->first->set);
        g_autofree char *group = g_strdup_printf("%u", ballot->first->group);

        if (!assay_scores_add(result, ballot->first->item, ballot->sum / (double)ballot->n,
                              ballot->first->is_fake, set, group, error))
            return NULL;
    }
    return g_steal_pointer(&result);
}
