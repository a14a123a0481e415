/* show/npy-view.c - an array: type, shape, and what its values are like, in one pass.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/gunzip.h"
#include "../base/text.h"
#include "../stream/idx.h"
#include "../stream/npy.h"
#include "views-private.h"

enum { BLOCK_VALUES = 8192, LABEL_WIDTH = 6 };

typedef struct {
    guint64 n, nans, infinities, zeros, ones;
    double min, max;
    double sum, lost; /* Neumaier's sum: what rounding lost is kept aside */
    gboolean has_finite;
} Moments;

static void
add_value(Moments *self, double value)
{
    double sum;

    self->n++;
    if (!isfinite(value)) {
        self->nans += isnan(value) != 0;
        self->infinities += isinf(value) != 0;
        return;
    }
    self->zeros += value == 0;
    self->ones += value == 1;
    if (!self->has_finite || value < self->min)
        self->min = value;
    if (!self->has_finite || value > self->max)
        self->max = value;
    self->has_finite = TRUE;
    sum = self->sum + value;
    self->lost +=
        fabs(self->sum) >= fabs(value) ? (self->sum - sum) + value : (value - sum) + self->sum;
    self->sum = sum;
}

/* Reads @n values block by block; their order does not matter here. */
static gboolean
read_values(AssayInput *input, const char *name, const AssayNpyHeader *header, guint64 n,
            Moments *moments, GError **error)
{
    AssayNpyHeader flat = *header;
    g_autofree guint8 *block = g_malloc(BLOCK_VALUES * header->file_size);

    flat.n_axes = 1;
    flat.fortran = FALSE;
    for (guint64 left = n; left > 0;) {
        size_t shape = (size_t)MIN(left, BLOCK_VALUES), got;
        g_autoptr(AssayArray) array = NULL;

        if (!assay_input_read_into(input, block, shape * header->file_size, &got, error))
            return FALSE;
        if (got < shape * header->file_size) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                        "%s: its header promises %" G_GUINT64_FORMAT " values, %" G_GUINT64_FORMAT
                        " are there",
                        name, n, moments->n + got / header->file_size);
            return FALSE;
        }
        array = assay_npy_decode(&flat, block, &shape, G_MAXSIZE, error);
        if (array == NULL)
            return FALSE;
        for (size_t i = 0; i < shape; i++)
            add_value(moments, assay_array_value(array, i));
        left -= shape;
    }
    return TRUE;
}

static gboolean
count_values(const char *name, const AssayNpyHeader *header, guint64 *n, GError **error)
{
    size_t count;

    if (!assay_shape_count(header->n_axes, header->shape, header->file_size, G_MAXSSIZE, &count)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "%s: its shape overflows", name);
        return FALSE;
    }
    *n = count;
    return TRUE;
}

char *
assay_npy_shape_text(const AssayPage *page, const AssayNpyHeader *header)
{
    GString *text = g_string_new(header->n_axes == 0 ? "one value" : NULL);
    char number[ASSAY_TEXT_NUMBER_SIZE], times[8];

    g_snprintf(times, sizeof times, " %s ", assay_page_times(page));
    for (size_t i = 0; i < header->n_axes; i++)
        assay_text_join(text, times, "%s", assay_text_count(number, header->shape[i]));
    return g_string_free(text, FALSE);
}

char *
assay_npy_type_text(const AssayNpyHeader *header)
{
    GString *text = g_string_new(assay_type_name(header->type));

    if (header->half)
        g_string_append(text, ", stored as float16");
    if (header->truth)
        g_string_append(text, ", stored as bool");
    if (header->swapped)
        g_string_append(text, ", big-endian");
    if (header->n_axes > 1)
        g_string_append_printf(text, ", %s order", header->fortran ? "Fortran" : "C");
    return g_string_free(text, FALSE);
}

static void
show_header(const AssayPage *page, const char *name, const char *what, const AssayNpyHeader *header,
            guint64 n)
{
    g_autofree char *shape = assay_npy_shape_text(page, header);
    g_autofree char *type = assay_npy_type_text(header);
    g_autofree char *text = NULL;
    char number[ASSAY_TEXT_NUMBER_SIZE];

    text = g_strdup_printf("%s  %s, %s bytes", shape, type,
                           assay_text_count(number, n * header->file_size));
    assay_page_text(page, name);
    assay_page_printf(page, ": %s\n", what);
    assay_page_entry(page, 2, "shape", LABEL_WIDTH, text);
}

