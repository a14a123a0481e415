/* signal/roll-draw.c - notes onto the grid.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "../base/error.h"
#include "../media/notes.h"
#include "roll-private.h"

__extension__ typedef unsigned __int128 Wide;

/* How many times the whole roll may be painted over the plain way. */
enum { MAX_LAYERS = 4 };

/* The grid: cell c starts at c * num / den of the piece's own unit of time. */
typedef struct {
    guint64 num, den;
} Grid;

/* The first cell that starts at @time or later. */
static guint64
first_cell(const Grid *grid, gint64 time)
{
    return (guint64)(((Wide)(guint64)time * grid->den + grid->num - 1) / grid->num);
}

static gboolean
is_wanted(const AssayRollConfig *config, const AssayNote *note, AssayRollTally *tally)
{
    if (!config->drums && note->channel == ASSAY_DRUM_CHANNEL) {
        tally->drum_notes++;
        return FALSE;
    }
    if (note->pitch < config->pitch_low || note->pitch > config->pitch_high) {
        tally->outside++;
        return FALSE;
    }
    return TRUE;
}

/* Times in ticks, or in microseconds times the division where steps are in seconds. */
static gint64
note_time(const AssayTempoMap *tempos, gint64 tick)
{
    return tempos == NULL ? tick : assay_tempo_map_us_num(tempos, tick);
}

/* What a note covers of the roll. */
typedef struct {
    guint64 start, end;
    guint8 row, velocity;
} Span;

/* *@n_cells: all their lengths, cells that several of them share counted as often. */
static size_t
collect_spans(const AssayRollConfig *config, const AssayMidi *midi, const AssayTempoMap *tempos,
              const Grid *grid, Span *spans, AssayRollTally *tally, guint64 *n_cells)
{
    size_t n = 0;

    *n_cells = 0;
    for (size_t i = 0; i < midi->n_notes; i++) {
        const AssayNote *note = &midi->notes[i];
        AssayRollTally counted = { 0 };
        Span *span = &spans[n];

        if (!is_wanted(config, note, &counted))
            continue;
        *span = (Span){ first_cell(grid, note_time(tempos, note->on_tick)),
                        first_cell(grid, note_time(tempos, note->off_tick)),
                        (guint8)(note->pitch - config->pitch_low), note->velocity };
        tally->dropped += span->start == span->end;
        *n_cells += span->end - span->start;
        n++;
    }
    return n;
}

static void
paint(AssayArray *roll, const Span *spans, size_t n)
{
    size_t width = roll->shape[1];

    for (size_t i = 0; i < n; i++) {
        guint8 *cell = (guint8 *)roll->data + spans[i].start * width + spans[i].row;

        for (guint64 c = spans[i].start; c < spans[i].end; c++, cell += width)
            *cell = MAX(*cell, spans[i].velocity);
    }
}

static int
loudest_first(const void *a, const void *b)
{
    const Span *x = a, *y = b;

    return x->row != y->row ? (x->row > y->row) - (x->row < y->row)
                            : (y->velocity > x->velocity) - (y->velocity < x->velocity);
}

/* The first cell from @cell on that is still free; shortens the way for the next who asks. */
static size_t
find_free(size_t *next, size_t cell)
{
    size_t free_cell = cell;

    while (next[free_cell] != free_cell)
        free_cell = next[free_cell];
    while (next[cell] != free_cell) {
        size_t after = next[cell];

        next[cell] = free_cell;
        cell = after;
    }
    return free_cell;
}

/* As paint(), for piles of notes on one pitch: no cell is painted twice, since the loudest are
 * painted first. */
static gboolean
paint_once(AssayArray *roll, Span *spans, size_t n, GError **error)
{
    size_t n_steps = roll->shape[0], width = roll->shape[1];
    g_autofree size_t *next = g_try_new(size_t, n_steps + 1); /* may be eight times the roll */

    if (next == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for the piles of notes over %" G_GSIZE_FORMAT " steps", n_steps);
        return FALSE;
    }
    qsort(spans, n, sizeof *spans, loudest_first);
    for (size_t i = 0; i < n; i++) {
        guint8 *column = (guint8 *)roll->data + spans[i].row;

        if (i == 0 || spans[i].row != spans[i - 1].row) {
            for (size_t c = 0; c <= n_steps; c++)
                next[c] = c;
        }
        for (size_t c = find_free(next, spans[i].start); c < spans[i].end; c = find_free(next, c)) {
            column[c * width] = spans[i].velocity;
            next[c] = c + 1;
        }
    }
    return TRUE;
}

/* The grid of @config in the piece's unit: ticks, or microseconds times the division. */
static gboolean
make_grid(const AssayRollConfig *config, const AssayMidi *midi, Grid *grid, AssayTempoMap **tempos,
          GError **error)
{
    if (config->rate_num == 0) {
        *grid = (Grid){ (guint64)4 * config->step_num * midi->division, config->step_den };
        return TRUE;
    }
    *grid = (Grid){ (guint64)1000000 * midi->division * config->rate_den, config->rate_num };
    *tempos = assay_tempo_map_new(midi->tempos, midi->n_tempos, error);
    return *tempos != NULL;
}

AssayArray *
assay_roll_draw(const AssayRollConfig *config, const AssayMidi *midi, AssayRollTally *tally,
                GError **error)
{
    static const char *const axes[] = { "time", "pitch", NULL };
    size_t shape[2] = { 0, (size_t)config->pitch_high - config->pitch_low + 1 };
    g_autoptr(AssayTempoMap) tempos = NULL;
    g_autoptr(AssayArray) roll = NULL;
    g_autofree Span *spans = NULL;
    guint64 n_cells;
    size_t n_spans;
    Grid grid;

    if (!make_grid(config, midi, &grid, &tempos, error))
        return NULL;
    for (size_t i = 0; i < midi->n_notes; i++) {
        if (is_wanted(config, &midi->notes[i], tally))
            shape[0] = MAX(shape[0], first_cell(&grid, note_time(tempos, midi->notes[i].off_tick)));
    }
    shape[0] = MAX(shape[0], first_cell(&grid, note_time(tempos, midi->length)));
    roll = assay_array_new(ASSAY_U8, 2, shape, axes, config->max_bytes, error);
    if (roll == NULL)
        return NULL;
    spans = g_new(Span, midi->n_notes + 1);
    n_spans = collect_spans(config, midi, tempos, &grid, spans, tally, &n_cells);
    if (n_cells / MAX_LAYERS <= assay_array_count(roll))
        paint(roll, spans, n_spans);
    else if (!paint_once(roll, spans, n_spans, error))
        return NULL;
    return g_steal_pointer(&roll);
}
