/* transform/perturb-jpeg.c - what a JPEG file leaves of a picture.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "../base/error.h"
#include "perturb-private.h"

/* The value that is 255 in 8 bits: of u8 on the usual scales 255 is itself, although it may be
 * said to be 255/256. */
static double
white(const AssayPerturbWork *work)
{
    return work->array->type == ASSAY_U8 && work->full_scale >= 255 ? 255 : work->full_scale;
}

static void
take_bytes(const AssayPerturbWork *work, size_t start, guint8 *bytes)
{
    size_t size = assay_perturb_item_size(work), n = work->layout.n_channels;

    for (size_t i = 0; i < size; i += n) {
        for (size_t c = 0; c < work->n_colours; c++) {
            double x = assay_array_value(work->array, start + i + c) / white(work) * 255;

            *bytes++ = (guint8)CLAMP(floor(x + 0.5), 0, 255);
        }
    }
}

static void
put_bytes(AssayPerturbWork *work, size_t start, const guint8 *bytes)
{
    size_t size = assay_perturb_item_size(work), n = work->layout.n_channels;

    for (size_t i = 0; i < size; i += n) {
        for (size_t c = 0; c < work->n_colours; c++) {
            double x = *bytes++ / 255.0 * white(work);

            assay_perturb_store(work->array, start + i + c, &x, 1, work->top);
        }
    }
}

gboolean
assay_perturb_jpeg(AssayPerturbWork *work, size_t item, double quality, AssayRandom *random,
                   GError **error)
{
    const AssayPixelLayout *layout = &work->layout;
    size_t start = item * assay_perturb_item_size(work);
    gboolean is_direct = work->array->type == ASSAY_U8 && white(work) == 255 &&
                         work->n_colours == layout->n_channels;
    g_autofree guint8 *own = NULL;
    guint8 *bytes = assay_perturb_item(work, item);

    (void)random;
    if (work->n_colours != 1 && work->n_colours != 3) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "has %" G_GSIZE_FORMAT
                    " channels; JPEG has pictures that are grey, or red, green and blue",
                    layout->n_channels);
        return FALSE;
    }
    if (!is_direct) {
        own = assay_perturb_memory(layout->width * layout->height, work->n_colours, error);
        if (own == NULL)
            return FALSE;
        bytes = own;
        take_bytes(work, start, bytes);
    }
    if (!assay_jpeg_recode(work->coder, bytes, layout->width, layout->height, work->n_colours,
                           (int)quality, error))
        return FALSE;
    if (!is_direct)
        put_bytes(work, start, bytes);
    return TRUE;
}
