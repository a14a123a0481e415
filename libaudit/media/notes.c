/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notes.h"

#include <math.h>
#include <string.h>

static const char *const columns[] = { "onset_q", "duration_q", "pitch", "velocity",
                                       "channel", "program",    "track", "voice" };
static const char *const axes[] = { "note", "column", NULL };

static AssayJson *
tuple(gint64 a, gint64 b)
{
    AssayJson *list = assay_json_array();

    assay_json_append_take(list, assay_json_integer(a));
    assay_json_append_take(list, assay_json_integer(b));
    return list;
}

static AssayJson *
notes_meta(const AssayMidi *midi)
{
    AssayJson *meta = assay_json_object(), *names = assay_json_array();
    AssayJson *tempos = assay_json_array(), *meters = assay_json_array();
    AssayJson *keys = assay_json_array(), *tracks = assay_json_array();

    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        assay_json_append_take(names, assay_json_string(columns[i]));
    for (size_t i = 0; i < midi->n_tempos; i++)
        assay_json_append_take(tempos, tuple(midi->tempos[i].tick, midi->tempos[i].us_per_quarter));
    for (size_t i = 0; i < midi->n_meters; i++) {
        AssayJson *meter = tuple(midi->meters[i].tick, midi->meters[i].numerator);

        assay_json_append_take(meter, assay_json_integer(midi->meters[i].denominator));
        assay_json_append_take(meters, meter);
    }
    for (size_t i = 0; i < midi->n_keys; i++) {
        AssayJson *key = tuple(midi->keys[i].tick, midi->keys[i].sharps);

        assay_json_append_take(key, assay_json_string(midi->keys[i].is_minor ? "minor" : "major"));
        assay_json_append_take(keys, key);
    }
    for (size_t i = 0; i < midi->n_tracks; i++)
        assay_json_append_take(tracks, assay_json_string(midi->tracks[i].name));
    assay_json_set_take(meta, "columns", names);
    assay_json_set_string(meta, "unit", "quarter notes");
    assay_json_set_integer(meta, "division", midi->division);
    assay_json_set_integer(meta, "last_tick", midi->last_tick);
    if (midi->length > 0)
        assay_json_set_integer(meta, "length", midi->length);
    assay_json_set_take(meta, "tempos", tempos);
    assay_json_set_take(meta, "meters", meters);
    assay_json_set_take(meta, "keys", keys);
    assay_json_set_take(meta, "tracks", tracks);
    return meta;
}

gboolean
assay_notes_put(AssaySample *sample, const AssayMidi *midi, GError **error)
{
    const size_t shape[] = { midi->n_notes, ASSAY_NOTES_COLUMNS };
    AssayArray *array = assay_array_new(ASSAY_F64, 2, shape, axes, G_MAXSIZE, error);
    double *row;

    if (array == NULL)
        return FALSE;
    row = array->data;
    for (size_t i = 0; i < midi->n_notes; i++, row += ASSAY_NOTES_COLUMNS) {
        const AssayNote *note = &midi->notes[i];

        row[ASSAY_NOTES_ONSET_Q] = (double)note->on_tick / midi->division;
        row[ASSAY_NOTES_DURATION_Q] = (double)(note->off_tick - note->on_tick) / midi->division;
        row[ASSAY_NOTES_PITCH] = note->pitch;
        row[ASSAY_NOTES_VELOCITY] = note->velocity;
        row[ASSAY_NOTES_CHANNEL] = note->channel;
        row[ASSAY_NOTES_PROGRAM] = note->program;
        row[ASSAY_NOTES_TRACK] = note->track;
        row[ASSAY_NOTES_VOICE] = note->voice;
    }
    assay_sample_take_field(sample, "notes", array, notes_meta(midi));
    return TRUE;
}

static void
set_credits(AssayJson *source, const AssayCredits *credits)
{
    AssayJson *numbers;

    if (credits->title != NULL)
        assay_json_set_string(source, "title", credits->title);
    if (credits->composer != NULL)
        assay_json_set_string(source, "composer", credits->composer);
    if (credits->copyright != NULL)
        assay_json_set_string(source, "copyright", credits->copyright);
    if (credits->n_numbers == 0)
        return;
    numbers = assay_json_array();
    for (guint i = 0; i < credits->n_numbers; i++)
        assay_json_append_take(numbers, assay_json_string(credits->numbers[i]));
    assay_json_set_take(source, "catalogue", numbers);
}

