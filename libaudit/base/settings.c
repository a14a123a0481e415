/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings.h"

#include <string.h>

#include "error.h"
#include "text.h"

enum { MAX_MS = 60000 };

size_t
assay_length_at(const AssayLength *length, guint rate_hz)
{
    return length->n > 0 ? length->n : (size_t)(length->ms * rate_hz / 1000);
}

const AssaySetting *
assay_setting_find(const AssaySetting *settings, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(settings[i].key, key) == 0)
            return &settings[i];
    }
    return NULL;
}

gboolean
assay_setting_refuse(const char *key, const char *value, const char *advice, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--%s=%s: %s", key, value, advice);
    return FALSE;
}

/* A number in decimal, and where it ends. */
static gboolean
read_real(const char *text, const char *unit, double low, double high, double *value)
{
    char *end;

    if (!g_ascii_isdigit(text[0]) && text[0] != '.')
        return FALSE;
    *value = g_ascii_strtod(text, &end);
    return strcmp(end, unit) == 0 && *value >= low && *value <= high;
}

static gboolean
read_number(const char *text, double low, double high, guint32 *value)
{
    guint64 n;

    if (!g_ascii_string_to_unsigned(text, 10, (guint64)low, (guint64)high, &n, NULL))
        return FALSE;
    *value = (guint32)n;
    return TRUE;
}

static gboolean
read_length(const char *text, const AssaySetting *setting, AssayLength *length)
{
    *length = (AssayLength){ 0, 0 };
    return read_number(text, setting->low, setting->high, &length->n) ||
           read_real(text, "ms", 1e-3, MAX_MS, &length->ms);
}

static gboolean
read_span(const char *text, const AssaySetting *setting, AssaySpan *span)
{
    g_auto(GStrv) ends = g_strsplit(text, ":", 3);

    return g_strv_length(ends) == 2 &&
           read_number(ends[0], setting->low, setting->high, &span->low) &&
           read_number(ends[1], setting->low, setting->high, &span->high) &&
           span->low <= span->high;
}

/* The place of @word among @words, or -1. */
static int
find_word(const char *words, const char *word)
{
    g_auto(GStrv) list = g_strsplit(words, "|", -1);

    for (int i = 0; list[i] != NULL; i++) {
        if (strcmp(list[i], word) == 0)
            return i;
    }
    return -1;
}

static const char *
words_of(const AssaySetting *setting)
{
    return setting->kind == ASSAY_SETTING_YES_NO ? "no|yes" : setting->words;
}

static gboolean
read_value(const AssaySetting *self, void *at, const char *value)
{
    int place;

    if (self->zero != NULL && strcmp(self->zero, value) == 0) {
        memset(at, 0, self->kind == ASSAY_SETTING_NUMBER ? sizeof(guint32) : sizeof(double));
        return TRUE;
    }
    switch (self->kind) {
    case ASSAY_SETTING_NUMBER:
        return read_number(value, self->low, self->high, at);
    case ASSAY_SETTING_REAL:
        return read_real(value, "", self->low, self->high, at);
    case ASSAY_SETTING_LENGTH:
        return read_length(value, self, at);
    case ASSAY_SETTING_SPAN:
        return read_span(value, self, at);
    default:
        place = find_word(words_of(self), value);
        if (place >= 0)
            *(int *)at = place;
        return place >= 0;
    }
}

gboolean
assay_setting_read(const AssaySetting *self, gpointer config, const char *value, GError **error)
{
    return read_value(self, (char *)config + self->at, value) ||
           assay_setting_refuse(self->key, value, self->advice, error);
}

char *
assay_setting_print(const AssaySetting *self, gconstpointer config)
{
    const void *at = (const char *)config + self->at;
    char number[ASSAY_TEXT_NUMBER_SIZE];
    g_auto(GStrv) words = NULL;
    const AssayLength *length = at;
    const AssaySpan *span = at;

    switch (self->kind) {
    case ASSAY_SETTING_NUMBER:
        return *(const guint32 *)at == 0 ? g_strdup(self->zero)
                                         : g_strdup_printf("%u", *(const guint32 *)at);
    case ASSAY_SETTING_REAL:
        return *(const double *)at == 0 && self->zero != NULL
                   ? g_strdup(self->zero)
                   : g_strdup(assay_text_double(number, *(const double *)at));
    case ASSAY_SETTING_LENGTH:
        return length->n > 0 ? g_strdup_printf("%u", length->n)
                             : g_strdup_printf("%sms", assay_text_double(number, length->ms));
    case ASSAY_SETTING_SPAN:
        return g_strdup_printf("%u:%u", span->low, span->high);
    default:
        words = g_strsplit(words_of(self), "|", -1);
        return g_strdup(words[*(const int *)at]);
    }
}
