/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "axis.h"

#include <math.h>
#include <stdlib.h>

/* Joined cells hold about this share, atoms of this share are never joined. */
#define JOINED_SHARE (1.0 / 512)
#define ATOM_SHARE (1.0 / 1000)

/* One kind of value that a set has. @rank puts what is within a cell beside its bound: above it,
 * or below where values are negative. */
typedef struct {
    double bound, value, share;
    int rank;
    guint8 side, exact, float_exact;
    guint16 cell, float_cell;
} Point;

/* The bin of a value; -1 below, n_bins above the range. */
static gint64
bin_of(const AssayAxisConfig *config, double value)
{
    double width = config->high - config->low, n = (double)config->n_bins;
    gint64 bin;

    if (!(value >= config->low))
        return -1;
    if (value > config->high)
        return (gint64)config->n_bins;
    bin = MIN((gint64)((value - config->low) / width * n), (gint64)config->n_bins - 1);
    if (value < config->low + (double)bin * width / n)
        bin--;
    else if (bin + 1 < (gint64)config->n_bins &&
             value >= config->low + (double)(bin + 1) * width / n)
        bin++;
    return bin;
}

/* What is within a cell lies between its bound and the bound of the cell that is farther from 0. */
static double
middle_of(guint16 cell, gboolean is_negative)
{
    double bound = assay_cell_bound(cell), next;

    if (cell == (is_negative ? 0 : G_MAXUINT16))
        return bound;
    next = assay_cell_bound((guint16)(is_negative ? cell - 1 : cell + 1));
    return isfinite(next) ? (bound + next) / 2 : bound;
}

static Point
point_at(const AssayScale *scale, guint16 cell, gboolean exact, gboolean as_floats)
{
    Point self = { .cell = cell, .exact = exact != FALSE };
    gboolean is_exact = exact, is_negative;
    guint16 at = cell;

    self.bound = self.value = assay_scale_value(scale, cell);
    if (!as_floats)
        return self;
    if (scale->is_integer)
        at = assay_cell_of(self.value, &is_exact);
    self.bound = self.value = assay_cell_bound(at);
    self.float_cell = at;
    self.float_exact = is_exact != FALSE;
    if (is_exact)
        return self;
    is_negative = signbit(self.bound) != 0;
    self.value = middle_of(at, is_negative);
    self.rank = is_negative ? -1 : 1;
    return self;
}

static void
add_points(GArray *points, const AssayDistribution *set, size_t side, gboolean as_floats)
{
    double total = MAX((double)set->n_values, 1);

    for (size_t cell = 0; cell < ASSAY_N_CELLS; cell++) {
        guint64 exact = set->exact != NULL ? set->exact[cell] : set->counts[cell];
        const guint64 counts[] = { set->counts[cell] - exact, exact };

        for (size_t i = 0; i < 2; i++) {
            Point point;

            if (counts[i] == 0)
                continue;
            point = point_at(&set->scale, (guint16)cell, i == 1, as_floats);
            point.side = (guint8)side;
            point.share = (double)counts[i] / total / 2;
            g_array_append_val(points, point);
        }
    }
}

static int
compare_points(const void *a, const void *b)
{
    const Point *x = a, *y = b;

    if (x->bound < y->bound || x->bound > y->bound)
        return x->bound < y->bound ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (int)x->side - (int)y->side;
}

static gboolean
is_equal(double a, double b)
{
    return !(a < b) && !(a > b);
}

static gboolean
is_same(const Point *a, const Point *b)
{
    return a->rank == b->rank && is_equal(a->bound, b->bound);
}

/* What stands before a kind of value on the axis. */
typedef struct {
    gboolean is_joined;
    gint64 bin;
    double share; /* of the last cell so far */
    gboolean is_closed;
} Joining;

static gboolean
stands_alone(const AssayAxisConfig *config, const Point *point, double share)
{
    if (point->rank != 0)
        return FALSE;
    for (size_t i = 0; i < config->n_apart; i++) {
        if (is_equal(config->apart[i], point->value))
            return TRUE;
    }
    return share >= ATOM_SHARE;
}

/* Whether a kind of value begins a cell of its own. */
static gboolean
begins_cell(Joining *self, const AssayAxisConfig *config, const Point *point, double share)
{
    gint64 bin = bin_of(config, point->value);
    gboolean alone = stands_alone(config, point, share);
    gboolean begins = !self->is_joined || self->is_closed || alone || bin != self->bin ||
                      self->share + share > JOINED_SHARE;

    self->share = begins ? share : self->share + share;
    self->is_closed = alone;
    self->bin = bin;
    return begins;
}

