/* show/shape-view.c - the fields of samples, a line each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shape-view-private.h"

#include "../base/text.h"
#include "views-private.h"

/* "time 252 x pitch 128"; @varies belongs to the first of the sizes. */
static char *
axes_text(const AssayPage *page, const AssayFieldShape *field, const gboolean *varies)
{
    GString *text = g_string_new(field->has_items ? "item" : NULL);
    char times[8];

    g_snprintf(times, sizeof times, " %s ", assay_page_times(page));
    for (size_t i = 0; i < field->n_axes; i++) {
        char number[ASSAY_TEXT_NUMBER_SIZE];

        assay_text_join(text, times, "%s", field->axes[i]);
        if (varies == NULL || !varies[i])
            g_string_append_printf(text, " %s", assay_text_count(number, field->sizes[i]));
    }
    if (text->len == 0)
        g_string_append(text, "one value");
    return g_string_free(text, FALSE);
}

/* The columns of the lines of fields. */
typedef struct {
    GPtrArray *axes;
    size_t name_width, axes_width;
} Columns;

static void
lay_columns(Columns *self, const AssayPage *page, const AssayShape *shape, const gboolean *varies)
{
    size_t first = 0;

    self->axes = g_ptr_array_new_with_free_func(g_free);
    self->name_width = self->axes_width = 0;
    for (guint i = 0; i < shape->fields->len; i++) {
        const AssayFieldShape *field = g_ptr_array_index(shape->fields, i);
        char *text = axes_text(page, field, varies == NULL ? NULL : varies + first);

        g_ptr_array_add(self->axes, text);
        first += field->n_axes;
        self->name_width = MAX(self->name_width, assay_text_display_width(field->name));
        self->axes_width = MAX(self->axes_width, assay_text_display_width(text));
    }
}

static void
print_field(const Columns *self, const AssayPage *page, const AssayShape *shape, guint index,
            size_t indent, const char *about)
{
    const AssayFieldShape *field = g_ptr_array_index(shape->fields, index);
    const char *axes = g_ptr_array_index(self->axes, index);
    g_autofree char *label =
        g_strdup_printf("%s%*s  %s%*s  %s", field->name,
                        (int)(self->name_width - assay_text_display_width(field->name)), "", axes,
                        (int)(self->axes_width - assay_text_display_width(axes)), "", field->type);

    assay_page_entry(page, indent, label, self->name_width + self->axes_width + 7, about);
}

void
assay_shape_print(const AssayPage *page, const AssayShape *self, const gboolean *varies,
                  size_t indent)
{
    Columns columns;

    lay_columns(&columns, page, self, varies);
    for (guint i = 0; i < self->fields->len; i++) {
        const AssayFieldShape *field = g_ptr_array_index(self->fields, i);

        print_field(&columns, page, self, i, indent, field->about);
    }
    if (self->fields->len == 0)
        assay_page_entry(page, indent, NULL, 0, "no fields");
    if (self->source[0] != '\0')
        assay_page_entry(page, indent, "from", columns.name_width, self->source);
    g_ptr_array_unref(columns.axes);
}

/* @object without @key. */
static void
print_meta_without(const AssayPage *page, const AssayJson *object, const char *key, size_t indent)
{
    g_autoptr(AssayJson) rest = NULL;

    if (object == NULL || assay_json_kind(object) != ASSAY_JSON_OBJECT)
        return;
    rest = assay_json_copy(object);
    assay_json_unset(rest, key);
    assay_show_meta(page, indent, rest);
}

void
assay_shape_print_long(const AssayPage *page, const AssayShape *self, AssaySample *sample,
                       size_t indent)
{
    Columns columns;

    lay_columns(&columns, page, self, NULL);
    for (guint i = 0; i < self->fields->len; i++) {
        const AssayFieldShape *field = g_ptr_array_index(self->fields, i);

        print_field(&columns, page, self, i, indent, "");
        print_meta_without(page, assay_sample_field_meta(sample, field->name), "axes", indent + 2);
    }
    g_ptr_array_unref(columns.axes);
    print_meta_without(page, assay_sample_meta(sample), "fields", indent);
}
