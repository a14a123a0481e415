/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "array.h"

#include <string.h>

#include "error.h"
#include "spare-private.h"

static const struct {
    const char *name;
    size_t size;
} types[] = {
    [ASSAY_U8] = { "u8", 1 },   [ASSAY_I8] = { "i8", 1 },   [ASSAY_U16] = { "u16", 2 },
    [ASSAY_I16] = { "i16", 2 }, [ASSAY_U32] = { "u32", 4 }, [ASSAY_I32] = { "i32", 4 },
    [ASSAY_U64] = { "u64", 8 }, [ASSAY_I64] = { "i64", 8 }, [ASSAY_F32] = { "f32", 4 },
    [ASSAY_F64] = { "f64", 8 },
};

size_t
assay_type_size(AssayType type)
{
    return types[type].size;
}

const char *
assay_type_name(AssayType type)
{
    return types[type].name;
}

gboolean
assay_shape_count(size_t n_axes, const size_t *shape, size_t size, size_t max_bytes, size_t *count)
{
    size_t n = 1, bytes;

    /* A zero anywhere makes the product zero, whatever the others claim. */
    for (size_t i = 0; i < n_axes; i++) {
        if (shape[i] == 0) {
            *count = 0;
            return TRUE;
        }
    }
    for (size_t i = 0; i < n_axes; i++) {
        if (!g_size_checked_mul(&n, n, shape[i]))
            return FALSE;
    }
    if (!g_size_checked_mul(&bytes, n, size) || bytes > max_bytes)
        return FALSE;
    *count = n;
    return TRUE;
}

static char *
print_shape(size_t n_axes, const size_t *shape)
{
    GString *text = g_string_new("[");

    for (size_t i = 0; i < n_axes; i++)
        g_string_append_printf(text, "%s%" G_GSIZE_FORMAT, i > 0 ? ", " : "", shape[i]);
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

static void *
values_new(size_t size, gboolean is_unset)
{
    void *data = assay_spare_take(size);

    if (data == NULL)
        return is_unset ? g_try_malloc(size) : g_try_malloc0(size);
    return is_unset ? data : memset(data, 0, size);
}

/* Without values. */
static AssayArray *
create(AssayType type, size_t n_axes, const size_t *shape, const char *const *axes,
       size_t max_bytes, size_t *n_values, GError **error)
{
    AssayArray *self;

    if (n_axes > ASSAY_MAX_AXES) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "an array of %" G_GSIZE_FORMAT " axes; at most %d are read", n_axes,
                    ASSAY_MAX_AXES);
        return NULL;
    }
    if (!assay_shape_count(n_axes, shape, types[type].size, max_bytes, n_values)) {
        g_autofree char *text = print_shape(n_axes, shape);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "an array of shape %s and type %s would be larger than %" G_GSIZE_FORMAT
                    " bytes; --max-sample raises the limit",
                    text, types[type].name, max_bytes);
        return NULL;
    }
    self = g_new0(AssayArray, 1);
    self->type = type;
    self->n_axes = n_axes;
    for (size_t i = 0; i < n_axes; i++) {
        self->shape[i] = shape[i];
        self->axes[i] =
            axes != NULL ? g_strdup(axes[i]) : g_strdup_printf("axis%" G_GSIZE_FORMAT, i);
    }
    return self;
}

static AssayArray *
create_owner(AssayType type, size_t n_axes, const size_t *shape, const char *const *axes,
             size_t max_bytes, gboolean is_unset, GError **error)
{
    size_t n = 0;
    g_autoptr(AssayArray) self = create(type, n_axes, shape, axes, max_bytes, &n, error);

    if (self == NULL)
        return NULL;
    n = MAX(n * types[type].size, 1);
    self->data = values_new(n, is_unset);
    if (self->data == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for an array of %" G_GSIZE_FORMAT " bytes", n);
        return NULL;
    }
    return g_steal_pointer(&self);
}

AssayArray *
assay_array_new(AssayType type, size_t n_axes, const size_t *shape, const char *const *axes,
                size_t max_bytes, GError **error)
{
    return create_owner(type, n_axes, shape, axes, max_bytes, FALSE, error);
}

AssayArray *
assay_array_new_unset(AssayType type, size_t n_axes, const size_t *shape, const char *const *axes,
                      size_t max_bytes, GError **error)
{
    return create_owner(type, n_axes, shape, axes, max_bytes, TRUE, error);
}

AssayArray *
assay_array_new_lent(AssayType type, size_t n_axes, const size_t *shape, GBytes *lender,
                     size_t offset, size_t max_bytes, GError **error)
{
    size_t n;
    AssayArray *self = create(type, n_axes, shape, NULL, max_bytes, &n, error);

    if (self == NULL)
        return NULL;
    self->lender = g_bytes_ref(lender);
    self->data = (guint8 *)g_bytes_get_data(lender, NULL) + offset;
    return self;
}

/* Memory that was an array's own. */
typedef struct {
    void *data;
    size_t bytes;
} Lent;

