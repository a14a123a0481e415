/* difference/difference-json.c - how two JSON values differ.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/text.h"
#include "difference-private.h"

/* Longer values are cut short in a message. */
enum { MAX_SHOWN = 60 };

/* The way to a value: kept on the stack, printed only where there is a difference. */
typedef struct Way {
    const struct Way *parent;
    const char *key;
    size_t index; /* where @key is NULL */
} Way;

static void
append_way(GString *text, const Way *way)
{
    if (way == NULL)
        return;
    append_way(text, way->parent);
    if (way->key != NULL)
        g_string_append_printf(text, "/%s", way->key);
    else
        g_string_append_printf(text, "/%" G_GSIZE_FORMAT, way->index);
}

static char *
show(const AssayJson *value)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (value == NULL)
        return g_strdup("nothing");
    assay_json_print(text, value);
    if (g_utf8_strlen(text->str, -1) > MAX_SHOWN) {
        g_string_truncate(text,
                          (gsize)(g_utf8_offset_to_pointer(text->str, MAX_SHOWN) - text->str));
        g_string_append(text, "...");
    }
    return g_strdup(text->str);
}

static void
say(AssayDifference *self, const char *where, const Way *way, const AssayJson *a,
    const AssayJson *b)
{
    g_autoptr(GString) path = g_string_new(NULL);
    g_autofree char *shown_a = show(a), *shown_b = show(b);

    append_way(path, way);
    assay_difference_say(self, "%s%s: %s against %s", where, path->str, shown_a, shown_b);
}

static void compare(AssayDifference *self, const char *where, const Way *way, const AssayJson *a,
                    const AssayJson *b, const char *skip);

static void
compare_objects(AssayDifference *self, const char *where, const Way *way, const AssayJson *a,
                const AssayJson *b, const char *skip)
{
    g_autofree const char **keys_a = assay_json_keys(a), **keys_b = assay_json_keys(b);

    for (size_t i = 0, k = 0; keys_a[i] != NULL || keys_b[k] != NULL;) {
        int order = keys_a[i] == NULL ? 1 : keys_b[k] == NULL ? -1 : strcmp(keys_a[i], keys_b[k]);
        Way member = { way, order <= 0 ? keys_a[i] : keys_b[k], 0 };

        if (skip == NULL || strcmp(member.key, skip) != 0)
            compare(self, where, &member, assay_json_get(a, member.key),
                    assay_json_get(b, member.key), NULL);
        i += order <= 0;
        k += order >= 0;
    }
}

static void
compare_arrays(AssayDifference *self, const char *where, const Way *way, const AssayJson *a,
               const AssayJson *b)
{
    if (assay_json_size(a) != assay_json_size(b)) {
        say(self, where, way, a, b);
        return;
    }
    for (size_t i = 0; i < assay_json_size(a); i++) {
        Way element = { way, NULL, i };

        compare(self, where, &element, assay_json_nth(a, i), assay_json_nth(b, i), NULL);
    }
}

static void
compare(AssayDifference *self, const char *where, const Way *way, const AssayJson *a,
        const AssayJson *b, const char *skip)
{
    if (self->is_over)
        return;
    if (a == NULL || b == NULL) {
        if (a != b)
            say(self, where, way, a, b);
    } else if (assay_json_is_number(a) && assay_json_is_number(b)) {
        if (!assay_json_equal(a, b) &&
            !assay_difference_near(self->config, assay_json_peek_real(a), assay_json_peek_real(b)))
            say(self, where, way, a, b);
    } else if (assay_json_kind(a) != assay_json_kind(b)) {
        say(self, where, way, a, b);
    } else if (assay_json_kind(a) == ASSAY_JSON_OBJECT) {
        compare_objects(self, where, way, a, b, skip);
    } else if (assay_json_kind(a) == ASSAY_JSON_ARRAY) {
        compare_arrays(self, where, way, a, b);
    } else if (!assay_json_equal(a, b)) {
        say(self, where, way, a, b);
    }
}

void
assay_difference_json(AssayDifference *self, const char *where, const AssayJson *a,
                      const AssayJson *b, const char *skip)
{
    compare(self, where, NULL, a, b, skip);
}

void
assay_difference_meta(AssayDifference *self, AssaySample *a, AssaySample *b)
{
    g_autofree const char **fields = assay_sample_fields(a);
    g_autofree char *where = g_strdup_printf("%s: metadata ", assay_sample_name(a));

    for (size_t i = 0; fields[i] != NULL; i++) {
        if (assay_sample_has(b, fields[i])) {
            g_autofree char *field =
                g_strdup_printf("%s: metadata /fields/%s", assay_sample_name(a), fields[i]);

            assay_difference_json(self, field, assay_sample_field_meta(a, fields[i]),
                                  assay_sample_field_meta(b, fields[i]), "axes");
        }
    }
    assay_difference_json(self, where, assay_sample_meta(a), assay_sample_meta(b), "fields");
}
