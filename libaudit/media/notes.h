/* media/notes.h - the field "notes": a piece as a table of notes, and back.
 *
 * Field "notes", [note, column], float64, columns in the order of AssayNotesColumn; metadata
 * "columns" (their names), "division" (ticks a quarter note), "tempos" [tick, microseconds a
 * quarter], "meters" [tick, numerator, denominator], "keys" [tick, sharps, "major" or "minor"],
 * "tracks" (names), "last_tick", and "length" in ticks, where that is known by more than the notes.
 * What was irregular is counted in the "source" of the sample, where it is not zero; so are title,
 * composer, copyright and catalogue numbers told there, where the file states them.
 * Quarters are ticks / division, so equal lengths are equal numbers, and ticks come back exactly.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"
#include "../stream/source.h"
#include "midi.h"

G_BEGIN_DECLS

typedef enum {
    ASSAY_NOTES_ONSET_Q,
    ASSAY_NOTES_DURATION_Q,
    ASSAY_NOTES_PITCH,    /* 0 .. 127 */
    ASSAY_NOTES_VELOCITY, /* 1 .. 127 */
    ASSAY_NOTES_CHANNEL,  /* 1 .. 16; 10 is percussion */
    ASSAY_NOTES_PROGRAM,  /* 0 .. 127 */
    ASSAY_NOTES_TRACK,    /* 0-based chunk of the file */
    ASSAY_NOTES_VOICE,    /* 0-based rank among the pairs of track and channel that have notes */
    ASSAY_NOTES_COLUMNS,
} AssayNotesColumn;

/* General MIDI's percussion channel, which is no pitch. */
#define ASSAY_DRUM_CHANNEL 10

/* MIDI files as a medium, read by our own pass or by libsmf. */
extern ASSAY_API const AssayMedium assay_midi_medium;
extern ASSAY_API const AssayMedium assay_midi_medium_libsmf;

/**
 * assay_notes_from_midi:
 *
 * Adds the field "notes" to @sample, or replaces it, and audit facts and credits to its "source".
 */
ASSAY_API gboolean assay_notes_from_midi(AssaySample *sample, const AssayMidi *midi,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_notes_put:
 *
 * Adds the field alone, or replaces it: what @midi holds was made, and not read from a file.
 */
ASSAY_API gboolean assay_notes_put(AssaySample *sample, const AssayMidi *midi,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_notes_to_midi:
 *
 * Returns: (transfer full): the piece that the field "notes" of @sample describes, or %NULL with
 *     %ASSAY_ERROR_FIELD or %ASSAY_ERROR_META; the message names the note and the value.
 */
ASSAY_API AssayMidi *assay_notes_to_midi(AssaySample *sample,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_notes_write:
 *
 * Returns: (transfer full): the field "notes" as a MIDI file, as assay_midi_write() makes it, or
 *     %NULL with the error of that or of assay_notes_to_midi(); the message names the sample.
 */
ASSAY_API GBytes *assay_notes_write(AssaySample *sample, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
