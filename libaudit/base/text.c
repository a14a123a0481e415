/* base/text.c - names and numbers as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "error.h"
#include "shortest-eight-private.h"
#include "shortest-private.h"
#include "text-private.h"

static gboolean
is_control(gunichar c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* How many of the first bytes are printable ones of ASCII that stay as they are: mostly all. */
static size_t
plain_length(const char *text, gboolean is_reversible)
{
    size_t n = 0;

    while (text[n] >= ' ' && text[n] <= '~' && !(text[n] == '%' && is_reversible))
        n++;
    return n;
}

static char *
escape_percent(const char *text, gboolean is_reversible)
{
    size_t n = plain_length(text, is_reversible);
    const char *at = text + n;
    GString *escaped;

    if (*at == '\0')
        return g_strndup(text, n);
    escaped = g_string_new_len(text, (gssize)n);
    while (*at != '\0') {
        gunichar c = g_utf8_get_char_validated(at, -1);
        gboolean is_valid = c != (gunichar)-1 && c != (gunichar)-2;
        int size = is_valid ? (int)(g_utf8_next_char(at) - at) : 1;

        if (is_valid && !is_control(c) && !(c == '%' && is_reversible)) {
            g_string_append_len(escaped, at, size);
        } else {
            for (int i = 0; i < size; i++)
                g_string_append_printf(escaped, "%%%02X", (guint)(guchar)at[i]);
        }
        at += size;
    }
    return g_string_free(escaped, FALSE);
}

char *
assay_text_escape_name(const char *name)
{
    return escape_percent(name, TRUE);
}

char *
assay_text_escape_controls(const char *text)
{
    return escape_percent(text, FALSE);
}

static const char tsv_special[] = "\t\n\\";

gboolean
assay_text_is_plain_tsv(const char *text)
{
    return text[strcspn(text, tsv_special)] == '\0';
}

char *
assay_text_escape_tsv(const char *text)
{
    size_t plain = strcspn(text, tsv_special);
    GString *escaped;

    if (text[plain] == '\0')
        return g_strdup(text);
    escaped = g_string_sized_new(strlen(text) + 16);
    for (;;) {
        g_string_append_len(escaped, text, (gssize)plain);
        text += plain;
        if (*text == '\0')
            return g_string_free(escaped, FALSE);
        g_string_append(escaped, *text == '\t' ? "\\t" : *text == '\n' ? "\\n" : "\\\\");
        text++;
        plain = strcspn(text, tsv_special);
    }
}

gboolean
assay_text_unescape_tsv(char *text, GError **error)
{
    char *out = strchr(text, '\\');
    const char *in = out;

    if (in == NULL)
        return TRUE;
    for (; *in != '\0'; in++) {
        if (*in != '\\') {
            *out++ = *in;
            continue;
        }
        in++;
        if (*in == 't') {
            *out++ = '\t';
        } else if (*in == 'n') {
            *out++ = '\n';
        } else if (*in == '\\') {
            *out++ = '\\';
        } else {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                        "a lone backslash; write \\\\ for a backslash, \\t for a tab, "
                        "\\n for a newline");
            return FALSE;
        }
    }
    *out = '\0';
    return TRUE;
}

/* Not by printf, since a table has it for each of many items; and straight to where it stays, since
 * single bytes are slow to read again as a whole. */
char *
assay_text_put_index(char *buffer, size_t index)
{
    size_t n_digits = 1;
    char *end, *at;

    for (guint64 bound = 10; index >= bound && n_digits < 20; bound *= 10)
        n_digits++;
    end = at = buffer + 1 + n_digits;
    do
        *--at = (char)('0' + index % 10);
    while ((index /= 10) > 0);
    *--at = '[';
    *end = ']';
    *++end = '\0';
    return end;
}

size_t
assay_text_display_width(const char *text)
{
    size_t width = 0;

    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);

        if (!g_unichar_iszerowidth(c))
            width += g_unichar_iswide(c) ? 2 : 1;
    }
    return width;
}

static void
write_whole(char *buffer, gint64 value)
{
    guint64 left = value < 0 ? -(guint64)value : (guint64)value;
    char digits[20];
    size_t n = 0;

    do
        digits[n++] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (value < 0)
        *buffer++ = '-';
    while (n > 0)
        *buffer++ = digits[--n];
    *buffer = '\0';
}

/* Fills in what has no digits, or digits alone; FALSE for any other number. */
static gboolean
write_plain(char *buffer, double value)
{
    const double whole_max = 9007199254740992.0; /* 2^53 */

    if (isnan(value))
        memcpy(buffer, "NA", sizeof "NA");
    else if (isinf(value))
        g_strlcpy(buffer, value > 0 ? "inf" : "-inf", ASSAY_TEXT_NUMBER_SIZE);
    else if (fabs(value) <= whole_max && trunc(value) == value)
        write_whole(buffer, (gint64)value);
    else
        return FALSE;
    return TRUE;
}

