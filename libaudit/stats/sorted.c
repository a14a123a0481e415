/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sorted-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "../base/error.h"
#include "radix-private.h"

enum {
    FIRST_KEYS = 4096, /* for so many there is memory at first, and in any run */
};

AssaySorted *
assay_sorted_new(AssaySortedType type, size_t max_memory, const char *folder)
{
    AssaySorted *self = g_new0(AssaySorted, 1);

    self->width = type == ASSAY_SORTED_FLOAT32 ? sizeof(guint32) : sizeof(guint64);
    self->max_keys = MAX(max_memory / (2 * self->width), FIRST_KEYS);
    self->folder = g_strdup(folder);
    self->runs = g_array_new(FALSE, FALSE, sizeof(AssaySortedRun));
    self->fd = -1;
    self->low = G_MAXUINT64;
    return self;
}

void
assay_sorted_free(AssaySorted *self)
{
    if (self == NULL)
        return;
    if (self->fd >= 0)
        close(self->fd); /* nothing in it is wanted any more */
    g_array_unref(self->runs);
    g_free(self->folder);
    g_free(self->scratch);
    g_free(self->keys);
    g_free(self);
}

void
assay_sorted_fail(const AssaySorted *self, const char *what, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO,
                "cannot %s a temporary file of sorted values in %s: %s; TMPDIR names another "
                "folder",
                what, self->folder, g_strerror(errno));
}

double
assay_sorted_value(const AssaySorted *self, guint64 key)
{
    return self->width == sizeof(guint32) ? (double)assay_radix_value_f32((guint32)key)
                                          : assay_radix_value_f64(key);
}

static gboolean
refuse_memory(const AssaySorted *self, size_t n_keys, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "no memory to sort %" G_GSIZE_FORMAT " values of %" G_GSIZE_FORMAT " bytes", n_keys,
                self->width);
    return FALSE;
}

/* Sorts what is in memory. */
static gboolean
sort_run(AssaySorted *self, GError **error)
{
    if (self->n_keys == 0)
        return TRUE;
    if (self->scratch == NULL)
        self->scratch = g_try_malloc_n(self->n_keys, self->width);
    if (self->scratch == NULL)
        return refuse_memory(self, self->n_keys, error);
    if (self->width == sizeof(guint32))
        assay_radix_sort_u32(self->keys, self->scratch, self->n_keys);
    else
        assay_radix_sort_u64(self->keys, self->scratch, self->n_keys);
    return TRUE;
}

static gboolean
make_file(AssaySorted *self, GError **error)
{
    g_autofree char *path = g_build_filename(self->folder, "assay-XXXXXX", NULL);

    self->fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    if (self->fd < 0) {
        assay_sorted_fail(self, "make", error);
        return FALSE;
    }
    g_unlink(path);
    return TRUE;
}

static gboolean
write_run(AssaySorted *self, GError **error)
{
    const guint8 *data = self->keys;
    size_t size = self->n_keys * self->width;
    AssaySortedRun run = { 0, self->n_keys };

    if (self->runs->len > 0) {
        const AssaySortedRun *last =
            &g_array_index(self->runs, AssaySortedRun, self->runs->len - 1);

        run.at = last->at + last->n * self->width;
    }
    while (size > 0) {
        ssize_t n = write(self->fd, data, size);

        if (n < 0 && errno != EINTR) {
            assay_sorted_fail(self, "write", error);
            return FALSE;
        }
        if (n > 0) {
            data += n;
            size -= (size_t)n;
        }
    }
    g_array_append_val(self->runs, run);
    return TRUE;
}

/* Makes room for a key at least, in memory or by writing out what is there. */
static gboolean
make_room(AssaySorted *self, GError **error)
{
    size_t capacity;
    void *keys;

    if (self->n_keys < self->capacity)
        return TRUE;
    if (self->capacity < self->max_keys) {
        capacity = self->capacity < self->max_keys / 2 ? MAX(2 * self->capacity, FIRST_KEYS)
                                                       : self->max_keys;
        keys = g_try_realloc_n(self->keys, capacity, self->width);
        if (keys == NULL)
            return refuse_memory(self, capacity, error);
        self->keys = keys;
        self->capacity = capacity;
        return TRUE;
    }
    if (self->folder == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "more than %" G_GSIZE_FORMAT " values to sort, and no folder for a temporary "
                    "file",
                    self->max_keys);
        return FALSE;
    }
    if ((self->fd < 0 && !make_file(self, error)) || !sort_run(self, error) ||
        !write_run(self, error))
        return FALSE;
    self->n_keys = 0;
    return TRUE;
}

