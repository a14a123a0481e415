/* transform/perturb-pixels.c - pixels moved, and values changed each by itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "perturb-private.h"

static void
swap(guint8 *a, guint8 *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        guint8 byte = a[i];

        a[i] = b[i];
        b[i] = byte;
    }
}

gboolean
assay_perturb_flip(AssayPerturbWork *work, size_t item, double which, AssayRandom *random,
                   GError **error)
{
    const AssayPixelLayout *layout = &work->layout;
    size_t pixel = layout->n_channels * assay_type_size(work->array->type);
    size_t row = layout->width * pixel;
    guint8 *pixels = assay_perturb_item(work, item);

    (void)random;
    (void)error;
    work->drawn = g_strdup(which == 0 ? "horizontal" : "vertical");
    for (size_t y = 0; which == 0 && y < layout->height; y++, pixels += row) {
        for (size_t x = 0; x < layout->width / 2; x++)
            swap(pixels + x * pixel, pixels + (layout->width - 1 - x) * pixel, pixel);
    }
    for (size_t y = 0; which != 0 && y < layout->height / 2; y++)
        swap(pixels + y * row, pixels + (layout->height - 1 - y) * row, row);
    return TRUE;
}

gboolean
assay_perturb_crop_prepare(AssayPerturbWork *work, const AssayPerturbation *operation,
                           GError **error)
{
    work->next_layout = work->layout;
    work->next_layout.width = (size_t)operation->low;
    work->next_layout.height = (size_t)operation->high;
    if (work->next_layout.width > work->layout.width ||
        work->next_layout.height > work->layout.height) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "is %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                    ", too small for a --crop of %g x %g",
                    work->layout.width, work->layout.height, operation->low, operation->high);
        return FALSE;
    }
    work->next =
        assay_pixels_new(work->array->type, &work->next_layout, work->config->max_bytes, error);
    return work->next != NULL;
}

gboolean
assay_perturb_crop(AssayPerturbWork *work, size_t item, double value, AssayRandom *random,
                   GError **error)
{
    const AssayPixelLayout *from = &work->layout, *to = &work->next_layout;
    size_t pixel = from->n_channels * assay_type_size(work->array->type);
    size_t row = to->width * pixel;
    size_t x = (size_t)assay_random_below(random, from->width - to->width + 1);
    size_t y = (size_t)assay_random_below(random, from->height - to->height + 1);
    const guint8 *pixels = assay_perturb_item(work, item);
    guint8 *out = (guint8 *)work->next->data + item * to->height * row;

    (void)value;
    (void)error;
    for (size_t i = 0; i < to->height; i++)
        memcpy(out + i * row, pixels + ((y + i) * from->width + x) * pixel, row);
    work->drawn = g_strdup_printf("%" G_GSIZE_FORMAT "x%" G_GSIZE_FORMAT "+%" G_GSIZE_FORMAT
                                  "+%" G_GSIZE_FORMAT,
                                  to->width, to->height, x, y);
    return TRUE;
}

static void
quantise(gpointer user, double *value)
{
    double most = *(const double *)user - 1;

    *value = CLAMP(floor(*value * most + 0.5), 0, most) / most;
}

gboolean
assay_perturb_quantise(AssayPerturbWork *work, size_t item, double n, AssayRandom *random,
                       GError **error)
{
    (void)random;
    (void)error;
    assay_perturb_colours(work, item, quantise, &n);
    return TRUE;
}

static void
to_power(gpointer user, double *value)
{
    *value = pow(MAX(*value, 0), *(const double *)user);
}

gboolean
assay_perturb_gamma(AssayPerturbWork *work, size_t item, double gamma, AssayRandom *random,
                    GError **error)
{
    (void)random;
    (void)error;
    assay_perturb_colours(work, item, to_power, &gamma);
    return TRUE;
}
