/* base/json.c - jansson behind our own names; the canonical printer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "json.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "text.h"

enum { FEW_MEMBERS = 16 };

/* Without memory jansson goes on, and drops bytes of the number or name that it reads; GLib does
 * not return. */
static void
take_memory_from_glib(void)
{
    static gsize is_done;

    if (g_once_init_enter(&is_done)) {
        json_set_alloc_funcs(g_malloc, g_free);
        g_once_init_leave(&is_done, 1);
    }
}

AssayJson *
assay_json_object(void)
{
    take_memory_from_glib();
    return json_object();
}

AssayJson *
assay_json_array(void)
{
    take_memory_from_glib();
    return json_array();
}

AssayJson *
assay_json_string(const char *text)
{
    json_t *value;

    take_memory_from_glib();
    value = json_string(text);
    g_assert(value != NULL); /* the caller's text was not UTF-8 */
    return value;
}

AssayJson *
assay_json_integer(gint64 value)
{
    take_memory_from_glib();
    return json_integer(value);
}

AssayJson *
assay_json_real(double value)
{
    take_memory_from_glib();
    return isfinite(value) ? json_real(value) : json_null();
}

AssayJson *
assay_json_bool(gboolean value)
{
    return json_boolean(value);
}

AssayJson *
assay_json_null(void)
{
    return json_null();
}

/* json_incref() looks whether the count is that of a constant as if no other thread were counting:
 * the same as threads need it. */
AssayJson *
assay_json_ref(const AssayJson *value)
{
    AssayJson *self = (AssayJson *)value;

    if (self != NULL && __atomic_load_n(&self->refcount, __ATOMIC_RELAXED) != (size_t)-1)
        __atomic_add_fetch(&self->refcount, 1, __ATOMIC_RELAXED);
    return self;
}

/* json_decref() releases without acquiring, so what one thread wrote could be freed by another that
 * has not seen it: the same with the order that threads need. */
void
assay_json_unref(AssayJson *value)
{
    if (value != NULL && __atomic_load_n(&value->refcount, __ATOMIC_RELAXED) != (size_t)-1 &&
        __atomic_sub_fetch(&value->refcount, 1, __ATOMIC_ACQ_REL) == 0)
        json_delete(value);
}

void
assay_json_set_take(AssayJson *object, const char *key, AssayJson *value)
{
    int status = json_object_set_new(object, key, value);

    g_assert(status == 0);
}

void
assay_json_set_string(AssayJson *object, const char *key, const char *text)
{
    assay_json_set_take(object, key, assay_json_string(text));
}

void
assay_json_set_integer(AssayJson *object, const char *key, gint64 value)
{
    assay_json_set_take(object, key, assay_json_integer(value));
}

void
assay_json_set_real(AssayJson *object, const char *key, double value)
{
    assay_json_set_take(object, key, assay_json_real(value));
}

void
assay_json_set_bool(AssayJson *object, const char *key, gboolean value)
{
    assay_json_set_take(object, key, json_boolean(value));
}

void
assay_json_unset(AssayJson *object, const char *key)
{
    json_object_del(object, key);
}

void
assay_json_append_take(AssayJson *array, AssayJson *value)
{
    int status = json_array_append_new(array, value);

    g_assert(status == 0);
}

AssayJsonKind
assay_json_kind(const AssayJson *value)
{
    if (value == NULL)
        return ASSAY_JSON_NULL;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return ASSAY_JSON_OBJECT;
    case JSON_ARRAY:
        return ASSAY_JSON_ARRAY;
    case JSON_STRING:
        return ASSAY_JSON_STRING;
    case JSON_INTEGER:
        return ASSAY_JSON_INTEGER;
    case JSON_REAL:
        return ASSAY_JSON_REAL;
    case JSON_TRUE:
        return ASSAY_JSON_TRUE;
    case JSON_FALSE:
        return ASSAY_JSON_FALSE;
    case JSON_NULL:
        break;
    }
    return ASSAY_JSON_NULL;
}

size_t
assay_json_size(const AssayJson *value)
{
    return json_is_array(value) ? json_array_size(value) : json_object_size(value);
}

AssayJson *
assay_json_get(const AssayJson *object, const char *key)
{
    return json_object_get(object, key);
}

AssayJson *
assay_json_nth(const AssayJson *array, size_t index)
{
    return json_array_get(array, index);
}

const char *
assay_json_peek_string(const AssayJson *value)
{
    return json_string_value(value);
}

