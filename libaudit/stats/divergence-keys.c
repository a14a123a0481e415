/* stats/divergence-keys.c - the largest distance of F and G, of values that are in no order.
 *
 * Values are counted by cells, as fine as there are values: then F - G is known at the end of every
 * cell, and within one it is no further away than what the cell holds of either side. Only values
 * of cells that may hold the largest distance are put in order and swept: few, unless F and G are
 * nearly equal. What comes out is what a sweep of all values finds, to the last bit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "divergence-private.h"
#include "radix-private.h"

enum {
    N_CELLS = 1 << 16, /* of the highest 16 bits of a key */
    LOW_BITS = 16,
    LOW_MASK = (1 << LOW_BITS) - 1,
    N_LOOKED_AT = 1 << 18, /* of each side, to learn how many values a cell has */
    N_A_FINE_CELL = 128,   /* values, or so */
};

/* Where the fine cells of a cell begin, and which bits of a key say which. */
typedef struct {
    guint32 first;
    guint16 shift;
    guint16 is_swept; /* any of them */
} Cell;

typedef struct {
    guint32 a, b;
} Fine;

typedef struct {
    const guint32 *keys;
    size_t n;
    guint32 *swept, *scratch; /* those of the cells to sweep */
    size_t n_swept, at;
} Side;

typedef struct {
    Side a, b;
    Cell *cells;
    Fine *fine;
    guint8 *is_swept; /* a fine cell each */
    size_t n_fine;
} Cells;

static void
look_at(const Side *side, guint32 *estimates)
{
    size_t step = side->n / N_LOOKED_AT + 1;

    for (size_t i = 0; i < side->n; i += step)
        estimates[side->keys[i] >> LOW_BITS] += (guint32)step;
}

/* A cell becomes a power of two of fine ones, by how many values it seems to have. */
static gboolean
divide_cells(Cells *self)
{
    g_autofree guint32 *estimates = g_try_new0(guint32, N_CELLS);

    self->cells = g_try_new0(Cell, N_CELLS);
    if (estimates == NULL || self->cells == NULL)
        return FALSE;
    look_at(&self->a, estimates);
    look_at(&self->b, estimates);
    for (size_t i = 0; i < N_CELLS; i++) {
        guint bits = MIN(g_bit_storage(estimates[i] / N_A_FINE_CELL), (guint)LOW_BITS);

        if (estimates[i] < N_A_FINE_CELL)
            bits = 0;
        self->cells[i] = (Cell){ .first = (guint32)self->n_fine, .shift = (guint16)(16 - bits) };
        self->n_fine += (size_t)1 << bits;
    }
    return TRUE;
}

static inline size_t
fine_of(const Cell *cells, guint32 key)
{
    const Cell *cell = &cells[key >> LOW_BITS];

    return cell->first + ((key & LOW_MASK) >> cell->shift);
}

static gboolean
count(Cells *self)
{
    const Cell *cells = self->cells;
    Fine *fine = g_try_new0(Fine, self->n_fine);

    self->fine = fine;
    self->is_swept = g_try_new0(guint8, self->n_fine);
    if (fine == NULL || self->is_swept == NULL)
        return FALSE;
    for (size_t i = 0; i < self->a.n; i++)
        fine[fine_of(cells, self->a.keys[i])].a++;
    for (size_t i = 0; i < self->b.n; i++)
        fine[fine_of(cells, self->b.keys[i])].b++;
    return TRUE;
}

/* The largest distance at the end of a cell. In units of 1 / (n m), as all distances here. */
static gint64
largest_at_ends(const Cells *self)
{
    gint64 n = (gint64)self->a.n, m = (gint64)self->b.n, gap = 0, largest = 0;

    for (size_t i = 0; i < self->n_fine; i++) {
        gap += self->fine[i].a * m - self->fine[i].b * n;
        largest = MAX(largest, ABS(gap));
    }
    return largest;
}

/* Which cells may have a distance as large, at their beginning too: so the value after the largest
 * distance, which says at which end of its interval that is told, is in one of them. */
