/* difference/difference-fields.c - how the arrays of two samples differ.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../base/value.h"
#include "difference-private.h"

gboolean
assay_difference_near(const AssayDifferenceConfig *config, double a, double b)
{
    double distance = fabs(a - b);

    if (a == b || (isnan(a) && isnan(b)))
        return TRUE;
    return isfinite(distance) &&
           (distance <= config->tolerance || distance <= config->relative * fmax(fabs(a), fabs(b)));
}

static gboolean
values_near(const AssayDifferenceConfig *config, const AssayArray *a, size_t i, const AssayArray *b,
            size_t k)
{
    /* Beyond 2^53 doubles do not tell integers apart. */
    if (a->type == b->type && (a->type == ASSAY_U64 || a->type == ASSAY_I64) &&
        config->tolerance == 0 && config->relative == 0)
        return ((const guint64 *)a->data)[i] == ((const guint64 *)b->data)[k];
    return assay_difference_near(config, assay_array_value(a, i), assay_array_value(b, k));
}

static void
append_index(GString *text, const AssayArray *array, size_t flat, size_t first_item)
{
    size_t index[ASSAY_MAX_AXES];

    for (size_t i = array->n_axes; i-- > 0; flat /= array->shape[i])
        index[i] = flat % array->shape[i];
    if (array->n_axes > 0 && strcmp(array->axes[0], "item") == 0)
        index[0] += first_item;
    for (size_t i = 0; i < array->n_axes; i++)
        g_string_append_printf(text, "%s%" G_GSIZE_FORMAT, i > 0 ? ", " : "[", index[i]);
    g_string_append(text, array->n_axes > 0 ? "]: " : "");
}

/* @count values from @i of @a and @k of @b. */
static void
compare_values(AssayDifference *self, const char *where, const AssayArray *a, size_t i,
               const AssayArray *b, size_t k, size_t count, size_t first_item)
{
    size_t size = assay_type_size(a->type), first = 0;
    guint64 n = 0;
    char of_a[ASSAY_TEXT_NUMBER_SIZE], of_b[ASSAY_TEXT_NUMBER_SIZE];
    g_autoptr(GString) line = g_string_new(NULL);

    self->counts->values += count;
    if (a->type == b->type && memcmp((const char *)a->data + i * size,
                                     (const char *)b->data + k * size, count * size) == 0)
        return;
    for (size_t at = 0; at < count; at++) {
        if (values_near(self->config, a, i + at, b, k + at))
            continue;
        if (n++ == 0)
            first = at;
    }
    if (n == 0)
        return;
    append_index(line, a, i + first, first_item);
    g_string_append_printf(line, "%s against %s", assay_value_text(of_a, a, i + first),
                           assay_value_text(of_b, b, k + first));
    if (n > 1)
        g_string_append_printf(line, ", and %s more of %s values", assay_text_count(of_a, n - 1),
                               assay_text_count(of_b, count));
    assay_difference_say(self, "%s: %s", where, line->str);
}

static char *
shape_text(const AssayArray *array, size_t from)
{
    GString *text = g_string_new(NULL);

    for (size_t i = from; i < array->n_axes; i++)
        g_string_append_printf(text, "%s%" G_GSIZE_FORMAT, i > from ? " x " : "", array->shape[i]);
    return g_string_free(text, FALSE);
}

