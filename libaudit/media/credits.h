/* media/credits.h - what a MIDI file says of itself in words: title, composer, copyright, and the
 * numbers of catalogues of works.
 *
 * The format names no field for them but the sequence name and the copyright notice (SMF 1.0); the
 * rest is found in its texts by fixed patterns, which had rather miss a number than make one up.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/api.h"
#include <glib.h>

G_BEGIN_DECLS

/* The most numbers that are kept of a file. */
#define ASSAY_CREDITS_MAX_NUMBERS 8

/* What a text of a MIDI file is: the type of its meta event. */
typedef enum {
    ASSAY_TEXT_ANY = 1,
    ASSAY_TEXT_COPYRIGHT = 2,
    ASSAY_TEXT_NAME = 3, /* of the sequence in the first track, else of the track */
    ASSAY_TEXT_INSTRUMENT = 4,
    ASSAY_TEXT_LYRIC = 5,
    ASSAY_TEXT_MARKER = 6,
    ASSAY_TEXT_CUE = 7,
} AssayTextType;

/**
 * AssayCredits:
 * @title: (nullable): the first name of the first track that says something
 * @composer: (nullable): what follows "Composer:", "Composed by" or "Music by" at the start of a
 *     line of any text, or "By" before a capital in a text event; the first there is
 * @copyright: (nullable): the first copyright notice that says something
 * @n_numbers: how many @numbers there are
 * @numbers: numbers of catalogues in any text, in one spelling: "BWV 253", "BWV Anh. 114",
 *     "KV 545", "K. 331", "Op. 27 No. 2", "Hob. XVI:52"; in the order of the file, each once
 *
 * Texts are valid UTF-8 on one line, white space made single blanks, other controls escaped as %XX.
 * Names that programs fill in ("Track 1", "control track", "untitled", "<Name>", "Unregistered
 * User") say nothing.
 */
typedef struct {
    char *title;
    char *composer;
    char *copyright;
    guint n_numbers;
    char *numbers[ASSAY_CREDITS_MAX_NUMBERS];
} AssayCredits;

/**
 * assay_credits_read:
 * @type: what @text is
 * @is_first: whether it is in the first track
 * @text: valid UTF-8, short
 *
 * Takes from @text what it has to say.
 */
ASSAY_API void assay_credits_read(AssayCredits *self, AssayTextType type, gboolean is_first,
                                  const char *text);

/**
 * assay_credits_difference:
 *
 * Returns: (transfer full) (nullable): the first difference in words, %NULL if they are equal.
 */
ASSAY_API char *assay_credits_difference(const AssayCredits *a, const AssayCredits *b);

/* Frees what it holds, not @self. */
ASSAY_API void assay_credits_clear(AssayCredits *self);

G_END_DECLS
