/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "refusals-private.h"

#include <string.h>

#include "../base/error.h"

void
assay_refusal_clear(AssayRefusal *self)
{
    g_free(self->name);
    g_clear_error(&self->fault);
    *self = (AssayRefusal){ .name = NULL };
}

/* Behind what numbers are written with; "e" in words goes by as well, on both sides. */
static const char *
skip_number(const char *text)
{
    return text + strspn(text, "0123456789+-.e");
}

static gboolean
differ_in_numbers(const char *a, const char *b)
{
    for (;;) {
        a = skip_number(a);
        b = skip_number(b);
        if (*a != *b)
            return FALSE;
        if (*a == '\0')
            return TRUE;
        a++;
        b++;
    }
}

/* The first item behind those that it is about. */
static size_t
find_end(const AssayRefusal *self)
{
    return self->start + self->n_items + self->n_lacking;
}

gboolean
assay_refusal_extend(AssayRefusal *self, size_t start, size_t n_items, GError **fault)
{
    size_t item, end = find_end(self);
    gboolean names_item = assay_error_item(self->fault, &item);

    if (self->fault == NULL || !self->has_items || start < end || (names_item && start > end) ||
        self->fault->code != (*fault)->code || assay_error_item(*fault, &item) != names_item ||
        !differ_in_numbers(self->fault->message, (*fault)->message))
        return FALSE;
    self->n_lacking += start - end;
    self->n_items += n_items;
    g_clear_error(fault);
    return TRUE;
}

char *
assay_refusal_text(const AssayRefusal *self, gboolean is_all)
{
    const char *reason = self->fault->message;
    size_t item, last = find_end(self) - 1;
    gboolean names_item = assay_error_item(self->fault, &item);

    if (!self->has_items || self->n_items == 0 || (names_item && self->n_items == 1) ||
        (is_all && !names_item))
        return g_strdup(reason);
    if (self->n_items == 1)
        return g_strdup_printf("%s; item %" G_GSIZE_FORMAT " is left out", reason, last);
    return g_strdup_printf("%s; items %" G_GSIZE_FORMAT " to %" G_GSIZE_FORMAT " are left out",
                           reason, self->start, last);
}
