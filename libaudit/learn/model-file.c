/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-file.h"

#include <string.h>

#include "../base/error.h"

#define FORMAT "assay-model"
#define VERSION 1

static void
free_input(gpointer data)
{
    AssayModelInput *self = data;

    g_free(self->name);
    g_free(self->sha256);
    g_free(self);
}

AssayModelFile *
assay_model_file_new(void)
{
    AssayModelFile *self = g_new0(AssayModelFile, 1);

    self->inputs = g_ptr_array_new_with_free_func(free_input);
    return self;
}

void
assay_model_file_free(AssayModelFile *self)
{
    if (self == NULL)
        return;
    assay_model_free(self->model);
    assay_gauge_free(self->gauge);
    g_free(self->field);
    g_ptr_array_unref(self->inputs);
    assay_familiar_free(self->familiar);
    g_free(self);
}

void
assay_model_file_add_input(AssayModelFile *self, const char *name, const char *sha256,
                           gboolean is_fake)
{
    AssayModelInput *input = g_new0(AssayModelInput, 1);

    input->name = g_strdup(name);
    input->sha256 = g_strdup(sha256);
    input->is_fake = is_fake;
    g_ptr_array_add(self->inputs, input);
}

gboolean
assay_model_file_has_input(const AssayModelFile *self, const char *sha256)
{
    for (guint i = 0; sha256[0] != '\0' && i < self->inputs->len; i++) {
        if (strcmp(((const AssayModelInput *)g_ptr_array_index(self->inputs, i))->sha256, sha256) ==
            0)
            return TRUE;
    }
    return FALSE;
}

static AssayJson *
write_counts(const AssayModelFile *self)
{
    static const char *const names[] = { "real", "fake" };
    AssayJson *json = assay_json_object();

    for (size_t k = 0; k < 2; k++) {
        AssayJson *counts = assay_json_object();

        assay_json_set_integer(counts, "items", (gint64)self->n_items[k]);
        assay_json_set_integer(counts, "groups", (gint64)self->n_groups[k]);
        assay_json_set_take(json, names[k], counts);
    }
    return json;
}

static AssayJson *
write_inputs(const AssayModelFile *self)
{
    AssayJson *json = assay_json_array();

    for (guint i = 0; i < self->inputs->len; i++) {
        const AssayModelInput *input = g_ptr_array_index(self->inputs, i);
        AssayJson *object = assay_json_object();

        assay_json_set_string(object, "name", input->name);
        assay_json_set_string(object, "sha256", input->sha256);
        assay_json_set_bool(object, "fake", input->is_fake);
        assay_json_append_take(json, object);
    }
    return json;
}

GString *
assay_model_file_print(const AssayModelFile *self)
{
    g_autoptr(AssayJson) json = assay_model_to_json(self->model);
    g_autofree const char **keys = NULL;
    GString *text = g_string_new("{");

    assay_json_set_string(json, "format", FORMAT);
    assay_json_set_integer(json, "version", VERSION);
    assay_json_set_take(json, "learnt", write_counts(self));
    assay_json_set_take(json, "inputs", write_inputs(self));
    assay_json_set_take(json, "traits", assay_familiar_to_json(self->familiar));
    if (self->gauge != NULL)
        assay_json_set_take(json, "gauge", assay_gauge_to_json(self->gauge));
    if (self->field != NULL)
        assay_json_set_string(json, "field", self->field);
    keys = assay_json_keys(json);
    for (size_t i = 0; keys[i] != NULL; i++) {
        g_string_append_printf(text, "%s\n\"%s\":", i == 0 ? "" : ",", keys[i]);
        assay_json_print(text, assay_json_get(json, keys[i]));
    }
    g_string_append(text, "\n}\n");
    return text;
}

