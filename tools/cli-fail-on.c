/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fail-on.h"

#include <assay/base/text.h>

#include "cli.h"

static void
clear_condition(gpointer data)
{
    assay_condition_clear(data);
}

gboolean
cli_fail_on_read(CliFailOn *self, char **texts, const char *const *columns, const char *of,
                 const char *as, gboolean scopes, GError **error)
{
    self->texts = texts;
    self->columns = columns;
    self->conditions = g_array_new(FALSE, FALSE, sizeof(AssayCondition));
    g_array_set_clear_func(self->conditions, clear_condition);
    for (char **text = texts; text != NULL && *text != NULL; text++) {
        g_autofree char *list = NULL;
        AssayCondition condition;

        if (assay_condition_parse(&condition, *text, columns)) {
            g_array_append_val(self->conditions, condition);
            if (condition.scope == NULL || scopes)
                continue;
        }
        list = g_strjoinv(", ", (char **)columns);
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--fail-on=%s: give %s (%s), one of < <= > >= =, and a number, as in %s", *text,
                    of, list, as);
        return FALSE;
    }
    return TRUE;
}

const AssayCondition *
cli_fail_on_at(const CliFailOn *self, guint i)
{
    return &g_array_index(self->conditions, AssayCondition, i);
}

void
cli_fail_on_try(CliFailOn *self, guint i, const char *row, double value)
{
    const AssayCondition *condition = cli_fail_on_at(self, i);
    char number[ASSAY_TEXT_NUMBER_SIZE];

    if (!assay_condition_holds(condition, value))
        return;
    cli_note("%s: %s is %s: --fail-on=%s", row, self->columns[condition->column],
             assay_text_double_digits(number, value, 4), self->texts[i]);
    self->is_met = TRUE;
}

void
cli_fail_on_clear(CliFailOn *self)
{
    g_clear_pointer(&self->conditions, g_array_unref);
}
