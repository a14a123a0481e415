/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resize.h"

#include <string.h>

#include "../base/error.h"

/* Sums of a row of the result: of whole numbers, which stay exact below 2^64 since 65535 W H does,
 * or of floats. */
typedef union {
    guint64 whole;
    double real;
} Sum;

typedef struct {
    AssayType type;
    AssayPixelLayout from, to;
    Sum *reduced; /* one row of the original, its columns averaged: to.width * channels */
    Sum *sums;    /* of a row of the result */
} Resize;

static void
clear_resize(Resize *self)
{
    g_free(self->reduced);
    g_free(self->sums);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Resize, clear_resize)

/* How much of pixel @at of @n is covered by pixel @to_at of @to_n, in 1 / @to_n of a pixel. */
static size_t
overlap(size_t at, size_t n, size_t to_at, size_t to_n)
{
    size_t start = MAX(at * to_n, to_at * n), end = MIN((at + 1) * to_n, (to_at + 1) * n);

    return end - start;
}

/* The pixels of @n that pixel @to_at of @to_n touches: from *first to before *end. */
static void
covered(size_t n, size_t to_at, size_t to_n, size_t *first, size_t *end)
{
    *first = to_at * n / to_n;
    *end = ((to_at + 1) * n - 1) / to_n + 1;
}

static void
add(const Resize *self, Sum *sum, const void *row, size_t index, size_t weight)
{
    if (self->type == ASSAY_U8)
        sum->whole += weight * ((const guint8 *)row)[index];
    else if (self->type == ASSAY_U16)
        sum->whole += weight * ((const guint16 *)row)[index];
    else
        sum->real += (double)weight * (double)((const float *)row)[index];
}

static void
reduce_row(const Resize *self, const void *row)
{
    size_t n = self->from.n_channels;

    memset(self->reduced, 0, self->to.width * n * sizeof(Sum));
    for (size_t j = 0; j < self->to.width; j++) {
        size_t first, end;

        covered(self->from.width, j, self->to.width, &first, &end);
        for (size_t i = first; i < end; i++) {
            size_t weight = overlap(i, self->from.width, j, self->to.width);

            for (size_t k = 0; k < n; k++)
                add(self, &self->reduced[j * n + k], row, i * n + k, weight);
        }
    }
}

static void
add_row(const Resize *self, size_t weight)
{
    size_t n = self->to.width * self->to.n_channels;

    for (size_t i = 0; i < n; i++) {
        if (self->type == ASSAY_F32)
            self->sums[i].real += (double)weight * self->reduced[i].real;
        else
            self->sums[i].whole += weight * self->reduced[i].whole;
    }
}

static void
put_row(const Resize *self, void *row)
{
    size_t n = self->to.width * self->to.n_channels;
    guint64 area = (guint64)self->from.width * self->from.height;

    for (size_t i = 0; i < n; i++) {
        if (self->type == ASSAY_F32)
            ((float *)row)[i] = (float)(self->sums[i].real / (double)area);
        else if (self->type == ASSAY_U8)
            ((guint8 *)row)[i] = (guint8)((self->sums[i].whole + area / 2) / area);
        else
            ((guint16 *)row)[i] = (guint16)((self->sums[i].whole + area / 2) / area);
    }
}

static void
resize_picture(const Resize *self, const guint8 *from, guint8 *to)
{
    size_t size = assay_type_size(self->type), done = G_MAXSIZE;
    size_t from_row = self->from.width * self->from.n_channels * size;
    size_t to_row = self->to.width * self->to.n_channels * size;

    for (size_t i = 0; i < self->to.height; i++) {
        size_t first, end;

        memset(self->sums, 0, self->to.width * self->to.n_channels * sizeof(Sum));
        covered(self->from.height, i, self->to.height, &first, &end);
        for (size_t k = first; k < end; k++) {
            if (k != done) /* rows of a larger result meet one of the original more than once */
                reduce_row(self, from + k * from_row);
            done = k;
            add_row(self, overlap(k, self->from.height, i, self->to.height));
        }
        put_row(self, to + i * to_row);
    }
}

static gboolean
prepare(Resize *self, const char *name, GError **error)
{
    static const size_t limit = (size_t)1
                                << 31; /* coordinates times sizes, and areas, in 64 bits */
    size_t n_sums;

    if (self->from.width == 0 || self->from.height == 0 || self->from.n_channels == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: pictures of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                    " pixels cannot be brought to a size: there is nothing to average",
                    name, self->from.width, self->from.height);
        return FALSE;
    }
    if (self->to.width == 0 || self->to.height == 0 || self->to.width >= limit ||
        self->to.height >= limit || self->from.width >= limit || self->from.height >= limit ||
        !g_size_checked_mul(&n_sums, self->to.width, self->from.n_channels) ||
        n_sums > G_MAXSIZE / sizeof(Sum) ||
        (guint64)self->from.width * self->from.height > G_MAXUINT64 / 65536 / 2) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: pictures of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                    " pixels cannot be brought to %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT,
                    name, self->from.width, self->from.height, self->to.width, self->to.height);
        return FALSE;
    }
    self->reduced = g_try_new(Sum, n_sums);
    self->sums = g_try_new(Sum, n_sums);
    if (self->reduced != NULL && self->sums != NULL)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%s: no memory for rows of %" G_GSIZE_FORMAT " values", name, n_sums);
    return FALSE;
}

AssayArray *
assay_resize_area(const AssayArray *pixels, const char *name, size_t width, size_t height,
                  size_t max_bytes, GError **error)
{
    g_auto(Resize) self = { .type = pixels->type };
    g_autoptr(AssayArray) result = NULL;
    size_t size = assay_type_size(pixels->type), from_bytes, to_bytes;

    if (!assay_pixel_layout(pixels, name, &self.from, error))
        return NULL;
    self.to = self.from;
    self.to.width = width;
    self.to.height = height;
    if (!prepare(&self, name, error))
        return NULL;
    result = assay_pixels_new(self.type, &self.to, max_bytes, error);
    if (result == NULL) {
        g_prefix_error(error, "%s: ", name);
        return NULL;
    }
    from_bytes = self.from.height * self.from.width * self.from.n_channels * size;
    to_bytes = height * width * self.to.n_channels * size;
    for (size_t i = 0; i < self.from.n_items; i++)
        resize_picture(&self, (const guint8 *)pixels->data + i * from_bytes,
                       (guint8 *)result->data + i * to_bytes);
    return g_steal_pointer(&result);
}
