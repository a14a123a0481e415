/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "criterion.h"

#include <stddef.h>
#include <string.h>

#include "../base/condition.h"
#include "../base/error.h"
#include "../base/text.h"

/* The numeric columns of a summary; those that calibration gives are not known by a derived spec.
 */
static const struct {
    const char *name;
    gboolean is_real, is_calibrated;
    size_t offset;
} columns[] = {
    { "items", FALSE, FALSE, offsetof(AssaySummaryRow, items) },
    { "groups", FALSE, FALSE, offsetof(AssaySummaryRow, groups) },
    { "events", FALSE, FALSE, offsetof(AssaySummaryRow, events) },
    { "violations", FALSE, FALSE, offsetof(AssaySummaryRow, violations) },
    { "rate", TRUE, FALSE, offsetof(AssaySummaryRow, rate) },
    { "expected", TRUE, TRUE, offsetof(AssaySummaryRow, expected) },
    { "ratio", TRUE, TRUE, offsetof(AssaySummaryRow, ratio) },
    { "p", TRUE, TRUE, offsetof(AssaySummaryRow, p) },
    { "flagged", TRUE, TRUE, offsetof(AssaySummaryRow, flagged) },
};

struct AssayCriterion {
    int rule; /* -1: any */
    AssayCondition condition;
};

void
assay_criterion_free(AssayCriterion *self)
{
    if (self == NULL)
        return;
    assay_condition_clear(&self->condition);
    g_free(self);
}

static gboolean
parse(AssayCriterion *self, const char *text)
{
    const char *names[G_N_ELEMENTS(columns) + 1] = { NULL };

    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        names[i] = columns[i].name;
    self->rule = -1;
    if (!assay_condition_parse(&self->condition, text, names))
        return FALSE;
    if (self->condition.scope != NULL)
        self->rule = assay_rule_find(self->condition.scope);
    return self->condition.scope == NULL || self->rule >= 0;
}

AssayCriterion *
assay_criterion_parse(const char *text, GError **error)
{
    AssayCriterion *self = g_new0(AssayCriterion, 1);

    if (parse(self, text))
        return self;
    assay_criterion_free(self);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "--fail-on=%s: give a column of the summary (items, groups, events, violations, "
                "rate, expected, ratio, p, flagged), one of < <= > >= =, and a number, as in "
                "'ratio>2' or 'duration:violations>0'",
                text);
    return NULL;
}

gboolean
assay_criterion_suits(const AssayCriterion *self, const AssaySpec *spec, GError **error)
{
    if (self->rule >= 0 && !spec->rules[self->rule].present) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "the spec has no rule %s, so nothing could ever meet this",
                    assay_rule_types[self->rule].name);
        return FALSE;
    }
    if (columns[self->condition.column].is_calibrated && assay_spec_is_derived(spec)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s is NA for a spec that knows no items: give one of items, groups, events, "
                    "violations, rate, or check against a spec that was mined",
                    columns[self->condition.column].name);
        return FALSE;
    }
    return TRUE;
}

/* What the row has in the column; NaN where that is missing. */
static double
value_of(const AssayCriterion *self, const AssaySummaryRow *row)
{
    const char *at = (const char *)row + columns[self->condition.column].offset;
    double value;

    if (!columns[self->condition.column].is_real)
        return (double)*(const guint64 *)(const void *)at;
    memcpy(&value, at, sizeof value);
    return value;
}

gboolean
assay_criterion_holds(const AssayCriterion *self, const AssaySummaryRow *row)
{
    double value = value_of(self, row);

    if (self->rule >= 0 && strcmp(assay_rule_types[self->rule].name, row->rule) != 0)
        return FALSE;
    return assay_condition_holds(&self->condition, value);
}

char *
assay_criterion_describe(const AssayCriterion *self, const AssaySummaryRow *row)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];

    return g_strdup_printf("%s of %s is %s", columns[self->condition.column].name, row->rule,
                           assay_text_double_digits(number, value_of(self, row), 4));
}