static gboolean
refuse_nan(size_t i, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "value %" G_GSIZE_FORMAT " of those to sort is not a number", i);
    return FALSE;
}

/* Where the first NaN is, or @n. All are looked at before it is looked for: that is faster. */
static size_t
find_nan_f32(const float *values, size_t n)
{
    guint any = 0;
    size_t i = 0;

    for (size_t k = 0; k < n; k++)
        any |= (guint)(isnan(values[k]) != 0);
    while (any != 0 && !isnan(values[i]))
        i++;
    return any != 0 ? i : n;
}

static size_t
find_nan_f64(const double *values, size_t n)
{
    size_t i = 0;

    while (i < n && !isnan(values[i]))
        i++;
    return i;
}

/* How many of @n values there is room for, at least one of them. */
static gboolean
next_part(AssaySorted *self, size_t n, size_t *part, GError **error)
{
    g_return_val_if_fail(!self->is_finished, FALSE);
    if (!make_room(self, error))
        return FALSE;
    *part = MIN(n, self->capacity - self->n_keys);
    return TRUE;
}

/* Keeps the range of @n keys that lie behind those that there are, and counts them. */
static void
append_32(AssaySorted *self, size_t n)
{
    const guint32 *keys = (const guint32 *)self->keys + self->n_keys;
    guint32 low = G_MAXUINT32, high = 0;

    for (size_t i = 0; i < n; i++) {
        low = MIN(low, keys[i]);
        high = MAX(high, keys[i]);
    }
    self->low = MIN(self->low, low);
    self->high = MAX(self->high, high);
    self->n_keys += n;
    self->n += n;
}

static void
append_64(AssaySorted *self, size_t n)
{
    const guint64 *keys = (const guint64 *)self->keys + self->n_keys;

    for (size_t i = 0; i < n; i++) {
        self->low = MIN(self->low, keys[i]);
        self->high = MAX(self->high, keys[i]);
    }
    self->n_keys += n;
    self->n += n;
}

gboolean
assay_sorted_add_f32(AssaySorted *self, const float *values, size_t n, GError **error)
{
    size_t part, nan = find_nan_f32(values, n);

    if (nan < n)
        return refuse_nan(nan, error);
    for (; n > 0; n -= part, values += part) {
        if (!next_part(self, n, &part, error))
            return FALSE;
        if (self->width == sizeof(guint32)) {
            guint32 *keys = (guint32 *)self->keys + self->n_keys;

            for (size_t i = 0; i < part; i++)
                keys[i] = assay_radix_key_f32(values[i]);
            append_32(self, part);
        } else {
            guint64 *keys = (guint64 *)self->keys + self->n_keys;

            for (size_t i = 0; i < part; i++)
                keys[i] = assay_radix_key_f64((double)values[i]);
            append_64(self, part);
        }
    }
    return TRUE;
}

gboolean
assay_sorted_add_f64(AssaySorted *self, const double *values, size_t n, GError **error)
{
    size_t part, nan = find_nan_f64(values, n);

    if (nan < n)
        return refuse_nan(nan, error);
    for (; n > 0; n -= part, values += part) {
        if (!next_part(self, n, &part, error))
            return FALSE;
        if (self->width == sizeof(guint32)) {
            guint32 *keys = (guint32 *)self->keys + self->n_keys;

            for (size_t i = 0; i < part; i++)
                keys[i] = assay_radix_key_f32((float)values[i]);
            append_32(self, part);
        } else {
            guint64 *keys = (guint64 *)self->keys + self->n_keys;

            for (size_t i = 0; i < part; i++)
                keys[i] = assay_radix_key_f64(values[i]);
            append_64(self, part);
        }
    }
    return TRUE;
}

gboolean
assay_sorted_finish(AssaySorted *self, GError **error)
{
    if (self->is_finished)
        return TRUE;
    if (!sort_run(self, error))
        return FALSE;
    g_clear_pointer(&self->scratch, g_free);
    self->is_finished = TRUE;
    return TRUE;
}

guint64
assay_sorted_n(const AssaySorted *self)
{
    return self->n;
}

gboolean
assay_sorted_is_spilled(const AssaySorted *self)
{
    return self->runs->len > 0;
}
