/* signal/performance.h - a piece as what a synthesizer is told, and when.
 *
 * Stands on: media/midi.h (notes, tempos), media/meter.h (ticks to microseconds).
 * A synthesizer hears of notes between two blocks of frames, so events have the number of the block
 * before which they take effect: the one whose start is nearest to the exact time, reckoned in
 * integers.
 *
 * A key sounds until the last of its notes ends, where several of them overlap in one channel: each
 * strikes it anew, and only the last one to end lets it go. A note of no length strikes its key and
 * lets it go in the same block.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../media/midi.h"

G_BEGIN_DECLS

typedef enum {
    ASSAY_PERFORM_PROGRAM, /* the channel plays @value from now on */
    ASSAY_PERFORM_ON,      /* @key is struck at velocity @value */
    ASSAY_PERFORM_OFF,     /* @key is let go */
} AssayPerformanceKind;

/**
 * AssayPerformanceEvent:
 * @block: 0, 1, 2 ...
 * @kind: an #AssayPerformanceKind
 * @channel: 0 .. 15; 9 is percussion
 * @key: 0 .. 127; 0 of a program
 * @value: program, 0 .. 127, or velocity, 1 .. 127; 0 of a key let go
 */
typedef struct {
    gint64 block;
    guint8 kind;
    guint8 channel;
    guint8 key;
    guint8 value;
} AssayPerformanceEvent;

/**
 * AssayPerformance:
 * @events: by block; within one, keys let go that were struck before it, then keys struck in the
 *     order of the notes, each after the program that it needs, then keys that are let go at once
 * @n_frames: from the start to the end of the last note, or of the piece where that has a length of
 *     its own and is longer: the nearest frame
 */
typedef struct {
    AssayPerformanceEvent *events;
    gsize n_events;
    gint64 n_frames;
} AssayPerformance;

/**
 * assay_performance_new:
 * @midi: a piece; its notes in any order
 * @rate_hz: frames a second, 1 .. 2^20
 * @block_frames: frames in a block, 1 .. 2^16
 *
 * Takes O(n log n) in the number of notes.
 *
 * Returns: %NULL with %ASSAY_ERROR_RANGE for what assay_tempo_map_new() refuses, or without memory.
 */
ASSAY_API AssayPerformance *assay_performance_new(const AssayMidi *midi, guint rate_hz,
                                                  guint block_frames,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_performance_free(AssayPerformance *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayPerformance, assay_performance_free)

G_END_DECLS
