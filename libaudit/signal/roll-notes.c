/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roll-notes.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"

enum {
    MAX_DIVISION = 0x7fff,
    MAX_TEMPO = 0xffffff,
    PLAIN_DIVISION = 480,
    MAX_STEP_TICKS = 1 << 16,
    CHROMA_PITCH = 60,
    CHROMA_VELOCITY = 64,
    MAX_TERM = 1 << 18, /* of a ratio: 4 * 65536, a step in whole notes being at most that */
};

/* A step is @ticks long. */
typedef struct {
    guint32 division;
    guint32 us_per_quarter; /* 0: whichever */
    guint64 ticks;
} Clock;

/* What is read: cells in rows of @width, @n_steps of them. */
typedef struct {
    const char *name, *field;
    const guint8 *cells;
    size_t n_steps, width;
    guint8 pitches[128]; /* of the rows */
    gboolean is_chroma;
} Grid;

static guint64
common_divisor(guint64 a, guint64 b)
{
    while (b != 0) {
        guint64 rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* The ratio in lowest terms whose quotient is @value, to the last bit: its continued fraction, cut
 * off at the first convergent that says so. */
static gboolean
as_ratio(double value, guint64 *num, guint64 *den)
{
    guint64 p0 = 0, q0 = 1, p1 = 1, q1 = 0;
    double rest = value;

    if (!(value > 0 && value <= MAX_TERM))
        return FALSE;
    for (int i = 0; i < 64; i++) {
        double whole = floor(rest);
        guint64 term = (guint64)whole, p = term * p1 + p0, q = term * q1 + q0;

        if (term > MAX_TERM || p > (guint64)MAX_TERM * MAX_TERM || q > MAX_TERM)
            return FALSE;
        if ((double)p / (double)q == value) {
            *num = p;
            *den = q;
            return TRUE;
        }
        if (rest == whole)
            return FALSE;
        p0 = p1, q0 = q1, p1 = p, q1 = q;
        rest = 1 / (rest - whole);
    }
    return FALSE;
}

/* Steps of num / den quarter notes. */
static gboolean
set_step(Clock *clock, guint64 num, guint64 den)
{
    guint64 times = den >= PLAIN_DIVISION ? 1 : (PLAIN_DIVISION + den - 1) / den;

    if (den * times > MAX_DIVISION)
        return FALSE;
    *clock = (Clock){ (guint32)(den * times), 0, num * times };
    return TRUE;
}

/* num / den steps a second: a step of s ticks lasts s * tempo / division microseconds, so
 * tempo * s * num = 10^6 * den * division. */
static gboolean
set_rate(Clock *clock, guint64 num, guint64 den)
{
    guint64 division = num / common_divisor(num, 2 * den), product;

    if (division <= MAX_DIVISION) {
        *clock = (Clock){ (guint32)division, ASSAY_TEMPO_DEFAULT_US, 2 * den * division / num };
        return TRUE;
    }
    division = num / common_divisor(num, 1000000 * den);
    if (division > MAX_DIVISION)
        return FALSE;
    product = 1000000 * den * division / num;
    for (guint64 s = (product + MAX_TEMPO - 1) / MAX_TEMPO; s <= MIN(product, MAX_STEP_TICKS);
         s++) {
        if (product % s == 0) {
            *clock = (Clock){ (guint32)division, (guint32)(product / s), s };
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean
read_clock(const Grid *grid, const AssayJson *meta, Clock *clock, GError **error)
{
    const AssayJson *step = assay_json_get(meta, "step_q"), *rate = assay_json_get(meta, "rate_hz");
    const char *key = step != NULL ? "step_q" : "rate_hz";
    const AssayJson *value = step != NULL ? step : rate;
    guint64 num, den;

    if (!assay_json_is_number(value)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                    "%s: field \"%s\": neither \"step_q\" nor \"rate_hz\" in its metadata: how "
                    "long a step is must be known to make notes",
                    grid->name, grid->field);
        return FALSE;
    }
    if (!as_ratio(assay_json_peek_real(value), &num, &den) ||
        !(step != NULL ? set_step(clock, num, den) : set_rate(clock, num, den))) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                    "%s: field \"%s\": \"%s\" is %g, which is no whole number of the ticks that a "
                    "MIDI file may have",
                    grid->name, grid->field, key, assay_json_peek_real(value));
        return FALSE;
    }
    if (grid->n_steps > (guint64)ASSAY_TICK_MAX / clock->ticks) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: field \"%s\": %" G_GSIZE_FORMAT " steps of %" G_GUINT64_FORMAT
                    " ticks are more than a MIDI file holds",
                    grid->name, grid->field, grid->n_steps, clock->ticks);
        return FALSE;
    }
    return TRUE;
}

gboolean
assay_roll_pitch_low(AssaySample *sample, guint8 *pitch_low, GError **error)
{
    const AssayJson *low = assay_json_get(assay_sample_field_meta(sample, "roll"), "pitch_low");
    gint64 value = assay_json_peek_integer(low);

    if (low == NULL || assay_json_kind(low) != ASSAY_JSON_INTEGER || value < 0 || value > 127) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                    "%s: field \"roll\": its metadata must have \"pitch_low\", the MIDI pitch of "
                    "its first row, from 0 to 127",
                    assay_sample_name(sample));
        return FALSE;
    }
    *pitch_low = (guint8)value;
    return TRUE;
}

