/* rule/chord.h - pitch-class sets and pitches in letters.
 *
 * A state is 12 bits, bit k for pitch class k, C = bit 0. Spelling follows the line of fifths
 * (... Bb F C G D A E B F# ...): under a key signature of s sharps (flats negative) the twelve
 * names are those from s - 3 to s + 8 fifths above C, so F major has Bb and Eb, and A minor G#. A
 * chord that is of one scale under a key up to three sharps or flats away, and lies closer together
 * there, is spelled as there: Db-F-Ab in F major, not C#-F-Ab.
 * Order: the rotation with the most thirds between neighbours, then the narrowest, then the lowest;
 * so a triad is named from its root, whatever its bass.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* The name of silence. */
#define ASSAY_CHORD_REST "rest"

/**
 * assay_chord_name:
 * @state: 0 .. 4095
 * @sharps: of the key signature, -7 .. 7
 *
 * Returns: (transfer full): "Bb-D-F", or "rest".
 */
ASSAY_API char *assay_chord_name(guint state, int sharps);

/**
 * assay_chord_key:
 *
 * Returns: the key signature under which @state is spelled in a piece with @sharps: the nearest of
 *     those, at most three away, that put its names closest together on the line of fifths,
 *     within one scale (six fifths)
 *     and without double accidentals.
 */
ASSAY_API int assay_chord_key(guint state, int sharps);

/**
 * assay_chord_parse:
 *
 * Reads names in any order and spelling, apart by "-": "C-E-G", "B#-Fb-G".
 *
 * Returns: %FALSE for anything else.
 */
ASSAY_API gboolean assay_chord_parse(const char *text, guint *state);

/**
 * assay_pitch_name:
 *
 * Returns: (transfer full): "C4" for 60; the octave is that of the letter, so B# below C4 is B#3.
 */
ASSAY_API char *assay_pitch_name(int pitch, int sharps);

G_END_DECLS
