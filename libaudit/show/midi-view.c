/* show/midi-view.c - a MIDI file: how long, in what key, who plays what, and what is irregular.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../media/midi.h"
#include "../media/notes.h"
#include "../rule/chord.h"
#include "facts-private.h"
#include "instruments-private.h"
#include "piece-private.h"
#include "views-private.h"

enum { LABEL_WIDTH = 6 };

/* What one channel of one track plays. */
typedef struct {
    guint64 n;
    guint32 track;
    guint8 channel, low, high, program;
    guint32 n_programs;
    guint8 programs[16]; /* a bit each */
} Voice;

static GArray *
find_voices(const AssayMidi *midi)
{
    GArray *voices = g_array_new(FALSE, TRUE, sizeof(Voice));

    for (size_t i = 0; i < midi->n_notes; i++) {
        const AssayNote *note = &midi->notes[i];
        Voice *voice;

        if (note->voice >= voices->len)
            g_array_set_size(voices, note->voice + 1);
        voice = &g_array_index(voices, Voice, note->voice);
        if (voice->n == 0)
            *voice = (Voice){ .track = note->track,
                              .channel = note->channel,
                              .low = note->pitch,
                              .high = note->pitch,
                              .program = note->program };
        voice->n++;
        voice->low = MIN(voice->low, note->pitch);
        voice->high = MAX(voice->high, note->pitch);
        if ((voice->programs[note->program / 8] >> note->program % 8 & 1) == 0)
            voice->n_programs++;
        voice->programs[note->program / 8] |= (guint8)(1 << note->program % 8);
    }
    return voices;
}

static void
print_voices(const AssayPiece *self, const AssayPage *page)
{
    static const char *const titles[] = { ">voice", ">track",     ">channel", ">notes",
                                          "range",  "instrument", "name",     NULL };
    g_autoptr(AssayGrid) grid = assay_grid_new(titles);
    g_autoptr(GArray) voices = find_voices(self->midi);
    g_autofree gboolean *sounds = g_new0(gboolean, self->midi->n_tracks + 1);
    g_autoptr(GString) silent = g_string_new(NULL);

    for (guint i = 0; i < voices->len; i++) {
        const Voice *voice = &g_array_index(voices, Voice, i);
        gboolean drums = voice->channel == ASSAY_DRUM_CHANNEL;
        g_autofree char *low = assay_pitch_name(voice->low, self->sharps);
        g_autofree char *high = assay_pitch_name(voice->high, self->sharps);

        assay_grid_count(grid, i);
        assay_grid_count(grid, voice->track);
        assay_grid_count(grid, voice->channel);
        assay_grid_count(grid, voice->n);
        assay_grid_take(grid, drums                       ? g_strdup("-")
                              : voice->low == voice->high ? g_strdup(low)
                                                          : g_strdup_printf("%s to %s", low, high));
        if (drums)
            assay_grid_add(grid, "drums");
        else if (voice->n_programs > 1)
            assay_grid_take(grid, g_strdup_printf("%u %s, %u more", voice->program,
                                                  assay_instrument_name(voice->program),
                                                  voice->n_programs - 1));
        else
            assay_grid_take(grid, g_strdup_printf("%u %s", voice->program,
                                                  assay_instrument_name(voice->program)));
        assay_grid_add(grid, self->midi->tracks[voice->track].name);
    }
    if (voices->len > 0) {
        assay_page_printf(page, "\n");
        assay_grid_print(grid, page, 2);
    }
    for (guint i = 0; i < voices->len; i++)
        sounds[g_array_index(voices, Voice, i).track] = TRUE;
    for (size_t t = 0; t < self->midi->n_tracks; t++) {
        if (!sounds[t] && self->midi->tracks[t].name[0] != '\0')
            assay_text_join(silent, "; ", "%" G_GSIZE_FORMAT " %s", t, self->midi->tracks[t].name);
    }
    if (silent->len > 0)
        assay_page_entry(page, 2, "silent tracks", 13, silent->str);
}

