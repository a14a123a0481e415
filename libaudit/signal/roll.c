/* signal/roll.c - notes or arrays into cells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "roll.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../media/notes.h"
#include "roll-private.h"

enum { NO_VELOCITY = 64 };

static AssayJson *
roll_meta(const AssayRollConfig *config)
{
    AssayJson *meta = assay_json_object();

    if (config->rate_num == 0)
        assay_json_set_real(meta, "step_q", 4.0 * config->step_num / config->step_den);
    else
        assay_json_set_real(meta, "rate_hz", (double)config->rate_num / config->rate_den);
    assay_json_set_integer(meta, "pitch_low", config->pitch_low);
    assay_json_set_integer(meta, "pitch_high", config->pitch_high);
    assay_json_set_bool(meta, "drums", config->drums);
    assay_json_set_string(meta, "unit", "velocity");
    return meta;
}

static void
set_count(AssayJson *meta, const char *key, guint64 count)
{
    if (count > 0)
        assay_json_set_integer(meta, key, (gint64)count);
}

/* Cuts [time, pitch] into [item, time, pitch] of whole windows. */
static AssayArray *
cut_windows(const AssayRollConfig *config, const AssayArray *roll, AssayJson *meta, GError **error)
{
    static const char *const axes[] = { "item", "time", "pitch", NULL };
    size_t n_steps = roll->shape[0], row = roll->shape[1];
    size_t n = n_steps < config->window ? 0 : (n_steps - config->window) / config->hop + 1;
    size_t covered = n == 0 ? 0 : (n - 1) * (size_t)config->hop + config->window;
    size_t shape[3] = { n, config->window, row };
    AssayArray *cut = assay_array_new(ASSAY_U8, 3, shape, axes, config->max_bytes, error);

    if (cut == NULL)
        return NULL;
    for (size_t i = 0; i < n; i++)
        memcpy((guint8 *)cut->data + i * config->window * row,
               (const guint8 *)roll->data + i * config->hop * row, config->window * row);
    assay_json_set_integer(meta, "window", config->window);
    assay_json_set_integer(meta, "hop", config->hop);
    set_count(meta, "cut", n_steps - MIN(covered, n_steps));
    return cut;
}

/* Adds @roll, [time, pitch] or [item, time, pitch], cut if windows are asked for. */
static gboolean
take_roll(const AssayRollConfig *config, AssaySample *sample, AssayArray *roll, AssayJson *meta,
          GError **error)
{
    g_autoptr(AssayArray) own = roll;
    g_autoptr(AssayJson) own_meta = meta;
    AssayArray *cut;

    if (config->window > 0) {
        if (own->n_axes != 2) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                        "%s: has items already; --window cuts arrays of time and pitch alone",
                        assay_sample_name(sample));
            return FALSE;
        }
        cut = cut_windows(config, own, own_meta, error);
        if (cut == NULL)
            return FALSE;
        assay_array_free(own);
        own = cut;
    }
    if (own->n_axes == 3 && !assay_sample_has_items(sample))
        assay_sample_set_items(sample, 0, own->shape[0]);
    assay_sample_take_field(sample, "roll", g_steal_pointer(&own), g_steal_pointer(&own_meta));
    return TRUE;
}

static gboolean
apply_notes(const AssayRollConfig *config, AssaySample *sample, GError **error)
{
    g_autoptr(AssayMidi) midi = assay_notes_to_midi(sample, error);
    AssayArray *roll;
    AssayJson *meta;
    AssayRollTally tally = { 0 };

    if (midi == NULL)
        return FALSE;
    if (assay_sample_has_items(sample)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: is cut into windows already; make its roll anew from the MIDI file",
                    assay_sample_name(sample));
        return FALSE;
    }
    roll = assay_roll_draw(config, midi, &tally, error);
    if (roll == NULL) {
        g_prefix_error(error, "%s: the piece ends at tick %" G_GINT64_FORMAT ": ",
                       assay_sample_name(sample), midi->last_tick);
        return FALSE;
    }
    meta = roll_meta(config);
    set_count(meta, "dropped", tally.dropped);
    set_count(meta, "drum_notes", tally.drum_notes);
    set_count(meta, "outside", tally.outside);
    return take_roll(config, sample, roll, meta, error);
}

/* [item,] time, pitch, whatever the order was. */
static AssayArray *
order_axes(const AssayArray *array, GError **error)
{
    size_t order[3], n = 0;
    int item = assay_array_axis(array, "item");

    if (item >= 0)
        order[n++] = (size_t)item;
    order[n++] = (size_t)assay_array_axis(array, "time");
    order[n++] = (size_t)assay_array_axis(array, "pitch");
    return assay_array_transpose(array, order, error);
}