gboolean
assay_notes_from_midi(AssaySample *sample, const AssayMidi *midi, GError **error)
{
    AssayJson *source = assay_json_get(assay_sample_meta(sample), "source");
    const char *name;
    guint32 count;

    if (!assay_notes_put(sample, midi, error))
        return FALSE;
    if (source == NULL)
        return TRUE;
    assay_json_set_integer(source, "smf_format", midi->format);
    for (guint i = 0; assay_midi_fact(midi, i, &name, &count); i++) {
        if (count > 0)
            assay_json_set_integer(source, name, count);
    }
    set_credits(source, &midi->credits);
    return TRUE;
}

/* Reading back: the metadata of a foreign stream are not to be trusted. */

typedef struct {
    const AssaySample *sample;
    AssayMidi *midi;
} Back;

static gboolean
bad_meta(const Back *back, const char *key, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                "%s: field \"notes\": metadata \"%s\" is missing or not what it should be",
                assay_sample_name(back->sample), key);
    return FALSE;
}

/* An integer, or a mode: 0 for "major", 1 for "minor". */
static gboolean
read_cell(const AssayJson *cell, gboolean is_mode, gint64 *value)
{
    const char *mode = assay_json_peek_string(cell);

    *value = is_mode ? g_strcmp0(mode, "minor") == 0 : assay_json_peek_integer(cell);
    return is_mode ? *value == 1 || g_strcmp0(mode, "major") == 0
                   : assay_json_kind(cell) == ASSAY_JSON_INTEGER;
}

/* The integers of [[tick, ...], ...] called @key, *@n rows of @width, ticks ascending. */
static gint64 *
read_rows(const AssayJson *meta, const char *key, size_t width, size_t *n)
{
    const AssayJson *list = assay_json_get(meta, key);
    g_autofree gint64 *rows = NULL;

    *n = 0;
    if (list == NULL || assay_json_kind(list) != ASSAY_JSON_ARRAY)
        return NULL;
    rows = g_new0(gint64, assay_json_size(list) * width + 1);
    for (size_t i = 0; i < assay_json_size(list); i++) {
        const AssayJson *row = assay_json_nth(list, i);

        if (assay_json_kind(row) != ASSAY_JSON_ARRAY || assay_json_size(row) != width)
            return NULL;
        for (size_t k = 0; k < width; k++) {
            gboolean is_mode = k == 2 && strcmp(key, "keys") == 0;

            if (!read_cell(assay_json_nth(row, k), is_mode, &rows[i * width + k]))
                return NULL;
        }
        if (i > 0 && rows[i * width] <= rows[(i - 1) * width])
            return NULL;
        if (rows[i * width] < 0 || rows[i * width] > ASSAY_TICK_MAX)
            return NULL;
    }
    *n = assay_json_size(list);
    return g_steal_pointer(&rows);
}

static gboolean
read_maps(Back *back, const AssayJson *meta, GError **error)
{
    AssayMidi *midi = back->midi;
    g_autofree gint64 *tempos = read_rows(meta, "tempos", 2, &midi->n_tempos);
    g_autofree gint64 *meters = read_rows(meta, "meters", 3, &midi->n_meters);
    g_autofree gint64 *keys = read_rows(meta, "keys", 3, &midi->n_keys);

    midi->tempos = g_new0(AssayTempo, midi->n_tempos + 1);
    midi->meters = g_new0(AssayMeter, midi->n_meters + 1);
    midi->keys = g_new0(AssayKey, midi->n_keys + 1);
    if (tempos == NULL)
        return bad_meta(back, "tempos", error);
    if (meters == NULL)
        return bad_meta(back, "meters", error);
    if (keys == NULL)
        return bad_meta(back, "keys", error);
    for (size_t i = 0; i < midi->n_tempos; i++) {
        if (tempos[2 * i + 1] < 1 || tempos[2 * i + 1] > 0xffffff)
            return bad_meta(back, "tempos", error);
        midi->tempos[i] = (AssayTempo){ tempos[2 * i], (guint32)tempos[2 * i + 1] };
    }
    for (size_t i = 0; i < midi->n_meters; i++) {
        gint64 numerator = meters[3 * i + 1], denominator = meters[3 * i + 2];

        if (numerator < 1 || numerator > 255 || denominator < 1 || denominator > 128 ||
            (denominator & (denominator - 1)) != 0)
            return bad_meta(back, "meters", error);
        midi->meters[i] = (AssayMeter){ meters[3 * i], (guint8)numerator, (guint8)denominator };
    }
    for (size_t i = 0; i < midi->n_keys; i++) {
        if (keys[3 * i + 1] < -7 || keys[3 * i + 1] > 7)
            return bad_meta(back, "keys", error);
        midi->keys[i] = (AssayKey){ keys[3 * i], (gint8)keys[3 * i + 1], (guint8)keys[3 * i + 2] };
    }
    return TRUE;
}