static void
write_digits(char *buffer, double value, int digits)
{
    char format[16];

    snprintf(format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd(buffer, ASSAY_TEXT_NUMBER_SIZE, format, value);
}

/* Of numbers that are rare. */
static void
write_double(char *buffer, double value)
{
    if (write_plain(buffer, value))
        return;
    /* A decimal of up to DBL_DIG digits survives the way through a normal double, and %g drops
     * trailing zeros: if DBL_DIG digits read back, they are the fewest. Subnormals hold less. */
    for (int digits = fabs(value) < DBL_MIN * 16 ? 1 : DBL_DIG; digits <= 17; digits++) {
        write_digits(buffer, value, digits);
        if (digits == 17 || !(g_ascii_strtod(buffer, NULL) != value))
            break;
    }
}

static char *
put_double(char *buffer, double value, AssayDecimal decimal)
{
    if (decimal.digits != 0)
        return assay_shortest_put(buffer, decimal);
    if (isnan(value)) /* of those that are left the one that tables have most of */
        return g_stpcpy(buffer, "NA");
    write_double(buffer, value);
    return buffer + strlen(buffer);
}

char *
assay_text_put_one(char *buffer, double value)
{
    return put_double(buffer, value, assay_shortest_find(value));
}

/* The digits of some first, and then their text: the processor then works on several at once. */
static char *
put_some(char *buffer, const double *values, size_t n, char separator)
{
    AssayDecimal decimals[ASSAY_EIGHT];

    for (size_t k = 0; k < n; k++)
        decimals[k] = assay_shortest_find(values[k]);
    for (size_t k = 0; k < n; k++) {
        buffer = put_double(buffer, values[k], decimals[k]);
        *buffer++ = separator;
    }
    return buffer;
}

static char *
put_some_by_vectors(char *buffer, const double *values, size_t n, char separator)
{
    AssayEightTexts texts;
    guint made = assay_eight_texts(values, n, &texts);

    for (size_t k = 0; k < n; k++) {
        if ((made >> k & 1) != 0)
            buffer = assay_eight_texts_put(&texts, k, buffer);
        else
            buffer = assay_text_put_one(buffer, values[k]);
        *buffer++ = separator;
    }
    return buffer;
}

char *
assay_text_put_doubles(char *buffer, const double *values, size_t n, char separator)
{
    gboolean by_vectors = assay_eight_texts_can();

    if (n == 0)
        return buffer;
    for (size_t first = 0; first < n; first += ASSAY_EIGHT) {
        size_t more = MIN((size_t)ASSAY_EIGHT, n - first);

        buffer = by_vectors ? put_some_by_vectors(buffer, values + first, more, separator)
                            : put_some(buffer, values + first, more, separator);
    }
    *--buffer = '\0';
    return buffer;
}

char *
assay_text_double(char *buffer, double value)
{
    assay_text_put_doubles(buffer, &value, 1, '\0');
    return buffer;
}

char *
assay_text_double_digits(char *buffer, double value, int digits)
{
    double limit = 1;

    if (write_plain(buffer, value))
        return buffer;
    digits = CLAMP(digits, 1, DBL_DIG);
    for (int i = 0; i < digits; i++)
        limit *= 10;
    /* From half a unit below 10^digits on, %g would turn to an exponent. */
    if (fabs(value) >= limit - 0.5 && fabs(value) < 1e15)
        g_ascii_formatd(buffer, ASSAY_TEXT_NUMBER_SIZE, "%.0f", value);
    else
        write_digits(buffer, value, digits);
    return buffer;
}

char *
assay_text_count(char *buffer, guint64 value)
{
    char digits[ASSAY_TEXT_NUMBER_SIZE];
    int n = snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, value);
    char *out = buffer;

    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            *out++ = ',';
        *out++ = digits[i];
    }
    *out = '\0';
    return buffer;
}

/* Digits from *@text on, which may run to twelve, behind those of *@value; how many there were. */
static size_t
read_digits(const char **text, guint64 *value)
{
    size_t n = 0;

    for (; g_ascii_isdigit(**text) && n < 12; n++, (*text)++)
        *value = *value * 10 + (guint64)g_ascii_digit_value(**text);
    return n;
}

gboolean
assay_text_ratio(const char *text, gboolean decimals, guint32 max, guint32 *num, guint32 *den)
{
    guint64 a = 0, b = 1, divisor;
    size_t places = 0;

    if (read_digits(&text, &a) == 0 || a > max)
        return FALSE;
    if (*text == '/') {
        text++;
        b = 0;
        if (read_digits(&text, &b) == 0 || b > max)
            return FALSE;
    } else if (decimals && *text == '.') {
        text++;
        places = read_digits(&text, &a);
        if (places == 0 || places > 6)
            return FALSE;
        for (; places > 0; places--)
            b *= 10;
    }
    if (*text != '\0' || a == 0 || b == 0)
        return FALSE;
    divisor = a;
    for (guint64 rest = b, next; rest != 0; rest = next) { /* Euclid */
        next = divisor % rest;
        divisor = rest;
    }
    if (a / divisor > max || b / divisor > max)
        return FALSE;
    *num = (guint32)(a / divisor);
    *den = (guint32)(b / divisor);
    return TRUE;
}

void
assay_text_join(GString *text, const char *sep, const char *format, ...)
{
    va_list args;

    if (text->len > 0)
        g_string_append(text, sep);
    va_start(args, format);
    g_string_append_vprintf(text, format, args);
    va_end(args);
}
