/* media/midi.h - a MIDI file as notes, tempos, meters, keys and tracks.
 *
 * Stands on: media/smf.h (the pass over the bytes), media/meter.h (bars and seconds), libsmf (the
 * writer, and a witness that reads a second time).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "credits.h"
#include "meter.h"
#include "smf.h"

G_BEGIN_DECLS

/**
 * AssayNote:
 * @on_tick: where it begins, in ticks from the start
 * @off_tick: where it ends; never before @on_tick
 * @pitch: 0 .. 127, 60 is middle C
 * @velocity: of its note-on, 1 .. 127
 * @channel: 1 .. 16 (10 is percussion in General MIDI)
 * @program: 0 .. 127: the last program change of the channel before the note, in the order in which
 *     a player meets events: by tick, then track, then place in the file; so a program set in one
 *     track holds for the notes of that channel in all tracks. 0 where there is none
 * @track: index of its MTrk chunk, from 0
 * @voice: rank of (@track, @channel) among the pairs that have notes, from 0
 */
typedef struct {
    gint64 on_tick;
    gint64 off_tick;
    guint8 pitch;
    guint8 velocity;
    guint8 channel;
    guint8 program;
    guint32 track;
    guint32 voice;
} AssayNote;

/**
 * AssayKey:
 * @tick: where it begins
 * @sharps: -7 .. 7; flats are negative
 * @is_minor: 0 major, 1 minor
 */
typedef struct {
    gint64 tick;
    gint8 sharps;
    guint8 is_minor;
} AssayKey;

/**
 * AssayTrack:
 * @name: valid UTF-8 of at most 127 bytes; "" if it has none. The first name event of the track
 *     that is not empty, up to its first NUL; bytes that are not UTF-8 are read as ISO 8859-1
 * @end_tick: where the track ends: its End-Of-Track, or its last event if it has none
 */
typedef struct {
    char *name;
    gint64 end_tick;
} AssayTrack;

/**
 * AssayMidiFacts:
 * @unended: notes without a note-off, closed at the end of their track
 * @overlapping: notes that began while their key was sounding in their track and channel
 * @zero_length: notes that end on the tick on which they begin, kept
 * @stray_offs: note-offs with no note to end, ignored
 * @pedal_downs: messages that press the sustain pedal (controller 64, value 64 and above); notes
 *     keep their written lengths
 */
typedef struct {
    guint32 unended;
    guint32 overlapping;
    guint32 zero_length;
    guint32 stray_offs;
    guint32 pedal_downs;
} AssayMidiFacts;

/**
 * AssayMidi:
 * @format: 0 or 1
 * @division: ticks in a quarter note, 1 .. 0x7fff
 * @last_tick: the latest @end_tick of its tracks
 * @length: how many ticks it lasts, where that is known by more than its last note: it was cut to
 *     this length, or made of so many steps, or is read from a file that says so; else 0
 * @notes: by on_tick, then track, then place in the file
 * @tempos: of all tracks, by ascending tick, one a tick (the last in the file wins); as the file
 * has them, so possibly none: ASSAY_TEMPO_DEFAULT_US then holds
 * @meters: likewise; where there is none, 4/4 holds
 * @keys: likewise
 * @tracks: every MTrk chunk, with notes or without
 * @smf_facts: what the pass over the bytes met; all 0 if not read from a file
 * @facts: what the pairing of notes met; likewise
 * @credits: title, composer, copyright and the like; likewise
 *
 * A note-on of velocity 0 is a note-off. A note-off ends the earliest note that still sounds with
 * its pitch, in its own channel and track. What does not pair well is counted in #AssayMidiFacts.
 *
 * Open to read, and to build by hand: arrays and names are then allocated with g_malloc() and
 * belong to the structure.
 */
typedef struct {
    guint32 format;
    guint32 division;
    gint64 last_tick;
    gint64 length;
    AssayNote *notes;
    gsize n_notes;
    AssayTempo *tempos;
    gsize n_tempos;
    AssayMeter *meters;
    gsize n_meters;
    AssayKey *keys;
    gsize n_keys;
    AssayTrack *tracks;
    gsize n_tracks;
    AssaySmfFacts smf_facts;
    AssayMidiFacts facts;
    AssayCredits credits;
} AssayMidi;

/**
 * AssayMidiParser:
 * @ASSAY_MIDI_OWN: our own pass
 * @ASSAY_MIDI_LIBSMF: libsmf, given a clean copy of each track; slower, same result. The witness
 */
typedef enum {
    ASSAY_MIDI_OWN,
    ASSAY_MIDI_LIBSMF,
} AssayMidiParser;

/**
 * assay_midi_parse:
 * @data: (array length=size): the whole file
 * @size: its size in bytes
 * @parser: who reads
 *
 * Takes O(n log n) in the size of the file; memory is bounded by a small multiple of it.
 *
 * Returns: the notes and all that places them; free with assay_midi_free(). Or %NULL with the error
 *     of assay_smf_walk(), which opens with the byte offset and leaves the name of the file to the
 *     caller, or %ASSAY_ERROR_RANGE for more than 2^31 - 1 bytes
 */
ASSAY_API AssayMidi *assay_midi_parse(const void *data, gsize size, AssayMidiParser parser,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_midi_write:
 * @midi: a piece; voices, facts, format and last_tick are not looked at
 *
 * A file of format 1, built with libsmf: each track with its notes, its name and the program
 * changes that its notes need; tempos, meters and keys in the first track, and there the credits:
 * the copyright notice, the title where the track's name does not say it, "Composer: NAME", and
 * numbers of catalogues as texts. Equal input, equal bytes. assay_midi_parse() gives back the same
 * notes, tempos, meters, keys, tracks and credits, except that a track never ends before its last
 * event, a first track without a name is called by the title, and numbers may change their order.
 * The length is told in the first track, by an event that other programs pass over
 * (%ASSAY_SMF_LENGTH_MARK).
 *
 * Returns: the bytes of the file, or %NULL with %ASSAY_ERROR_RANGE for a value that MIDI cannot
 *     hold, or notes of one key that end in another order than they begin (a note-off does not say
 *     which note it ends); the message names the index and the value
 */
ASSAY_API GBytes *assay_midi_write(const AssayMidi *midi, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_midi_fact:
 * @midi: a piece
 * @index: 0, 1, 2 ...
 * @name: (out): name of the audit fact, as in #AssaySmfFacts and #AssayMidiFacts
 * @count: (out): how often it was met
 *
 * Lists all audit facts, those of the bytes first. Format, division and tracks are not among them.
 *
 * Returns: %FALSE once @index is beyond the last
 */
ASSAY_API gboolean assay_midi_fact(const AssayMidi *midi, guint index, const char **name,
                                   guint32 *count);

/**
 * assay_midi_difference:
 * @a: a piece
 * @b: a piece
 *
 * Compares division, notes, tempos, meters, keys and tracks; not the format, facts and credits, and
 * not the voices, which follow from tracks and channels.
 *
 * Returns: %NULL if they are equal, or the first difference in words; free with g_free()
 */
ASSAY_API char *assay_midi_difference(const AssayMidi *a, const AssayMidi *b);

/* Puts notes made by hand in their order; those of one tick and track stay as they are. */
ASSAY_API void assay_midi_sort_notes(AssayMidi *midi);

/* Gives every note the voice that #AssayNote says, from its track and channel. */
ASSAY_API void assay_midi_rank_voices(AssayMidi *midi);

ASSAY_API void assay_midi_free(AssayMidi *midi);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayMidi, assay_midi_free)

G_END_DECLS