static gboolean
bad_note(const Back *back, size_t index, const char *column, double value, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: field \"notes\": note %" G_GSIZE_FORMAT ": %s is %g",
                assay_sample_name(back->sample), index, column, value);
    return FALSE;
}

static gboolean
read_note(const Back *back, const double *row, size_t index, AssayNote *note, GError **error)
{
    static const double low[] = { 0, 0, 0, 1, 1, 0, 0, 0 };
    const double ticks = ASSAY_TICK_MAX, division = back->midi->division;
    const double high[] = { ticks / division, ticks / division, 127, 127, 16, 127, 65535, 1 << 20 };

    for (size_t i = 0; i < ASSAY_NOTES_COLUMNS; i++) {
        if (!(row[i] >= low[i] && row[i] <= high[i]) ||
            (i >= ASSAY_NOTES_PITCH && row[i] != floor(row[i])))
            return bad_note(back, index, columns[i], row[i], error);
    }
    note->on_tick = llround(row[ASSAY_NOTES_ONSET_Q] * division);
    note->off_tick = note->on_tick + llround(row[ASSAY_NOTES_DURATION_Q] * division);
    if (note->off_tick > ASSAY_TICK_MAX)
        return bad_note(back, index, "duration_q", row[ASSAY_NOTES_DURATION_Q], error);
    note->pitch = (guint8)row[ASSAY_NOTES_PITCH];
    note->velocity = (guint8)row[ASSAY_NOTES_VELOCITY];
    note->channel = (guint8)row[ASSAY_NOTES_CHANNEL];
    note->program = (guint8)row[ASSAY_NOTES_PROGRAM];
    note->track = (guint32)row[ASSAY_NOTES_TRACK];
    note->voice = (guint32)row[ASSAY_NOTES_VOICE];
    return TRUE;
}

static void
read_tracks(Back *back, const AssayJson *meta)
{
    const AssayJson *tracks = assay_json_get(meta, "tracks");
    AssayMidi *midi = back->midi;

    if (tracks != NULL && assay_json_kind(tracks) == ASSAY_JSON_ARRAY)
        midi->n_tracks = assay_json_size(tracks);
    for (size_t i = 0; i < midi->n_notes; i++)
        midi->n_tracks = MAX(midi->n_tracks, midi->notes[i].track + (size_t)1);
    midi->tracks = g_new0(AssayTrack, midi->n_tracks + 1);
    for (size_t i = 0; i < midi->n_tracks; i++) {
        const char *name = assay_json_peek_string(assay_json_nth(tracks, i));

        midi->tracks[i].name = g_strdup(name == NULL ? "" : name);
        midi->tracks[i].end_tick = midi->last_tick;
    }
}

/* What the source says of itself in words; what is no text there is as if it were not. */
static void
read_credits(AssayCredits *credits, const AssayJson *source)
{
    const AssayJson *numbers = assay_json_get(source, "catalogue");

    credits->title = g_strdup(assay_json_peek_string(assay_json_get(source, "title")));
    credits->composer = g_strdup(assay_json_peek_string(assay_json_get(source, "composer")));
    credits->copyright = g_strdup(assay_json_peek_string(assay_json_get(source, "copyright")));
    if (numbers == NULL || assay_json_kind(numbers) != ASSAY_JSON_ARRAY)
        return;
    for (size_t i = 0;
         i < assay_json_size(numbers) && credits->n_numbers < ASSAY_CREDITS_MAX_NUMBERS; i++) {
        const char *number = assay_json_peek_string(assay_json_nth(numbers, i));

        if (number != NULL)
            credits->numbers[credits->n_numbers++] = g_strdup(number);
    }
}

