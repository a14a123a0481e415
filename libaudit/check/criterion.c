/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "criterion.h"

#include <stddef.h>
#include <string.h>

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
    size_t column;
    char compare[3];
    double number;
};

void
assay_criterion_free(AssayCriterion *self)
{
    g_free(self);
}

static gboolean
parse(AssayCriterion *self, const char *text)
{
    g_autofree char *plain = g_strdup(text);
    char *name, *end, *colon;
    size_t length;

    g_strdelimit(plain, " \t", '\x01');
    end = plain;
    for (char *p = plain; *p != '\0'; p++) {
        if (*p != '\x01')
            *end++ = *p;
    }
    *end = '\0';
    name = plain;
    self->rule = -1;
    colon = strchr(plain, ':');
    if (colon != NULL) {
        *colon = '\0';
        self->rule = assay_rule_find(plain);
        if (self->rule < 0)
            return FALSE;
        name = colon + 1;
    }
    length = strcspn(name, "<>=");
    for (self->column = 0; self->column < G_N_ELEMENTS(columns); self->column++) {
        if (strlen(columns[self->column].name) == length &&
            strncmp(columns[self->column].name, name, length) == 0)
            break;
    }
    if (self->column == G_N_ELEMENTS(columns) || name[length] == '\0')
        return FALSE;
    name += length;
    self->compare[0] = *name++;
    if (*name == '=' && self->compare[0] != '=')
        self->compare[1] = *name++;
    self->number = g_ascii_strtod(name, &end);
    return end != name && *end == '\0' && self->number == self->number;
}

AssayCriterion *
assay_criterion_parse(const char *text, GError **error)
{
    AssayCriterion *self = g_new0(AssayCriterion, 1);

    if (parse(self, text))
        return self;
    g_free(self);
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
    if (columns[self->column].is_calibrated && assay_spec_is_derived(spec)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s is NA for a spec that knows no items: give one of items, groups, events, "
                    "violations, rate, or check against a spec that was mined",
                    columns[self->column].name);
        return FALSE;
    }
    return TRUE;
}

/* What the row has in the column; NaN where that is missing. */
static double
value_of(const AssayCriterion *self, const AssaySummaryRow *row)
{
    const char *at = (const char *)row + columns[self->column].offset;
    double value;

    if (!columns[self->column].is_real)
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
    if (self->compare[0] == '=')
        return value >= self->number && value <= self->number;
    if (self->compare[0] == '<')
        return self->compare[1] == '=' ? value <= self->number : value < self->number;
    return self->compare[1] == '=' ? value >= self->number : value > self->number;
}

char *
assay_criterion_describe(const AssayCriterion *self, const AssaySummaryRow *row)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];

    return g_strdup_printf("%s of %s is %s", columns[self->column].name, row->rule,
                           assay_text_double_digits(number, value_of(self, row), 4));
}
