/* media/libsmf-private.h - libsmf as the witness that reads MIDI a second time, and as the writer.
 *
 * libsmf never sees a foreign byte. It asserts, reads out of bounds and loses notes on what occurs
 * in real files, and some of its operations take quadratic time. So assay_smf_walk() checks the
 * file first, and libsmf is given each track as a one-track file of its own, rewritten clean:
 * explicit status bytes, short names, tempo, meter and key events, End-Of-Track. It has then
 * nothing to log; should it log all the same, that goes through GLib's log under the domain
 * "libsmf", where the program may catch it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "midi.h"
#include "smf-output-private.h"

G_BEGIN_DECLS

/* assay_midi_parse() with %ASSAY_MIDI_LIBSMF. Decoding of events and pairing of notes are not those
 * of the other parser; the check of the bytes and the putting together of tracks are. */
AssayMidi *assay_libsmf_parse(const void *data, gsize size,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * AssaySmfEvent:
 * @track: index of the track, from 0
 * @rank: its place among the events of its track and tick
 * @tick: from the start
 * @message: what happens
 */
typedef struct {
    guint32 track;
    guint32 rank;
    gint64 tick;
    AssaySmfMessage message;
} AssaySmfEvent;

/* What is said of a track, on its first tick. */
typedef struct {
    AssayTextType type;
    const char *text;
} AssaySmfText;

/**
 * assay_libsmf_write_track:
 * @out: (inout): gains the track
 * @division: ticks in a quarter note
 * @texts: (array length=n_texts): in their order; empty ones are left out
 * @n_texts: how many
 * @events: (array length=n): by ascending tick
 * @n: how many
 * @end_tick: of its End-Of-Track; later if an event comes later
 *
 * Each track is a song of its own to libsmf, which looks up the time of an event by a search
 * through the tempos, from the last one back. smf_save() is not used: it reads the file again to
 * compare it, and takes quadratic time to free that copy.
 */
void assay_libsmf_write_track(AssaySmfOutput *out, guint division, const AssaySmfText *texts,
                              gsize n_texts, const AssaySmfEvent *events, gsize n, gint64 end_tick);

G_END_DECLS