static char *
axes_text(const AssayArray *array)
{
    GString *text = g_string_new("[");

    for (size_t i = 0; i < array->n_axes; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", array->axes[i]);
    g_string_append(text, "]");
    return g_string_free(text, FALSE);
}

static void
compare_arrays(AssayDifference *self, const char *where, const AssayArray *a, size_t start_a,
               const AssayArray *b, size_t start_b, size_t n_items, size_t first_item)
{
    g_autofree char *axes_a = axes_text(a), *axes_b = axes_text(b);
    gboolean has_items = a->n_axes > 0 && strcmp(a->axes[0], "item") == 0;
    g_autofree char *shape_a = shape_text(a, has_items ? 1 : 0);
    g_autofree char *shape_b = shape_text(b, has_items ? 1 : 0);
    size_t one;

    if (!has_items && (start_a > 0 || start_b > 0))
        return; /* compared with the first items */
    if (strcmp(axes_a, axes_b) != 0) {
        assay_difference_say(self, "%s: axes %s against %s", where, axes_a, axes_b);
        return;
    }
    if (a->type != b->type)
        assay_difference_say(self, "%s: type %s against %s", where, assay_type_name(a->type),
                             assay_type_name(b->type));
    if (strcmp(shape_a, shape_b) != 0) {
        assay_difference_say(self, "%s: shape %s against %s", where, shape_a, shape_b);
        return;
    }
    if (!has_items) {
        compare_values(self, where, a, 0, b, 0, assay_array_count(a), 0);
        return;
    }
    one = a->shape[0] > 0 ? assay_array_count(a) / a->shape[0] : 0;
    if (start_a + n_items <= a->shape[0] && start_b + n_items <= b->shape[0])
        compare_values(self, where, a, start_a * one, b, start_b * one, n_items * one, first_item);
    else
        assay_difference_say(self, "%s: has fewer items than its sample", where);
}

static GBytes *
find_member(const AssaySample *sample, const char *suffix)
{
    AssayMember member;

    for (size_t i = 0; assay_sample_member(sample, i, &member); i++) {
        if (member.field == NULL && strcmp(member.suffix, suffix) == 0)
            return member.bytes;
    }
    return NULL;
}

static void
compare_members(AssayDifference *self, const AssaySample *a, const AssaySample *b)
{
    AssayMember member;

    for (size_t i = 0; assay_sample_member(a, i, &member); i++) {
        g_autofree char *where =
            g_strdup_printf("%s: member \".%s\"", assay_sample_name(a), member.suffix);
        const char *bytes_a, *bytes_b;
        size_t size_a, size_b, at = 0;
        GBytes *other;

        if (member.field != NULL)
            continue;
        other = find_member(b, member.suffix);
        if (other == NULL) {
            assay_difference_say(self, "%s: only in %s", where, self->name_a);
            continue;
        }
        bytes_a = g_bytes_get_data(member.bytes, &size_a);
        bytes_b = g_bytes_get_data(other, &size_b);
        while (at < MIN(size_a, size_b) && bytes_a[at] == bytes_b[at])
            at++;
        if (at < MAX(size_a, size_b))
            assay_difference_say(self,
                                 "%s: %" G_GSIZE_FORMAT " bytes against %" G_GSIZE_FORMAT
                                 ", different from byte %" G_GSIZE_FORMAT " on",
                                 where, size_a, size_b, at);
    }
    for (size_t i = 0; assay_sample_member(b, i, &member); i++) {
        if (member.field == NULL && find_member(a, member.suffix) == NULL)
            assay_difference_say(self, "%s: member \".%s\": only in %s", assay_sample_name(a),
                                 member.suffix, self->name_b);
    }
}

gboolean
assay_difference_fields(AssayDifference *self, AssaySample *a, size_t start_a, AssaySample *b,
                        size_t start_b, size_t n_items, GError **error)
{
    g_autofree const char **fields_a = assay_sample_fields(a);
    g_autofree const char **fields_b = assay_sample_fields(b);
    gboolean is_first = start_a == 0 && start_b == 0;

    for (size_t i = 0; fields_a[i] != NULL && !self->is_over; i++) {
        g_autofree char *where =
            g_strdup_printf("%s: field \"%s\"", assay_sample_name(a), fields_a[i]);
        const AssayArray *array_a, *array_b;

        if (!assay_sample_has(b, fields_a[i])) {
            if (is_first)
                assay_difference_say(self, "%s: only in %s", where, self->name_a);
            continue;
        }
        array_a = assay_sample_field(a, fields_a[i], error);
        array_b = array_a == NULL ? NULL : assay_sample_field(b, fields_a[i], error);
        if (array_b == NULL)
            return FALSE;
        compare_arrays(self, where, array_a, start_a, array_b, start_b, n_items,
                       assay_sample_item_start(a));
    }
    for (size_t i = 0; fields_b[i] != NULL && is_first && !self->is_over; i++) {
        if (!assay_sample_has(a, fields_b[i]))
            assay_difference_say(self, "%s: field \"%s\": only in %s", assay_sample_name(a),
                                 fields_b[i], self->name_b);
    }
    if (is_first)
        compare_members(self, a, b);
    return TRUE;
}