static void
choose(Cells *self)
{
    gint64 n = (gint64)self->a.n, m = (gint64)self->b.n, gap = 0;
    gint64 least = largest_at_ends(self);

    for (size_t i = 0; i < self->n_fine; i++) {
        const Fine *cell = &self->fine[i];
        gint64 up = cell->a * m, down = cell->b * n;
        gint64 most = MAX(gap + up, down - gap);

        if (cell->a == 0 && cell->b == 0)
            continue;
        gap += up - down;
        if (most < least)
            continue;
        self->is_swept[i] = 1;
        self->a.n_swept += cell->a;
        self->b.n_swept += cell->b;
    }
}

static void
mark_cells(Cells *self)
{
    for (size_t i = 0; i < N_CELLS; i++) {
        size_t end = i + 1 < N_CELLS ? self->cells[i + 1].first : self->n_fine;

        for (size_t k = self->cells[i].first; k < end; k++)
            self->cells[i].is_swept |= self->is_swept[k];
    }
}

/* Takes the values of the chosen cells out, in order. */
static gboolean
gather(const Cells *self, Side *side)
{
    size_t at = 0;

    side->swept = g_try_new(guint32, side->n_swept + 1);
    side->scratch = g_try_new(guint32, side->n_swept + 1);
    if (side->swept == NULL || side->scratch == NULL)
        return FALSE;
    for (size_t i = 0; i < side->n; i++) {
        guint32 key = side->keys[i];

        if (self->cells[key >> LOW_BITS].is_swept != 0 && self->is_swept[fine_of(self->cells, key)])
            side->swept[at++] = key;
    }
    assay_radix_sort_u32(side->swept, side->scratch, side->n_swept);
    return TRUE;
}

static void
flush(AssayOrderSweep *sweep, AssayBlock *block)
{
    if (block->n > 0)
        assay_order_sweep_add(sweep, block);
    block->n = 0;
}

/* How often the side has the key; steps over it. */
static guint64
take_key(Side *side, size_t end, guint32 key)
{
    size_t first = side->at;

    while (side->at < end && side->swept[side->at] == key)
        side->at++;
    return side->at - first;
}

static void
sweep_cell(Cells *self, size_t i, AssayOrderSweep *sweep, AssayBlock *block)
{
    Side *a = &self->a, *b = &self->b;
    size_t end_a = a->at + self->fine[i].a, end_b = b->at + self->fine[i].b;

    while (a->at < end_a || b->at < end_b) {
        guint32 next_a = a->at < end_a ? a->swept[a->at] : G_MAXUINT32;
        guint32 next_b = b->at < end_b ? b->swept[b->at] : G_MAXUINT32;
        guint32 key = MIN(next_a, next_b);

        if (block->n == ASSAY_ECDF_BLOCK)
            flush(sweep, block);
        block->x[block->n] = (double)assay_radix_value_f32(key);
        block->a[block->n] = take_key(a, end_a, key);
        block->b[block->n++] = take_key(b, end_b, key);
    }
}

static void
sweep_chosen(Cells *self, AssayOrderSweep *sweep)
{
    guint64 before_a = 0, before_b = 0;
    AssayBlock block;

    block.n = 0;
    for (size_t i = 0; i < self->n_fine; i++) {
        if (self->is_swept[i] != 0) {
            if (block.n == 0) {
                sweep->before_a = before_a;
                sweep->before_b = before_b;
            }
            sweep_cell(self, i, sweep, &block);
        } else {
            flush(sweep, &block);
        }
        before_a += self->fine[i].a;
        before_b += self->fine[i].b;
    }
    flush(sweep, &block);
}

gboolean
assay_order_sweep_keys(AssayOrderSweep *sweep, const guint32 *a, size_t n, const guint32 *b,
                       size_t m)
{
    Cells self = { .a = { .keys = a, .n = n }, .b = { .keys = b, .n = m } };
    gboolean done = FALSE;

    if (n == 0 || m == 0 || n >= G_MAXINT32 || m >= G_MAXINT32)
        return FALSE;
    if (divide_cells(&self) && count(&self)) {
        choose(&self);
        mark_cells(&self);
        done = gather(&self, &self.a) && gather(&self, &self.b);
    }
    if (done)
        sweep_chosen(&self, sweep);
    for (size_t i = 0; i < 2; i++) {
        Side *side = i == 0 ? &self.a : &self.b;

        g_free(side->swept);
        g_free(side->scratch);
    }
    g_free(self.cells);
    g_free(self.fine);
    g_free(self.is_swept);
    return done;
}
