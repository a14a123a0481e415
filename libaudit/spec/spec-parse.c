/* spec/spec-parse.c - a spec read back, with nothing taken on trust.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "spec-private.h"
#include "spec-rows-private.h"

static gboolean
read_text(const AssayJsonAt *at, const char *key, char **text, GError **error)
{
    AssayJsonAt member;
    const char *value;

    if (!assay_json_at_member(at, key, &member, error) ||
        !assay_json_at_string(&member, &value, error))
        return FALSE;
    g_free(*text);
    *text = g_strdup(value);
    return TRUE;
}

static gboolean
read_header(AssaySpec *self, const AssayJsonAt *root, GError **error)
{
    AssayJsonAt at, element;
    const char *format;
    guint64 version;

    if (!assay_json_at_member(root, "format", &at, error) ||
        !assay_json_at_string(&at, &format, error))
        return FALSE;
    if (strcmp(format, "assay-spec") != 0)
        return assay_json_at_error(&at, error, "is \"%s\", not \"assay-spec\"", format);
    if (!assay_json_at_member(root, "version", &at, error) ||
        !assay_json_at_count(&at, &version, error))
        return FALSE;
    if (version != ASSAY_SPEC_VERSION)
        return assay_json_at_error(&at, error,
                                   "is %" G_GUINT64_FORMAT "; this program reads version %d: mine "
                                   "the corpus again, or use the program that wrote the spec",
                                   version, ASSAY_SPEC_VERSION);
    if (!read_text(root, "name", &self->name, error) ||
        !read_text(root, "edition", &self->edition, error) ||
        !read_text(root, "noun", &self->noun, error) ||
        !assay_json_at_member(root, "provenance", &at, error) ||
        !read_text(&at, "source", &self->corpus_source, error) ||
        !read_text(&at, "licence", &self->licence, error) ||
        !assay_json_at_member(&at, "tool_versions", &element, error) ||
        !assay_json_at_kind(&element, ASSAY_JSON_ARRAY, error))
        return FALSE;
    for (size_t i = 0; i < assay_json_size(element.value); i++) {
        AssayJsonAt cell;
        const char *text;

        if (!assay_json_at_element(&element, i, &cell, error) ||
            !assay_json_at_string(&cell, &text, error))
            return FALSE;
        g_ptr_array_add(self->tool_versions, g_strdup(text));
    }
    return TRUE;
}

static gboolean
read_recipe(AssaySpec *self, const AssayJsonAt *root, GError **error)
{
    AssayJsonAt at, stage, member;
    const char *text;

    if (!assay_json_at_member(root, "recipe", &at, error) ||
        !assay_json_at_kind(&at, ASSAY_JSON_ARRAY, error))
        return FALSE;
    for (size_t i = 0; i < assay_json_size(at.value); i++) {
        if (!assay_json_at_element(&at, i, &stage, error) ||
            !assay_json_at_member(&stage, "tool", &member, error) ||
            !assay_json_at_string(&member, &text, error) ||
            !assay_json_at_member(&stage, "options", &member, error) ||
            !assay_json_at_kind(&member, ASSAY_JSON_OBJECT, error))
            return FALSE;
    }
    self->recipe = assay_json_ref(at.value);
    return TRUE;
}

gboolean
assay_spec_is_digest(const char *text)
{
    return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

static gboolean
read_sources(AssaySpec *self, const AssayJsonAt *root, GError **error)
{
    static const char *const columns[] = { "name", "sha256", "origin", NULL };
    AssayJsonAt table, names, rows, row;

    if (!assay_json_at_member(root, "sources", &table, error) ||
        !assay_rows_find(&table, columns, &names, &rows, error))
        return FALSE;
    for (size_t i = 0; i < assay_json_size(rows.value); i++) {
        const char *name, *sha256, *origin;
        guint k = 0;

        if (!assay_rows_nth(&rows, i, 3, &row, error) || !assay_row_text(&row, 0, &name, error) ||
            !assay_row_text(&row, 1, &sha256, error) || !assay_row_text(&row, 2, &origin, error))
            return FALSE;
        while (k <= ASSAY_ORIGIN_ARRAY && strcmp(assay_origin_name((AssayOrigin)k), origin) != 0)
            k++;
        if (k > ASSAY_ORIGIN_ARRAY)
            return assay_json_at_error(&row, error, "\"%s\" is none of file, windows, array",
                                       origin);
        if (sha256[0] != '\0' && !assay_spec_is_digest(sha256))
            return assay_json_at_error(&row, error, "\"%s\" is not a SHA-256", sha256);
        if (assay_spec_source_id(self, name, sha256, (AssayOrigin)k) != i)
            return assay_json_at_error(&row, error, "names a source that was there already");
    }
    return TRUE;
}

static gboolean
read_item(AssaySpec *self, const AssayJsonAt *row, GError **error)
{
    AssayItem *item = g_new0(AssayItem, 1);
    const AssaySpecSource *from;
    AssayJsonAt cell;
    const char *group = NULL;
    guint64 source, index = 0;
    size_t at = 3;

    g_ptr_array_add(self->items, item);
    if (!assay_row_count(row, 0, &source, error) || !assay_json_at_element(row, 1, &cell, error))
        return FALSE;
    if (source >= self->sources->len)
        return assay_json_at_error(row, error, "there is no source %" G_GUINT64_FORMAT, source);
    item->source = (guint32)source;
    item->index = -1;
    if (assay_json_kind(cell.value) != ASSAY_JSON_NULL) {
        if (!assay_json_at_count(&cell, &index, error))
            return FALSE;
        item->index = (gint64)index;
    }
    from = g_ptr_array_index(self->sources, item->source);
    if ((item->index < 0) != (from->origin == ASSAY_ORIGIN_FILE))
        return assay_json_at_error(&cell, error, "an item of a file has no number, others have");
    if (!assay_json_at_element(row, 2, &cell, error))
        return FALSE;
    if (assay_json_kind(cell.value) != ASSAY_JSON_NULL &&
        !assay_json_at_string(&cell, &group, error))
        return FALSE;
    item->group = g_strdup(group);
    item->group_id = assay_spec_group_id(self, item->source, group);
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (!self->rules[r].present)
            continue;
        if (!assay_row_count(row, at++, &item->events[r], error))
            return FALSE;
        item->changes[r] = item->events[r];
        if (assay_rule_types[r].has_changes &&
            !assay_row_count(row, at++, &item->changes[r], error))
            return FALSE;
        if (item->changes[r] > item->events[r])
            return assay_json_at_error(row, error, "has more changes than events");
    }
    return TRUE;
}

static gboolean
read_items(AssaySpec *self, const AssayJsonAt *root, GError **error)
{
    g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func(g_free);
    AssayJsonAt table, names, rows, row;

    g_ptr_array_add(columns, g_strdup("source"));
    g_ptr_array_add(columns, g_strdup("item"));
    g_ptr_array_add(columns, g_strdup("group"));
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (!self->rules[r].present)
            continue;
        g_ptr_array_add(columns, g_strdup(assay_rule_types[r].name));
        if (assay_rule_types[r].has_changes)
            g_ptr_array_add(columns, g_strdup_printf("%s changes", assay_rule_types[r].name));
    }
    g_ptr_array_add(columns, NULL);
    if (!assay_json_at_member(root, "items", &table, error) ||
        !assay_rows_find(&table, (const char *const *)columns->pdata, &names, &rows, error))
        return FALSE;
    for (size_t i = 0; i < assay_json_size(rows.value); i++) {
        const AssayItem *before = i > 0 ? g_ptr_array_index(self->items, (guint)i - 1) : NULL;
        const AssayItem *item;

        if (!assay_rows_nth(&rows, i, columns->len - 1, &row, error) ||
            !read_item(self, &row, error))
            return FALSE;
        item = g_ptr_array_index(self->items, (guint)i);
        if (before != NULL && (before->source > item->source ||
                               (before->source == item->source && before->index >= item->index)))
            return assay_json_at_error(&row, error, "is out of order, or there twice");
    }
    return TRUE;
}

AssaySpec *
assay_spec_parse(const void *data, size_t size, const char *name, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(AssayJson) document = assay_json_parse(data, size, name, &fault);
    g_autoptr(AssaySpec) self = NULL;
    AssayJsonAt root, rules;

    if (document == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, "%s; a spec is what assay-mine writes",
                    fault->message);
        return NULL;
    }
    root = (AssayJsonAt){ NULL, name, 0, document };
    self = assay_spec_new();
    if (!read_header(self, &root, error) || !read_recipe(self, &root, error) ||
        !assay_spec_read_parents(self, &root, error) ||
        (!assay_spec_is_derived(self) && !read_sources(self, &root, error)) ||
        !assay_json_at_member(&root, "rules", &rules, error) ||
        !assay_spec_read_rule_names(self, &rules, error) ||
        (!assay_spec_is_derived(self) && !read_items(self, &root, error)))
        return NULL;
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (self->rules[r].present && !assay_spec_read_rule(self, &rules, r, error))
            return NULL;
    }
    if (!assay_spec_read_distributions(self, &root, error))
        return NULL;
    /* A text by another hand may have its sources in another order. */
    assay_spec_sort(self);
    return g_steal_pointer(&self);
}
