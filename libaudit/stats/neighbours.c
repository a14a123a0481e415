/* stats/neighbours.c - all distances, in blocks of vectors that threads share.
 *
 * Distances are compared by their squares, which are the same whichever way round they are taken.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "neighbours.h"

#include <math.h>

#include "../base/each.h"
#include "../base/error.h"
#include "tiles-private.h"

enum { ROWS = 64 }; /* of a job */

/* One sample; the squared radii of its balls. */
typedef struct {
    const AssayPoints *vectors;
    AssayTiles tiles;
    double *manifold, *density;
} Side;

static void
side_clear(Side *self)
{
    assay_tiles_clear(&self->tiles);
    g_free(self->manifold);
    g_free(self->density);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Side, side_clear)

typedef struct Pass Pass;
struct Pass {
    const AssayNeighboursConfig *config;
    Side *rows;          /* the vectors that are gone through */
    const Side *against; /* those to which distances are taken */
    void (*look)(const Pass *pass, size_t row);
    /* What is found of each row. */
    guint8 *is_inside, *is_covered;
    guint64 *n_balls;
};

static gboolean
look_at_rows(gpointer user, size_t block, GError **error)
{
    const Pass *self = user;
    size_t first = block * ROWS, end = MIN(first + ROWS, self->rows->vectors->n);

    (void)error;
    for (size_t row = first; row < end; row++)
        self->look(self, row);
    return TRUE;
}

static gboolean
run(Pass *pass, Side *rows, const Side *against, void (*look)(const Pass *pass, size_t row),
    GError **error)
{
    size_t n = rows->vectors->n;

    pass->rows = rows;
    pass->against = against;
    pass->look = look;
    return assay_each_number(n / ROWS + (n % ROWS > 0), pass->config->n_workers, look_at_rows, pass,
                             error);
}

static const double *
vector_at(const Side *side, size_t i)
{
    return side->vectors->values + i * side->vectors->n_columns;
}

/* Puts @value among the @k least, which ascend. */
static void
keep_least(double *least, size_t k, double value)
{
    size_t i = k - 1;

    if (value >= least[i])
        return;
    for (; i > 0 && least[i - 1] > value; i--)
        least[i] = least[i - 1];
    least[i] = value;
}

/* The radii of a row's balls: @against is the side itself. */
static void
look_for_radii(const Pass *pass, size_t row)
{
    size_t k = MAX(pass->config->k_manifold, pass->config->k_density);
    const AssayTiles *tiles = &pass->against->tiles;
    g_autofree double *least = g_new(double, k);
    double squares[ASSAY_TILE];

    for (size_t i = 0; i < k; i++)
        least[i] = (double)INFINITY;
    for (size_t tile = 0; tile < tiles->n_tiles; tile++) {
        size_t filled = assay_tiles_filled(tiles, tile);

        assay_tiles_square(tiles, tile, vector_at(pass->rows, row), squares);
        for (size_t t = 0; t < filled; t++) {
            if (tile * ASSAY_TILE + t != row)
                keep_least(least, k, squares[t]);
        }
    }
    pass->rows->manifold[row] = least[pass->config->k_manifold - 1];
    pass->rows->density[row] = least[pass->config->k_density - 1];
}

/* In which balls of the other side a row is, and whether one of those is in its own. */
static void
look_across(const Pass *pass, size_t row)
{
    const AssayTiles *tiles = &pass->against->tiles;
    const double *manifold = pass->against->manifold, *density = pass->against->density;
    double squares[ASSAY_TILE], own = pass->rows->density[row];
    guint64 n_balls = 0;
    gboolean is_inside = FALSE, is_covered = FALSE;

    for (size_t tile = 0; tile < tiles->n_tiles; tile++) {
        size_t filled = assay_tiles_filled(tiles, tile);

        assay_tiles_square(tiles, tile, vector_at(pass->rows, row), squares);
        for (size_t t = 0; t < filled; t++) {
            is_inside |= squares[t] <= manifold[tile * ASSAY_TILE + t];
            n_balls += (guint64)(squares[t] < density[tile * ASSAY_TILE + t]);
            is_covered |= squares[t] < own;
        }
    }
    pass->is_inside[row] = (guint8)is_inside;
    pass->is_covered[row] = (guint8)is_covered;
    pass->n_balls[row] = n_balls;
}

static double
share_of(const guint8 *flags, size_t n)
{
    size_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += flags[i];
    return (double)sum / (double)n;
}

static gboolean
prepare(Side *side, Pass *pass, const AssayPoints *vectors, GError **error)
{
    side->vectors = vectors;
    if (!assay_tiles_init(&side->tiles, vectors, NULL, vectors->n, error))
        return FALSE;
    side->manifold = g_new(double, vectors->n);
    side->density = g_new(double, vectors->n);
    return run(pass, side, side, look_for_radii, error);
}

static gboolean
check(const AssayPoints *reference, const AssayPoints *candidate,
      const AssayNeighboursConfig *config, GError **error)
{
    size_t k = MAX(config->k_manifold, config->k_density);

    if (MIN(config->k_manifold, config->k_density) == 0) {
        g_set_error_literal(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                            "the 0th nearest neighbour: they begin with 1");
        return FALSE;
    }
    return assay_points_check_pair(reference, candidate, k < G_MAXSIZE ? k + 1 : k, error);
}

gboolean
assay_neighbours_measure(const AssayPoints *reference, const AssayPoints *candidate,
                         const AssayNeighboursConfig *config, AssayNeighbours *result,
                         GError **error)
{
    g_auto(Side) a = { 0 }, b = { 0 };
    Pass pass = { .config = config };
    size_t most = MAX(reference->n, candidate->n);
    g_autofree guint8 *is_inside = NULL, *is_covered = NULL;
    g_autofree guint64 *n_balls = NULL;
    double sum = 0;

    if (!check(reference, candidate, config, error) || !prepare(&a, &pass, reference, error) ||
        !prepare(&b, &pass, candidate, error))
        return FALSE;
    pass.is_inside = is_inside = g_new(guint8, most);
    pass.is_covered = is_covered = g_new(guint8, most);
    pass.n_balls = n_balls = g_new(guint64, most);
    if (!run(&pass, &a, &b, look_across, error))
        return FALSE;
    result->n_reference = reference->n;
    result->n_candidate = candidate->n;
    result->recall = share_of(is_inside, reference->n);
    result->coverage = share_of(is_covered, reference->n);
    if (!run(&pass, &b, &a, look_across, error))
        return FALSE;
    result->precision = share_of(is_inside, candidate->n);
    for (size_t i = 0; i < candidate->n; i++)
        sum += (double)n_balls[i];
    result->density = sum / (double)candidate->n / (double)config->k_density;
    return TRUE;
}
