/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "../base/error.h"
#include "../signal/listen.h"
#include "../signal/roll-notes.h"
#include "chroma-private.h"

enum { CLASSES = ASSAY_CHROMA_CLASSES };

guint
assay_chroma_state(const guint8 *classes)
{
    guint state = 0;

    for (guint k = 0; k < CLASSES; k++)
        state |= (guint)(classes[k] != 0) << k;
    return state;
}

void
assay_chroma_set(guint8 *classes, guint state)
{
    for (guint k = 0; k < CLASSES; k++)
        classes[k] = state >> k & 1;
}

/* ORs a step's octaves into one, twelve rows at a time; row 0 has the class @first. */
static void
fold(const guint8 *cells, size_t rows, size_t first, guint8 *out)
{
    guint8 octave[CLASSES] = { 0 };
    guint64 head = 0, head_part;
    guint32 tail = 0, tail_part;
    size_t r = 0;

    for (; r + CLASSES <= rows; r += CLASSES) {
        memcpy(&head_part, cells + r, sizeof head_part);
        memcpy(&tail_part, cells + r + sizeof head_part, sizeof tail_part);
        head |= head_part;
        tail |= tail_part;
    }
    memcpy(octave, &head, sizeof head);
    memcpy(octave + sizeof head, &tail, sizeof tail);
    for (size_t k = 0; r < rows; r++, k++)
        octave[k] |= cells[r];
    for (size_t k = 0; k < CLASSES; k++) {
        out[first] = octave[k] != 0;
        first = first + 1 == CLASSES ? 0 : first + 1;
    }
}

static gboolean
apply_roll(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    static const char *const roll_axes[] = { "time", "pitch", NULL };
    static const char *const axes[] = { "item", "time", "class", NULL };
    static const char *const kept[] = { "step_q", "rate_hz", "pitch_low", "pitch_high",
                                        "drums",  "window",  "hop" };
    const AssayJson *roll_meta = assay_sample_field_meta(sample, "roll");
    size_t shape[3], rows, n_steps;
    const guint8 *cell;
    const AssayArray *roll;
    gboolean has_items;
    AssayArray *chroma;
    AssayJson *meta;
    guint8 *out;
    guint8 pitch_low;

    (void)stage;
    (void)state;
    roll = assay_sample_expect(sample, "roll", ASSAY_U8, roll_axes, &has_items, error);
    if (roll == NULL)
        return FALSE;
    if (!assay_roll_pitch_low(sample, &pitch_low, error))
        return FALSE;
    memcpy(shape, roll->shape, roll->n_axes * sizeof shape[0]);
    shape[roll->n_axes - 1] = CLASSES;
    chroma = assay_array_new(ASSAY_U8, roll->n_axes, shape, has_items ? axes : axes + 1, G_MAXSIZE,
                             error);
    if (chroma == NULL)
        return FALSE;
    rows = roll->shape[roll->n_axes - 1];
    n_steps = assay_array_count(chroma) / CLASSES;
    cell = roll->data;
    out = chroma->data;
    for (size_t t = 0; t < n_steps; t++, out += CLASSES, cell += rows)
        fold(cell, rows, pitch_low % CLASSES, out);
    meta = assay_json_object();
    for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
        AssayJson *value = assay_json_get(roll_meta, kept[i]);

        if (value != NULL)
            assay_json_set_take(meta, kept[i], assay_json_ref(value));
    }
    assay_json_set_string(meta, "unit", ASSAY_CHROMA_UNIT);
    assay_sample_take_field(sample, "chroma", chroma, meta);
    return TRUE;
}

/* Nobody said of what, and there is sound. */
static gboolean
apply_any(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    gboolean has_roll = assay_sample_has(sample, "roll");

    if (!assay_listen_can(sample))
        return apply_roll(stage, state, sample, error);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                has_roll ? "%s: has a roll and sound: say which is meant, --from=roll or "
                           "--from=audio"
                         : "%s: has sound and no roll: --from=audio hears which pitches sound",
                assay_sample_name(sample));
    return FALSE;
}

AssayStage *
assay_chroma_stage_of(const AssayChromaConfig *config)
{
    AssayStage *stage = g_new0(AssayStage, 1);
    AssayChromaConfig *own = g_new(AssayChromaConfig, 1);

    *own = *config;
    stage->tool = "assay-chroma";
    stage->options = assay_chroma_config_options(own);
    stage->field = "chroma";
    stage->apply = own->origin == ASSAY_CHROMA_ANY ? apply_any : apply_roll;
    stage->config = own;
    stage->config_free = g_free;
    if (own->origin == ASSAY_CHROMA_AUDIO) {
        stage->apply = assay_chroma_apply_audio;
        stage->state_new = assay_chroma_ear_new;
        stage->state_free = assay_chroma_ear_free;
    }
    return stage;
}

AssayStage *
assay_chroma_stage(void)
{
    const AssayChromaConfig config = { .origin = ASSAY_CHROMA_ROLL };

    return assay_chroma_stage_of(&config);
}