gboolean
assay_json_is_number(const AssayJson *value)
{
    return json_is_number(value);
}

gboolean
assay_json_is_true(const AssayJson *value)
{
    return json_is_true(value);
}

gint64
assay_json_peek_integer(const AssayJson *value)
{
    return json_integer_value(value);
}

double
assay_json_peek_real(const AssayJson *value)
{
    return json_number_value(value);
}

AssayJson *
assay_json_copy(const AssayJson *value)
{
    return value == NULL ? NULL : json_deep_copy(value);
}

static int
compare_keys(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **
assay_json_keys(const AssayJson *object)
{
    size_t n = json_object_size(object), i = 0;
    const char **keys = g_new(const char *, n + 1);
    json_t *mutable = (json_t *)object;

    for (void *at = json_object_iter(mutable); at != NULL; at = json_object_iter_next(mutable, at))
        keys[i++] = json_object_iter_key(at);
    keys[i] = NULL;
    qsort(keys, i, sizeof *keys, compare_keys);
    return keys;
}

AssayJson *
assay_json_parse(const void *data, size_t size, const char *name, GError **error)
{
    json_error_t fault;
    json_t *value;

    take_memory_from_glib();
    value = json_loadb(data, size, JSON_REJECT_DUPLICATES, &fault);
    if (value == NULL) {
        /* jansson quotes bytes of the input near the fault; they may be no UTF-8. */
        g_autofree char *text = g_utf8_make_valid(fault.text, -1);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "%s: line %d, column %d: not JSON: %s",
                    name, fault.line, fault.column, text);
    }
    return value;
}

static void
print_string(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const guchar *p = (const guchar *)text; *p != 0; p++) {
        const guchar *plain = p;

        while (*p >= 0x20 && *p != '"' && *p != '\\' && *p != 0x7f)
            p++;
        g_string_append_len(out, (const char *)plain, p - plain);
        if (*p == 0)
            break;
        switch (*p) {
        case '"':
            g_string_append(out, "\\\"");
            break;
        case '\\':
            g_string_append(out, "\\\\");
            break;
        case '\n':
            g_string_append(out, "\\n");
            break;
        case '\t':
            g_string_append(out, "\\t");
            break;
        default:
            g_string_append_printf(out, "\\u%04x", *p);
        }
    }
    g_string_append_c(out, '"');
}

typedef struct {
    const char *key;
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

static void
print_object(GString *out, json_t *object)
{
    Member few[FEW_MEMBERS];
    size_t room = json_object_size(object), n = 0;
    g_autofree Member *many = room > FEW_MEMBERS ? g_new(Member, room) : NULL;
    Member *members = many != NULL ? many : few;

    for (void *at = json_object_iter(object); at != NULL; at = json_object_iter_next(object, at))
        members[n++] = (Member){ json_object_iter_key(at), json_object_iter_value(at) };
    sort_members(members, n);
    g_string_append_c(out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        print_string(out, members[i].key);
        g_string_append_c(out, ':');
        assay_json_print(out, members[i].value);
    }
    g_string_append_c(out, '}');
}

void
assay_json_print(GString *out, const AssayJson *value)
{
    char digits[ASSAY_TEXT_NUMBER_SIZE];

    switch (json_typeof(value)) {
    case JSON_OBJECT:
        print_object(out, (json_t *)value);
        break;
    case JSON_ARRAY:
        g_string_append_c(out, '[');
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (i > 0)
                g_string_append_c(out, ',');
            assay_json_print(out, json_array_get(value, i));
        }
        g_string_append_c(out, ']');
        break;
    case JSON_STRING:
        print_string(out, json_string_value(value));
        break;
    case JSON_INTEGER:
        snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        g_string_append(out, digits);
        break;
    case JSON_REAL:
        g_string_append(out, assay_text_double(digits, json_real_value(value)));
        break;
    case JSON_TRUE:
        g_string_append(out, "true");
        break;
    case JSON_FALSE:
        g_string_append(out, "false");
        break;
    case JSON_NULL:
        g_string_append(out, "null");
        break;
    }
}

gboolean
assay_json_equal(const AssayJson *a, const AssayJson *b)
{
    g_autoptr(GString) left = g_string_new(NULL), right = g_string_new(NULL);

    if (a == NULL || b == NULL || a == b)
        return a == b;
    assay_json_print(left, a);
    assay_json_print(right, b);
    return g_string_equal(left, right);
}
