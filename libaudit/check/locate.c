/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "locate.h"

#include <math.h>
#include <stdlib.h>

#include "../media/notes.h"
#include "../rule/cells.h"
#include "../rule/chord.h"

/* More simultaneous notes than this are not listed: an address is to be read; nor are more looked
 * at, of the thousands that hang in a broken file. */
enum { MAX_VOICES = 12, MAX_SOUNDING = 256 };

/* Steps are reckoned in floating point: what is so near to a tick, of 2^31 at most, is that tick.
 */
#define SLACK 1e-5

struct AssayLocator {
    AssayMidi *midi;
    AssayMeterMap *meters;
    AssayTempoMap *tempos;
    const AssayArray *roll; /* or NULL */
    gint64 pitch_low;
    double step_q, rate_hz; /* one of them, or neither */
    size_t hop, item_start;
    gboolean drums; /* whether percussion is among what sounds */
    /* Off-ticks of the notes as a tree, so that a stuck note does not make every search long:
     * latest[n_leaves + i] is that of note i, latest[k] the later of latest[2 k] and [2 k + 1]. */
    gint64 *latest;
    size_t n_leaves;
};

static const AssayJson *
cell_meta(AssaySample *sample)
{
    const AssayJson *meta = assay_sample_field_meta(sample, "chroma");

    return meta != NULL ? meta : assay_sample_field_meta(sample, "roll");
}

static void
grow_tree(AssayLocator *self)
{
    self->n_leaves = 1;
    while (self->n_leaves < self->midi->n_notes)
        self->n_leaves *= 2;
    self->latest = g_new0(gint64, 2 * self->n_leaves);
    for (size_t i = 0; i < self->midi->n_notes; i++)
        self->latest[self->n_leaves + i] = self->midi->notes[i].off_tick;
    for (size_t k = self->n_leaves; k-- > 1;)
        self->latest[k] = MAX(self->latest[2 * k], self->latest[2 * k + 1]);
}

AssayLocator *
assay_locator_new(AssaySample *sample, GError **error)
{
    const AssayJson *meta = cell_meta(sample);
    g_autoptr(AssayLocator) self = g_new0(AssayLocator, 1);
    gint64 hop = assay_json_peek_integer(assay_json_get(meta, "hop"));

    self->step_q = assay_json_peek_real(assay_json_get(meta, "step_q"));
    self->rate_hz = assay_json_peek_real(assay_json_get(meta, "rate_hz"));
    self->hop = hop > 0 ? (size_t)hop : 0;
    self->drums = assay_json_is_true(assay_json_get(meta, "drums"));
    self->item_start = assay_sample_item_start(sample);
    if (assay_sample_has(sample, "notes")) {
        self->midi = assay_notes_to_midi(sample, error);
        if (self->midi == NULL)
            return NULL;
        self->meters = assay_meter_map_new(self->midi->meters, self->midi->n_meters,
                                           self->midi->division, error);
        if (self->meters != NULL)
            self->tempos = assay_tempo_map_new(self->midi->tempos, self->midi->n_tempos, error);
        if (self->meters == NULL || self->tempos == NULL) {
            g_prefix_error(error, "%s: field \"notes\": ", assay_sample_name(sample));
            return NULL;
        }
        grow_tree(self);
    }
    if (assay_sample_has(sample, "roll")) {
        const AssayJson *roll_meta = assay_sample_field_meta(sample, "roll");

        self->roll = assay_rule_cells(sample, "roll", "pitch", error);
        if (self->roll == NULL)
            return NULL;
        self->pitch_low = assay_json_peek_integer(assay_json_get(roll_meta, "pitch_low"));
        self->pitch_low = CLAMP(self->pitch_low, 0, 127);
    }
    return g_steal_pointer(&self);
}

void
assay_locator_free(AssayLocator *self)
{
    if (self == NULL)
        return;
    assay_midi_free(self->midi);
    assay_meter_map_free(self->meters);
    assay_tempo_map_free(self->tempos);
    g_free(self->latest);
    g_free(self);
}

const AssayMidi *
assay_locator_midi(const AssayLocator *self)
{
    return self->midi;
}

void
assay_locator_tick(const AssayLocator *self, gint64 tick, AssayPlace *place)
{
    double division = self->midi->division;
    size_t low = 0, high = self->midi->n_keys;

    *place = (AssayPlace){ .tick = tick };
    assay_meter_map_locate(self->meters, tick, &place->bar, &place->beat);
    place->time_q = (double)tick / division;
    place->time_s = (double)assay_tempo_map_us_num(self->tempos, tick) / (1e6 * division);
    while (low < high) { /* the first key after the place */
        size_t middle = low + (high - low) / 2;

        if (self->midi->keys[middle].tick > tick)
            high = middle;
        else
            low = middle + 1;
    }
    if (low > 0)
        place->sharps = self->midi->keys[low - 1].sharps;
}

/* The place at @at ticks: bar and beat are those of the last tick that is not after it, and so is
 * what sounds there. */
static void
locate_between(const AssayLocator *self, double at, AssayPlace *place)
{
    double tick = floor(MIN(at, (double)ASSAY_TICK_MAX) + SLACK), division = self->midi->division;
    double here, next;

    assay_locator_tick(self, (gint64)tick, place);
    if (at - tick < SLACK)
        return;
    here = (double)assay_tempo_map_us_num(self->tempos, place->tick);
    next = (double)assay_tempo_map_us_num(self->tempos, place->tick + 1);
    place->time_q = at / division;
    place->time_s = (here + (at - tick) * (next - here)) / (1e6 * division);
}