/* @step: of all items that are here. */
static void
refuse_value(const AssaySample *sample, const AssayArray *array, size_t step, size_t row,
             double value, GError **error)
{
    size_t n_steps = array->shape[array->n_axes - 2];
    size_t item = assay_sample_has_items(sample) ? step / n_steps : 0;
    g_autofree char *identity =
        assay_sample_identity(sample, assay_sample_item_start(sample) + item);

    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%s: step %" G_GSIZE_FORMAT ", row %" G_GSIZE_FORMAT
                ": the value is %g; only a finite number can be on or off",
                identity, step - item * n_steps, row, value);
    assay_sample_blame(sample, item, error);
}

/* [item,] time, pitch, of any type and range of pitches, into cells; *outside counts those that are
 * on and beyond the range of the roll. */
static AssayArray *
threshold(const AssayRollConfig *config, const AssaySample *sample, const AssayArray *array,
          guint64 *outside, GError **error)
{
    const char *name = assay_sample_name(sample);
    size_t n_axes = array->n_axes, rows = array->shape[n_axes - 1], shape[3], n_steps;
    size_t width = (size_t)config->pitch_high - config->pitch_low + 1;
    g_autoptr(AssayArray) roll = NULL;

    if (rows > 128u - config->array_low) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: %" G_GSIZE_FORMAT " rows from MIDI pitch %u on pass 127; --pitch-low "
                    "names the pitch of the lowest row",
                    name, rows, config->array_low);
        return NULL;
    }
    memcpy(shape, array->shape, n_axes * sizeof shape[0]);
    shape[n_axes - 1] = width;
    roll = assay_array_new(ASSAY_U8, n_axes, shape, (const char *const *)array->axes,
                           config->max_bytes, error);
    if (roll == NULL)
        return NULL;
    n_steps = assay_array_count(roll) / width;
    for (size_t t = 0; t < n_steps; t++) {
        for (size_t r = 0; r < rows; r++) {
            double value = assay_array_value(array, t * rows + r);
            size_t pitch = config->array_low + r;

            if (!isfinite(value)) {
                refuse_value(sample, array, t, r, value, error);
                return NULL;
            }
            if (!(value > config->threshold))
                continue;
            if (pitch < config->pitch_low || pitch > config->pitch_high)
                ++*outside;
            else
                ((guint8 *)roll->data)[t * width + (pitch - config->pitch_low)] = NO_VELOCITY;
        }
    }
    return g_steal_pointer(&roll);
}

static gboolean
apply_array(const AssayRollConfig *config, AssaySample *sample, GError **error)
{
    const AssayArray *array = assay_sample_field(sample, "array", error);
    g_autoptr(AssayArray) ordered = NULL;
    AssayArray *roll;
    guint64 outside = 0;
    AssayJson *meta;

    if (array == NULL)
        return FALSE;
    if (assay_array_axis(array, "time") < 0 || assay_array_axis(array, "pitch") < 0 ||
        array->n_axes != (assay_array_axis(array, "item") < 0 ? 2 : 3)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: the axes of its array are not time, pitch and perhaps item; name them "
                    "with --axes, as in --axes=item,pitch,time",
                    assay_sample_name(sample));
        return FALSE;
    }
    ordered = order_axes(array, error);
    if (ordered == NULL)
        return FALSE;
    roll = threshold(config, sample, ordered, &outside, error);
    if (roll == NULL)
        return FALSE;
    meta = roll_meta(config);
    set_count(meta, "outside", outside);
    if (!take_roll(config, sample, roll, meta, error))
        return FALSE;
    assay_sample_remove_field(sample, "array");
    return TRUE;
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    (void)state;
    if (assay_sample_has(sample, "array") && !assay_sample_has(sample, "notes"))
        return apply_array(stage->config, sample, error);
    return apply_notes(stage->config, sample, error);
}

static void
free_config(gpointer data)
{
    assay_roll_config_clear(data);
    g_free(data);
}

AssayStage *
assay_roll_stage(const AssayRollConfig *config)
{
    AssayStage *stage = g_new0(AssayStage, 1);
    AssayRollConfig *own = g_new(AssayRollConfig, 1);

    *own = *config;
    own->axes = g_strdupv(config->axes);
    if (own->window > 0 && own->hop == 0)
        own->hop = own->window;
    stage->tool = "assay-roll";
    stage->options = assay_roll_config_options(own);
    stage->field = "roll";
    stage->apply = apply;
    stage->config = own;
    stage->config_free = free_config;
    return stage;
}
