/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../feature/planes.h"
#include "../media/sound.h"
#include "../signal/image.h"
#include "perturb-private.h"

enum { CHUNK = 1024 };

/* @media: all operations are of each of these. */
typedef struct {
    AssayPerturbConfig config;
    AssayPerturbMedia media;
    AssayStage *image;
} Perturb;

size_t
assay_perturb_item_size(const AssayPerturbWork *work)
{
    return work->layout.height * work->layout.width * work->layout.n_channels;
}

void *
assay_perturb_item(const AssayPerturbWork *work, size_t item)
{
    size_t size = assay_perturb_item_size(work) * assay_type_size(work->array->type);

    return (guint8 *)work->array->data + item * size;
}

gpointer
assay_perturb_memory(size_t n, size_t size, GError **error)
{
    gpointer memory = g_try_malloc_n(n, size);

    if (memory == NULL)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for %" G_GSIZE_FORMAT " values", n);
    return memory;
}

#define STORE(type, convert)                                                                       \
    for (size_t i = 0; i < n; i++)                                                                 \
        ((type *)array->data)[start + i] = (type)(convert);                                        \
    break

void
assay_perturb_store(AssayArray *array, size_t start, const double *values, size_t n, double top)
{
    switch (array->type) {
    case ASSAY_U8:
        STORE(guint8, CLAMP(values[i], 0, top) + 0.5);
    case ASSAY_U16:
        STORE(guint16, CLAMP(values[i], 0, top) + 0.5);
    default:
        STORE(float, values[i]);
    }
}

void
assay_perturb_colours(AssayPerturbWork *work, size_t item,
                      void (*change)(gpointer user, double *value), gpointer user)
{
    size_t n = work->layout.n_channels, size = assay_perturb_item_size(work), start = item * size;
    double values[CHUNK];

    for (size_t i = 0; i < size; i += CHUNK) {
        size_t m = MIN(CHUNK, size - i);

        assay_array_values(work->array, start + i, m, values);
        for (size_t k = 0; k < m; k++) {
            double value = values[k] / work->full_scale;

            if ((i + k) % n >= work->n_colours)
                continue;
            change(user, &value);
            values[k] = value * work->full_scale;
        }
        assay_perturb_store(work->array, start + i, values, m, work->top);
    }
}

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
static gboolean
make_field(const Perturb *self, AssaySample *sample, GError **error)
{
    const char *path = assay_json_peek_string(assay_json_get(assay_sample_source(sample), "path"));
    AssayContent *content = assay_sample_content(sample);
    g_autofree const char **fields = assay_sample_fields(sample);
    gboolean is_made;

    if (content != NULL) {
        is_made = assay_sound_decode(sample, content, self->config.max_bytes, error);
        assay_sample_take_content(sample, NULL);
        if (!is_made)
            g_prefix_error(error, "%s: ", path != NULL ? path : assay_sample_name(sample));
        return is_made;
    }
    if (assay_sample_has(sample, "pixels") || assay_sample_has(sample, "audio") ||
        !(assay_sample_has(sample, "array") || fields[0] == NULL))
        return TRUE; /* and it will be said what it lacks */
    if (!self->image->apply(self->image, NULL, sample, error))
        return FALSE;
    note_image(sample, self->image);
    return TRUE;
}

static const char *
find_field(const Perturb *self, AssaySample *sample, GError **error)
{
    gboolean is_picture = assay_sample_has(sample, "pixels");

    if (self->media == ASSAY_PERTURB_PICTURES)
        return "pixels";
    if (self->media == ASSAY_PERTURB_SOUND)
        return "audio";
    if (!is_picture || !assay_sample_has(sample, "audio"))
        return is_picture ? "pixels" : "audio";
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: has pixels and audio, and each can have noise; assay-perturb takes one of "
                "them at a time",
                assay_sample_name(sample));
    return NULL;
}

