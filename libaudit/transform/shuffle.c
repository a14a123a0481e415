/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shuffle.h"

#include <string.h>

#include "../base/error.h"
#include "../base/random.h"
#include "baseline.h"
#include "shuffle-axes-private.h"

struct AssayShuffle {
    char *field; /* as asked for, or NULL */
    char **axes; /* without "item" */
    gboolean items;
    guint64 seed;
    size_t max_bytes;
    char *chosen;      /* the field of the samples so far */
    GPtrArray *pieces; /* AssaySample, of one sample, where its items are to be permuted */
    size_t n_bytes;
};

static void
free_piece(gpointer sample)
{
    assay_sample_free(sample);
}

AssayShuffle *
assay_shuffle_new(const char *field, const char *const *axes, guint64 seed, size_t max_bytes,
                  GError **error)
{
    g_autoptr(AssayShuffle) self = g_new0(AssayShuffle, 1);

    self->field = g_strdup(field);
    self->seed = seed;
    self->max_bytes = max_bytes;
    self->pieces = g_ptr_array_new_with_free_func(free_piece);
    self->axes = assay_shuffle_axes_read(axes, &self->items, error);
    if (self->axes == NULL)
        return NULL;
    return g_steal_pointer(&self);
}

void
assay_shuffle_free(AssayShuffle *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->pieces);
    g_strfreev(self->axes);
    g_free(self->chosen);
    g_free(self->field);
    g_free(self);
}

/* "item,time": (transfer full). */
static char *
join_axes(const AssayShuffle *self)
{
    g_autofree char *others = g_strjoinv(",", self->axes);

    return g_strdup_printf("%s%s%s", self->items ? "item" : "",
                           self->items && others[0] != '\0' ? "," : "", others);
}

AssayJson *
assay_shuffle_options(const AssayShuffle *self, const char *field)
{
    AssayJson *options = assay_json_object();
    g_autofree char *axes = join_axes(self);
    g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, self->seed);

    assay_json_set_string(options, "kind", "shuffle");
    assay_json_set_string(options, "field", field);
    assay_json_set_string(options, "axis", axes);
    assay_json_set_string(options, "seed", seed);
    return options;
}

static void
append_axes(GString *text, const char *field, const AssayArray *array)
{
    g_string_append_printf(text, "%s%s [", text->len > 0 ? ", " : "", field);
    for (size_t i = 0; i < array->n_axes; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", array->axes[i]);
    g_string_append_c(text, ']');
}

/* The field that was asked for, or the one that has the axes; or NULL. */
static const char *
choose_field(const AssayShuffle *self, AssaySample *sample, const AssayArray **array,
             GError **error)
{
    g_autofree const char **fields = assay_sample_fields(sample);
    g_autoptr(GString) fit = g_string_new(NULL), all = g_string_new(NULL);
    const char *found = NULL, *lacking = NULL;
    size_t n = 0;

    for (size_t i = 0; fields[i] != NULL && self->field == NULL; i++) {
        const AssayArray *candidate = assay_sample_field(sample, fields[i], error);

        if (candidate == NULL)
            return NULL;
        append_axes(all, fields[i], candidate);
        lacking = assay_shuffle_axis_lacking(candidate, self->axes, self->items);
        if (lacking != NULL)
            continue;
        g_string_append_printf(fit, "%s%s", n++ > 0 ? ", " : "", fields[i]);
        found = fields[i];
        *array = candidate;
    }
    if (n == 1)
        return found;
    if (self->field == NULL) {
        g_autofree char *axes = join_axes(self);

        if (n > 1)
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "%s: which field? name one with --field: %s have an axis %s",
                        assay_sample_name(sample), fit->str, axes);
        else
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "%s: no field has an axis %s; it has %s", assay_sample_name(sample), axes,
                        all->len == 0 ? "none" : all->str);
        return NULL;
    }
    *array = assay_sample_field(sample, self->field, error);
    lacking = *array == NULL ? NULL : assay_shuffle_axis_lacking(*array, self->axes, self->items);
    if (lacking == NULL)
        return *array == NULL ? NULL : self->field;
    append_axes(all, self->field, *array);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "%s: no axis \"%s\" in field %s",
                assay_sample_name(sample), lacking, all->str);
    return NULL;
}

/* Moves the slabs of @size bytes that lie along an axis of @length, @n_outer times. */
static void
permute(const guint8 *from, guint8 *to, size_t n_outer, size_t length, size_t size,
        const size_t *order)
{
    for (size_t i = 0; i < n_outer; i++, from += length * size, to += length * size) {
        for (size_t k = 0; k < length; k++)
            memcpy(to + k * size, from + order[k] * size, size);
    }
}

