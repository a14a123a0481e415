/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shape.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../rule/chord.h"
#include "../stream/npy.h"

enum {
    /* Ratios are sought up to here: 1/1024 of a whole note, and its triplets. */
    MAX_DENOMINATOR = 3072,
    /* A signature of two sharps spells no class with a flat. */
    SHARPS_ONLY = 2,
};

static void
free_field(gpointer data)
{
    AssayFieldShape *field = data;

    g_free(field->name);
    g_free(field->about);
    for (size_t i = 0; i < field->n_axes; i++)
        g_free(field->axes[i]);
    g_free(field);
}

static void
clear_shape(gpointer data)
{
    AssayShape *self = data;

    g_ptr_array_unref(self->fields);
    g_string_free(self->skeleton, TRUE);
    g_free(self->source);
    g_free(self->sizes);
    g_free(self->axes);
}

void
assay_shape_unref(AssayShape *self)
{
    if (self != NULL)
        g_rc_box_release_full(self, clear_shape);
}

char *
assay_ratio_text(double value)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];

    for (int den = 1; den <= MAX_DENOMINATOR; den++) {
        double num = value * den;

        if (num >= 1 && num <= 1e6 && fabs(num - round(num)) < 1e-9 * num)
            return den == 1 ? g_strdup_printf("%.0f", num) : g_strdup_printf("%.0f/%d", num, den);
    }
    return g_strdup(assay_text_double_digits(number, value, 4));
}

/* Whether @meta holds a number called @key. */
static gboolean
find_number(const AssayJson *meta, const char *key, double *value)
{
    const AssayJson *found = assay_json_get(meta, key);

    if (found == NULL || !assay_json_is_number(found))
        return FALSE;
    *value = assay_json_peek_real(found);
    return TRUE;
}

static const char *
column_name(const AssayJson *columns, size_t i)
{
    const char *name = assay_json_peek_string(assay_json_nth(columns, i));

    return name != NULL ? name : "?";
}

/* How many names from @i on are whole numbers, each one more than the one before it. */
static size_t
count_run(const AssayJson *columns, size_t i)
{
    guint64 first, number;
    size_t n = 1;

    if (!g_ascii_string_to_unsigned(column_name(columns, i), 10, 0, G_MAXINT, &first, NULL))
        return 1;
    while (
        i + n < assay_json_size(columns) &&
        g_ascii_string_to_unsigned(column_name(columns, i + n), 10, 0, G_MAXINT, &number, NULL) &&
        number == first + n)
        n++;
    return n;
}

/* "columns a, b, c"; numbers in a row are "0 to 45". */
static void
append_columns(GString *text, const AssayJson *columns)
{
    size_t n;

    if (columns == NULL || assay_json_kind(columns) != ASSAY_JSON_ARRAY)
        return;
    for (size_t i = 0; i < assay_json_size(columns); i += n) {
        n = count_run(columns, i);
        if (i == 0)
            assay_text_join(text, "; ", "columns %s", column_name(columns, i));
        else
            g_string_append_printf(text, ", %s", column_name(columns, i));
        if (n > 3)
            g_string_append_printf(text, " to %s", column_name(columns, i + n - 1));
        else
            n = 1;
    }
}

static void
append_pitches(GString *text, const AssayJson *meta)
{
    double low, high;

    if (!find_number(meta, "pitch_low", &low) || !find_number(meta, "pitch_high", &high) ||
        !(low >= 0 && high <= 127 && low <= high))
        return;
    if (low > 0 || high < 127) {
        g_autofree char *from = assay_pitch_name((int)low, SHARPS_ONLY);
        g_autofree char *to = assay_pitch_name((int)high, SHARPS_ONLY);

        assay_text_join(text, ", ", "pitches %s to %s (%d to %d)", from, to, (int)low, (int)high);
    }
}

char *
assay_placing_text(const AssayJson *meta)
{
    static const char *const others[] = { "hop_s", "fmin_hz", "fmax_hz", "full_scale",
                                          "frequency_step" };
    GString *text = g_string_new(assay_json_peek_string(assay_json_get(meta, "unit")));
    g_autoptr(GString) place = g_string_new(NULL);
    const AssayJson *drums = assay_json_get(meta, "drums");
    char number[ASSAY_TEXT_NUMBER_SIZE];
    double value;

    append_columns(text, assay_json_get(meta, "columns"));
    if (find_number(meta, "step_q", &value)) {
        g_autofree char *step = assay_ratio_text(value / 4);

        assay_text_join(place, ", ", "step %s note", step);
    }
    if (find_number(meta, "rate_hz", &value))
        assay_text_join(place, ", ", "%s a second", assay_text_double_digits(number, value, 6));
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        if (find_number(meta, others[i], &value))
            assay_text_join(place, ", ", "%s %s", others[i],
                            assay_text_double_digits(number, value, 6));
    }
    if (find_number(meta, "window", &value)) {
        assay_text_join(place, ", ", "windows of %.0f", value);
        if (find_number(meta, "hop", &value))
            g_string_append_printf(place, " every %.0f", value);
    }
    append_pitches(place, meta);
    if (drums != NULL)
        assay_text_join(place, ", ", assay_json_is_true(drums) ? "with drums" : "no drums");
    if (g_strcmp0(assay_json_peek_string(assay_json_get(meta, "origin")), "audio") == 0)
        assay_text_join(place, ", ", "heard in sound");
    if (assay_json_is_true(assay_json_get(meta, "quantised")))
        assay_text_join(place, ", ", "quantised");
    if (place->len > 0)
        assay_text_join(text, "; ", "%s", place->str);
    return g_string_free(text, FALSE);
}