static gboolean
check_format(const AssayJsonAt *root, GError **error)
{
    AssayJsonAt member;
    const char *format;
    guint64 version;

    if (!assay_json_at_kind(root, ASSAY_JSON_OBJECT, error) ||
        !assay_json_at_member(root, "format", &member, error) ||
        !assay_json_at_string(&member, &format, error))
        return FALSE;
    if (strcmp(format, FORMAT) != 0)
        return assay_json_at_error(&member, error, "is \"%s\", not \"" FORMAT "\"", format);
    if (!assay_json_at_member(root, "version", &member, error) ||
        !assay_json_at_count(&member, &version, error))
        return FALSE;
    return version == VERSION ||
           assay_json_at_error(&member, error, "is %" G_GUINT64_FORMAT ", this program reads %d",
                               version, VERSION);
}

static gboolean
read_counts(AssayModelFile *self, const AssayJsonAt *root, GError **error)
{
    static const char *const names[] = { "real", "fake" };
    AssayJsonAt learnt, counts, member;

    if (!assay_json_at_member(root, "learnt", &learnt, error))
        return FALSE;
    for (size_t k = 0; k < 2; k++) {
        if (!assay_json_at_member(&learnt, names[k], &counts, error) ||
            !assay_json_at_member(&counts, "items", &member, error) ||
            !assay_json_at_count(&member, &self->n_items[k], error) ||
            !assay_json_at_member(&counts, "groups", &member, error) ||
            !assay_json_at_count(&member, &self->n_groups[k], error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
read_input(AssayModelFile *self, const AssayJsonAt *at, GError **error)
{
    const char *name, *sha256;
    AssayJsonAt member;

    if (!assay_json_at_member(at, "name", &member, error) ||
        !assay_json_at_string(&member, &name, error) ||
        !assay_json_at_member(at, "sha256", &member, error) ||
        !assay_json_at_string(&member, &sha256, error) ||
        !assay_json_at_member(at, "fake", &member, error))
        return FALSE;
    if (!assay_json_is_true(member.value) && !assay_json_at_kind(&member, ASSAY_JSON_FALSE, error))
        return FALSE;
    assay_model_file_add_input(self, name, sha256, assay_json_is_true(member.value));
    return TRUE;
}

static gboolean
read_inputs(AssayModelFile *self, const AssayJsonAt *root, GError **error)
{
    AssayJsonAt list, element;

    if (!assay_json_at_member(root, "inputs", &list, error) ||
        !assay_json_at_kind(&list, ASSAY_JSON_ARRAY, error))
        return FALSE;
    for (size_t i = 0; i < assay_json_size(list.value); i++) {
        if (!assay_json_at_element(&list, i, &element, error) || !read_input(self, &element, error))
            return FALSE;
    }
    return TRUE;
}

AssayModelFile *
assay_model_file_parse(const void *data, size_t size, const char *name, GError **error)
{
    g_autoptr(AssayModelFile) self = assay_model_file_new();
    g_autoptr(GError) fault = NULL;
    g_autoptr(AssayJson) json = assay_json_parse(data, size, name, &fault);
    const AssayJsonAt root = { .key = name, .value = json };
    AssayJsonAt member;
    const char *field;

    if (json == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "%s; a model is what assay-detect train writes", fault->message);
        return NULL;
    }
    if (!check_format(&root, error) || !read_counts(self, &root, error) ||
        !read_inputs(self, &root, error) ||
        !assay_json_at_member(&root, "traits", &member, error) ||
        (self->familiar = assay_familiar_from_json(&member, error)) == NULL ||
        (self->model = assay_model_from_json(&root, error)) == NULL)
        return NULL;
    if (assay_json_at_find(&root, "gauge", &member) &&
        (self->gauge = assay_gauge_from_json(&member, error)) == NULL)
        return NULL;
    if (assay_json_at_find(&root, "field", &member)) {
        if (!assay_json_at_string(&member, &field, error))
            return NULL;
        self->field = g_strdup(field);
    }
    return g_steal_pointer(&self);
}