/* Class @k from middle C on; in the next octave that the chroma is of, where it is not of that one,
 * so that a roll of the same range has it. */
static guint8
class_pitch(const AssayJson *meta, int k)
{
    const AssayJson *lowest = assay_json_get(meta, "pitch_low");
    const AssayJson *highest = assay_json_get(meta, "pitch_high");
    gint64 low = assay_json_is_number(lowest) ? assay_json_peek_integer(lowest) : 0;
    gint64 high = assay_json_is_number(highest) ? assay_json_peek_integer(highest) : 127;
    int pitch = CHROMA_PITCH + k;

    while (pitch > high && pitch >= 12)
        pitch -= 12;
    while (pitch < low && pitch + 12 <= 127)
        pitch += 12;
    return (guint8)pitch;
}

/* The array is checked; of several items, the one asked for. */
static gboolean
read_grid(AssaySample *sample, size_t item, Grid *grid, GError **error)
{
    static const char *const axes[] = { "time", "pitch", NULL }, *const classes[] = { "time",
                                                                                      "class",
                                                                                      NULL };
    gboolean is_chroma = !assay_sample_has(sample, "roll"), has_items;
    const char *field = is_chroma ? "chroma" : "roll";
    const AssayArray *array;
    guint8 low = CHROMA_PITCH;

    *grid = (Grid){ .name = assay_sample_name(sample), .field = field, .is_chroma = is_chroma };
    if (is_chroma && !assay_sample_has(sample, "chroma")) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has no \"notes\", and no \"roll\" or \"chroma\" to make them of",
                    grid->name);
        return FALSE;
    }
    array =
        assay_sample_expect(sample, field, ASSAY_U8, is_chroma ? classes : axes, &has_items, error);
    if (array == NULL)
        return FALSE;
    if (item >= (has_items ? array->shape[0] : 1)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" has no item %" G_GSIZE_FORMAT, grid->name, field, item);
        return FALSE;
    }
    grid->n_steps = array->shape[has_items];
    grid->width = array->shape[has_items + 1];
    grid->cells = (const guint8 *)array->data + item * grid->n_steps * grid->width;
    if (!is_chroma && !assay_roll_pitch_low(sample, &low, error))
        return FALSE;
    if (grid->width > (is_chroma ? 12u : 128u - low)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: field \"%s\": %" G_GSIZE_FORMAT " rows from pitch %u on are too many",
                    grid->name, field, grid->width, low);
        return FALSE;
    }
    for (size_t r = 0; r < grid->width; r++)
        grid->pitches[r] = is_chroma ? class_pitch(assay_sample_field_meta(sample, field), (int)r)
                                     : (guint8)(low + r);
    return TRUE;
}

/* Goes through the steps; @sounding has the index + 1 of the note that sounds in each row. */
static gboolean
collect_notes(const Grid *grid, const Clock *clock, GArray *notes, GError **error)
{
    guint sounding[128] = { 0 };

    for (size_t t = 0; t < grid->n_steps; t++) {
        const guint8 *row = grid->cells + t * grid->width;
        gint64 tick = (gint64)(t * clock->ticks);

        for (size_t r = 0; r < grid->width; r++) {
            guint8 velocity = grid->is_chroma && row[r] != 0 ? CHROMA_VELOCITY : row[r];
            AssayNote *last =
                sounding[r] == 0 ? NULL : &g_array_index(notes, AssayNote, sounding[r] - 1);
            AssayNote note = { tick, tick + (gint64)clock->ticks, grid->pitches[r], velocity,
                               .channel = 1 };

            if (velocity == 0) {
                sounding[r] = 0;
                continue;
            }
            if (velocity > 127) {
                g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                            "%s: field \"%s\": step %" G_GSIZE_FORMAT ", row %" G_GSIZE_FORMAT
                            ": %u is no velocity; those are 1 to 127",
                            grid->name, grid->field, t, r, velocity);
                return FALSE;
            }
            if (last != NULL && last->velocity == velocity) {
                last->off_tick = note.off_tick;
                continue;
            }
            g_array_append_val(notes, note);
            sounding[r] = notes->len;
        }
    }
    return TRUE;
}

AssayMidi *
assay_roll_notes(AssaySample *sample, size_t item, GError **error)
{
    g_autoptr(GArray) notes = g_array_new(FALSE, FALSE, sizeof(AssayNote));
    AssayMidi *midi;
    Clock clock;
    Grid grid;

    if (!read_grid(sample, item, &grid, error) ||
        !read_clock(&grid, assay_sample_field_meta(sample, grid.field), &clock, error) ||
        !collect_notes(&grid, &clock, notes, error))
        return NULL;
    midi = g_new0(AssayMidi, 1);
    midi->format = 1;
    midi->division = clock.division;
    midi->length = midi->last_tick = (gint64)(grid.n_steps * clock.ticks);
    midi->notes = g_array_steal(notes, &midi->n_notes);
    if (clock.us_per_quarter != 0) {
        midi->tempos = g_new0(AssayTempo, 1);
        midi->tempos[midi->n_tempos++].us_per_quarter = clock.us_per_quarter;
    }
    midi->n_tracks = 1;
    midi->tracks = g_new0(AssayTrack, 1);
    midi->tracks[0] = (AssayTrack){ g_strdup(""), midi->last_tick };
    return midi;
}
