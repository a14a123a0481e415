/* check/locate.h - where in the music a step or a note is: bar, beat, time, key, what sounds.
 *
 * Bars and beats follow the meters of the notes' metadata (upbeat: bar 0); without notes there are
 * none, and time in quarters comes from the step alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../media/midi.h"
#include "../stream/sample.h"

G_BEGIN_DECLS

typedef struct AssayLocator AssayLocator;

/**
 * AssayPlace:
 * @tick: -1 without notes
 * @bar: -1 without notes
 * @beat, @time_q, @time_s: NaN where not known
 * @sharps: of the key signature in force; 0 where there is none
 */
typedef struct {
    gint64 tick;
    gint64 bar;
    double beat, time_q, time_s;
    int sharps;
} AssayPlace;

/* @sample must outlive it. %NULL with the error of a field that is broken. */
ASSAY_API AssayLocator *assay_locator_new(AssaySample *sample, GError **error);
ASSAY_API void assay_locator_free(AssayLocator *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayLocator, assay_locator_free)

/* The notes, or NULL. */
ASSAY_API const AssayMidi *assay_locator_midi(const AssayLocator *self);

ASSAY_API void assay_locator_tick(const AssayLocator *self, gint64 tick, AssayPlace *place);

/* The start of step @step of item @item (an index into the sample's arrays); where that is within a
 * tick, bar, beat and what sounds are those of the tick. */
ASSAY_API void assay_locator_step(const AssayLocator *self, size_t item, size_t step,
                                  AssayPlace *place);

/**
 * assay_locator_voices:
 *
 * Returns: (transfer full) (nullable): what sounds there, from high to low: "soprano:C5 alto:G4",
 *     with the track's name or the voice's number, or pitches alone where there is but a roll.
 */
ASSAY_API char *assay_locator_voices(const AssayLocator *self, size_t item, size_t step,
                                     const AssayPlace *place);

/* One note: "soprano:C5". */
ASSAY_API char *assay_locator_note(const AssayLocator *self, const AssayNote *note, int sharps);

G_END_DECLS