static void
print_facts(const AssayPage *page, const AssayMidi *midi)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free); /* what, and its meaning */
    const char *name;
    guint32 count;
    size_t width = 0;

    for (guint i = 0; assay_midi_fact(midi, i, &name, &count); i++) {
        const AssayFact *fact = assay_fact_find(name);

        if (count == 0 || fact == NULL)
            continue;
        g_ptr_array_add(lines, assay_count_of(count, fact->one, fact->many));
        width = MAX(width, strlen(lines->pdata[lines->len - 1]));
        g_ptr_array_add(lines, g_strdup(fact->meaning));
    }
    if (lines->len > 0)
        assay_page_printf(page, "\n");
    for (guint i = 0; i < lines->len; i += 2)
        assay_page_entry(page, 2, lines->pdata[i], width, lines->pdata[i + 1]);
}

/* What the file says of itself, in words. */
static void
print_credits(const AssayPage *page, const AssayCredits *credits)
{
    g_autoptr(GString) numbers = g_string_new(NULL);

    for (guint i = 0; i < credits->n_numbers; i++)
        assay_text_join(numbers, ", ", "%s", credits->numbers[i]);
    if (credits->title != NULL)
        assay_page_entry(page, 2, "title", LABEL_WIDTH, credits->title);
    if (credits->composer != NULL)
        assay_page_entry(page, 2, "by", LABEL_WIDTH, credits->composer);
    if (numbers->len > 0)
        assay_page_entry(page, 2, "number", LABEL_WIDTH, numbers->str);
    if (credits->copyright != NULL)
        assay_page_entry(page, 2, "rights", LABEL_WIDTH, credits->copyright);
}

static void
show_piece(const AssayPiece *self, const AssayPage *page, const char *name, size_t size)
{
    const AssayMidi *midi = self->midi;
    g_autofree char *quarters = assay_piece_quarters(self, self->end_tick);
    g_autofree char *clock = assay_piece_clock(self, self->end_tick, TRUE);
    g_autofree char *meters = assay_piece_meters(self), *keys = assay_piece_keys(self);
    g_autofree char *tempos = assay_piece_tempos(self);
    g_autofree char *notes = assay_count_of(midi->n_notes, "note", "notes");
    g_autofree char *tracks = assay_count_of(midi->n_tracks, "track", "tracks");
    g_autofree char *bars = NULL, *line = NULL, *length = NULL;
    char bytes[ASSAY_TEXT_NUMBER_SIZE];
    gboolean has_upbeat;
    gint64 n_bars = assay_piece_bars(self, &has_upbeat);

    assay_page_text(page, name);
    assay_page_printf(page, ": a MIDI file\n");
    print_credits(page, &midi->credits);
    line = g_strdup_printf("%u, %s, %u ticks a quarter note, %s bytes", midi->format, tracks,
                           midi->division, assay_text_count(bytes, size));
    assay_page_entry(page, 2, "format", LABEL_WIDTH, line);
    bars = assay_count_of((guint64)n_bars, "bar", "bars");
    length = g_strdup_printf("%s quarter note%s, %s%s, %s", quarters,
                             strcmp(quarters, "1") == 0 ? "" : "s",
                             has_upbeat ? "an upbeat and " : "", bars, clock);
    assay_page_entry(page, 2, "length", LABEL_WIDTH, length);
    assay_page_entry(page, 2, "meter", LABEL_WIDTH, meters);
    assay_page_entry(page, 2, "key", LABEL_WIDTH, keys);
    assay_page_entry(page, 2, "tempo", LABEL_WIDTH, tempos);
    assay_page_entry(page, 2, "notes", LABEL_WIDTH, notes);
    print_voices(self, page);
    print_facts(page, midi);
}

static void
begin_list(AssayShow *self)
{
    static const char *const titles[] = {
        "length", "bars", "meter", "key", "voices", "notes", NULL
    };

    if (self->midi_rows != NULL)
        return;
    self->midi_rows = assay_rows_new(&self->page, titles, "file");
    self->midi_sums = assay_fact_sums_new();
    self->n_midi_rows = 0;
}

