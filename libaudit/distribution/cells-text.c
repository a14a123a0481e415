/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells-text-private.h"

#include <string.h>

#include "distribution-private.h"

/* Decimal digits without a leading zero, at most @max. */
static gboolean
read_count(const char **at, guint64 max, guint64 *value)
{
    const char *p = *at;

    if (!g_ascii_isdigit(*p) || (*p == '0' && g_ascii_isdigit(p[1])))
        return FALSE;
    for (*value = 0; g_ascii_isdigit(*p); p++) {
        guint64 digit = (guint64)(*p - '0');

        if (*value > (max - digit) / 10 || digit > max)
            return FALSE;
        *value = *value * 10 + digit;
    }
    *at = p;
    return TRUE;
}

/* The same with a sign, and up to 38 digits. */
static gboolean
read_sum(const char **at, AssayInt128 *sum)
{
    gboolean is_negative = **at == '-';
    const char *p = *at + (is_negative ? 1 : 0), *first = p;

    if (!g_ascii_isdigit(*p) || (*p == '0' && (is_negative || g_ascii_isdigit(p[1]))))
        return FALSE;
    for (*sum = 0; g_ascii_isdigit(*p); p++) {
        if (p - first == 38) /* less than 2^127 */
            return FALSE;
        *sum = *sum * 10 + (*p - '0');
    }
    if (is_negative)
        *sum = -*sum;
    *at = p;
    return TRUE;
}

static gboolean
read_char(const char **at, char c)
{
    if (**at != c)
        return FALSE;
    (*at)++;
    return TRUE;
}

gboolean
assay_text_read_hash(const char *text, guint64 *hash)
{
    if (strlen(text) != 16 || strspn(text, "0123456789abcdef") != 16)
        return FALSE;
    *hash = g_ascii_strtoull(text, NULL, 16);
    return *hash != ASSAY_DROPPED_NONE;
}

gboolean
assay_text_read_moments(const char *text, AssayMomentSum *moments)
{
    for (guint k = 0; k < ASSAY_N_MOMENTS; k++) {
        if ((k > 0 && !read_char(&text, ' ')) || !read_sum(&text, &moments[k].sum) ||
            !read_char(&text, '/') || !read_count(&text, G_MAXINT64, &moments[k].n))
            return FALSE;
    }
    return *text == '\0';
}

static gboolean
read_cell(const char **text, gboolean has_exact, AssayGroupCells *self, size_t at)
{
    guint64 cell, exact = 0;

    if (at > 0 && !read_char(text, ' '))
        return FALSE;
    if (!read_count(text, ASSAY_N_CELLS - 1, &cell) || !read_char(text, ':') ||
        !read_count(text, G_MAXINT64, &self->counts[at]) || self->counts[at] == 0)
        return FALSE;
    if (at > 0 && cell <= self->cells[at - 1])
        return FALSE;
    self->cells[at] = (guint16)cell;
    if (has_exact && read_char(text, ':') &&
        (!read_count(text, self->counts[at], &exact) || exact == 0))
        return FALSE;
    if (has_exact)
        self->exact[at] = exact;
    return TRUE;
}

gboolean
assay_text_read_cells(const char *text, gboolean has_exact, AssayGroupCells *self)
{
    size_t n = text[0] != '\0';

    for (const char *p = text; *p != '\0'; p++)
        n += *p == ' ';
    if (n > ASSAY_N_CELLS)
        return FALSE;
    assay_group_cells_allocate(self, n, has_exact);
    for (size_t i = 0; i < n; i++) {
        if (!read_cell(&text, has_exact, self, i))
            return FALSE;
    }
    return *text == '\0';
}