static void
append_share(GString *text, const char *what, guint64 count, guint64 n)
{
    char number[ASSAY_TEXT_NUMBER_SIZE], share[ASSAY_TEXT_NUMBER_SIZE];

    if (count > 0)
        assay_text_join(text, ", ", "%s %s (%s %%)", assay_text_count(number, count), what,
                        assay_text_double_digits(share, 100.0 * (double)count / (double)n, 4));
}

static void
show_moments(const AssayPage *page, const AssayNpyHeader *header, const Moments *moments)
{
    guint64 finite = moments->n - moments->nans - moments->infinities;
    gboolean is_float = header->type == ASSAY_F32 || header->type == ASSAY_F64;
    g_autoptr(GString) text = g_string_new(NULL);
    char min[ASSAY_TEXT_NUMBER_SIZE], max[ASSAY_TEXT_NUMBER_SIZE], mean[ASSAY_TEXT_NUMBER_SIZE];

    if (moments->n == 0) {
        assay_page_entry(page, 2, "values", LABEL_WIDTH, "none");
        return;
    }
    if (finite > 0) {
        assay_text_double_digits(min, moments->min, 6);
        assay_text_double_digits(max, moments->max, 6);
        assay_text_double_digits(mean, (moments->sum + moments->lost) / (double)finite, 6);
        g_string_printf(text, "min %s, max %s, mean %s%s", min, max, mean,
                        finite < moments->n ? " (of those that are finite)" : "");
        assay_page_entry(page, 2, "values", LABEL_WIDTH, text->str);
        g_string_truncate(text, 0);
    }
    append_share(text, "exactly 0", moments->zeros, moments->n);
    append_share(text, "exactly 1", moments->ones, moments->n);
    if (text->len > 0)
        assay_page_entry(page, 2, "atoms", LABEL_WIDTH, text->str);
    g_string_truncate(text, 0);
    append_share(text, "NaN", moments->nans, moments->n);
    append_share(text, "infinite", moments->infinities, moments->n);
    if (text->len > 0)
        g_string_prepend(text, "all but ");
    else
        g_string_append(text, "all");
    if (is_float)
        assay_page_entry(page, 2, "finite", LABEL_WIDTH, text->str);
}

/* @input is at the first value. */
static gboolean
show_array(AssayShow *self, AssayInput *input, const char *name, const char *what,
           const AssayNpyHeader *header, GError **error)
{
    Moments moments = { 0 };
    const guint8 *data;
    size_t size = 1;
    guint64 n;

    if (!count_values(name, header, &n, error))
        return FALSE;
    show_header(&self->page, name, what, header, n);
    if (!assay_page_flush(&self->page, error) ||
        !read_values(input, name, header, n, &moments, error))
        return FALSE;
    show_moments(&self->page, header, &moments);
    if (!assay_input_peek(input, &data, &size, error))
        return FALSE;
    if (size > 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: bytes follow its last value, from byte %" G_GUINT64_FORMAT " on", name,
                    (guint64)(header->data_offset + n * header->file_size));
        return FALSE;
    }
    return TRUE;
}

gboolean
assay_show_npy(AssayShow *self, AssayInput *input, const char *name, GError **error)
{
    g_autoptr(AssayInput) own = input;
    AssayNpyHeader header;

    return assay_npy_read_header(own, name, &header, error) &&
           show_array(self, own, name, "a .npy array", &header, error);
}

gboolean
assay_show_idx(AssayShow *self, AssayInput *input, const char *name, GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_autoptr(AssayInput) unpacked = NULL;
    AssayNpyHeader header;
    const guint8 *data;
    gboolean is_gzip;
    size_t size = ASSAY_KIND_SNIFFED;

    if (!assay_input_peek(own, &data, &size, error))
        return FALSE;
    assay_idx_sniff(data, size, &is_gzip);
    if (is_gzip) {
        unpacked = assay_gunzip_new(own, FALSE, G_MAXUINT64, error);
        if (unpacked == NULL)
            return FALSE;
    }
    return assay_idx_read_header(is_gzip ? unpacked : own, name, &header, error) &&
           show_array(self, is_gzip ? unpacked : own, name,
                      is_gzip ? "an IDX array, in gzip" : "an IDX array", &header, error);
}