/* The first meter that is not just the upbeat's. */
static char *
first_meter(const AssayMidi *midi, gboolean has_upbeat)
{
    const AssayMeter *meter;

    if (midi->n_meters == 0)
        return g_strdup("-");
    meter = &midi->meters[has_upbeat && midi->n_meters > 1 ? 1 : 0];
    return g_strdup_printf("%u/%u", meter->numerator, meter->denominator);
}

/* What is irregular, in brief. */
static char *
brief_facts(AssayShow *self, const AssayMidi *midi)
{
    GString *text = g_string_new(NULL);
    const char *name;
    guint32 count;

    for (guint i = 0; assay_midi_fact(midi, i, &name, &count); i++) {
        const AssayFact *fact = assay_fact_find(name);

        if (count == 0 || fact == NULL || fact->brief == NULL)
            continue;
        assay_fact_sums_add(self->midi_sums, fact, count);
        assay_fact_append_brief(text, fact, count);
    }
    return g_string_free(text, FALSE);
}

/* A line of the list of files. */
static void
list_piece(AssayShow *self, const AssayPiece *piece, const char *name)
{
    const AssayMidi *midi = piece->midi;
    gboolean has_upbeat;
    gint64 n_bars = assay_piece_bars(piece, &has_upbeat);
    g_autofree char *clock = assay_piece_clock(piece, piece->end_tick, FALSE);
    g_autofree char *key = midi->n_keys > 0 ? assay_key_text(&midi->keys[0]) : g_strdup("-");
    g_autofree char *meter = first_meter(midi, has_upbeat);
    g_autofree char *facts = NULL;
    char bars[ASSAY_TEXT_NUMBER_SIZE], notes[ASSAY_TEXT_NUMBER_SIZE],
        voices[ASSAY_TEXT_NUMBER_SIZE];
    guint32 n_voices = 0;

    begin_list(self);
    for (size_t i = 0; i < midi->n_notes; i++)
        n_voices = MAX(n_voices, midi->notes[i].voice + 1);
    facts = brief_facts(self, midi);
    assay_rows_add(self->midi_rows,
                   (const char *const[]){ clock, assay_text_count(bars, (guint64)n_bars), meter,
                                          key, assay_text_count(voices, n_voices),
                                          assay_text_count(notes, midi->n_notes), NULL },
                   name, facts);
    self->n_midi_rows++;
}

void
assay_show_midi_end(AssayShow *self)
{
    g_autofree char *files = assay_count_of(self->n_midi_rows, "MIDI file", "MIDI files");

    if (self->midi_rows == NULL)
        return;
    assay_rows_settle(self->midi_rows);
    g_clear_pointer(&self->midi_rows, assay_rows_free);
    assay_page_printf(&self->page, "\n");
    assay_fact_sums_print(self->midi_sums, &self->page, "file");
    g_clear_pointer(&self->midi_sums, assay_fact_sums_free);
    assay_page_printf(&self->page, "  %s%s\n", files,
                      self->config.limit > 0 && self->n_midi_rows >= self->config.limit ? " shown"
                                                                                        : "");
}

gboolean
assay_show_midi(AssayShow *self, AssayInput *input, const char *name, gboolean is_brief,
                GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(AssayMidi) midi = NULL;
    g_auto(AssayPiece) piece = { 0 };
    const void *data;
    size_t size;

    if (is_brief && self->midi_rows != NULL && self->config.limit > 0 &&
        self->n_midi_rows >= self->config.limit)
        return TRUE;
    bytes = assay_input_read_all(own, self->config.max_bytes, error);
    if (bytes == NULL)
        return FALSE;
    data = g_bytes_get_data(bytes, &size);
    midi = assay_midi_parse(data, size, ASSAY_MIDI_OWN, error);
    if (midi == NULL || !assay_piece_read(&piece, midi, error)) {
        g_prefix_error(error, "%s: ", name);
        return FALSE;
    }
    if (is_brief)
        list_piece(self, &piece, name);
    else
        show_piece(&piece, &self->page, name, size);
    return TRUE;
}
