/* learn/scaling-json.c - scaling as a member of a model, there and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "numbers-private.h"
#include "scaling-private.h"

AssayJson *
assay_scaling_to_json(const AssayScaling *self, char *const *columns)
{
    AssayJson *json = assay_json_object(), *kept = assay_json_array();
    AssayJson *left_out = assay_json_array();
    size_t k = 0;

    for (size_t i = 0; i < self->n_columns; i++) {
        AssayJson *column;

        if (k == self->n_kept || self->kept[k] != i) {
            assay_json_append_take(left_out, assay_json_string(columns[i]));
            continue;
        }
        column = assay_json_object();
        assay_json_set_string(column, "name", columns[i]);
        assay_json_set_real(column, "missing", self->fill[k]);
        assay_json_set_real(column, "centre", self->centre[k]);
        assay_json_set_real(column, "scale", self->scale[k]);
        if (self->is_two_sided) {
            assay_json_set_real(column, "distance_centre", self->distance_centre[k]);
            assay_json_set_real(column, "distance_scale", self->distance_scale[k]);
        }
        assay_json_append_take(kept, column);
        k++;
    }
    assay_json_set_take(json, "columns", kept);
    assay_json_set_take(json, "constant", left_out);
    assay_json_set_bool(json, "scaled", self->is_scaled);
    assay_json_set_bool(json, "two_sided", self->is_two_sided);
    return json;
}

static gboolean
read_flag(const AssayJsonAt *at, const char *key, gboolean *flag, GError **error)
{
    AssayJsonAt member;

    if (!assay_json_at_member(at, key, &member, error))
        return FALSE;
    *flag = assay_json_is_true(member.value);
    return *flag || assay_json_at_kind(&member, ASSAY_JSON_FALSE, error);
}

static gboolean
read_scale(const AssayJsonAt *at, const char *key, double *scale, GError **error)
{
    AssayJsonAt member;

    if (!assay_number_member(at, key, scale, error))
        return FALSE;
    if (*scale >= 1 / ASSAY_NUMBERS_MOST)
        return TRUE;
    assay_json_at_find(at, key, &member);
    return assay_json_at_error(&member, error, "is no scale: it has to be above 0");
}

static gboolean
read_column(AssayScaling *self, size_t k, const AssayJsonAt *at, GHashTable *seen, char **name,
            GError **error)
{
    AssayJsonAt member;
    const char *text;

    if (!assay_json_at_member(at, "name", &member, error) ||
        !assay_json_at_string(&member, &text, error))
        return FALSE;
    if (!g_hash_table_add(seen, (gpointer)text))
        return assay_json_at_error(&member, error, "is a second \"%s\"", text);
    *name = g_strdup(text);
    self->kept[k] = k;
    if (!assay_number_member(at, "missing", &self->fill[k], error) ||
        !assay_number_member(at, "centre", &self->centre[k], error) ||
        !read_scale(at, "scale", &self->scale[k], error))
        return FALSE;
    return !self->is_two_sided ||
           (assay_number_member(at, "distance_centre", &self->distance_centre[k], error) &&
            read_scale(at, "distance_scale", &self->distance_scale[k], error));
}

AssayScaling *
assay_scaling_from_json(const AssayJsonAt *at, char ***columns, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(AssayScaling) self = NULL;
    g_auto(GStrv) names = NULL;
    gboolean is_scaled, is_two_sided;
    AssayJsonAt list;
    size_t n;

    if (!read_flag(at, "scaled", &is_scaled, error) ||
        !read_flag(at, "two_sided", &is_two_sided, error) ||
        !assay_json_at_member(at, "columns", &list, error) ||
        !assay_json_at_kind(&list, ASSAY_JSON_ARRAY, error))
        return NULL;
    n = assay_json_size(list.value);
    if (n == 0) {
        assay_json_at_error(&list, error, "is empty: a model has features");
        return NULL;
    }
    if (is_two_sided && !is_scaled) {
        assay_json_at_error(at, error, "is two-sided and not scaled, which nothing makes");
        return NULL;
    }
    self = assay_scaling_new_empty(n, is_scaled, is_two_sided);
    self->n_kept = n;
    names = g_new0(char *, n + 1);
    for (size_t k = 0; k < n; k++) {
        AssayJsonAt element;

        if (!assay_json_at_element(&list, k, &element, error) ||
            !read_column(self, k, &element, seen, &names[k], error))
            return NULL;
    }
    *columns = g_steal_pointer(&names);
    return g_steal_pointer(&self);
}