/* How many ticks, with a fraction, there are in @seconds. */
static double
ticks_in(const AssayLocator *self, double seconds)
{
    double wanted = seconds * 1e6 * self->midi->division, here, next;
    gint64 low = 0, high = ASSAY_TICK_MAX;

    while (low < high) { /* the last tick that is not after it */
        gint64 middle = high - (high - low) / 2;

        if ((double)assay_tempo_map_us_num(self->tempos, middle) <= wanted)
            low = middle;
        else
            high = middle - 1;
    }
    here = (double)assay_tempo_map_us_num(self->tempos, low);
    next = (double)assay_tempo_map_us_num(self->tempos, low + 1);
    return next > here ? (double)low + (wanted - here) / (next - here) : (double)low;
}

void
assay_locator_step(const AssayLocator *self, size_t item, size_t step, AssayPlace *place)
{
    double at = (double)((self->item_start + item) * self->hop + step);

    if (self->midi != NULL && self->step_q > 0) {
        locate_between(self, at * self->step_q * self->midi->division, place);
    } else if (self->midi != NULL && self->rate_hz > 0) {
        locate_between(self, ticks_in(self, at / self->rate_hz), place);
        place->time_s = at / self->rate_hz;
    } else {
        *place = (AssayPlace){ -1, -1, (double)NAN, (double)NAN, (double)NAN, 0 };
        if (self->step_q > 0)
            place->time_q = at * self->step_q;
        if (self->rate_hz > 0)
            place->time_s = at / self->rate_hz;
    }
}

char *
assay_locator_note(const AssayLocator *self, const AssayNote *note, int sharps)
{
    g_autofree char *pitch = assay_pitch_name(note->pitch, sharps);
    const char *name =
        note->track < self->midi->n_tracks ? self->midi->tracks[note->track].name : "";

    if (name[0] != '\0')
        return g_strdup_printf("%s:%s", name, pitch);
    return g_strdup_printf("%u:%s", note->voice + 1, pitch);
}

static int
compare_pitches(gconstpointer a, gconstpointer b)
{
    const AssayNote *x = *(AssayNote *const *)a, *y = *(AssayNote *const *)b;

    if (x->pitch != y->pitch)
        return y->pitch - x->pitch;
    return (x->voice > y->voice) - (x->voice < y->voice);
}

/* Adds those of the first @n notes that sound beyond @tick, among the @width notes from @first on
 * that hang under node @k. */
static void
find_sounding(const AssayLocator *self, size_t k, size_t first, size_t width, size_t n, gint64 tick,
              GPtrArray *sounding)
{
    if (first >= n || self->latest[k] <= tick || sounding->len >= MAX_SOUNDING)
        return;
    if (width > 1) {
        find_sounding(self, 2 * k, first, width / 2, n, tick, sounding);
        find_sounding(self, 2 * k + 1, first + width / 2, width / 2, n, tick, sounding);
    } else if (self->drums || self->midi->notes[first].channel != ASSAY_DRUM_CHANNEL) {
        g_ptr_array_add(sounding, &self->midi->notes[first]);
    }
}

static char *
voices_of_notes(const AssayLocator *self, const AssayPlace *place)
{
    g_autoptr(GPtrArray) sounding = g_ptr_array_new();
    GString *text = g_string_new(NULL);
    size_t low = 0, high = self->midi->n_notes;
    guint state = 0;
    int sharps;

    while (low < high) { /* the first note that begins after the place */
        size_t middle = low + (high - low) / 2;

        if (self->midi->notes[middle].on_tick > place->tick)
            high = middle;
        else
            low = middle + 1;
    }
    find_sounding(self, 1, 0, self->n_leaves, low, place->tick, sounding);
    g_ptr_array_sort(sounding, compare_pitches);
    for (guint i = 0; i < sounding->len; i++)
        state |= 1u << ((const AssayNote *)g_ptr_array_index(sounding, i))->pitch % 12;
    sharps = assay_chord_key(state, place->sharps);
    for (guint i = 0; i < sounding->len && i < MAX_VOICES; i++) {
        g_autofree char *note = assay_locator_note(self, g_ptr_array_index(sounding, i), sharps);

        g_string_append_printf(text, "%s%s", i > 0 ? " " : "", note);
    }
    if (sounding->len > MAX_VOICES)
        g_string_append_printf(text, " and %u more", sounding->len - MAX_VOICES);
    return g_string_free(text, FALSE);
}

char *
assay_locator_voices(const AssayLocator *self, size_t item, size_t step, const AssayPlace *place)
{
    size_t n_steps, width;
    const guint8 *row;
    GString *text;
    guint state = 0;
    int sharps;

    if (self->midi != NULL)
        return voices_of_notes(self, place);
    if (self->roll == NULL)
        return NULL;
    n_steps = self->roll->shape[self->roll->n_axes - 2];
    width = self->roll->shape[self->roll->n_axes - 1];
    if (step >= n_steps)
        return NULL;
    row = (const guint8 *)self->roll->data + (item * n_steps + step) * width;
    for (size_t p = 0; p < width; p++)
        state |= (guint)(row[p] != 0) << ((size_t)self->pitch_low + p) % 12;
    sharps = assay_chord_key(state, place->sharps);
    text = g_string_new(NULL);
    for (size_t p = width; p-- > 0;) {
        g_autofree char *name = NULL;

        if (row[p] == 0)
            continue;
        name = assay_pitch_name((int)((size_t)self->pitch_low + p), sharps);
        g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", name);
    }
    return g_string_free(text, FALSE);
}
