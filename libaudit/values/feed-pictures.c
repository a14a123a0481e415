/* values/feed-pictures.c - a picture, or an IDX file of them, as a sample with "pixels".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/gunzip.h"
#include "../image/image.h"
#include "../stream/idx.h"
#include "feed-private.h"
#include "kind.h"

/* Adds "array": all of an IDX file; its axes are the usual ones. */
static gboolean
decode_idx(AssaySample *sample, GBytes *bytes, const char *shown, size_t max_bytes, GError **error)
{
    static const char *const all[] = { "item", "row", "column", "channel", NULL };
    static const char *const fewer[] = { "item", "row", "column", NULL };
    g_autoptr(AssayInput) input = assay_input_from_bytes(shown, bytes);
    g_autoptr(GBytes) values = NULL;
    size_t n_values, size;
    AssayNpyHeader header;
    AssayArray *array;

    if (!assay_idx_read_header(input, shown, &header, error))
        return FALSE;
    values = assay_input_read_all(input, max_bytes, error);
    if (values == NULL)
        return FALSE;
    size = g_bytes_get_size(values);
    if (!assay_npy_check_size(&header, header.data_offset + size, shown, &n_values, error))
        return FALSE;
    array =
        assay_npy_decode(&header, g_bytes_get_data(values, NULL), header.shape, max_bytes, error);
    if (array == NULL)
        return FALSE;
    if (header.n_axes >= 3) {
        assay_array_name_axes(array, header.n_axes == 4 ? all : fewer);
        assay_sample_set_items(sample, 0, header.shape[0]);
    }
    assay_sample_take_field(sample, "array", array, NULL);
    return TRUE;
}

/* Pixels are what files of pictures have; other axes and types are left as an array. */
static gboolean
make_pixels(AssaySample *sample, size_t max_bytes, GError **error)
{
    AssayImageConfig config = ASSAY_IMAGE_CONFIG_DEFAULT;
    const AssayArray *array = assay_sample_field(sample, "array", error);
    g_autoptr(AssayStage) stage = NULL;

    if (array == NULL)
        return FALSE;
    if (assay_array_axis(array, "row") < 0 || (array->type != ASSAY_U8 && array->type != ASSAY_U16))
        return TRUE;
    config.max_bytes = max_bytes;
    stage = assay_image_stage(&config);
    return stage->apply(stage, NULL, sample, error);
}

gboolean
assay_feed_decode_pictures(AssaySample *sample, GBytes *bytes, const AssayMedium *medium,
                           const char *shown, size_t max_bytes, GError **error)
{
    if (medium == NULL)
        return decode_idx(sample, bytes, shown, max_bytes, error) &&
               make_pixels(sample, max_bytes, error);
    if (medium->decode(sample, bytes, max_bytes, error))
        return make_pixels(sample, max_bytes, error);
    g_prefix_error(error, "%s: ", shown);
    return FALSE;
}

AssayInput *
assay_feed_unpack(AssayInput *input, size_t max_bytes, GError **error)
{
    const guint8 *data;
    size_t size = 3;

    if (!assay_input_peek(input, &data, &size, error)) {
        assay_input_free(input);
        return NULL;
    }
    return assay_gunzip_sniff(data, size) ? assay_gunzip_new(input, TRUE, max_bytes, error) : input;
}
