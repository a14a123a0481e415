/* show/piece-private.h - a piece's length, meters, keys and tempos in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../media/midi.h"

/**
 * AssayPiece:
 * @end_tick: where the last note ends, or the piece, if it says so
 * @sharps: of the first key signature, for spelling
 */
typedef struct {
    const AssayMidi *midi;
    AssayMeterMap *bars;
    AssayTempoMap *tempos;
    gint64 end_tick;
    int sharps;
} AssayPiece;

gboolean assay_piece_read(AssayPiece *self, const AssayMidi *midi, GError **error);
void assay_piece_clear(AssayPiece *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssayPiece, assay_piece_clear)

/* The number of the bar in which the last note ends, and whether an upbeat comes before bar 1. */
gint64 assay_piece_bars(const AssayPiece *self, gboolean *has_upbeat);

/* All (transfer full). */
char *assay_piece_quarters(const AssayPiece *self, gint64 tick);
char *assay_piece_clock(const AssayPiece *self, gint64 tick, gboolean with_tenths); /* 1:02:03 */
char *assay_piece_meters(const AssayPiece *self);
char *assay_piece_keys(const AssayPiece *self);
char *assay_piece_tempos(const AssayPiece *self);
char *assay_key_text(const AssayKey *key); /* "Bb minor" */
