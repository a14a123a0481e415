/* base/json-print.c - the canonical form.
 *
 * Room is made for a string at once, and the text is ended when all of it is there: metadata of
 * small samples take long enough as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "jansson-private.h"
#include "json.h"
#include "text.h"

enum { FEW_MEMBERS = 16 };

/* The end of the text, which has no NUL meanwhile, and room for @n bytes. */
static char *
make_room(GString *out, size_t n)
{
    size_t length = out->len;

    if (n >= out->allocated_len - length) {
        g_string_set_size(out, length + n);
        out->len = length;
    }
    return out->str + length;
}

static void
put(GString *out, const char *text, size_t n)
{
    memcpy(make_room(out, n), text, n);
    out->len += n;
}

static void
put_char(GString *out, char c)
{
    *make_room(out, 1) = c;
    out->len++;
}

static gboolean
is_plain(char c)
{
    return (guchar)c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

static void
put_escaped(GString *out, char c)
{
    static const char digits[] = "0123456789abcdef";
    const char code[] = { '\\', 'u', '0', '0', digits[(guchar)c >> 4], digits[c & 15] };
    const char pair[] = { '\\', c == '\n' ? 'n' : c == '\t' ? 't' : c };

    if (c == '"' || c == '\\' || c == '\n' || c == '\t')
        put(out, pair, sizeof pair);
    else
        put(out, code, sizeof code);
}

/* Whether all of the next eight are plain: none is below 0x20 or one of three. Each term has the
 * highest bit of a byte set where there is such a one: Warren, Hacker's Delight, 6-1. */
static gboolean
are_plain(const char *eight)
{
    const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101), high = ones << 7;
    guint64 word, quote, backslash, delete;

    memcpy(&word, eight, sizeof word);
    quote = word ^ ones * '"';
    backslash = word ^ ones * '\\';
    delete = word ^ ones * 0x7f;
    return ((((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) |
             ((backslash - ones) & ~backslash) | ((delete - ones) & ~delete)) &
            high) == 0;
}

static void
print_string(GString *out, const char *text, size_t n)
{
    const char *end = text + n;

    make_room(out, n + 2);
    put_char(out, '"');
    while (text < end) {
        const char *plain = text;

        while (end - text >= 8 && are_plain(text))
            text += 8;
        while (text < end && is_plain(*text))
            text++;
        put(out, plain, (size_t)(text - plain));
        if (text < end)
            put_escaped(out, *text++);
    }
    put_char(out, '"');
}

static void
print_integer(GString *out, gint64 value)
{
    char digits[ASSAY_TEXT_NUMBER_SIZE];
    guint64 rest = value < 0 ? -(guint64)value : (guint64)value;
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        digits[--at] = '-';
    put(out, digits + at, sizeof digits - at);
}

typedef struct {
    const char *key;
    size_t length;
    json_t *value;
} Member;

static int
compare_members(const void *a, const void *b)
{
    return strcmp(((const Member *)a)->key, ((const Member *)b)->key);
}

/* Nearly every object has few members; for those qsort() takes longer than this. */
static void
sort_members(Member *members, size_t n)
{
    if (n > FEW_MEMBERS) {
        qsort(members, n, sizeof *members, compare_members);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        const Member member = members[i];
        size_t k = i;

        for (; k > 0 && strcmp(members[k - 1].key, member.key) > 0; k--)
            members[k] = members[k - 1];
        members[k] = member;
    }
}

static void print(GString *out, const json_t *value);

static void
print_object(GString *out, json_t *object)
{
    Member few[FEW_MEMBERS];
    size_t room = json_object_size(object), n = 0;
    g_autofree Member *many = room > FEW_MEMBERS ? g_new(Member, room) : NULL;
    Member *members = many != NULL ? many : few;

    for (void *at = json_object_iter(object); at != NULL; at = json_object_iter_next(object, at))
        members[n++] = (Member){ json_object_iter_key(at), json_object_iter_key_len(at),
                                 json_object_iter_value(at) };
    sort_members(members, n);
    put_char(out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            put_char(out, ',');
        print_string(out, members[i].key, members[i].length);
        put_char(out, ':');
        print(out, members[i].value);
    }
    put_char(out, '}');
}

static void
print_array(GString *out, const json_t *array)
{
    put_char(out, '[');
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (i > 0)
            put_char(out, ',');
        print(out, json_array_get(array, i));
    }
    put_char(out, ']');
}

static void
print(GString *out, const json_t *value)
{
    char digits[ASSAY_TEXT_NUMBER_SIZE];

    switch (json_typeof(value)) {
    case JSON_OBJECT:
        print_object(out, (json_t *)value);
        break;
    case JSON_ARRAY:
        print_array(out, value);
        break;
    case JSON_STRING:
        print_string(out, json_string_value(value), json_string_length(value));
        break;
    case JSON_INTEGER:
        print_integer(out, json_integer_value(value));
        break;
    case JSON_REAL:
        assay_text_double(digits, json_real_value(value));
        put(out, digits, strlen(digits));
        break;
    case JSON_TRUE:
        put(out, "true", 4);
        break;
    case JSON_FALSE:
        put(out, "false", 5);
        break;
    case JSON_NULL:
        put(out, "null", 4);
        break;
    }
}

void
assay_json_print(GString *out, const AssayJson *value)
{
    print(out, value);
    *make_room(out, 0) = '\0';
}
