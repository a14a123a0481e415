/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "array-config.h"

#include <string.h>

#include "../base/error.h"

/* Longer ones are no names. */
enum { MAX_NAME = 100 };

AssayArrayConfig *
assay_array_config_new(void)
{
    AssayArrayConfig *self = g_new0(AssayArrayConfig, 1);

    self->field = g_strdup("array");
    self->axes = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    self->members = g_ptr_array_new_with_free_func(g_free);
    self->star = -1;
    self->meta = assay_json_object();
    self->typed_meta = g_string_new(NULL);
    return self;
}

void
assay_array_config_free(AssayArrayConfig *self)
{
    if (self == NULL)
        return;
    g_free(self->field);
    g_ptr_array_unref(self->axes);
    g_ptr_array_unref(self->members);
    g_strfreev(self->columns);
    g_free(self->names);
    assay_json_unref(self->meta);
    g_string_free(self->typed_meta, TRUE);
    g_free(self->unit);
    g_free(self->type);
    g_free(self->shape);
    g_free(self);
}

static gboolean refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean
refuse(GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (error != NULL)
        *error = g_error_new_valist(ASSAY_ERROR, ASSAY_ERROR_USAGE, format, args);
    va_end(args);
    return FALSE;
}

/* Letters, digits, "_" and "-": what is neither part of a path nor of a list. */
static gboolean
is_name(const char *text)
{
    size_t n = strlen(text);

    for (const char *at = text; *at != '\0'; at++) {
        if (!g_ascii_isalnum(*at) && *at != '_' && *at != '-')
            return FALSE;
    }
    return n > 0 && n <= MAX_NAME;
}

static gboolean
add_axes(AssayArrayConfig *self, const char *value, GError **error)
{
    g_auto(GStrv) axes = g_strsplit(value, ",", -1);
    guint n = g_strv_length(axes); /* none, of an empty text: a single value has no axes */

    if (n > ASSAY_MAX_AXES)
        return refuse(error, "--axes=%s: %u axes; an array has at most %d", value, n,
                      ASSAY_MAX_AXES);
    for (guint i = 0; i < n; i++) {
        if (!is_name(axes[i]))
            return refuse(error,
                          "--axes=%s: \"%s\" is no name of an axis; give letters, digits, _ and -, "
                          "with commas between, as in item,row,column",
                          value, axes[i]);
        if (i > 0 && strcmp(axes[i], "item") == 0)
            return refuse(error,
                          "--axes=%s: an item axis comes first; name this one otherwise, or "
                          "transpose the array",
                          value);
        for (guint k = 0; k < i; k++) {
            if (strcmp(axes[i], axes[k]) == 0)
                return refuse(error, "--axes=%s: two axes are called \"%s\"", value, axes[i]);
        }
    }
    g_ptr_array_add(self->axes, g_steal_pointer(&axes));
    return TRUE;
}

static gboolean
add_member(AssayArrayConfig *self, const char *value, GError **error)
{
    g_autofree char *member = g_strdup(value);

    if (g_str_has_suffix(member, ".npy"))
        member[strlen(member) - strlen(".npy")] = '\0';
    for (guint i = 0; i < self->members->len; i++) {
        if (strcmp(self->members->pdata[i], member) == 0)
            return refuse(error, "--member=%s: is given twice", value);
    }
    g_ptr_array_add(self->members, g_steal_pointer(&member));
    return TRUE;
}

/* What JSON takes @text for, if that is a number, a truth value or null; else the text itself. */
static AssayJson *
scalar_value(const char *text)
{
    g_autofree char *list = g_strdup_printf("[%s]", text); /* only these are whole documents */
    g_autoptr(AssayJson) values = assay_json_parse(list, strlen(list), "value", NULL);
    const AssayJson *value = assay_json_size(values) == 1 ? assay_json_nth(values, 0) : NULL;

    if (value == NULL || assay_json_kind(value) == ASSAY_JSON_OBJECT ||
        assay_json_kind(value) == ASSAY_JSON_ARRAY)
        return assay_json_string(text);
    return assay_json_ref(value);
}

