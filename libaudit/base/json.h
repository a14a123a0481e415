/* base/json.h - JSON values, their canonical form, and where in a document a fault lies.
 *
 * Stands on: jansson, which reads and holds the values; jansson-private.h is the door to it.
 * An AssayJson is immutable once it is shared between threads; references count atomically.
 * Canonical form: keys sorted bytewise, no white space, UTF-8 as it is, integers as integers, reals
 * in the fewest digits that round-trip (1.0 is written 1; NaN and infinities are written null).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

typedef struct json_t AssayJson;

typedef enum {
    ASSAY_JSON_OBJECT,
    ASSAY_JSON_ARRAY,
    ASSAY_JSON_STRING,
    ASSAY_JSON_INTEGER,
    ASSAY_JSON_REAL,
    ASSAY_JSON_TRUE,
    ASSAY_JSON_FALSE,
    ASSAY_JSON_NULL,
} AssayJsonKind;

/* Making values. Each returns a new reference; strings must be valid UTF-8. */
ASSAY_API AssayJson *assay_json_object(void);
ASSAY_API AssayJson *assay_json_array(void);
ASSAY_API AssayJson *assay_json_string(const char *text);
ASSAY_API AssayJson *assay_json_integer(gint64 value);
ASSAY_API AssayJson *assay_json_real(double value);
ASSAY_API AssayJson *assay_json_bool(gboolean value);
ASSAY_API AssayJson *assay_json_null(void);
ASSAY_API AssayJson *assay_json_ref(const AssayJson *value);
ASSAY_API void assay_json_unref(AssayJson *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayJson, assay_json_unref)

/* Building. "take" consumes @value. Setting replaces; a key that is absent is no error to unset. */
ASSAY_API void assay_json_set_take(AssayJson *object, const char *key, AssayJson *value);
ASSAY_API void assay_json_set_string(AssayJson *object, const char *key, const char *text);
ASSAY_API void assay_json_set_integer(AssayJson *object, const char *key, gint64 value);
ASSAY_API void assay_json_set_real(AssayJson *object, const char *key, double value);
ASSAY_API void assay_json_set_bool(AssayJson *object, const char *key, gboolean value);
ASSAY_API void assay_json_unset(AssayJson *object, const char *key);
ASSAY_API void assay_json_append_take(AssayJson *array, AssayJson *value);

/* Looking. Borrowed references; NULL or 0 where there is no such thing or @value is NULL, whose
 * kind is that of null. */
ASSAY_API AssayJsonKind assay_json_kind(const AssayJson *value);
ASSAY_API size_t assay_json_size(const AssayJson *value);
ASSAY_API AssayJson *assay_json_get(const AssayJson *object, const char *key);
ASSAY_API AssayJson *assay_json_nth(const AssayJson *array, size_t index);
ASSAY_API const char *assay_json_peek_string(const AssayJson *value);
ASSAY_API gboolean assay_json_is_number(const AssayJson *value);
ASSAY_API gboolean assay_json_is_true(const AssayJson *value);
ASSAY_API gint64 assay_json_peek_integer(const AssayJson *value);
ASSAY_API double assay_json_peek_real(const AssayJson *value);

/* Whether the canonical forms are the same, so that 1.0 equals the 1 that it is written as; %NULL
 * equals %NULL alone. */
ASSAY_API gboolean assay_json_equal(const AssayJson *a, const AssayJson *b);

/**
 * assay_json_copy:
 *
 * Returns: (transfer full): a deep copy, or %NULL for %NULL.
 */
ASSAY_API AssayJson *assay_json_copy(const AssayJson *value);

/**
 * assay_json_own:
 * @value: (transfer full)
 *
 * Returns: (transfer full): @value where there is no other reference to it, else a deep copy: what
 *     may be changed.
 */
ASSAY_API AssayJson *assay_json_own(AssayJson *value) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_json_keys:
 *
 * Returns: (transfer full): the keys of @object, sorted bytewise, ended by %NULL; they belong to
 *     @object, so free the vector alone, with g_free().
 */
ASSAY_API const char **assay_json_keys(const AssayJson *object);

/**
 * assay_json_parse:
 * @data: bytes, which need not end in NUL
 * @name: what to call them in a message
 *
 * Duplicate keys, NaN, trailing bytes, bad UTF-8 and nesting beyond 2,048 are refused.
 *
 * Returns: (transfer full): the value, or %NULL with %ASSAY_ERROR_FORMAT, naming line and column.
 */
ASSAY_API AssayJson *assay_json_parse(const void *data, size_t size, const char *name,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_json_print:
 * @out: the canonical form of @value is appended here, without a line end
 */
ASSAY_API void assay_json_print(GString *out, const AssayJson *value);

/**
 * AssayJsonAt:
 *
 * A place in a document: a value and the way to it, kept on the stack while a reader goes down, so
 * that a fault can be named by its JSON pointer (RFC 6901).
 */
typedef struct AssayJsonAt {
    const struct AssayJsonAt *parent; /* NULL at the root */
    const char *key;                  /* of an object's member; at the root, the document's name */
    size_t index;                     /* of an array's element, where @key is NULL */
    const AssayJson *value;
} AssayJsonAt;

/**
 * assay_json_at_error:
 *
 * Sets @error to `NAME: /the/pointer: message` with %ASSAY_ERROR_SPEC. Returns: %FALSE.
 */
ASSAY_API gboolean assay_json_at_error(const AssayJsonAt *at, GError **error, const char *format,
                                       ...) G_GNUC_PRINTF(3, 4);

/* Going down, with the kind of value checked; each is FALSE with the pointer named where the
 * document holds something else. The "find" form sets *@found to whether the member is there. */
ASSAY_API gboolean assay_json_at_member(const AssayJsonAt *at, const char *key, AssayJsonAt *member,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API gboolean assay_json_at_find(const AssayJsonAt *at, const char *key, AssayJsonAt *member);
ASSAY_API gboolean assay_json_at_element(const AssayJsonAt *at, size_t index, AssayJsonAt *element,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API gboolean assay_json_at_kind(const AssayJsonAt *at, AssayJsonKind kind,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API gboolean assay_json_at_string(const AssayJsonAt *at, const char **value,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API gboolean assay_json_at_count(const AssayJsonAt *at, guint64 *value,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API gboolean assay_json_at_real(const AssayJsonAt *at, double *value,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