static void
free_lent(gpointer data)
{
    Lent *lent = data;

    assay_spare_give(lent->data, lent->bytes);
    g_free(lent);
}

void
assay_array_share(AssayArray *self)
{
    Lent *lent;

    if (self->lender != NULL)
        return;
    lent = g_new(Lent, 1);
    *lent = (Lent){ self->data, assay_array_bytes(self) };
    /* GBytes have no data where they are empty; an array's own memory is never. */
    self->lender = g_bytes_new_with_free_func(self->data, MAX(lent->bytes, 1), free_lent, lent);
}

AssayArray *
assay_array_view(const AssayArray *self, size_t start, size_t count)
{
    AssayArray *view = g_new0(AssayArray, 1);
    size_t row = self->shape[0] > 0 ? assay_array_bytes(self) / self->shape[0] : 0;

    view->type = self->type;
    view->n_axes = self->n_axes;
    memcpy(view->shape, self->shape, sizeof view->shape);
    view->shape[0] = count;
    assay_array_name_axes(view, (const char *const *)self->axes);
    view->lender = g_bytes_ref(self->lender);
    view->data = (guint8 *)self->data + row * start;
    return view;
}

void
assay_array_free(AssayArray *self)
{
    if (self == NULL)
        return;
    for (size_t i = 0; i < self->n_axes; i++)
        g_free(self->axes[i]);
    if (self->lender != NULL)
        g_bytes_unref(self->lender);
    else
        assay_spare_give(self->data, assay_array_bytes(self));
    g_free(self);
}

void
assay_array_name_axes(AssayArray *self, const char *const *axes)
{
    for (size_t i = 0; i < self->n_axes; i++) {
        char *before = self->axes[i];

        self->axes[i] = g_strdup(axes[i]);
        g_free(before);
    }
}

size_t
assay_array_count(const AssayArray *self)
{
    size_t n = 1;

    for (size_t i = 0; i < self->n_axes; i++)
        n *= self->shape[i];
    return n;
}

size_t
assay_array_bytes(const AssayArray *self)
{
    return assay_array_count(self) * types[self->type].size;
}

int
assay_array_axis(const AssayArray *self, const char *name)
{
    for (size_t i = 0; i < self->n_axes; i++) {
        if (strcmp(self->axes[i], name) == 0)
            return (int)i;
    }
    return -1;
}

AssayArray *
assay_array_transpose(const AssayArray *self, const size_t *order, GError **error)
{
    const char *axes[ASSAY_MAX_AXES + 1] = { NULL };
    size_t shape[ASSAY_MAX_AXES] = { 0 }, stride[ASSAY_MAX_AXES] = { 0 },
           at[ASSAY_MAX_AXES] = { 0 };
    size_t own[ASSAY_MAX_AXES] = { 0 }, run = types[self->type].size, n_moved = self->n_axes;
    size_t from = 0, bytes = assay_array_bytes(self);
    AssayArray *result;

    for (size_t i = self->n_axes, step = run; i-- > 0; step *= self->shape[i])
        own[i] = step;
    for (size_t i = 0; i < self->n_axes; i++) {
        axes[i] = self->axes[order[i]];
        shape[i] = self->shape[order[i]];
        stride[i] = own[order[i]];
    }
    result = assay_array_new_unset(self->type, self->n_axes, shape, axes, G_MAXSIZE, error);
    if (result == NULL)
        return NULL;
    /* The last axes that stay where they are lie together, and move as one. */
    while (n_moved > 0 && order[n_moved - 1] == n_moved - 1)
        run *= shape[--n_moved];
    for (size_t to = 0; to < bytes; to += run) {
        memcpy((char *)result->data + to, (const char *)self->data + from, run);
        for (size_t i = n_moved; i-- > 0;) { /* an odometer over the result's shape */
            from += stride[i];
            if (++at[i] < shape[i])
                break;
            from -= stride[i] * shape[i];
            at[i] = 0;
        }
    }
    return result;
}

AssayArray *
assay_array_copy(const AssayArray *self, GError **error)
{
    AssayArray *copy = assay_array_new_unset(self->type, self->n_axes, self->shape,
                                             (const char *const *)self->axes, G_MAXSIZE, error);

    if (copy != NULL)
        memcpy(copy->data, self->data, assay_array_bytes(self));
    return copy;
}

AssayArray *
assay_array_slice(const AssayArray *self, size_t start, size_t count, GError **error)
{
    size_t shape[ASSAY_MAX_AXES] = { 0 };
    AssayArray *result;

    g_return_val_if_fail(self->n_axes > 0 && start + count <= self->shape[0], NULL);
    memcpy(shape, self->shape, sizeof shape);
    shape[0] = count;
    result = assay_array_new(self->type, self->n_axes, shape, (const char *const *)self->axes,
                             G_MAXSIZE, error);
    if (result != NULL && self->shape[0] > 0) {
        size_t row = assay_array_bytes(self) / self->shape[0];

        memcpy(result->data, (const char *)self->data + start * row, count * row);
    }
    return result;
}