static gboolean
check_finite(const char *name, const char *field, const AssayArray *array, GError **error)
{
    const float *values = array->data;

    for (size_t i = 0; array->type == ASSAY_F32 && i < assay_array_count(array); i++) {
        if (!isfinite(values[i])) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: field \"%s\": value %" G_GSIZE_FORMAT
                        " is %g; only finite ones can be changed",
                        name, field, i, (double)values[i]);
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

/* A copy of @field, and how it lies. */
static gboolean
open_work(AssayPerturbWork *work, AssaySample *sample, const char *field, GError **error)
{
    const AssayArray *array = assay_sample_field(sample, field, error);

    if (array == NULL)
        return FALSE;
    work->name = assay_sample_name(sample);
    if (!(strcmp(field, "pixels") == 0 ? open_pixels(work, sample, array, error)
                                       : open_audio(work, sample, array, error)) ||
        !check_finite(work->name, field, array, error))
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

static void
clear_work(AssayPerturbWork *work)
{
    assay_array_free(work->array);
    assay_array_free(work->next);
    g_free(work->drawn);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssayPerturbWork, clear_work)

/* One number is taken whatever the range, so that what follows does not depend on it. */
static double
draw_value(const AssayPerturbation *operation, gboolean is_whole, AssayRandom *random)
{
    double range = operation->high - operation->low, u = assay_random_double(random);

    return is_whole ? operation->low + MIN(floor(u * (range + 1)), range)
                    : operation->low + u * range;
}

/* What is drawn of a crop and a flip is told otherwise than as a number. */
static void
note_drawn(AssayPerturbWork *work, const AssayPerturbOperator *row, double value, AssayJson *drawn)
{
    if (work->layout.has_items)
        return;
    if (work->drawn != NULL)
        assay_json_set_string(drawn, row->name, work->drawn);
    else if (row->is_whole)
        assay_json_set_integer(drawn, row->name, (gint64)value);
    else
        assay_json_set_real(drawn, row->name, value);
}

static gboolean
apply_to_item(AssayPerturbWork *work, AssayPerturbKind kind, size_t item, AssayRandom *random,
              AssayJson *drawn, GError **error)
{
    const AssayPerturbOperator *row = &assay_perturb_operators[kind];
    const AssayPerturbation *operation = &work->config->operations[kind];
    double chance = assay_random_double(random);
    double value = draw_value(operation, row->is_whole && kind != ASSAY_PERTURB_CROP, random);

    if (chance >= operation->share)
        return TRUE;
    g_clear_pointer(&work->drawn, g_free);
    if (!row->apply(work, item, value, random, error))
        return FALSE;
    note_drawn(work, row, value, drawn);
    work->is_changed = TRUE;
    return TRUE;
}

/* @stage: what the numbers are for. */
static gboolean
apply_operation(AssayPerturbWork *work, AssaySample *sample, AssayPerturbKind kind,
                const char *stage, AssayJson *drawn, GError **error)
{
    const AssayPerturbOperator *row = &assay_perturb_operators[kind];
    size_t start = assay_sample_item_start(sample);

    if (row->prepare != NULL && !row->prepare(work, &work->config->operations[kind], error)) {
        g_prefix_error(error, "%s: ", work->name);
        return FALSE;
    }
    for (size_t i = 0; i < work->layout.n_items; i++) {
        g_autofree char *identity = assay_sample_identity(sample, start + i);
        AssayRandom random;

        assay_random_init(&random, work->config->seed, stage, identity);
        if (!apply_to_item(work, kind, i, &random, drawn, error)) {
            g_prefix_error(error, "%s: ", identity);
            return FALSE;
        }
    }
    if (work->next != NULL) {
        assay_array_free(work->array);
        work->array = g_steal_pointer(&work->next);
        work->layout = work->next_layout;
    }
    return TRUE;
}

/* How many stages of this kind there have been. */
static guint
count_stages(const AssaySample *sample)
{
    const AssayJson *stages = assay_sample_stages(sample);
    guint n = 0;

    for (size_t i = 0; stages != NULL && i < assay_json_size(stages); i++) {
        const AssayJson *tool = assay_json_get(assay_json_nth(stages, i), "tool");

        n += g_strcmp0(assay_json_peek_string(tool), "assay-perturb") == 0;
    }
    return n;
}

static gboolean
apply_all(AssayPerturbWork *work, AssaySample *sample, AssayJson *drawn, GError **error)
{
    guint generation = count_stages(sample) + 1;

    for (size_t i = 0; i < ASSAY_N_PERTURBATIONS; i++) {
        g_autofree char *stage =
            g_strdup_printf("perturb-%s-%u", assay_perturb_operators[i].name, generation);

        if (work->config->operations[i].is_given &&
            !apply_operation(work, sample, (AssayPerturbKind)i, stage, drawn, error))
            return FALSE;
    }
    return TRUE;
}

/* Fields that hold more than one value an item were made of what has changed. */
static void
drop_fields(AssaySample *sample, const char *changed)
{
    g_autofree const char **fields = assay_sample_fields(sample);

    for (size_t i = 0; fields[i] != NULL; i++) {
        const AssayArray *array;

        if (strcmp(fields[i], changed) == 0)
            continue;
        array = assay_sample_field(sample, fields[i], NULL);
        if (array == NULL || array->n_axes > 1 ||
            (array->n_axes == 1 && assay_array_axis(array, "item") != 0))
            assay_sample_remove_field(sample, fields[i]);
    }
}

/* Values drawn by this stage, beside those of earlier ones. */
static void
note_perturbed(AssaySample *sample, const AssayJson *drawn)
{
    AssayJson *meta = assay_sample_meta(sample);
    const AssayJson *before = assay_json_get(meta, "perturbed");
    g_autofree const char **names = assay_json_keys(drawn);
    AssayJson *all = assay_json_kind(before) == ASSAY_JSON_OBJECT ? assay_json_copy(before)
                                                                  : assay_json_object();

    for (size_t i = 0; names[i] != NULL; i++) {
        g_autofree char *name = g_strdup(names[i]);

        for (guint k = 2; assay_json_get(all, name) != NULL; k++) {
            g_free(name);
            name = g_strdup_printf("%s-%u", names[i], k);
        }
        assay_json_set_take(all, name, assay_json_ref(assay_json_get(drawn, names[i])));
    }
    assay_json_set_take(meta, "perturbed", all);
}

static void
take_result(AssayPerturbWork *work, AssaySample *sample, const char *field, const AssayJson *drawn)
{
    static const char *const stale[] = { "clipped", "outside_range", "quantised" };
    const AssayJson *before = assay_sample_field_meta(sample, field);
    AssayJson *meta = before == NULL ? assay_json_object() : assay_json_copy(before);

    for (size_t i = 0; work->is_changed && i < G_N_ELEMENTS(stale); i++)
        assay_json_unset(meta, stale[i]);
    drop_fields(sample, field);
    assay_sample_take_field(sample, field, g_steal_pointer(&work->array), meta);
    if (assay_json_size(drawn) > 0)
        note_perturbed(sample, drawn);
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    const Perturb *self = stage->config;
    g_autoptr(AssayJpegCoder) coder = state == NULL ? assay_jpeg_coder_new() : NULL;
    g_auto(AssayPerturbWork)
        work = { .config = &self->config, .coder = state == NULL ? coder : state };
    g_autoptr(AssayJson) drawn = assay_json_object();
    const char *field;

    if (!make_field(self, sample, error) || (field = find_field(self, sample, error)) == NULL ||
        !open_work(&work, sample, field, error) || !apply_all(&work, sample, drawn, error))
        return FALSE;
    take_result(&work, sample, field, drawn);
    return TRUE;
}

static gpointer
new_state(const AssayStage *stage)
{
    (void)stage;
    return assay_jpeg_coder_new();
}

static void
free_state(gpointer state)
{
    assay_jpeg_coder_free(state);
}

static void
free_config(gpointer data)
{
    Perturb *self = data;

    assay_stage_free(self->image);
    g_free(self);
}

/* What all operations are of; 0 with an error where there is no such thing. */
static AssayPerturbMedia
common_media(const AssayPerturbConfig *config, GError **error)
{
    AssayPerturbMedia media = ASSAY_PERTURB_PICTURES | ASSAY_PERTURB_SOUND;
    const char *of[] = { NULL, NULL, NULL };
    gboolean is_any = FALSE;

    for (size_t i = 0; i < ASSAY_N_PERTURBATIONS; i++) {
        const AssayPerturbOperator *row = &assay_perturb_operators[i];

        if (!config->operations[i].is_given)
            continue;
        is_any = TRUE;
        media &= row->media;
        if (row->media <= ASSAY_PERTURB_SOUND)
            of[row->media] = row->name;
    }
    if (!is_any)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "nothing is to be done: give an operation, as in --blur=0:3 or --gain=-6");
    else if (media == 0)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--%s is of pictures and --%s of sound: give one of them",
                    of[ASSAY_PERTURB_PICTURES], of[ASSAY_PERTURB_SOUND]);
    return is_any ? media : 0;
}

AssayStage *
assay_perturb_stage(const AssayPerturbConfig *config, GError **error)
{
    AssayImageConfig image = ASSAY_IMAGE_CONFIG_DEFAULT;
    AssayPerturbMedia media = common_media(config, error);
    AssayStage *stage;
    Perturb *own;

    if (media == 0)
        return NULL;
    image.max_bytes = config->max_bytes;
    own = g_new0(Perturb, 1);
    own->config = *config;
    own->media = media;
    own->image = assay_image_stage(&image);
    stage = g_new0(AssayStage, 1);
    stage->tool = "assay-perturb";
    stage->options = assay_perturb_options(config);
    stage->field = media == ASSAY_PERTURB_SOUND ? "audio" : "pixels";
    stage->remakes = TRUE;
    stage->apply = apply;
    stage->state_new = new_state;
    stage->state_free = free_state;
    stage->config = own;
    stage->config_free = free_config;
    return stage;
}