/* Axis names as the metadata have them; a foreign array has none. */
static void
name_axes(AssayFieldShape *field, const size_t *shape, size_t n_axes, const AssayJson *meta)
{
    const AssayJson *axes = assay_json_get(meta, "axes");
    gboolean named = axes != NULL && assay_json_kind(axes) == ASSAY_JSON_ARRAY &&
                     assay_json_size(axes) == n_axes;

    for (size_t i = 0; i < n_axes; i++) {
        const char *name = named ? assay_json_peek_string(assay_json_nth(axes, i)) : NULL;

        if (i == 0 && name != NULL && strcmp(name, "item") == 0) {
            field->has_items = TRUE;
            continue;
        }
        field->axes[field->n_axes] =
            name != NULL ? g_strdup(name) : g_strdup_printf("axis%" G_GSIZE_FORMAT, i);
        field->sizes[field->n_axes++] = shape[i];
    }
}

/* The header of an array in a stream. What the header and the bytes do not agree in is for
 * assay_sample_field() to say. */
static gboolean
read_header(AssayFieldShape *field, AssaySample *sample, const AssayMember *member, GString *stored,
            GError **error)
{
    const AssayJson *meta = assay_sample_field_meta(sample, member->field);
    AssayNpyHeader header;
    size_t size, n;
    const void *data = g_bytes_get_data(member->bytes, &size);

    if (!assay_npy_header_parse(data, size, "", &header, NULL) ||
        !assay_npy_check_size(&header, size, "", &n, NULL)) {
        const AssayArray *array = assay_sample_field(sample, member->field, error);

        g_assert(array == NULL);
        return FALSE;
    }
    field->type = assay_type_name(header.type);
    if (header.half)
        g_string_append(stored, "stored as float16");
    if (header.truth)
        assay_text_join(stored, ", ", "stored as bool");
    if (header.swapped)
        assay_text_join(stored, ", ", "stored big-endian");
    if (header.fortran && header.n_axes > 1)
        assay_text_join(stored, ", ", "stored in Fortran order");
    name_axes(field, header.shape, header.n_axes, meta);
    return TRUE;
}

static gboolean
add_field(AssayShape *self, AssaySample *sample, const AssayMember *member, GError **error)
{
    AssayFieldShape *field = g_new0(AssayFieldShape, 1);
    const AssayJson *meta = NULL;
    g_autoptr(GString) stored = g_string_new(NULL);

    g_ptr_array_add(self->fields, field);
    if (member->field == NULL) {
        field->name = g_strdup(member->suffix);
        field->type = "file";
        field->about = g_strdup("");
        field->axes[0] = g_strdup("bytes");
        field->sizes[0] = g_bytes_get_size(member->bytes);
        field->n_axes = 1;
        return TRUE;
    }
    meta = assay_sample_field_meta(sample, member->field);
    field->name = g_strdup(member->field);
    if (member->array != NULL) {
        field->type = assay_type_name(member->array->type);
        name_axes(field, member->array->shape, member->array->n_axes, meta);
    } else if (!read_header(field, sample, member, stored, error)) {
        return FALSE;
    }
    field->about = assay_placing_text(meta);
    if (stored->len > 0) {
        char *about = field->about;

        field->about = g_strconcat(about, about[0] != '\0' ? "; " : "", stored->str, NULL);
        g_free(about);
    }
    return TRUE;
}

AssayShape *
assay_shape_new(AssaySample *sample, GError **error)
{
    g_autoptr(AssayShape) self = g_rc_box_new0(AssayShape);
    const char *format =
        assay_json_peek_string(assay_json_get(assay_sample_source(sample), "format"));
    AssayMember member;

    self->fields = g_ptr_array_new_with_free_func(free_field);
    self->skeleton = g_string_new(NULL);
    if (format == NULL)
        self->source = g_strdup("");
    else if (assay_json_get(assay_sample_source(sample), "path") == NULL)
        self->source = g_strdup(format); /* a baseline's kind, which is no file's */
    else
        self->source = g_strdup_printf("%s files", format);
    for (size_t i = 0; assay_sample_member(sample, i, &member); i++) {
        if (!add_field(self, sample, &member, error))
            return NULL;
    }
    for (guint i = 0; i < self->fields->len; i++) {
        const AssayFieldShape *field = g_ptr_array_index(self->fields, i);

        g_string_append_printf(self->skeleton, "%s\n%s\n%s\n%d", field->name, field->type,
                               field->about, field->has_items);
        self->sizes = g_renew(guint64, self->sizes, self->n_sizes + field->n_axes + 1);
        self->axes = g_renew(const char *, self->axes, self->n_sizes + field->n_axes + 1);
        for (size_t k = 0; k < field->n_axes; k++) {
            g_string_append_printf(self->skeleton, "\t%s", field->axes[k]);
            self->axes[self->n_sizes] = field->axes[k];
            self->sizes[self->n_sizes++] = field->sizes[k];
        }
        g_string_append(self->skeleton, "\n\n");
    }
    g_string_append(self->skeleton, self->source);
    return g_steal_pointer(&self);
}
