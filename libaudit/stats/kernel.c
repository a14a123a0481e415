/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-private.h"

#include <math.h>

#include "../base/each.h"
#include "../base/error.h"
#include "../base/sort.h"
#include "sum-private.h"

enum { MOST_FOR_MEDIAN = 1000 };

/* Vectors that are looked at: all of a sample, or some. */
typedef struct {
    const AssayPoints *vectors;
    const size_t *indices; /* %NULL for all */
    size_t n;
} Part;

static const double *
vector_at(const Part *part, size_t i)
{
    return part->vectors->values +
           (part->indices != NULL ? part->indices[i] : i) * part->vectors->n_columns;
}

void
assay_kernel_of_tile(const AssayKernel *kernel, const AssayTiles *tiles, size_t tile,
                     const double *vector, double *values)
{
    if (kernel->kind == ASSAY_KERNEL_CUBIC) {
        double scale = 1 / (double)tiles->n_columns;

        assay_tiles_dot(tiles, tile, vector, values);
        for (size_t t = 0; t < ASSAY_TILE; t++) {
            double base = values[t] * scale + 1;

            values[t] = base * base * base;
        }
    } else {
        double scale = -1 / (2 * kernel->width * kernel->width);

        assay_tiles_square(tiles, tile, vector, values);
        for (size_t t = 0; t < ASSAY_TILE; t++)
            values[t] = exp(values[t] * scale);
    }
}

/* The mean kernel of all pairs, or, within one part, of all pairs of different vectors. */
static double
mean_kernel(const AssayKernel *kernel, const Part *part, const AssayTiles *tiles, gboolean is_same)
{
    AssaySum sum = { 0, 0 };
    double values[ASSAY_TILE];

    for (size_t i = 0; i < part->n; i++) {
        double row = 0;

        /* Within a part each pair is looked at once, from the one that comes first. */
        for (size_t tile = is_same ? (i + 1) / ASSAY_TILE : 0; tile < tiles->n_tiles; tile++) {
            size_t filled = assay_tiles_filled(tiles, tile);

            assay_kernel_of_tile(kernel, tiles, tile, vector_at(part, i), values);
            for (size_t t = 0; t < filled; t++)
                row += !is_same || tile * ASSAY_TILE + t > i ? values[t] : 0;
        }
        assay_sum_add(&sum, row);
    }
    return is_same ? 2 * assay_sum_value(&sum) / (double)part->n / (double)(part->n - 1)
                   : assay_sum_value(&sum) / (double)part->n / (double)tiles->n;
}

static gboolean
mmd2(const AssayKernel *kernel, const Part *a, const Part *b, double *value, GError **error)
{
    g_auto(AssayTiles) tiles_a = { 0 }, tiles_b = { 0 };

    if (!assay_tiles_init(&tiles_a, a->vectors, a->indices, a->n, error) ||
        !assay_tiles_init(&tiles_b, b->vectors, b->indices, b->n, error))
        return FALSE;
    *value = mean_kernel(kernel, a, &tiles_a, TRUE) + mean_kernel(kernel, b, &tiles_b, TRUE) -
             2 * mean_kernel(kernel, a, &tiles_b, FALSE);
    if (isfinite(*value))
        return TRUE;
    g_set_error_literal(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "vectors too large for the kernel: scale them down");
    return FALSE;
}

static gboolean
check_kernel(const AssayKernel *kernel, GError **error)
{
    if (kernel->kind == ASSAY_KERNEL_CUBIC || (kernel->width > 0 && isfinite(kernel->width)))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "a Gaussian kernel of width %g: it has to be over 0", kernel->width);
    return FALSE;
}

gboolean
assay_kernel_mmd2(const AssayPoints *reference, const AssayPoints *candidate,
                  const AssayKernel *kernel, double *value, GError **error)
{
    Part a = { reference, NULL, reference->n }, b = { candidate, NULL, candidate->n };

    return assay_points_check_pair(reference, candidate, 2, error) && check_kernel(kernel, error) &&
           mmd2(kernel, &a, &b, value, error);
}

