/* show/facts.c - the table of audit facts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "facts-private.h"

#include <string.h>

#include "../base/text.h"

static const AssayFact facts[] = {
    /* of a roll */
    { "drum_notes", "drum note|", "drum note left out", "drum notes left out",
      "channel 10 is percussion, which has no pitch; assay-roll --drums leaves it in" },
    { "dropped", "too short", "note too short for a step", "notes too short for a step",
      "no step begins while they sound, so the roll lacks them" },
    { "outside", "out of range", "note outside the pitches", "notes outside the pitches",
      "the roll has a range of pitches, and they are not in it" },
    { "cut", "step| cut off", "step cut off at the end", "steps cut off at the end",
      "they fill no whole window" },
    { "cut_ticks", "tick| cut off", "tick cut off at the end", "ticks cut off at the end",
      "they fill no whole window" },
    /* of centroids */
    { "empty_columns", NULL, "empty column", "empty columns", "they have no centroid" },
    { "empty_items", "empty item|", "item all of whose columns are empty",
      "items all of whose columns are empty", "it has no centroid at all" },
    { "non_finite_columns", "column| not finite", "column with a value that is not finite",
      "columns with a value that is not finite", "they have no centroid" },
    { "negative", "value| below 0", "value below 0", "values below 0",
      "counted as 0 in a column's centroid" },
    /* of spectra */
    { "non_finite_items", "item| not finite", "item with a value that is not finite",
      "items with a value that is not finite", "they have no spectrum" },
    /* of pixels */
    { "outside_range", "value| outside the range", "value outside the range",
      "values outside the range", "below 0 or above 1, once they are on that scale; kept" },
    { "clipped", "value| clipped", "value clipped", "values clipped",
      "uint8 has nothing below 0 or above 255" },
    { "appended_bytes", "byte| appended", "byte after the end of a picture",
      "bytes after the end of a picture", "passed over" },
    /* of notes */
    { "unended", "unended", "note without an end", "notes without an end",
      "no note-off came; closed at the end of the track" },
    { "overlapping", "overlap", "note overlaps", "notes overlap",
      "begun while the same key sounded in the same track and channel; a note-off ends the "
      "earliest" },
    { "zero_length", "of no length", "note of no length", "notes of no length",
      "end on the tick on which they begin; kept" },
    { "stray_offs", "stray note-off|", "note-off without a note", "note-offs without a note",
      "ignored" },
    { "pedal_downs", NULL, "press of the sustain pedal", "presses of the sustain pedal",
      "notes keep their written lengths" },
    /* of arrays */
    { "non_finite", "value| not finite", "value not finite", "values not finite",
      "NaN or infinite, in the file; passed on as they are" },
    { "other_members", "other member|", "member that is no array", "members that are no arrays",
      "of the .npz; passed over" },
    /* of sound */
    { "missing_frames", "frame| missing", "frame missing", "frames missing",
      "the header declares more than the file has; taken as far as it goes" },
    { "missing_bytes", "byte| missing", "byte missing", "bytes missing",
      "the file ends before its sound does; taken as far as it goes" },
    { "missing_end", "missing end|", "file without its end", "files without their end",
      "the last page of an Ogg is not there; taken as far as it goes" },
    { "unstated_length", "of unstated length", "file of unstated length",
      "files of unstated length", "written to a pipe; whether all of it is there, nobody knows" },
    { "clipped", "clipped sample|", "clipped sample", "clipped samples",
      "three or more in a row at full scale" },
    { "silent_lead", "silent frame| ahead", "silent frame ahead", "silent frames ahead",
      "exactly 0 before the first sound" },
    { "silent_tail", "silent frame| behind", "silent frame behind", "silent frames behind",
      "exactly 0 after the last sound" },
    /* of the bytes of a MIDI file */
    { "missing_ends", "missing end|", "track without its end", "tracks without their end",
      "End-Of-Track is missing after the last event" },
    { "bytes_after_end", "byte| after an end", "byte after an end of track",
      "bytes after an end of track", "inside the track's chunk; passed over" },
    { "trailing_bytes", "byte| trailing", "byte after the last chunk", "bytes after the last chunk",
      "passed over" },
    { "undeclared_tracks", "undeclared track|", "track more than declared",
      "tracks more than declared", "the header announces fewer; read like the others" },
    { "format0_tracks", "track| too many", "track too many for format 0",
      "tracks too many for format 0", "read like format 1" },
    { "alien_chunks", NULL, "chunk of another kind", "chunks of another kind", "passed over" },
    { "bad_tempos", "broken tempo|", "broken tempo", "broken tempos",
      "of a wrong length or 0; ignored" },
    { "bad_meters", "broken meter|", "broken time signature", "broken time signatures",
      "of a wrong length, or of 0 beats, or of a note beyond 1/128; ignored" },
    { "bad_keys", "broken key|", "broken key signature", "broken key signatures",
      "of a wrong length, of more than 7 accidentals, or neither major nor minor; ignored" },
    { "running_after_meta", NULL, "running status after a meta event",
      "running statuses after a meta event",
      "the format forbids it; the last channel status holds" },
    { "long_header", NULL, "byte more in the header", "bytes more in the header",
      "than the six that are known; passed over" },
    { "long_metas", NULL, "long text", "long texts", "or other meta events of 128 bytes and more" },
    { "sysex", NULL, "SysEx message", "SysEx messages", "passed over" },
    { "escapes", NULL, "F7 escape", "F7 escapes", "raw bytes for the wire; passed over" },
    { "riff_wrapper", NULL, "RIFF wrapper", "RIFF wrappers", "the MIDI file lies in an RMID" },
    { "macbinary_header", NULL, "MacBinary header", "MacBinary headers",
      "128 bytes before the MIDI file; passed over" },
};

