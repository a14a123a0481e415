/* signal/roll-notes.h - notes of the runs of cells in a roll or a chroma.
 *
 * The way back from signal/roll.h: a run of cells of one row and one value is a note, from the
 * start of its first step to the end of its last. So a note struck again without a rest between is
 * one note, and a new velocity is a new note. A roll of these notes, of the same step and range,
 * is the roll that they were made of, cell for cell; so it is with a chroma, through a roll.
 *
 * Of a roll, the velocity is the cell's value, the pitch that of its row. Of a chroma, class k
 * sounds as pitch 60 + k (the octave from middle C), or in the octave next to it where the chroma
 * is of a range of pitches without that one; at velocity 64. All notes are of channel 1, program 0,
 * track 0. There are no meters and no keys, since a roll knows none.
 *
 * Time is exact. Steps of a quarter note by step_q = a / b in lowest terms: the division is the
 * least multiple of b from 480 on (from b on, where b is larger). Steps by rate_hz: a tempo of
 * 500,000 microseconds and the least division in which a step is whole ticks; where that passes
 * 32767, another tempo, with a division as small as can be.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../media/midi.h"
#include "../stream/sample.h"

G_BEGIN_DECLS

/**
 * assay_roll_notes:
 * @sample: with a field "roll", or else "chroma"
 * @item: which entry of its item axis, counted over what @sample holds; 0 where it has none
 *
 * Returns: (transfer full): the piece, its length that of the roll; %NULL with %ASSAY_ERROR_FIELD
 *     for neither field, a wrong type or wrong axes, %ASSAY_ERROR_META without "step_q", "rate_hz",
 *     or "pitch_low", or a value of them that no MIDI file can keep exactly, %ASSAY_ERROR_RANGE for
 *     a cell above 127, a row above pitch 127, or more ticks than a file holds. The message names
 *     the sample.
 */
ASSAY_API AssayMidi *assay_roll_notes(AssaySample *sample, size_t item,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_roll_pitch_low:
 *
 * Reads the MIDI pitch of the first row of the field "roll" from its metadata; %FALSE with
 * %ASSAY_ERROR_META where they do not say it.
 */
ASSAY_API gboolean assay_roll_pitch_low(AssaySample *sample, guint8 *pitch_low,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