/* Gives every kind of value its cell of the axis. */
static void
make_cells(AssayAxis *self, const AssayAxisConfig *config, const Point *points, size_t n_points,
           size_t n_kinds)
{
    Joining joining = { .is_joined = config->is_joined && n_kinds > ASSAY_AXIS_CELLS,
                        .is_closed = TRUE };

    self->is_joined = joining.is_joined;
    self->values = g_new0(double, n_kinds + 1);
    self->is_exact = g_new0(guint8, n_kinds + 1);
    self->is_outside = g_new0(guint8, n_kinds + 1);
    for (size_t i = 0, end; i < n_points; i = end) {
        const Point *point = &points[i];
        double share = 0;
        size_t at;

        for (end = i; end < n_points && is_same(point, &points[end]); end++)
            share += points[end].share;
        if (begins_cell(&joining, config, point, share)) {
            at = self->n++;
            self->values[at] = point->value;
            self->is_exact[at] = point->rank == 0;
            self->is_outside[at] = joining.bin < 0 || joining.bin == (gint64)config->n_bins;
        } else {
            at = self->n - 1;
            self->values[at] += (point->value - self->values[at]) * share / joining.share;
            self->is_exact[at] = FALSE;
        }
        for (size_t k = i; k < end; k++) {
            self->map[points[k].side][points[k].exact][points[k].cell] = (guint32)at;
            if (self->is_of_floats)
                self->map[2][points[k].float_exact][points[k].float_cell] = (guint32)at;
        }
    }
}

AssayAxis *
assay_axis_new(const AssayDistribution *reference, const AssayDistribution *candidate,
               const AssayAxisConfig *config)
{
    AssayAxis *self = g_new0(AssayAxis, 1);
    gboolean as_floats = !reference->scale.is_integer || !candidate->scale.is_integer;
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(Point));
    const Point *point;
    size_t n_kinds = 0;

    self->is_of_floats = as_floats;
    for (size_t i = 0; i < 6; i++) {
        if (!as_floats && (i / 2 == 2 || i % 2 == 0))
            continue;
        self->map[i / 2][i % 2] = g_new(guint32, ASSAY_N_CELLS);
        for (size_t cell = 0; cell < ASSAY_N_CELLS; cell++)
            self->map[i / 2][i % 2][cell] = G_MAXUINT32;
    }
    add_points(points, reference, 0, as_floats);
    add_points(points, candidate, 1, as_floats);
    point = (const Point *)(const void *)points->data;
    if (points->len > 0)
        qsort(points->data, points->len, sizeof(Point), compare_points);
    for (guint i = 0; i < points->len; i++)
        n_kinds += i == 0 || !is_same(&point[i - 1], &point[i]);
    make_cells(self, config, point, points->len, n_kinds);
    return self;
}

void
assay_axis_free(AssayAxis *self)
{
    if (self == NULL)
        return;
    for (size_t i = 0; i < 6; i++)
        g_free(self->map[i / 2][i % 2]);
    g_free(self->values);
    g_free(self->is_exact);
    g_free(self->is_outside);
    g_free(self);
}

void
assay_axis_counts(const AssayAxis *self, const AssayDistribution *distribution, size_t side,
                  guint64 *counts)
{
    for (size_t cell = 0; cell < ASSAY_N_CELLS; cell++) {
        guint64 n = distribution->counts[cell];
        guint64 exact = distribution->exact != NULL ? distribution->exact[cell] : n;

        if (exact > 0)
            counts[self->map[side][1][cell]] += exact;
        if (n > exact)
            counts[self->map[side][0][cell]] += n - exact;
    }
}

/* Cells of whole numbers, none joined or this one alone. */
static size_t
find_value(const AssayAxis *self, double value)
{
    size_t low = 0, high = self->n;

    while (low < high) { /* the first cell whose value is not below */
        size_t middle = low + (high - low) / 2;

        if (self->values[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low < self->n && is_equal(self->values[low], value) ? low : G_MAXSIZE;
}

size_t
assay_axis_cell(const AssayAxis *self, double value)
{
    gboolean is_exact;
    guint16 cell;
    guint32 at;

    if (!self->is_of_floats)
        return find_value(self, value);
    cell = assay_cell_of(value, &is_exact);
    at = self->map[2][is_exact != FALSE][cell];
    return at == G_MAXUINT32 ? G_MAXSIZE : at;
}
