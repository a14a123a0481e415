/* transform/perturb-open.c - the field that is changed: made of a file, looked at, and copied.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../feature/planes.h"
#include "../media/sound.h"
#include "perturb-private.h"

/* The same trace as assay-image would have left. */
static void
note_image(AssaySample *sample, const AssayStage *image)
{
    const AssayJson *before = assay_sample_stages(sample);
    g_autoptr(AssayJson) stages = before == NULL ? assay_json_array() : assay_json_copy(before);

    assay_json_append_take(stages, assay_stage_record(image));
    assay_sample_set_stages(sample, stages);
}

/* Files become fields. */
gboolean
assay_perturb_make_field(const AssayStage *image, size_t max_bytes, AssaySample *sample,
                         GError **error)
{
    static const char *const known[] = { "pixels", "audio", "notes", "roll", "chroma" };
    const char *path = assay_json_peek_string(assay_json_get(assay_sample_source(sample), "path"));
    AssayContent *content = assay_sample_content(sample);
    g_autofree const char **fields = assay_sample_fields(sample);
    gboolean is_made;

    if (content != NULL) {
        is_made = assay_sound_decode(sample, content, max_bytes, error);
        assay_sample_take_content(sample, NULL);
        if (!is_made)
            g_prefix_error(error, "%s: ", path != NULL ? path : assay_sample_name(sample));
        return is_made;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (assay_sample_has(sample, known[i]))
            return TRUE;
    }
    if (fields[0] != NULL && !assay_sample_has(sample, "array"))
        return TRUE; /* and it will be said what it lacks */
    if (!image->apply(image, NULL, sample, error))
        return FALSE;
    note_image(sample, image);
    return TRUE;
}

static gboolean
check_finite(const AssaySample *sample, const char *field, const AssayArray *array, GError **error)
{
    const float *values = array->data;
    gboolean has_items = assay_sample_has_items(sample) && assay_array_axis(array, "item") == 0;
    size_t n = assay_array_count(array), each = has_items ? n / MAX(array->shape[0], 1) : n;

    for (size_t i = 0; array->type == ASSAY_F32 && i < n; i++) {
        if (!isfinite(values[i])) {
            g_autofree char *identity =
                assay_sample_identity(sample, assay_sample_item_start(sample) + i / each);

            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: field \"%s\": value %" G_GSIZE_FORMAT
                        " is %g; only finite ones can be changed",
                        identity, field, i % each, (double)values[i]);
            assay_sample_blame(sample, i / each, error);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
open_pixels(AssayPerturbWork *work, AssaySample *sample, const AssayArray *array, GError **error)
{
    g_autofree char *label = g_strdup_printf("%s: field \"pixels\"", work->name);
    AssayPixelLayout *layout = &work->layout;
    gboolean has_alpha;

    if (!assay_pixel_layout(array, label, layout, error) ||
        !assay_full_scale(sample, "pixels", &work->full_scale, error))
        return FALSE;
    if (assay_perturb_item_size(work) == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: is %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                    ": a picture without a pixel cannot be changed",
                    label, layout->width, layout->height);
        return FALSE;
    }
    has_alpha = layout->n_channels == 2 || layout->n_channels == 4;
    work->n_colours = layout->n_channels - (has_alpha ? 1 : 0);
    work->top = floor(MIN(work->full_scale, array->type == ASSAY_U8 ? G_MAXUINT8 : G_MAXUINT16));
    return TRUE;
}

static gboolean
find_rate(AssayPerturbWork *work, AssaySample *sample, GError **error)
{
    const AssayJson *value = assay_json_get(assay_sample_field_meta(sample, "audio"), "rate_hz");
    double rate = value == NULL ? 0 : assay_json_peek_real(value);

    if (value != NULL && !(rate >= 1 && rate <= G_MAXINT32 && rate == floor(rate))) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                    "%s: field \"audio\": its rate_hz is %g; give whole Hz, from 1 on", work->name,
                    rate);
        return FALSE;
    }
    work->rate_hz = (guint)rate;
    return TRUE;
}

static gboolean
open_audio(AssayPerturbWork *work, AssaySample *sample, const AssayArray *array, GError **error)
{
    AssayPixelLayout *layout = &work->layout;
    size_t skip = assay_array_axis(array, "item") == 0 ? 1 : 0;
    gboolean has_channels = assay_array_axis(array, "channel") == (int)skip + 1;

    *layout = (AssayPixelLayout){ .n_items = 1, .height = 1, .n_channels = 1 };
    layout->has_items = skip == 1;
    layout->has_channels = has_channels;
    if (array->type != ASSAY_F32 || assay_array_axis(array, "frame") != (int)skip ||
        array->n_axes != skip + (has_channels ? 2 : 1)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"audio\" is not float32 along frame, with item before it or "
                    "channel behind it",
                    work->name);
        return FALSE;
    }
    layout->n_items = skip == 1 ? array->shape[0] : 1;
    layout->width = array->shape[skip];
    layout->n_channels = has_channels ? array->shape[skip + 1] : 1;
    work->n_colours = layout->n_channels;
    work->full_scale = 1;
    if (assay_perturb_item_size(work) > 0)
        return find_rate(work, sample, error);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s: has no sound, not one frame",
                work->name);
    return FALSE;
}

static gboolean
open_array(AssayPerturbWork *work, AssaySample *sample, const char *field, const AssayArray *array,
           GError **error)
{
    if (strcmp(field, "pixels") == 0)
        return open_pixels(work, sample, array, error);
    if (strcmp(field, "audio") == 0)
        return open_audio(work, sample, array, error);
    return assay_perturb_open_music(work, sample, field, array, error);
}

gboolean
assay_perturb_open(AssayPerturbWork *work, AssaySample *sample, const char *field, GError **error)
{
    const AssayArray *array;

    work->name = assay_sample_name(sample);
    if (strcmp(field, "notes") == 0)
        return assay_perturb_open_notes(work, sample, error);
    array = assay_sample_field(sample, field, error);
    if (array == NULL || !open_array(work, sample, field, array, error) ||
        !check_finite(sample, field, array, error))
        return FALSE;
    if (work->layout.has_items && !assay_sample_has_items(sample)) /* a foreign stream */
        assay_sample_set_items(sample, 0, array->shape[0]);
    work->array = assay_array_new(array->type, array->n_axes, array->shape,
                                  (const char *const *)array->axes, work->config->max_bytes, error);
    if (work->array != NULL)
        memcpy(work->array->data, array->data, assay_array_bytes(array));
    else
        g_prefix_error(error, "%s: ", work->name);
    return work->array != NULL;
}
