/* tests/unit/corpus.h - pieces made by hand, to mine and check.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/media/midi.h>
#include <assay/spec/spec.h>

/* A sample with a field "chroma", four steps a quarter note, of chords in letters: "C-E-G*3 rest".
 * Items are parted by "|"; then there is an item axis. Its source is called NAME.mid. */
AssaySample *corpus_chroma(const char *name, const char *chords);

/* A piece of notes ON-OFF:PITCH, with /VOICE (a track each, from 0) and @CHANNEL: "0-96:60
 * 96-144:62/1 0-24:36@10". */
AssayMidi *corpus_midi(guint division, const char *notes);

/* A sample with "notes", "roll" and "chroma", as a recipe (see spec/recipe.h) makes them; NULL: the
 * default. Takes @midi. */
AssaySample *corpus_piece(const char *name, AssayMidi *midi, const char *recipe);

/* A spec of these samples, sorted, which it frees. Ended by NULL. */
AssaySpec *corpus_mine(AssayGroups *groups, AssaySample *first, ...) G_GNUC_NULL_TERMINATED;

/* The same, without groups, with transitions of this order. */
AssaySpec *corpus_mine_order(guint order, AssaySample *first, ...) G_GNUC_NULL_TERMINATED;

/* Printed, read back, and printed again to the same bytes: (transfer full). */
char *corpus_print(const AssaySpec *spec);

/* The entry "C-E-G F-A-C" (of more chords for a higher order) or "3/2" of a rule in words: "n=3
 * items=2 groups=2 owners=0:2,1:1", or "none" : (transfer full). */
char *corpus_entry(const AssaySpec *spec, size_t rule, const char *key);

/* The key of such words. */
guint64 corpus_key(size_t rule, const char *key);

/* A table of groups: "a=1 b=1 c[3]=2". */
AssayGroups *corpus_groups(const char *lines);

/* That @error is of this code and says this; clears it. */
void corpus_refused(GError **error, int code, const char *says);

/* A text as the spec "demo.json". */
AssaySpec *corpus_parse(const char *text, GError **error);

/* @text with @replace for the first @find: (transfer full). */
char *corpus_changed(const char *text, const char *find, const char *replace);

/* What is wrong with a spec, changed so, and what is said of it after its name. */
typedef struct {
    const char *find, *replace, *says;
} CorpusFault;

void corpus_check_faults(const char *sound, const CorpusFault *faults, size_t n);
