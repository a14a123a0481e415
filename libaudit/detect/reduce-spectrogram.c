/* detect/reduce-spectrogram.c - sounds of any length as few numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "../base/error.h"
#include "../image/resize.h"
#include "reduce-private.h"

gboolean
assay_is_spectrogram(const AssayArray *array)
{
    int time = assay_array_axis(array, "time");

    return array->type == ASSAY_F32 && time >= 0 && assay_array_axis(array, "mel") == time + 1 &&
           array->n_axes == (size_t)time + 2 &&
           (time == 0 || (time == 1 && assay_array_axis(array, "item") == 0));
}

gboolean
assay_reduce_spectrogram(const AssayArray *mel, const char *name, size_t size, float *values,
                         char **faults, GError **error)
{
    size_t time = mel->n_axes - 2, n_items = time == 0 ? 1 : mel->shape[0];
    size_t each = mel->shape[time] * mel->shape[time + 1];
    AssayArray picture = *mel; /* of the same values, as steps are rows and bands columns */
    g_autoptr(AssayArray) reduced = NULL;

    picture.axes[time] = (char *)"row";
    picture.axes[time + 1] = (char *)"column";
    reduced = assay_resize_area(&picture, name, size, size, G_MAXSIZE, error);
    if (reduced == NULL)
        return FALSE;
    for (size_t i = 0; i < n_items; i++) {
        const float *all = (const float *)mel->data + i * each;

        for (size_t k = 0; k < each && faults[i] == NULL; k++) {
            if (!isfinite(all[k]))
                faults[i] = g_strdup_printf("value %" G_GSIZE_FORMAT " is not finite", k);
        }
        for (size_t k = 0; k < size * size; k++)
            values[i * size * size + k] = ((const float *)reduced->data)[i * size * size + k];
    }
    return TRUE;
}