/* Keys of "source" that are whole numbers and no facts. */
static const char *const no_facts[] = { "smf_format", "bits",           "channels", "rate_hz",
                                        "frames",     "silent_longest", NULL };

typedef struct {
    guint64 count, things;
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

void
assay_fact_append_brief(GString *text, const AssayFact *fact, guint64 count)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];
    const char *plural = strchr(fact->brief, '|');
    int length = plural == NULL ? (int)strlen(fact->brief) : (int)(plural - fact->brief);

    assay_text_join(text, ", ", "%s %.*s", assay_text_count(number, count), length, fact->brief);
    if (plural != NULL)
        g_string_append_printf(text, "%s%s", count == 1 ? "" : "s", plural + 1);
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

void
assay_fact_sums_add(AssayFactSums *self, const AssayFact *fact, guint64 count)
{
    Sum *sum = &self->sums[fact - facts];

    sum->count = add_bounded(sum->count, count);
    sum->things++;
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
        if (count > 0 && facts[i].brief != NULL) {
            assay_fact_sums_add(sums, &facts[i], count);
            assay_fact_append_brief(text, &facts[i], count);
        }
    }
    append_unknown(text, source);
    return g_string_free(text, FALSE);
}

void
assay_fact_sums_print(const AssayFactSums *self, const AssayPage *page, const char *thing)
{
    static const char *const titles[] = { "", ">", "", NULL };
    g_autoptr(AssayGrid) grid = assay_grid_new(titles);
    gboolean is_empty = TRUE;

    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++) {
        const Sum *sum = &self->sums[i];
        char number[ASSAY_TEXT_NUMBER_SIZE];

        if (sum->count == 0)
            continue;
        assay_grid_add(grid, is_empty ? "in all" : "");
        assay_grid_count(grid, sum->count);
        assay_grid_take(grid, g_strdup_printf("%s, in %s %s%s",
                                              sum->count == 1 ? facts[i].one : facts[i].many,
                                              assay_text_count(number, sum->things), thing,
                                              sum->things == 1 ? "" : "s"));
        is_empty = FALSE;
    }
    if (!is_empty)
        assay_grid_print(grid, page, 2);
}
