/* media/midi-build-private.h - how notes and events, met track by track, become an AssayMidi.
 *
 * A reader adds what it meets in the order of its file; the builder puts the tracks together: it
 * sorts, gives notes their programs, ranks voices, and leaves one tempo, meter and key a tick.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "midi.h"

G_BEGIN_DECLS

/**
 * AssayMidiBuilder:
 * @notes: (element-type AssayNote): notes, and program changes as notes of velocity 0; those of a
 *     track in the order of their ticks. A reader may set the off_tick of a note later on
 * @tempos: (element-type AssayTempo)
 * @meters: (element-type AssayMeter)
 * @keys: (element-type AssayKey)
 * @tracks: (element-type AssayTrack): the last one is the one being read
 * @length: of the piece, 0 where nothing tells
 * @facts: counted by the reader, except zero_length
 * @credits: of the texts so far
 */
typedef struct {
    GArray *notes;
    GArray *tempos;
    GArray *meters;
    GArray *keys;
    GArray *tracks;
    gint64 length;
    AssayMidiFacts facts;
    AssayCredits credits;
} AssayMidiBuilder;

AssayMidiBuilder *assay_midi_builder_new(void);

/* Begins the next track; what is added belongs to it. */
void assay_midi_builder_add_track(AssayMidiBuilder *self);

/* A text as #AssayTrack has its name: short, valid UTF-8; free with g_free(). */
char *assay_midi_clean_text(const guint8 *bytes, gsize length);

/* Names the track if it has no name yet and this is one; reads the credits of the file. */
void assay_midi_builder_add_text(AssayMidiBuilder *self, AssayTextType type, const guint8 *bytes,
                                 gsize length);

/* The note is open: its off_tick is -1. Channel 1 .. 16. Returns its index in @notes. */
guint assay_midi_builder_add_note(AssayMidiBuilder *self, gint64 on_tick, guint8 pitch,
                                  guint8 velocity, guint8 channel);

void assay_midi_builder_add_program(AssayMidiBuilder *self, gint64 tick, guint8 channel,
                                    guint8 program);
void assay_midi_builder_add_tempo(AssayMidiBuilder *self, gint64 tick, guint32 us_per_quarter);
void assay_midi_builder_add_meter(AssayMidiBuilder *self, gint64 tick, guint8 numerator,
                                  guint8 denominator);
void assay_midi_builder_add_key(AssayMidiBuilder *self, gint64 tick, gint8 sharps, guint8 is_minor);

/* The piece lasts until @tick; the latest of several holds. */
void assay_midi_builder_add_length(AssayMidiBuilder *self, gint64 tick);

/* Ends the track that is being read. */
void assay_midi_builder_end_track(AssayMidiBuilder *self, gint64 tick);

/**
 * assay_midi_builder_finish:
 * @self: a builder, empty afterwards
 * @facts: format and division, and what the pass over the bytes met
 *
 * Returns: the piece; free with assay_midi_free()
 */
AssayMidi *assay_midi_builder_finish(AssayMidiBuilder *self, const AssaySmfFacts *facts);

void assay_midi_builder_free(AssayMidiBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayMidiBuilder, assay_midi_builder_free)

G_END_DECLS