static size_t *
numbers(size_t n)
{
    size_t *indices = g_new(size_t, n);

    for (size_t i = 0; i < n; i++)
        indices[i] = i;
    return indices;
}

gboolean
assay_kernel_median_width(const AssayPoints *reference, const AssayPoints *candidate,
                          AssayRandom *random, double *width, GError **error)
{
    size_t d = reference->n_columns, n_all = reference->n + candidate->n;
    size_t n = MIN(n_all, MOST_FOR_MEDIAN), n_pairs = 0;
    g_autofree size_t *indices = NULL;
    g_autofree double *distances = NULL;

    if (!assay_points_check_pair(reference, candidate, 1, error))
        return FALSE;
    indices = numbers(n_all);
    distances = g_new(double, n *(n - 1) / 2);
    if (n < n_all)
        assay_random_choose(random, indices, n_all, n);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            size_t pair[] = { indices[i], indices[j] };
            const double *x[2];
            double square = 0;

            for (int k = 0; k < 2; k++)
                x[k] = pair[k] < reference->n ? reference->values + pair[k] * d
                                              : candidate->values + (pair[k] - reference->n) * d;
            for (size_t k = 0; k < d; k++)
                square += (x[0][k] - x[1][k]) * (x[0][k] - x[1][k]);
            distances[n_pairs++] = sqrt(square);
        }
    }
    assay_sort_doubles(distances, n_pairs);
    *width = (distances[(n_pairs - 1) / 2] + distances[n_pairs / 2]) / 2;
    return TRUE;
}

/* The estimates of subsets, by several threads. */
typedef struct {
    const AssayPoints *reference, *candidate;
    const AssayKernel *kernel;
    size_t subset;
    guint64 seed;
    double *values;
} Kid;

static gboolean
measure_subset(gpointer user, size_t number, GError **error)
{
    const Kid *self = user;
    g_autofree size_t *in_reference = numbers(self->reference->n);
    g_autofree size_t *in_candidate = numbers(self->candidate->n);
    Part a = { self->reference, in_reference, self->subset };
    Part b = { self->candidate, in_candidate, self->subset };
    AssayRandom random;

    assay_random_init_nth(&random, self->seed, "kid", number);
    assay_random_choose(&random, in_reference, self->reference->n, self->subset);
    assay_random_choose(&random, in_candidate, self->candidate->n, self->subset);
    return mmd2(self->kernel, &a, &b, &self->values[number], error);
}

static gboolean
check_subsets(size_t n_subsets, size_t subset, GError **error)
{
    if (n_subsets >= 1 && subset >= 2)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%" G_GSIZE_FORMAT " subsets of %" G_GSIZE_FORMAT
                " vectors: at least one of at least 2 is needed",
                n_subsets, subset);
    return FALSE;
}

gboolean
assay_kernel_kid(const AssayPoints *reference, const AssayPoints *candidate,
                 const AssayKernel *kernel, size_t n_subsets, size_t subset, guint64 seed,
                 guint n_workers, AssayKid *result, GError **error)
{
    Kid kid = { reference, candidate, kernel, 0, seed, NULL };
    g_autofree double *values = NULL;
    double mean = 0, square = 0;

    if (!assay_points_check_pair(reference, candidate, 2, error) || !check_kernel(kernel, error) ||
        !check_subsets(n_subsets, subset, error))
        return FALSE;
    kid.subset = MIN(subset, MIN(reference->n, candidate->n));
    kid.values = values = g_new(double, n_subsets);
    if (!assay_each_number(n_subsets, n_workers, measure_subset, &kid, error))
        return FALSE;
    for (size_t i = 0; i < n_subsets; i++)
        mean += values[i] / (double)n_subsets;
    for (size_t i = 0; i < n_subsets; i++)
        square += (values[i] - mean) * (values[i] - mean) / (double)n_subsets;
    *result = (AssayKid){ mean, sqrt(square), n_subsets, kid.subset };
    return TRUE;
}