static gboolean
add_meta(AssayArrayConfig *self, const char *value, GError **error)
{
    const char *equals = strchr(value, '=');
    g_autofree char *key = NULL;

    if (equals == NULL || equals == value)
        return refuse(error, "--meta=%s: give KEY=VALUE, as in step_q=0.25", value);
    key = g_strndup(value, (size_t)(equals - value));
    if (strcmp(key, "axes") == 0 || strcmp(key, "columns") == 0 || strcmp(key, "names") == 0 ||
        strcmp(key, "unit") == 0)
        return refuse(error, "--meta=%s: that is what --%s is for", value, key);
    assay_json_set_take(self->meta, key, scalar_value(equals + 1));
    g_string_append_printf(self->typed_meta, "%s%s", self->typed_meta->len > 0 ? " " : "", value);
    return TRUE;
}

static gboolean
set_type(AssayArrayConfig *self, const char *value, GError **error)
{
    static const struct {
        char name[5];
        AssayType type;
        size_t size;
    } types[] = {
        { "u8", ASSAY_U8, 1 },   { "i8", ASSAY_I8, 1 },   { "u16", ASSAY_U16, 2 },
        { "i16", ASSAY_I16, 2 }, { "u32", ASSAY_U32, 4 }, { "i32", ASSAY_I32, 4 },
        { "u64", ASSAY_U64, 8 }, { "i64", ASSAY_I64, 8 }, { "f16", ASSAY_F32, 2 },
        { "f32", ASSAY_F32, 4 }, { "f64", ASSAY_F64, 8 }, { "bool", ASSAY_U8, 1 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        if (strcmp(value, types[i].name) != 0)
            continue;
        self->layout.type = types[i].type;
        self->layout.file_size = types[i].size;
        self->layout.half = strcmp(value, "f16") == 0;
        self->layout.truth = strcmp(value, "bool") == 0;
        self->is_raw = TRUE;
        g_free(self->type);
        self->type = g_strdup(value);
        return TRUE;
    }
    return refuse(error,
                  "--type=%s: give u8, i8, u16, i16, u32, i32, u64, i64, f16, f32, f64 or bool",
                  value);
}

static gboolean
set_shape(AssayArrayConfig *self, const char *value, GError **error)
{
    g_auto(GStrv) sizes = g_strsplit(value, ",", -1);
    guint n = g_strv_length(sizes);

    if (n > ASSAY_MAX_AXES)
        return refuse(error, "--shape=%s: %u axes; an array has at most %d", value, n,
                      ASSAY_MAX_AXES);
    self->star = -1;
    self->layout.n_axes = n;
    for (guint i = 0; i < n; i++) {
        guint64 size = 0;

        if (strcmp(sizes[i], "*") == 0) {
            if (self->star >= 0)
                return refuse(error, "--shape=%s: only one entry can be *", value);
            self->star = (int)i;
        } else if (!g_ascii_string_to_unsigned(sizes[i], 10, 0, G_MAXSSIZE, &size, NULL)) {
            return refuse(error,
                          "--shape=%s: give sizes with commas between, as in 100,28,28; one of "
                          "them may be *: as many as there are",
                          value);
        }
        self->layout.shape[i] = (size_t)size;
    }
    g_free(self->shape);
    self->shape = g_strdup(value);
    return TRUE;
}

gboolean
assay_array_config_set(AssayArrayConfig *self, const char *key, const char *value, GError **error)
{
    if (!g_utf8_validate(value, -1, NULL))
        return refuse(error, "--%s: bytes that are not UTF-8", key);
    if (strcmp(key, "axes") == 0)
        return add_axes(self, value, error);
    if (strcmp(key, "member") == 0)
        return add_member(self, value, error);
    if (strcmp(key, "meta") == 0)
        return add_meta(self, value, error);
    if (strcmp(key, "type") == 0)
        return set_type(self, value, error);
    if (strcmp(key, "shape") == 0)
        return set_shape(self, value, error);
    if (strcmp(key, "big-endian") == 0) {
        self->is_big_endian = TRUE;
        return TRUE;
    }
    if (strcmp(key, "field") == 0) {
        if (!is_name(value))
            return refuse(error, "--field=%s: give letters, digits, _ and -", value);
        g_free(self->field);
        self->field = g_strdup(value);
    } else if (strcmp(key, "unit") == 0) {
        assay_json_set_string(self->meta, "unit", value);
        g_free(self->unit);
        self->unit = g_strdup(value);
    } else if (strcmp(key, "columns") == 0) {
        g_strfreev(self->columns);
        self->columns = g_strsplit(value, ",", -1);
        if (self->columns[0] == NULL)
            return refuse(error, "--columns: names none; give names with commas between");
    } else {
        g_assert(strcmp(key, "names") == 0);
        g_free(self->names);
        self->names = g_strdup(value);
    }
    return TRUE;
}

/* Several members become fields that are called as they are. */
static gboolean
check_members(const AssayArrayConfig *self, GError **error)
{
    guint n = self->members->len;

    if (self->axes->len > 1 && self->axes->len != n)
        return refuse(error,
                      "--axes is given %u times and --member %u times: give --axes once for "
                      "all, or once for each, in their order",
                      self->axes->len, n);
    if (n > 1 && strcmp(self->field, "array") != 0)
        return refuse(error,
                      "--field=%s: several members become fields that are called as they "
                      "are; take one --member, or leave --field out",
                      self->field);
    for (guint i = 0; n > 1 && i < n; i++) {
        if (!is_name(self->members->pdata[i]))
            return refuse(error,
                          "--member=%s: cannot be the name of a field; take it alone, with "
                          "--field=NAME",
                          (const char *)self->members->pdata[i]);
    }
    return TRUE;
}

gboolean
assay_array_config_check(AssayArrayConfig *self, GError **error)
{
    gboolean is_table = self->columns != NULL || self->names != NULL;

    if (!check_members(self, error))
        return FALSE;
    if ((self->type != NULL) != (self->shape != NULL))
        return refuse(error,
                      "raw bytes need --type and --shape, as in --type=f32 --shape='*,28,28'");
    if (self->is_big_endian && self->type == NULL)
        return refuse(error, "--big-endian is for raw bytes: give --type and --shape too");
    if (self->is_raw && self->members->len > 0)
        return refuse(error, "--type is for raw bytes and --member for .npz: choose one");
    if (self->is_raw && is_table)
        return refuse(error,
                      "--type is for raw bytes, --columns and --names for tables: choose one");
    if (is_table && self->members->len > 0)
        return refuse(error, "--member is for .npz, --columns and --names for tables: choose one");
    self->layout.swapped = self->is_big_endian && self->layout.file_size > 1;
    if (self->is_raw && self->axes->len > 0) {
        guint n = g_strv_length(self->axes->pdata[0]);

        if (n != self->layout.n_axes)
            return refuse(error, "--shape=%s: %" G_GSIZE_FORMAT " ax%ss, where --axes names %u",
                          self->shape, self->layout.n_axes, self->layout.n_axes == 1 ? "i" : "e",
                          n);
    }
    return TRUE;
}

static void
take_text(AssayJson *options, const char *key, char *text)
{
    assay_json_set_string(options, key, text);
    g_free(text);
}

AssayJson *
assay_array_config_options(const AssayArrayConfig *self)
{
    AssayJson *options = assay_json_object();
    g_autoptr(GString) axes = g_string_new(NULL);
    g_autoptr(GString) members = g_string_new(NULL);

    for (guint i = 0; i < self->axes->len; i++) {
        g_autofree char *list = g_strjoinv(",", self->axes->pdata[i]);

        g_string_append_printf(axes, "%s%s", i > 0 ? " " : "", list);
    }
    for (guint i = 0; i < self->members->len; i++)
        g_string_append_printf(members, "%s%s", i > 0 ? " " : "",
                               (const char *)self->members->pdata[i]);
    /* Without names it can only be a table that was read. */
    assay_json_set_string(options, "axes", self->axes->len > 0 ? axes->str : "item,column");
    if (members->len > 0)
        assay_json_set_string(options, "member", members->str);
    if (self->members->len < 2)
        assay_json_set_string(options, "field", self->field);
    if (self->is_raw) {
        assay_json_set_string(options, "type", self->type);
        assay_json_set_string(options, "shape", self->shape);
        assay_json_set_string(options, "big-endian", self->is_big_endian ? "yes" : "no");
    }
    if (self->columns != NULL)
        take_text(options, "columns", g_strjoinv(",", self->columns));
    if (self->names != NULL)
        assay_json_set_string(options, "names", self->names);
    if (self->unit != NULL)
        assay_json_set_string(options, "unit", self->unit);
    if (self->typed_meta->len > 0)
        assay_json_set_string(options, "meta", self->typed_meta->str);
    return options;
}

const char *const *
assay_array_config_axes(const AssayArrayConfig *self, size_t index)
{
    if (self->axes->len == 0)
        return NULL;
    return self->axes->pdata[self->axes->len > 1 ? index : 0];
}
