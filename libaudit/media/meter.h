/* media/meter.h - from ticks to what a score and a clock show: bar, beat and microseconds.
 *
 * A tick is 1 / division of a quarter note, counted from the start of the piece, as in a MIDI file.
 * Both maps are built once for a piece and then answer in O(log n); they know nothing of where
 * the meters and tempos came from. All arithmetic is exact: a bar number never depends on rounding.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/api.h"
#include "../base/error.h"

G_BEGIN_DECLS

/* The last tick that a piece may reach: what keeps microseconds * division within 63 bits. */
#define ASSAY_TICK_MAX G_GINT64_CONSTANT(0x7fffffff)

/**
 * AssayMeter:
 * @tick: where the meter begins, 0 .. %ASSAY_TICK_MAX
 * @numerator: beats in a bar, 1 .. 255
 * @denominator: the beat as a part of a whole note: 1, 2, 4 ... 128
 */
typedef struct {
    gint64 tick;
    guint8 numerator;
    guint8 denominator;
} AssayMeter;

/**
 * AssayTempo:
 * @tick: where the tempo begins, 0 .. %ASSAY_TICK_MAX
 * @us_per_quarter: microseconds in a quarter note, 1 .. 0xffffff
 */
typedef struct {
    gint64 tick;
    guint32 us_per_quarter;
} AssayTempo;

/* What holds before the first meter and the first tempo: 4/4, 120 quarter notes a minute. */
#define ASSAY_METER_DEFAULT                                                                        \
    {                                                                                              \
        0, 4, 4                                                                                    \
    }
#define ASSAY_TEMPO_DEFAULT_US 500000u

typedef struct AssayMeterMap AssayMeterMap;
typedef struct AssayTempoMap AssayTempoMap;

/**
 * assay_meter_map_new:
 * @meters: (array length=n): the meters of a piece, by ascending tick, no two at one tick
 * @n: how many; 0 is a piece in 4/4
 * @division: ticks in a quarter note, 1 .. 0x7fff
 *
 * Bars are numbered as a score prints them. The first full bar is 1. Each meter begins a new bar,
 * so what stands before it may be a bar cut short. When the first meter lasts less than one bar of
 * the second (1/4 for one quarter, then 4/4), it is the upbeat, bar 0. A first meter at a later
 * tick is preceded by 4/4, to which the same applies.
 *
 * Returns: a map, or %NULL with %ASSAY_ERROR_RANGE that names the first value out of range
 */
ASSAY_API AssayMeterMap *assay_meter_map_new(const AssayMeter *meters, gsize n, guint division,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_meter_map_locate:
 * @self: a map; it does not change, so any number of threads may ask
 * @tick: 0 .. %ASSAY_TICK_MAX; taken into that range if outside it
 * @bar: (out): bar number, 0 for the upbeat
 * @beat: (out): 1 for the start of the bar, in units of the meter's denominator, with a fraction.
 *     Beats of the upbeat are those of the bar that it stands for: an upbeat of one quarter
 *     before 4/4 is beat 4.
 */
ASSAY_API void assay_meter_map_locate(const AssayMeterMap *self, gint64 tick, gint64 *bar,
                                      double *beat);

ASSAY_API void assay_meter_map_free(AssayMeterMap *self);

/**
 * assay_tempo_map_new:
 * @tempos: (array length=n): the tempos of a piece, by ascending tick, no two at one tick
 * @n: how many; 0 is a piece at %ASSAY_TEMPO_DEFAULT_US throughout
 *
 * Returns: a map, or %NULL with %ASSAY_ERROR_RANGE that names the first value out of range
 */
ASSAY_API AssayTempoMap *assay_tempo_map_new(const AssayTempo *tempos, gsize n,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_tempo_map_us_num:
 * @self: a map; it does not change
 * @tick: 0 .. %ASSAY_TICK_MAX; taken into that range if outside it
 *
 * The time from the start to @tick in microseconds, times the division: an exact integer below
 * 2^55. Seconds are us_num / (1e6 * division).
 */
ASSAY_API gint64 assay_tempo_map_us_num(const AssayTempoMap *self, gint64 tick);

ASSAY_API void assay_tempo_map_free(AssayTempoMap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayMeterMap, assay_meter_map_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayTempoMap, assay_tempo_map_free)

G_END_DECLS