AssayMidi *
assay_notes_to_midi(AssaySample *sample, GError **error)
{
    const AssayArray *array = assay_sample_expect(sample, "notes", ASSAY_F64, axes, NULL, error);
    const AssayJson *meta = assay_sample_field_meta(sample, "notes");
    gint64 division = assay_json_peek_integer(assay_json_get(meta, "division"));
    gint64 last_tick = assay_json_peek_integer(assay_json_get(meta, "last_tick"));
    gint64 length = assay_json_peek_integer(assay_json_get(meta, "length"));
    g_autoptr(AssayMidi) midi = g_new0(AssayMidi, 1);
    Back back = { sample, midi };

    if (array == NULL)
        return NULL;
    if (division < 1 || division > 0x7fff) {
        bad_meta(&back, "division", error);
        return NULL;
    }
    if (array->shape[1] != ASSAY_NOTES_COLUMNS) {
        bad_meta(&back, "columns", error);
        return NULL;
    }
    if (length < 0 || length > ASSAY_TICK_MAX) {
        bad_meta(&back, "length", error);
        return NULL;
    }
    midi->format = 1;
    midi->division = (guint32)division;
    midi->length = length;
    if (!read_maps(&back, meta, error))
        return NULL;
    midi->n_notes = array->shape[0];
    midi->notes = g_new0(AssayNote, midi->n_notes + 1);
    for (size_t i = 0; i < midi->n_notes; i++) {
        if (!read_note(&back, (const double *)array->data + i * ASSAY_NOTES_COLUMNS, i,
                       &midi->notes[i], error))
            return NULL;
        last_tick = MAX(last_tick, midi->notes[i].off_tick);
    }
    midi->last_tick = CLAMP(last_tick, 0, ASSAY_TICK_MAX);
    read_tracks(&back, meta);
    read_credits(&midi->credits, assay_sample_source(sample));
    return g_steal_pointer(&midi);
}

GBytes *
assay_notes_write(AssaySample *sample, GError **error)
{
    g_autoptr(AssayMidi) midi = assay_notes_to_midi(sample, error);
    GBytes *bytes;

    if (midi == NULL)
        return NULL;
    if (midi->n_tracks == 0) { /* a file has one, if only to end */
        midi->tracks[0] = (AssayTrack){ g_strdup(""), midi->last_tick };
        midi->n_tracks = 1;
    }
    assay_midi_sort_notes(midi);
    bytes = assay_midi_write(midi, error);
    if (bytes == NULL)
        g_prefix_error(error, "%s: ", assay_sample_name(sample));
    return bytes;
}

static gboolean
decode(AssaySample *sample, GBytes *bytes, AssayMidiParser parser, GError **error)
{
    size_t size;
    const void *data = g_bytes_get_data(bytes, &size);
    g_autoptr(AssayMidi) midi = assay_midi_parse(data, size, parser, error);

    return midi != NULL && assay_notes_from_midi(sample, midi, error);
}

static gboolean
decode_own(AssaySample *sample, GBytes *bytes, size_t max_bytes, GError **error)
{
    (void)max_bytes; /* notes take some ten times the bytes of a file */
    return decode(sample, bytes, ASSAY_MIDI_OWN, error);
}

static gboolean
decode_libsmf(AssaySample *sample, GBytes *bytes, size_t max_bytes, GError **error)
{
    (void)max_bytes;
    return decode(sample, bytes, ASSAY_MIDI_LIBSMF, error);
}

static const char *const suffixes[] = { ".mid", ".midi", ".kar", ".rmi", ".smf", NULL };

const AssayMedium assay_midi_medium = { "MIDI", suffixes, assay_smf_sniff, decode_own };
const AssayMedium assay_midi_medium_libsmf = { "MIDI", suffixes, assay_smf_sniff, decode_libsmf };
