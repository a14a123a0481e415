/* base/json-at.c - going down a document, with the way kept for messages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "error.h"
#include "json.h"

/* The pointer of @at, without the document's name: "" at the root. */
static void
print_pointer(GString *out, const AssayJsonAt *at)
{
    if (at->parent == NULL)
        return;
    print_pointer(out, at->parent);
    g_string_append_c(out, '/');
    if (at->key == NULL) {
        g_string_append_printf(out, "%" G_GSIZE_FORMAT, at->index);
        return;
    }
    for (const char *p = at->key; *p != '\0'; p++) {
        if (*p == '~')
            g_string_append(out, "~0");
        else if (*p == '/')
            g_string_append(out, "~1");
        else
            g_string_append_c(out, *p);
    }
}

gboolean
assay_json_at_error(const AssayJsonAt *at, GError **error, const char *format, ...)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const AssayJsonAt *root = at;
    va_list args;

    while (root->parent != NULL)
        root = root->parent;
    g_string_append_printf(text, "%s: ", root->key);
    if (at->parent != NULL) {
        print_pointer(text, at);
        g_string_append(text, ": ");
    }
    va_start(args, format);
    g_string_append_vprintf(text, format, args);
    va_end(args);
    g_set_error_literal(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, text->str);
    return FALSE;
}

gboolean
assay_json_at_find(const AssayJsonAt *at, const char *key, AssayJsonAt *member)
{
    *member = (AssayJsonAt){ at, key, 0, assay_json_get(at->value, key) };
    return member->value != NULL;
}

gboolean
assay_json_at_member(const AssayJsonAt *at, const char *key, AssayJsonAt *member, GError **error)
{
    if (!assay_json_at_kind(at, ASSAY_JSON_OBJECT, error))
        return FALSE;
    if (!assay_json_at_find(at, key, member))
        return assay_json_at_error(member, error, "is missing");
    return TRUE;
}

gboolean
assay_json_at_element(const AssayJsonAt *at, size_t index, AssayJsonAt *element, GError **error)
{
    if (!assay_json_at_kind(at, ASSAY_JSON_ARRAY, error))
        return FALSE;
    *element = (AssayJsonAt){ at, NULL, index, assay_json_nth(at->value, index) };
    if (element->value == NULL)
        return assay_json_at_error(element, error, "is missing");
    return TRUE;
}

gboolean
assay_json_at_kind(const AssayJsonAt *at, AssayJsonKind kind, GError **error)
{
    static const char *const names[] = { "an object", "an array", "a string", "an integer",
                                         "a number",  "true",     "false",    "null" };
    AssayJsonKind found = assay_json_kind(at->value);

    if (found == kind)
        return TRUE;
    return assay_json_at_error(at, error, "is %s, not %s", names[found], names[kind]);
}

gboolean
assay_json_at_string(const AssayJsonAt *at, const char **value, GError **error)
{
    if (!assay_json_at_kind(at, ASSAY_JSON_STRING, error))
        return FALSE;
    *value = assay_json_peek_string(at->value);
    return TRUE;
}

gboolean
assay_json_at_count(const AssayJsonAt *at, guint64 *value, GError **error)
{
    if (!assay_json_at_kind(at, ASSAY_JSON_INTEGER, error))
        return FALSE;
    if (assay_json_peek_integer(at->value) < 0)
        return assay_json_at_error(at, error, "is %" G_GINT64_FORMAT ", a count cannot be negative",
                                   assay_json_peek_integer(at->value));
    *value = (guint64)assay_json_peek_integer(at->value);
    return TRUE;
}

gboolean
assay_json_at_real(const AssayJsonAt *at, double *value, GError **error)
{
    if (!assay_json_is_number(at->value))
        return assay_json_at_kind(at, ASSAY_JSON_REAL, error);
    *value = assay_json_peek_real(at->value);
    return TRUE;
}
