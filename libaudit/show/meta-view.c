/* show/meta-view.c - metadata and JSON documents as lines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "spec-text.h"
#include "views-private.h"

enum {
    /* Deeper than this JSON is shown as JSON. */
    MAX_DEPTH = 8,
    /* Entries of a spec, the most frequent first. */
    LISTED_ENTRIES = 10,
};

static gboolean
is_scalar(const AssayJson *value)
{
    AssayJsonKind kind = assay_json_kind(value);

    return kind != ASSAY_JSON_OBJECT && kind != ASSAY_JSON_ARRAY;
}

static void
append_scalar(GString *text, const AssayJson *value)
{
    if (assay_json_kind(value) == ASSAY_JSON_STRING)
        g_string_append(text, assay_json_peek_string(value)[0] != '\0'
                                  ? assay_json_peek_string(value)
                                  : "\"\"");
    else if (assay_json_kind(value) == ASSAY_JSON_TRUE)
        g_string_append(text, "yes");
    else if (assay_json_kind(value) == ASSAY_JSON_FALSE)
        g_string_append(text, "no");
    else
        assay_json_print(text, value);
}

/* "a, b, c" of scalars; "0 3 4; 480 4 4" of rows of scalars; else JSON. */
static void
append_list(GString *text, const AssayJson *list)
{
    for (size_t i = 0; i < assay_json_size(list); i++) {
        const AssayJson *value = assay_json_nth(list, i), *previous = NULL;
        gboolean is_row = assay_json_kind(value) == ASSAY_JSON_ARRAY;

        if (i > 0) {
            previous = assay_json_nth(list, i - 1);
            g_string_append(text, is_row || !is_scalar(previous) ? "; " : ", ");
        }
        if (is_scalar(value)) {
            append_scalar(text, value);
            continue;
        }
        for (size_t k = 0; is_row && k < assay_json_size(value); k++)
            is_row = is_scalar(assay_json_nth(value, k));
        if (!is_row)
            assay_json_print(text, value);
        for (size_t k = 0; is_row && k < assay_json_size(value); k++) {
            if (k > 0)
                g_string_append_c(text, ' ');
            append_scalar(text, assay_json_nth(value, k));
        }
    }
    if (assay_json_size(list) == 0)
        g_string_append(text, "none");
}

static void
show_object(const AssayPage *page, size_t indent, const AssayJson *object, int depth)
{
    g_autofree const char **keys = assay_json_keys(object);
    size_t width = 0;

    for (size_t i = 0; keys[i] != NULL; i++) {
        if (assay_json_kind(assay_json_get(object, keys[i])) != ASSAY_JSON_OBJECT)
            width = MAX(width, assay_text_display_width(keys[i]));
    }
    for (size_t i = 0; keys[i] != NULL; i++) {
        const AssayJson *value = assay_json_get(object, keys[i]);
        g_autoptr(GString) text = g_string_new(NULL);

        if (assay_json_kind(value) == ASSAY_JSON_OBJECT && depth < MAX_DEPTH &&
            assay_json_size(value) > 0) {
            assay_page_entry(page, indent, keys[i], 0, "");
            show_object(page, indent + 2, value, depth + 1);
            continue;
        }
        if (assay_json_kind(value) == ASSAY_JSON_ARRAY)
            append_list(text, value);
        else
            append_scalar(text, value);
        assay_page_entry(page, indent, keys[i], width, text->str);
    }
}

void
assay_show_meta(const AssayPage *page, size_t indent, const AssayJson *object)
{
    show_object(page, indent, object, 0);
}

static gboolean
show_spec(AssayShow *self, const char *name, GBytes *bytes, GError **error)
{
    g_autoptr(AssaySpec) spec = NULL;
    g_autoptr(GString) text = NULL;
    const void *data;
    size_t size;

    data = g_bytes_get_data(bytes, &size);
    spec = assay_spec_parse(data, size, name, error);
    if (spec == NULL)
        return FALSE;
    text = assay_spec_text(spec, self->config.is_long ? G_MAXINT : LISTED_ENTRIES, 1);
    assay_page_text(&self->page, name);
    assay_page_printf(&self->page, ": a spec\n\n");
    assay_output_write(self->page.out, text->str, text->len, NULL);
    return TRUE;
}

gboolean
assay_show_json(AssayShow *self, AssayInput *input, const char *name, GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_autoptr(GBytes) bytes = assay_input_read_all(own, self->config.max_bytes, error);
    g_autoptr(AssayJson) value = NULL;
    g_autofree char *things = NULL;
    const char *format;
    const void *data;
    size_t size;

    if (bytes == NULL)
        return FALSE;
    data = g_bytes_get_data(bytes, &size);
    value = assay_json_parse(data, size, name, error);
    if (value == NULL)
        return FALSE;
    format = assay_json_peek_string(assay_json_get(value, "format"));
    if (format != NULL && strcmp(format, "assay-spec") == 0) {
        g_clear_pointer(&value, assay_json_unref);
        return show_spec(self, name, bytes, error);
    }
    if (assay_json_kind(value) == ASSAY_JSON_ARRAY) {
        g_autofree char *line = NULL;

        things = assay_count_of(assay_json_size(value), "element", "elements");
        line = g_strdup_printf("%s: a JSON array of %s", name, things);
        assay_page_entry(&self->page, 0, NULL, 0, line);
        return TRUE;
    }
    things = assay_count_of(assay_json_size(value), "member", "members");
    assay_page_text(&self->page, name);
    assay_page_printf(&self->page, ": a JSON object of %s\n", things);
    assay_show_meta(&self->page, 2, value);
    return TRUE;
}
