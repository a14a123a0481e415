/* media/smf.h - one bounded pass over the bytes of a Standard MIDI File.
 *
 * The pass checks every length, status and data byte, names the byte offset of the first fault, and
 * hands the events that matter to a reader as it meets them. It allocates nothing, except for the
 * message of an error. What real files get wrong without harm is read and counted as an audit fact.
 *
 * Format: "Standard MIDI Files 1.0", MIDI Manufacturers Association, 1988; RIFF wrapper: RP-029.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/api.h"
#include "../base/error.h"

G_BEGIN_DECLS

/**
 * AssaySmfFacts:
 * @format: 0 or 1, as declared
 * @division: ticks in a quarter note, 1 .. 0x7fff
 * @declared_tracks: tracks that the header announces
 * @tracks: MTrk chunks that were read
 * @riff_wrapper: 1 if the file is a RIFF of type RMID and the MIDI file its "data" chunk
 * @macbinary_header: 1 if 128 bytes of MacBinary stand before the MIDI file
 * @long_header: bytes of the header chunk beyond its six, skipped
 * @alien_chunks: chunks that are not MTrk, skipped
 * @undeclared_tracks: MTrk chunks after the declared ones; read like these
 * @format0_tracks: tracks beyond the one that format 0 may have; read like format 1
 * @trailing_bytes: bytes after the last chunk, skipped
 * @missing_ends: tracks without End-Of-Track
 * @bytes_after_end: bytes inside a track after its End-Of-Track, skipped
 * @long_metas: meta events of 128 bytes and more
 * @sysex: F0 events, skipped
 * @escapes: F7 events, skipped
 * @running_after_meta: events in running status right after a meta or SysEx event, which the
 *     format forbids; the last channel status holds
 * @bad_tempos: tempo events of another length than 3 or of value 0, ignored
 * @bad_meters: time signatures of another length than 4, with numerator 0, or with a denominator
 *     beyond 128, ignored
 * @bad_keys: key signatures of another length than 2, with more than seven accidentals, or neither
 *     major nor minor, ignored
 *
 * What the pass met. Counts that do not fit stay at G_MAXUINT32.
 */
typedef struct {
    guint32 format;
    guint32 division;
    guint32 declared_tracks;
    guint32 tracks;
    guint32 riff_wrapper;
    guint32 macbinary_header;
    guint32 long_header;
    guint32 alien_chunks;
    guint32 undeclared_tracks;
    guint32 format0_tracks;
    guint32 trailing_bytes;
    guint32 missing_ends;
    guint32 bytes_after_end;
    guint32 long_metas;
    guint32 sysex;
    guint32 escapes;
    guint32 running_after_meta;
    guint32 bad_tempos;
    guint32 bad_meters;
    guint32 bad_keys;
} AssaySmfFacts;

/* What a sequencer-specific meta event (7F) holds where it says how long a piece lasts: the
 * identity of no manufacturer (7D), and a name. End-Of-Track does not say so: in real files it
 * stands anywhere behind the last note. */
#define ASSAY_SMF_LENGTH_MARK                                                                      \
    "\x7d"                                                                                         \
    "assay"

/**
 * AssaySmfHandler:
 * @track_begin: an MTrk chunk begins; @track counts from 0
 * @channel: a channel message. @status is 0x80 .. 0xef, never left to running status; @data1 and
 *     @data2 are 0 .. 127, @data2 is 0 for the messages of one data byte (0xc0, 0xd0)
 * @tempo: 1 .. 0xffffff microseconds to a quarter note
 * @meter: @numerator 1 .. 255, @denominator 1, 2, 4 ... 128
 * @key: @sharps -7 .. 7 (flats are negative), @is_minor 0 or 1
 * @text: a text (meta events 1 .. 7, of which 3 is a sequence or track name): @length bytes in
 *     whatever encoding, borrowed
 * @length: the piece ends here, whatever its last note says: %ASSAY_SMF_LENGTH_MARK
 * @track_end: the track is over; @tick is that of its End-Of-Track, or of its last event
 *
 * What a reader wants to hear of; a member may be %NULL. Ticks count from the start of the file and
 * never exceed 2^31 - 1; within a track they never fall.
 */
typedef struct {
    void (*track_begin)(guint32 track, gpointer user);
    void (*channel)(gint64 tick, guint8 status, guint8 data1, guint8 data2, gpointer user);
    void (*tempo)(gint64 tick, guint32 us_per_quarter, gpointer user);
    void (*meter)(gint64 tick, guint8 numerator, guint8 denominator, gpointer user);
    void (*key)(gint64 tick, gint8 sharps, guint8 is_minor, gpointer user);
    void (*text)(gint64 tick, guint8 type, const guint8 *bytes, gsize length, gpointer user);
    void (*length)(gint64 tick, gpointer user);
    void (*track_end)(gint64 tick, gpointer user);
} AssaySmfHandler;

/**
 * assay_smf_walk:
 * @data: (array length=size): the whole file; never read outside these bounds
 * @size: its size in bytes
 * @handler: (nullable): whom to tell; %NULL checks and counts only
 * @user: handed to the handler
 * @facts: (out): filled from the header on before the first call of a handler, complete at the end
 *
 * A file is read or refused as a whole: after an error, forget what the handler was told.
 *
 * Read all the same, and counted: what #AssaySmfFacts lists. A missing End-Of-Track is accepted
 * only where the chunk ends after a whole event and the end of the file or a whole chunk follows;
 * bytes after the last chunk only behind a track that has its End-Of-Track.
 *
 * Returns: %TRUE; %FALSE with a message that opens with the byte offset of the fault (and the
 * track, counted from 1): %ASSAY_ERROR_TRUNCATED where the file ends too early, %ASSAY_ERROR_FORMAT
 * for everything else, format 2 and SMPTE time among it.
 */
ASSAY_API gboolean assay_smf_walk(const void *data, gsize size, const AssaySmfHandler *handler,
                                  gpointer user, AssaySmfFacts *facts,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_smf_sniff:
 * @data: (array length=size): the first bytes of a file; 132 are enough
 * @size: how many
 *
 * Returns: whether it claims to be a MIDI file: plain, in a RIFF wrapper, or behind MacBinary
 */
ASSAY_API gboolean assay_smf_sniff(const void *data, gsize size);

G_END_DECLS
