/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "neighbour-lists.h"

#include <stdlib.h>

#include "../base/each.h"
#include "../base/error.h"
#include "tiles-private.h"

/* Set in an entry that is as far away as the one before it. */
#define TIED ((guint32)1 << 31)

/* @entries: of each vector the n - 1 others, nearest first */
struct AssayNeighbourLists {
    size_t n;
    guint32 *entries;
};

typedef struct {
    double square;
    guint32 index;
} Other;

typedef struct {
    AssayNeighbourLists *lists;
    const AssayPoints *vectors;
    AssayTiles tiles;
} Build;

static int
compare_others(const void *a, const void *b)
{
    const Other *x = a, *y = b;

    if (x->square != y->square)
        return x->square < y->square ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static gboolean
sort_row(gpointer user, size_t row, GError **error)
{
    const Build *self = user;
    size_t n = self->lists->n, n_others = 0;
    guint32 *entries = self->lists->entries + row * (n - 1);
    g_autofree Other *others = g_new(Other, n);
    double squares[ASSAY_TILE];

    (void)error;
    for (size_t tile = 0; tile < self->tiles.n_tiles; tile++) {
        size_t first = tile * ASSAY_TILE, filled = assay_tiles_filled(&self->tiles, tile);

        assay_tiles_square(&self->tiles, tile,
                           self->vectors->values + row * self->vectors->n_columns, squares);
        for (size_t t = 0; t < filled; t++) {
            if (first + t != row)
                others[n_others++] = (Other){ squares[t], (guint32)(first + t) };
        }
    }
    qsort(others, n_others, sizeof *others, compare_others);
    for (size_t i = 0; i < n_others; i++)
        entries[i] =
            others[i].index | (i > 0 && !(others[i - 1].square < others[i].square) ? TIED : 0);
    return TRUE;
}

AssayNeighbourLists *
assay_neighbour_lists_new(const AssayPoints *vectors, guint n_workers, GError **error)
{
    g_autoptr(AssayNeighbourLists) self = g_new0(AssayNeighbourLists, 1);
    Build build = { .lists = self, .vectors = vectors };
    gboolean done;

    if (!assay_points_check(vectors, "the sample", 1, error))
        return NULL;
    self->n = vectors->n;
    if (self->n < TIED)
        self->entries = g_try_new(guint32, self->n * (self->n - 1) + 1);
    if (self->entries == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for the neighbours of %" G_GSIZE_FORMAT " vectors", self->n);
        return NULL;
    }
    if (!assay_tiles_init(&build.tiles, vectors, NULL, vectors->n, error))
        return NULL;
    done = assay_each_number(self->n, n_workers, sort_row, &build, error);
    assay_tiles_clear(&build.tiles);
    return done ? g_steal_pointer(&self) : NULL;
}

void
assay_neighbour_lists_free(AssayNeighbourLists *self)
{
    if (self == NULL)
        return;
    g_free(self->entries);
    g_free(self);
}

/* What is found of all balls.
 * @is_inside: of each vector: it is in a ball of the other sample
 * @n_inside: of the label, such vectors
 * @n_balls, @n_covered: the reference's, narrower, balls around vectors of the candidate, and those
 * that have one */
typedef struct {
    const guint8 *labels;
    const AssayNeighboursConfig *config;
    guint8 *is_inside;
    size_t n_inside[2];
    guint64 n_balls, n_covered;
} Balls;

/* Those as far away as each other lie together: in the wide ball if fewer than k of the vector's
 * own are nearer, in the narrow one, without its surface, if fewer than k are as near. */
static void
look_along(Balls *balls, const guint32 *entries, size_t n, guint8 own)
{
    size_t k_wide = balls->config->k_manifold, k_narrow = balls->config->k_density, n_own = 0;
    guint64 n_narrow = 0;

    for (size_t first = 0, end; first < n && n_own < MAX(k_wide, k_narrow); first = end) {
        size_t n_as_near = n_own, n_others = 0;

        for (end = first; end < n && (end == first || (entries[end] & TIED) != 0); end++) {
            size_t other = entries[end] & ~TIED;
            guint8 label = balls->labels[other];

            n_as_near += label == own;
            n_others += label == 1 - own;
            if (label == 1 - own && n_own < k_wide && !balls->is_inside[other]) {
                balls->is_inside[other] = 1;
                balls->n_inside[label]++;
            }
        }
        if (n_as_near < k_narrow)
            n_narrow += n_others;
        n_own = n_as_near;
    }
    if (own == 0) {
        balls->n_balls += n_narrow;
        balls->n_covered += n_narrow > 0;
    }
}

gboolean
assay_neighbour_lists_measure(const AssayNeighbourLists *self, const guint8 *labels,
                              const AssayNeighboursConfig *config, AssayNeighbours *result)
{
    g_autofree guint8 *is_inside = g_new0(guint8, self->n);
    Balls balls = { labels, config, is_inside, { 0, 0 }, 0, 0 };
    size_t n[2] = { 0, 0 }, k = MAX(config->k_manifold, config->k_density);

    for (size_t i = 0; i < self->n; i++) {
        if (labels[i] < 2)
            n[labels[i]]++;
    }
    if (MIN(n[0], n[1]) <= k)
        return FALSE;
    for (size_t i = 0; i < self->n; i++) {
        if (labels[i] < 2)
            look_along(&balls, self->entries + i * (self->n - 1), self->n - 1, labels[i]);
    }
    result->n_reference = n[0];
    result->n_candidate = n[1];
    result->recall = (double)balls.n_inside[0] / (double)n[0];
    result->precision = (double)balls.n_inside[1] / (double)n[1];
    result->density = (double)balls.n_balls / (double)n[1] / (double)config->k_density;
    result->coverage = (double)balls.n_covered / (double)n[0];
    return TRUE;
}
