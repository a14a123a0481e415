/* base/json.c - jansson behind our own names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "jansson-private.h"

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

AssayJson *
assay_json_own(AssayJson *value)
{
    AssayJson *copy;

    if (value == NULL || __atomic_load_n(&value->refcount, __ATOMIC_ACQUIRE) == 1)
        return value;
    copy = assay_json_copy(value);
    assay_json_unref(value);
    return copy;
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
