/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-conclude.h"

#include <assay/check/criterion.h>

#include "check-words.h"

static void
free_criterion(gpointer data)
{
    assay_criterion_free(data);
}

GPtrArray *
check_read_criteria(char **texts, const AssaySpec *spec, GError **error)
{
    g_autoptr(GPtrArray) criteria = g_ptr_array_new_with_free_func(free_criterion);

    for (char **text = texts; text != NULL && *text != NULL; text++) {
        AssayCriterion *criterion = assay_criterion_parse(*text, error);

        if (criterion == NULL)
            return NULL;
        g_ptr_array_add(criteria, criterion);
        if (assay_criterion_suits(criterion, spec, error))
            continue;
        g_prefix_error(error, "--fail-on=%s: ", *text);
        return NULL;
    }
    return g_steal_pointer(&criteria);
}

/* Says which conditions of --fail-on a row meets. */
static void
try_criteria(CheckConclusion *self, const char *set, const AssaySummaryRow *row)
{
    for (guint i = 0; i < self->criteria->len; i++) {
        const AssayCriterion *criterion = g_ptr_array_index(self->criteria, i);
        g_autofree char *why = NULL;

        if (!assay_criterion_holds(criterion, row))
            continue;
        why = assay_criterion_describe(criterion, row);
        cli_note("%s: %s: --fail-on=%s", set, why, self->fail_on[i]);
        self->met = TRUE;
    }
}

/* The rows of one set: printed if they were asked for, told in words if not. */
static gboolean
conclude_set(CheckConclusion *self, const char *set, const AssaySummary *counts, GString *text,
             GError **error)
{
    Check *check = self->check;
    gboolean is_first = TRUE;

    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        AssaySummaryRow row;

        if (!check->spec->rules[r].present)
            continue;
        if (!assay_summary_row(counts, check->spec, check->checker, r, self->seed, set, &row,
                               error))
            return FALSE;
        try_criteria(self, set, &row);
        if (self->has_table && !check_print_summary(check, set, &row, error))
            return FALSE;
        if (self->methods != NULL && is_first)
            assay_methods_print_set(text, set, &row);
        if (self->methods != NULL)
            assay_methods_print_row(text, self->methods, r, &row);
        check_tell(check, set, r, &row, is_first, self->has_findings);
        is_first = FALSE;
    }
    if (self->methods != NULL)
        g_string_append_c(text, '\n');
    return TRUE;
}

/* A set of which nothing could be read has its rows as well: what counts on them must not take
 * their absence for a good sign. */
static gboolean
conclude_empty_set(CheckConclusion *self, const char *label, GString *text, GError **error)
{
    g_autoptr(AssaySummary) none = assay_summary_new();
    g_autofree char *set = cli_sets_name(label, self->by, "");

    cli_warn("%s: nothing in this set", label);
    self->lacks = TRUE;
    return conclude_set(self, set, none, text, error);
}

gboolean
check_conclude(CheckConclusion *self, GString *text, GError **error)
{
    const Check *check = self->check;

    if (self->methods != NULL)
        assay_methods_print(text, self->methods);
    for (size_t i = 0; i < check->named.n; i++) {
        g_autofree const char **names = assay_classes_names(check->sets[i]);

        if (names[0] == NULL && !conclude_empty_set(self, check->named.labels[i], text, error))
            return FALSE;
        for (size_t k = 0; names[k] != NULL; k++, self->n_classes++) {
            g_autofree char *set = cli_sets_name(check->named.labels[i], self->by, names[k]);

            if (!conclude_set(self, set, assay_classes_find(check->sets[i], names[k]), text, error))
                return FALSE;
        }
    }
    return TRUE;
}