/* A permutation of @n, made from @identity: (transfer full). */
static size_t *
draw_order(const AssayShuffle *self, const char *axis, const char *identity, size_t n,
           GError **error)
{
    g_autofree char *stage = g_strdup_printf("shuffle %s", axis);
    size_t *order = g_try_new(size_t, MAX(n, 1));
    AssayRandom random;

    if (order == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: no memory for an order of %" G_GSIZE_FORMAT, identity, n);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    assay_random_init(&random, self->seed, stage, identity);
    assay_random_shuffle(&random, order, n);
    return order;
}

/* @from into @to, with its axis @name permuted within each item. */
static gboolean
permute_axis(const AssayShuffle *self, AssaySample *sample, const AssayArray *from,
             const char *name, guint8 *to, GError **error)
{
    gboolean has_items = assay_array_axis(from, "item") == 0;
    size_t n_items = has_items ? from->shape[0] : 1, length;
    size_t item_bytes = assay_array_bytes(from) / n_items;
    int axis = assay_shuffle_axis_find(from, name, &length);
    size_t n_outer = 1;

    for (int i = has_items ? 1 : 0; i < axis; i++)
        n_outer *= from->shape[i];
    for (size_t i = 0; i < n_items; i++) {
        g_autofree char *identity =
            assay_sample_identity(sample, assay_sample_item_start(sample) + i);
        g_autofree size_t *order = draw_order(self, name, identity, length, error);

        if (order == NULL)
            return FALSE;
        permute((const guint8 *)from->data + i * item_bytes, to + i * item_bytes, n_outer, length,
                item_bytes / n_outer / length, order);
    }
    return TRUE;
}

AssaySample *
assay_shuffle_make(const AssayShuffle *self, AssaySample *sample, GError **error)
{
    const AssayArray *array = NULL;
    const char *field = choose_field(self, sample, &array, error);
    g_autoptr(AssaySample) made = assay_sample_new(assay_sample_name(sample));
    g_autoptr(AssayArray) result = NULL, before = NULL;
    g_autoptr(AssayJson) options = NULL;
    const AssayJson *meta;
    gboolean has_items;

    if (field == NULL)
        return NULL;
    has_items = assay_array_axis(array, "item") == 0;
    if (has_items && !assay_sample_has_items(sample)) /* a foreign stream */
        assay_sample_set_items(sample, 0, array->shape[0]);
    result = assay_array_new(array->type, array->n_axes, array->shape,
                             (const char *const *)array->axes, G_MAXSIZE, error);
    before = result == NULL ? NULL : assay_array_slice(array, 0, array->shape[0], error);
    if (before == NULL)
        return NULL;
    for (size_t i = 0; assay_array_bytes(array) > 0 && self->axes[i] != NULL; i++) {
        AssayArray *swap = before;

        if (!permute_axis(self, sample, before, self->axes[i], result->data, error))
            return NULL;
        before = result;
        result = swap;
    }
    if (has_items)
        assay_sample_set_items(made, assay_sample_item_start(sample), array->shape[0]);
    assay_sample_set_stages(made, assay_sample_stages(sample));
    options = assay_shuffle_options(self, field);
    assay_baseline_set_source(
        made, "shuffle", options,
        assay_json_peek_string(assay_json_get(assay_sample_source(sample), "sha256")));
    meta = assay_sample_field_meta(sample, field);
    assay_sample_take_field(made, field, g_steal_pointer(&before),
                            meta == NULL ? NULL : assay_json_copy(meta));
    return g_steal_pointer(&made);
}

/* The pieces as one sample, its items permuted. */
static AssaySample *
join(const AssayShuffle *self, GError **error)
{
    AssaySample *first = g_ptr_array_index(self->pieces, 0);
    g_autoptr(AssaySample) whole = assay_sample_new(assay_sample_name(first));
    const AssayArray *part = assay_sample_field(first, self->chosen, error);
    size_t shape[ASSAY_MAX_AXES], n_items = 0, at = 0, size = 0;
    g_autofree size_t *order = NULL;
    g_autoptr(AssayArray) array = NULL;

    for (guint i = 0; i < self->pieces->len; i++)
        n_items += assay_sample_n_items(g_ptr_array_index(self->pieces, i));
    memcpy(shape, part->shape, sizeof shape);
    shape[0] = n_items;
    array = assay_array_new(part->type, part->n_axes, shape, (const char *const *)part->axes,
                            G_MAXSIZE, error);
    if (array == NULL)
        return NULL;
    if (assay_array_bytes(array) > 0) { /* else nothing backs their number */
        g_autofree const guint8 **slabs = g_new(const guint8 *, n_items);

        size = assay_array_bytes(array) / n_items;
        for (guint i = 0; i < self->pieces->len; i++) {
            part = assay_sample_field(g_ptr_array_index(self->pieces, i), self->chosen, NULL);
            for (size_t k = 0; k < part->shape[0]; k++)
                slabs[at++] = (const guint8 *)part->data + k * size;
        }
        order = draw_order(self, "item", assay_sample_name(first), n_items, error);
        if (order == NULL)
            return NULL;
        for (size_t i = 0; i < n_items; i++)
            memcpy((guint8 *)array->data + i * size, slabs[order[i]], size);
    }
    assay_sample_set_items(whole, assay_sample_item_start(first), n_items);
    assay_sample_set_stages(whole, assay_sample_stages(first));
    assay_json_set_take(assay_sample_meta(whole), "source",
                        assay_json_ref(assay_sample_source(first)));
    assay_sample_take_field(whole, self->chosen, g_steal_pointer(&array),
                            assay_json_copy(assay_sample_field_meta(first, self->chosen)));
    return g_steal_pointer(&whole);
}

/* Whether @next goes on where the pieces end, or behind items that were left out there. */
static gboolean
continues(const AssayShuffle *self, const AssaySample *next)
{
    const AssaySample *last =
        self->pieces->len == 0 ? NULL : g_ptr_array_index(self->pieces, self->pieces->len - 1);

    return last != NULL && strcmp(assay_sample_name(last), assay_sample_name(next)) == 0 &&
           assay_sample_item_start(next) > 0 &&
           assay_sample_item_start(next) >=
               assay_sample_item_start(last) + assay_sample_n_items(last);
}

/* Holds @piece with those before it. */
static gboolean
hold(AssayShuffle *self, AssaySample *piece, GError **error)
{
    g_autoptr(AssaySample) own = piece;
    const AssayArray *array = assay_sample_field(piece, self->chosen, error);
    const AssayArray *first = array;
    gboolean fits;

    if (array == NULL)
        return FALSE;
    if (self->pieces->len > 0)
        first = assay_sample_field(g_ptr_array_index(self->pieces, 0), self->chosen, NULL);
    fits = first->type == array->type && first->n_axes == array->n_axes;
    for (size_t i = 1; fits && i < array->n_axes; i++)
        fits = first->shape[i] == array->shape[i] && strcmp(first->axes[i], array->axes[i]) == 0;
    if (!fits) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" is of another type or shape from item %" G_GSIZE_FORMAT " on",
                    assay_sample_name(piece), self->chosen, assay_sample_item_start(piece));
        return FALSE;
    }
    if (assay_array_bytes(array) > self->max_bytes - self->n_bytes) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: field \"%s\" has more than %" G_GSIZE_FORMAT
                    " bytes; items are permuted in memory, --max-sample raises the limit",
                    assay_sample_name(piece), self->chosen, self->max_bytes);
        return FALSE;
    }
    self->n_bytes += assay_array_bytes(array);
    g_ptr_array_add(self->pieces, g_steal_pointer(&own));
    return TRUE;
}

