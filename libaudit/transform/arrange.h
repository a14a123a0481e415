/* transform/arrange.h - pieces put another way: repeats merged, transposed, cut into windows.
 *
 * In this order, whatever the order of the options:
 *
 * Merged: of one voice (track and channel) and pitch, notes of which each begins on the tick on
 * which the one before it ends become one, with the velocity and program of the first. A note of
 * the same pitch that begins earlier, while the other sounds, parts them.
 *
 * Transposed by N semitones: a note that would leave 0 .. 127 refuses the piece. Key signatures
 * follow: 7 N sharps more, taken modulo 12 into -5 .. 6, so that G flat major is F sharp major; a
 * transposition by whole octaves leaves them as they are.
 *
 * Channel 10, whose notes are drums and not pitches, is neither merged nor transposed.
 *
 * Cut into windows: see transform/excerpt.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../media/midi.h"
#include "../stream/stage.h"

G_BEGIN_DECLS

/**
 * AssayArrangement:
 * @merge_repeats: whether repeats are merged
 * @semitones: up, or down where negative; 0 leaves pitches as they are
 * @window_num, @window_den: quarter notes of a window, in lowest terms; 0 for whole pieces
 * @hop_num, @hop_den: quarter notes from one window to the next; 0 for that of a window
 * @replace: whether notes are made anew of the field "roll" or "chroma" where there are some
 */
typedef struct {
    gboolean merge_repeats;
    gint8 semitones;
    guint32 window_num, window_den;
    guint32 hop_num, hop_den;
    gboolean replace;
} AssayArrangement;

#define ASSAY_ARRANGEMENT_DEFAULT                                                                  \
    {                                                                                              \
        .window_den = 1, .hop_den = 1                                                              \
    }

/**
 * assay_arrangement_set:
 * @key: merge-repeats, transpose, window or hop
 * @value: as typed: "yes", "-3", "3/2" or "1.5"
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE that says what is allowed.
 */
ASSAY_API gboolean assay_arrangement_set(AssayArrangement *self, const char *key, const char *value,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether notes come out other than they went in, windows aside. */
ASSAY_API gboolean assay_arrangement_changes(const AssayArrangement *self);

/* Whether notes are made of each item of @sample's roll or chroma: it has items, and no notes that
 * are to be used. */
ASSAY_API gboolean assay_arrangement_itemizes(const AssayArrangement *self,
                                              const AssaySample *sample);

/* Whether one sample becomes several: windows are cut, or items are pieces. */
ASSAY_API gboolean assay_arrangement_expands(const AssayArrangement *self,
                                             const AssaySample *sample);

/* Whether @sample is a later piece of one that came before with the same notes. */
ASSAY_API gboolean assay_arrangement_is_repeat(const AssayArrangement *self,
                                               const AssaySample *sample);

/**
 * assay_midi_merge_repeats:
 * @midi: (inout): a piece
 */
ASSAY_API void assay_midi_merge_repeats(AssayMidi *midi);

/**
 * assay_midi_transpose:
 * @midi: (inout): a piece; unchanged after an error
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE that names the note.
 */
ASSAY_API gboolean assay_midi_transpose(AssayMidi *midi, int semitones,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_arranged_notes:
 * @sample: with "notes", or with "roll" or "chroma" to make them of
 * @item: of its roll or chroma, see assay_roll_notes()
 *
 * Returns: (transfer full): its notes as @self wants them, windows aside; %NULL with the error of
 *     assay_notes_to_midi(), assay_roll_notes() or assay_midi_transpose(), naming the sample.
 */
ASSAY_API AssayMidi *assay_arranged_notes(const AssayArrangement *self, AssaySample *sample,
                                          size_t item, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_arrange_stage:
 *
 * Returns: (transfer full): the stage "assay-notes": gives a sample the field "notes" of
 *     assay_arranged_notes(). Where notes were changed, all other fields go, since they tell of
 *     others. A sample of which each item is a piece stays as it is, and windows are not cut: that
 *     is left to an #AssayExcerpts, as a stage makes one sample of one.
 */
ASSAY_API AssayStage *assay_arrange_stage(const AssayArrangement *self);

G_END_DECLS
