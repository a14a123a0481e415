/* tests/unit/midi-file.h - MIDI files made by hand, at random, or found in the shared data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/media/midi.h>

/* Appends bytes: "90 3c40" is hexadecimal, blanks are free, 'MThd' stands for its letters. */
void midi_file_add(GByteArray *file, const char *notation);

/* A header of six bytes. */
GByteArray *midi_file_new(guint format, guint n_tracks, guint division);

/* A chunk "MTrk" of the right length with these events. */
void midi_file_add_track(GByteArray *file, const char *events);

/* A file of format 0 with one track of 96 ticks to a quarter note; End-Of-Track is added. */
GByteArray *midi_file_simple(const char *events);

/* A sound file of all that is lawful and much that is merely read. */
GByteArray *midi_file_random(GRand *random);

/* What the file holds, read from a block of exactly its size; frees the file. */
AssayMidi *midi_file_parse(GByteArray *file, AssayMidiParser parser, GError **error);

/* Both parsers refuse it, with this code (-1: whichever) and a message of this pattern (? and *);
 * frees it. */
void midi_file_refused(GByteArray *file, int code, const char *pattern);

/* Both parsers read it, and agree, facts included; what is written reads back equal. */
AssayMidi *midi_file_agreed(GByteArray *file);

/* The file of this path, or NULL. */
GByteArray *midi_file_load(const char *path);

/* A folder of the shared data; NULL, and the test skipped, if it is not there. */
char *midi_file_shared_folder(const char *name);

/* Sorted paths of the .mid files in and below such a folder, or NULL likewise. */
GPtrArray *midi_file_find_shared(const char *name);

/* The notes in words: "0-96 60 v64; 96-192 62 v80 ch2 pr5 tr1 vo1". Channel 1 and program, track
 * and voice 0 go unsaid. Free with g_free(). */
char *midi_file_notes(const AssayMidi *midi);

/* The count of an audit fact. */
guint32 midi_file_fact(const AssayMidi *midi, const char *name);