/* One field for all, which the stream's head names. */
static gboolean
same_field(AssayShuffle *self, const AssaySample *made, GError **error)
{
    g_autofree const char **fields = assay_sample_fields(made);

    if (self->chosen == NULL)
        self->chosen = g_strdup(fields[0]);
    if (strcmp(self->chosen, fields[0]) == 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "%s: field \"%s\" has the axes, in the samples before it \"%s\": name one with "
                "--field",
                assay_sample_name(made), fields[0], self->chosen);
    return FALSE;
}

gboolean
assay_shuffle_take(AssayShuffle *self, AssaySample *made,
                   gboolean (*put)(gpointer user, AssaySample *sample, GError **error),
                   gpointer user, GError **error)
{
    g_autoptr(AssaySample) own = made;

    if (made != NULL && !same_field(self, made, error))
        return FALSE;
    if (made != NULL && !self->items)
        return put(user, made, error);
    if (self->pieces->len > 0 && (made == NULL || !continues(self, made))) {
        g_autoptr(AssaySample) whole = join(self, error);

        g_ptr_array_set_size(self->pieces, 0);
        self->n_bytes = 0;
        if (whole == NULL || !put(user, whole, error))
            return FALSE;
    }
    return made == NULL || hold(self, g_steal_pointer(&own), error);
}
