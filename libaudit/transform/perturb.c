/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../image/image.h"
#include "../media/notes.h"
#include "perturb-private.h"

static const char *const music[] = { "notes", "roll", "chroma" };

/* @media: all operations are of each of these. */
typedef struct {
    AssayPerturbConfig config;
    AssayPerturbMedia media;
    AssayStage *image;
} Perturb;

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

/* What lacks @field is told what is done to what. */
static gboolean
has_field(const Perturb *self, AssaySample *sample, const char *field, GError **error)
{
    const char *what = self->media == ASSAY_PERTURB_PICTURES ? "pictures"
                       : self->media == ASSAY_PERTURB_SOUND  ? "sound"
                       : self->media == ASSAY_PERTURB_MUSIC  ? "music"
                                                             : "pictures or sound";
    g_autoptr(GError) lack = NULL;
    size_t kind = 0;

    if (assay_sample_field(sample, field, &lack) != NULL)
        return TRUE;
    while (!self->config.operations[kind].is_given ||
           assay_perturb_operators[kind].media != self->media)
        kind++;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD, "%s; %s is done to %s", lack->message,
                assay_perturb_operators[kind].name, what);
    return FALSE;
}

/* Which fields are changed, ended by %NULL: of music all that tell of it. Notes are of a whole
 * piece, and so not of an item. */
static gboolean
find_fields(const Perturb *self, AssaySample *sample, const char **fields, GError **error)
{
    size_t n = 0;

    if (self->media != ASSAY_PERTURB_MUSIC) {
        fields[n++] = find_field(self, sample, error);
        fields[n] = NULL;
        return fields[0] != NULL && has_field(self, sample, fields[0], error);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(music); i++) {
        if (assay_sample_has(sample, music[i]) &&
            !(assay_sample_has_items(sample) && strcmp(music[i], "notes") == 0))
            fields[n++] = music[i];
    }
    fields[n] = NULL;
    return n > 0 || has_field(self, sample, "notes", error);
}

static void
clear_work(AssayPerturbWork *work)
{
    assay_array_free(work->array);
    assay_array_free(work->next);
    assay_midi_free(work->midi);
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
            assay_sample_blame(sample, i, error);
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
drop_fields(AssaySample *sample, const char *const *changed)
{
    g_autofree const char **fields = assay_sample_fields(sample);

    for (size_t i = 0; fields[i] != NULL; i++) {
        const AssayArray *array;

        if (g_strv_contains(changed, fields[i]))
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
take_array(AssayPerturbWork *work, AssaySample *sample, const char *field)
{
    static const char *const stale[] = { "clipped", "outside_range", "quantised" };
    const AssayJson *before = assay_sample_field_meta(sample, field);
    AssayJson *meta = before == NULL ? assay_json_object() : assay_json_copy(before);

    for (size_t i = 0; work->is_changed && i < G_N_ELEMENTS(stale); i++)
        assay_json_unset(meta, stale[i]);
    assay_sample_take_field(sample, field, g_steal_pointer(&work->array), meta);
}

static gboolean
change_field(const Perturb *self, AssayJpegCoder *coder, AssaySample *sample, const char *field,
             AssayJson *drawn, GError **error)
{
    g_auto(AssayPerturbWork) work = { .config = &self->config, .coder = coder };

    if (!assay_perturb_open(&work, sample, field, error) || !apply_all(&work, sample, drawn, error))
        return FALSE;
    if (work.midi != NULL)
        return !work.is_changed || assay_notes_put(sample, work.midi, error);
    take_array(&work, sample, field);
    return TRUE;
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    const Perturb *self = stage->config;
    g_autoptr(AssayJpegCoder) own = state == NULL ? assay_jpeg_coder_new() : NULL;
    g_autoptr(AssayJson) drawn = assay_json_object();
    const char *fields[G_N_ELEMENTS(music) + 1];

    if (!assay_perturb_make_field(self->image, self->config.max_bytes, sample, error) ||
        !find_fields(self, sample, fields, error))
        return FALSE;
    for (size_t i = 0; fields[i] != NULL; i++) {
        if (!change_field(self, state == NULL ? own : state, sample, fields[i], drawn, error))
            return FALSE;
    }
    drop_fields(sample, fields);
    if (assay_json_size(drawn) > 0)
        note_perturbed(sample, drawn);
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
    AssayPerturbMedia media = ASSAY_PERTURB_PICTURES | ASSAY_PERTURB_SOUND | ASSAY_PERTURB_MUSIC;
    const AssayPerturbOperator *last = NULL;

    for (size_t i = 0; i < ASSAY_N_PERTURBATIONS; i++) {
        const AssayPerturbOperator *row = &assay_perturb_operators[i];

        if (!config->operations[i].is_given)
            continue;
        if ((media & row->media) == 0) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "--%s and --%s are not of one kind of thing: pictures, sound or music",
                        last->name, row->name);
            return 0;
        }
        media &= row->media;
        last = row;
    }
    if (last != NULL && config->is_compatible && !config->operations[ASSAY_PERTURB_BLUR].is_given) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--compat says how --blur is done: give that too, as in --blur=0:3");
        return 0;
    }
    if (last != NULL)
        return media;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "nothing is to be done: give an operation, as in --blur=0:3 or --gain=-6");
    return 0;
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
    stage->field = media == ASSAY_PERTURB_MUSIC   ? "notes"
                   : media == ASSAY_PERTURB_SOUND ? "audio"
                                                  : "pixels";
    stage->remakes = TRUE;
    stage->apply = apply;
    stage->state_new = new_state;
    stage->state_free = free_state;
    stage->config = own;
    stage->config_free = free_config;
    return stage;
}
