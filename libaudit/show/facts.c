/* show/facts.c - the table of audit facts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "facts-private.h"

#include <string.h>

#include "../base/text.h"
#include "page-private.h"

#define LOSS TRUE
#define REMARK FALSE

static const AssayFact facts[] = {
    /* of a roll */
    { "drum_notes", "drum note left out", "drum notes left out",
      "channel 10 is percussion, which has no pitch; assay-roll --drums leaves it in", LOSS },
    { "dropped", "note too short for a step", "notes too short for a step",
      "no step begins while they sound, so the roll lacks them", LOSS },
    { "outside", "note outside the pitches", "notes outside the pitches",
      "the roll has a range of pitches, and they are not in it", LOSS },
    { "cut", "step cut off at the end", "steps cut off at the end", "they fill no whole window",
      LOSS },
    /* of notes */
    { "unended", "note without an end", "notes without an end",
      "no note-off came; closed at the end of the track", LOSS },
    { "overlapping", "note overlaps", "notes overlap",
      "begun while the same key sounded in the same track and channel; a note-off ends the "
      "earliest",
      LOSS },
    { "zero_length", "note of no length", "notes of no length",
      "end on the tick on which they begin; kept", LOSS },
    { "stray_offs", "note-off without a note", "note-offs without a note", "ignored", LOSS },
    { "pedal_downs", "press of the sustain pedal", "presses of the sustain pedal",
      "notes keep their written lengths", REMARK },
    /* of the bytes of a MIDI file */
    { "missing_ends", "track without its end", "tracks without their end",
      "End-Of-Track is missing after the last event", LOSS },
    { "bytes_after_end", "byte after an end of track", "bytes after an end of track",
      "inside the track's chunk; passed over", LOSS },
    { "trailing_bytes", "byte after the last chunk", "bytes after the last chunk", "passed over",
      LOSS },
    { "undeclared_tracks", "track more than declared", "tracks more than declared",
      "the header announces fewer; read like the others", LOSS },
    { "format0_tracks", "track too many for format 0", "tracks too many for format 0",
      "read like format 1", LOSS },
    { "alien_chunks", "chunk of another kind", "chunks of another kind", "passed over", REMARK },
    { "bad_tempos", "broken tempo", "broken tempos", "of a wrong length or 0; ignored", LOSS },
    { "bad_meters", "broken time signature", "broken time signatures",
      "of a wrong length, or of 0 beats, or of a note beyond 1/128; ignored", LOSS },
    { "bad_keys", "broken key signature", "broken key signatures",
      "of a wrong length, of more than 7 accidentals, or neither major nor minor; ignored", LOSS },
    { "running_after_meta", "running status after a meta event",
      "running statuses after a meta event", "the format forbids it; the last channel status holds",
      REMARK },
    { "long_header", "byte more in the header", "bytes more in the header",
      "than the six that are known; passed over", REMARK },
    { "long_metas", "long text", "long texts", "or other meta events of 128 bytes and more",
      REMARK },
    { "sysex", "SysEx message", "SysEx messages", "passed over", REMARK },
    { "escapes", "F7 escape", "F7 escapes", "raw bytes for the wire; passed over", REMARK },
    { "riff_wrapper", "RIFF wrapper", "RIFF wrappers", "the MIDI file lies in an RMID", REMARK },
    { "macbinary_header", "MacBinary header", "MacBinary headers",
      "128 bytes before the MIDI file; passed over", REMARK },
};

/* Keys of "source" that are whole numbers and no facts. */
static const char *const no_facts[] = { "smf_format", "bits", "channels", "rate_hz", NULL };

typedef struct {
    guint64 count, samples;
} Sum;

struct AssayFactSums {
    Sum sums[G_N_ELEMENTS(facts)];
};

const AssayFact *
assay_fact_find(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++) {
        if (strcmp(facts[i].name, name) == 0)
            return &facts[i];
    }
    return NULL;
}

AssayFactSums *
assay_fact_sums_new(void)
{
    return g_new0(AssayFactSums, 1);
}

void
assay_fact_sums_free(AssayFactSums *self)
{
    g_free(self);
}

/* The count of @fact in @object, 0 where there is none. */
static guint64
count_in(const AssayJson *object, const char *name)
{
    const AssayJson *value = assay_json_get(object, name);
    gint64 count = 0;

    if (value != NULL && assay_json_kind(value) == ASSAY_JSON_INTEGER)
        count = assay_json_peek_integer(value);
    return count > 0 ? (guint64)count : 0;
}

static guint64
add_bounded(guint64 a, guint64 b)
{
    return a > G_MAXUINT64 - b ? G_MAXUINT64 : a + b;
}

/* What later kinds of media count is shown under its own name. */
static void
append_unknown(GString *text, const AssayJson *source)
{
    g_autofree const char **keys = NULL;

    if (source == NULL || assay_json_kind(source) != ASSAY_JSON_OBJECT)
        return;
    keys = assay_json_keys(source);
    for (size_t i = 0; keys[i] != NULL; i++) {
        guint64 count = count_in(source, keys[i]);

        if (count > 0 && assay_fact_find(keys[i]) == NULL && !g_strv_contains(no_facts, keys[i])) {
            char number[ASSAY_TEXT_NUMBER_SIZE];

            assay_text_join(text, ", ", "%s %s", keys[i], assay_text_count(number, count));
        }
    }
}

char *
assay_facts_of_sample(AssaySample *sample, AssayFactSums *sums)
{
    const AssayJson *source = assay_sample_source(sample);
    g_autofree const char **fields = assay_sample_fields(sample);
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++) {
        guint64 count = count_in(source, facts[i].name);

        for (size_t k = 0; fields[k] != NULL; k++)
            count = add_bounded(
                count, count_in(assay_sample_field_meta(sample, fields[k]), facts[i].name));
        if (count == 0 || !facts[i].is_loss)
            continue;
        if (sums != NULL) {
            sums->sums[i].count = add_bounded(sums->sums[i].count, count);
            sums->sums[i].samples++;
        }
        {
            g_autofree char *words = assay_count_of(count, facts[i].one, facts[i].many);

            assay_text_join(text, ", ", "%s", words);
        }
    }
    append_unknown(text, source);
    return g_string_free(text, FALSE);
}

char *
assay_fact_sums_text(const AssayFactSums *self)
{
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++) {
        g_autofree char *words = assay_count_of(self->sums[i].count, facts[i].one, facts[i].many);
        char number[ASSAY_TEXT_NUMBER_SIZE];

        if (self->sums[i].count > 0)
            assay_text_join(text, ", ", "%s (in %s)", words,
                            assay_text_count(number, self->sums[i].samples));
    }
    return g_string_free(text, FALSE);
}
