/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "condition.h"

#include <string.h>

/* (transfer full) */
static char *
without_blanks(const char *text)
{
    GString *plain = g_string_new(NULL);

    for (; *text != '\0'; text++) {
        if (*text != ' ' && *text != '\t')
            g_string_append_c(plain, *text);
    }
    return g_string_free(plain, FALSE);
}

gboolean
assay_condition_parse(AssayCondition *self, const char *text, const char *const *columns)
{
    g_autofree char *plain = without_blanks(text);
    size_t length = strcspn(plain, "<>=");
    const char *at = plain + length, *colon = g_strrstr_len(plain, (gssize)length, ":");
    const char *name = colon == NULL ? plain : colon + 1;
    char *end;

    *self = (AssayCondition){ 0 };
    length = (size_t)(at - name);
    while (columns[self->column] != NULL && (strlen(columns[self->column]) != length ||
                                             strncmp(columns[self->column], name, length) != 0))
        self->column++;
    if (columns[self->column] == NULL || *at == '\0')
        return FALSE;
    self->compare[0] = *at++;
    if (*at == '=' && self->compare[0] != '=')
        self->compare[1] = *at++;
    self->number = g_ascii_strtod(at, &end);
    if (end == at || *end != '\0' || !(self->number <= self->number))
        return FALSE;
    if (colon != NULL)
        self->scope = g_strndup(plain, (size_t)(colon - plain));
    return TRUE;
}

void
assay_condition_clear(AssayCondition *self)
{
    g_clear_pointer(&self->scope, g_free);
}

gboolean
assay_condition_holds(const AssayCondition *self, double value)
{
    if (self->compare[0] == '=')
        return value >= self->number && value <= self->number;
    if (self->compare[0] == '<')
        return self->compare[1] == '=' ? value <= self->number : value < self->number;
    return self->compare[1] == '=' ? value >= self->number : value > self->number;
}
