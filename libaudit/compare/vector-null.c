/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vector-null.h"

#include <math.h>
#include <string.h>

#include "../base/each.h"
#include "../base/sort.h"
#include "../stats/frechet.h"
#include "../stats/percentile.h"
#include "resample.h"
#include "vector-groups-private.h"

#define MAX_GROUPS ((size_t)4096)
#define MIN_DRAWS ((size_t)19)

/* How many multiplications all draws together may take: some ten seconds. */
#define BUDGET 2e10

typedef struct {
    AssayVectorGroups sides[2];
    const AssayNullConfig *config;
    size_t n_draws;
    double observed;
    double *real, *labels; /* one a draw */
} Run;

static gboolean
add_group(AssayGaussian *to, const AssayVectorGroups *side, size_t at, guint64 times,
          GError **error)
{
    const AssayVectorGroup *group = assay_vector_groups_at(side, at);
    size_t n_columns = side->field->n_columns;

    for (guint64 t = 0; t < times; t++) {
        if (!assay_gaussian_add(
                to, &g_array_index(side->field->values, double, group->first *n_columns), group->n,
                error))
            return FALSE;
    }
    return TRUE;
}

/* NaN where either has less than two vectors. */
static gboolean
measure(const AssayGaussian *a, const AssayGaussian *b, double *distance, GError **error)
{
    *distance = (double)NAN;
    return assay_gaussian_n(a) < 2 || assay_gaussian_n(b) < 2 ||
           assay_frechet_distance(a, b, distance, error);
}

static gboolean
draw_real(const Run *run, size_t draw, double *distance, GError **error)
{
    const AssayVectorGroups *side = &run->sides[0];
    g_autoptr(AssayGaussian) a = assay_gaussian_new(side->field->n_columns, error);
    g_autoptr(AssayGaussian) b = assay_gaussian_new(side->field->n_columns, error);
    AssayGaussian *const gaussians[] = { a, b };
    g_autofree double *weights = g_new(double, side->n_kept + 1);
    AssayRandom random;

    assay_random_init_nth(&random, run->config->seed, "compare-real", draw);
    for (size_t i = 0; i < 2; i++) {
        assay_resample(&random, run->sides[i].groups->len, side->n_kept, weights, 1);
        for (size_t g = 0; g < side->n_kept; g++) {
            if (!add_group(gaussians[i], side, g, (guint64)weights[g], error))
                return FALSE;
        }
    }
    return measure(a, b, distance, error);
}

/* The kept groups of both sides, the first @n of @order as the reference. */
static gboolean
measure_labels(const Run *run, const size_t *order, double *distance, GError **error)
{
    size_t n_a = run->sides[0].n_kept, n = n_a + run->sides[1].n_kept;
    size_t n_columns = run->sides[0].field->n_columns;
    g_autoptr(AssayGaussian) a = assay_gaussian_new(n_columns, error);
    g_autoptr(AssayGaussian) b = assay_gaussian_new(n_columns, error);
    g_autofree guint8 *is_reference = g_new0(guint8, n + 1);

    for (size_t i = 0; i < n_a; i++)
        is_reference[order[i]] = 1;
    for (size_t g = 0; g < n; g++) {
        size_t side = g < n_a ? 0 : 1;

        if (!add_group(is_reference[g] ? a : b, &run->sides[side], g - side * n_a, 1, error))
            return FALSE;
    }
    return measure(a, b, distance, error);
}

static gboolean
draw_labels(const Run *run, size_t draw, double *distance, GError **error)
{
    size_t n = run->sides[0].n_kept + run->sides[1].n_kept;
    g_autofree size_t *order = g_new(size_t, n + 1);
    AssayRandom random;

    for (size_t i = 0; i < n; i++)
        order[i] = i;
    if (draw < G_MAXSIZE) {
        assay_random_init_nth(&random, run->config->seed, "compare-labels", draw);
        assay_random_choose(&random, order, n, run->sides[0].n_kept);
    }
    return measure_labels(run, order, distance, error);
}

static gboolean
draw_both(gpointer user, size_t draw, GError **error)
{
    const Run *run = user;

    return draw_real(run, draw, &run->real[draw], error) &&
           draw_labels(run, draw, &run->labels[draw], error);
}

/* How many draws there is time for. */
static size_t
count_draws(const Run *run)
{
    double d = (double)run->sides[0].field->n_columns;
    double n = (double)run->sides[0].field->groups->len + (double)run->sides[1].field->groups->len;
    double draws = BUDGET / (2 * (n * d * d + 30 * d * d * d));

    if (run->sides[0].n_kept < 2 || run->sides[1].n_kept == 0 || draws < (double)MIN_DRAWS)
        return 0;
    return (size_t)MIN(draws, (double)run->config->n_draws);
}

static gboolean
run_draws(Run *run, AssayVectorNull *result, GError **error)
{
    size_t n_real = 0, n_above = 0;

    run->n_draws = count_draws(run);
    if (run->n_draws == 0)
        return TRUE;
    run->real = g_new0(double, run->n_draws);
    run->labels = g_new0(double, run->n_draws);
    if (!draw_labels(run, G_MAXSIZE, &run->observed, error) ||
        !assay_each_number(run->n_draws, run->config->n_workers, draw_both, run, error))
        return FALSE;
    for (size_t i = 0; i < run->n_draws; i++) {
        if (!isnan(run->real[i]))
            run->real[n_real++] = run->real[i];
        n_above += !(run->labels[i] < run->observed * (1 - 1e-12));
    }
    assay_sort_doubles(run->real, n_real);
    result->n_draws = run->n_draws;
    result->row = (AssayNullRow){ assay_percentile_reached(run->real, n_real, 0.5),
                                  assay_percentile_reached(run->real, n_real, 0.99), run->observed,
                                  (double)(n_above + 1) / (double)(run->n_draws + 1) };
    return TRUE;
}

static gboolean
measure_all(const AssayVectorField *a, const AssayVectorField *b, double *value, GError **error)
{
    const AssayVectorField *const fields[] = { a, b };
    g_autoptr(AssayGaussian) x = assay_gaussian_new(a->n_columns, error);
    g_autoptr(AssayGaussian) y = x == NULL ? NULL : assay_gaussian_new(a->n_columns, error);
    AssayGaussian *const gaussians[] = { x, y };

    if (y == NULL)
        return FALSE;
    for (size_t i = 0; i < 2; i++) {
        if (!assay_gaussian_add(gaussians[i], (const double *)(const void *)fields[i]->values->data,
                                fields[i]->groups->len, error))
            return FALSE;
    }
    return measure(x, y, value, error);
}

gboolean
assay_vector_null(const AssayVectorField *reference, const AssayVectorField *candidate,
                  const AssayNullConfig *config, AssayVectorNull *result, GError **error)
{
    Run run = { .config = config };
    gboolean done;

    *result = (AssayVectorNull){ .value = (double)NAN,
                                 .row = { (double)NAN, (double)NAN, (double)NAN, (double)NAN } };
    if (!measure_all(reference, candidate, &result->value, error))
        return FALSE;
    if (isnan(result->value))
        return TRUE;
    assay_vector_groups_init(&run.sides[0], reference, MAX_GROUPS, G_MAXSIZE);
    assay_vector_groups_init(&run.sides[1], candidate, MAX_GROUPS, G_MAXSIZE);
    done = run_draws(&run, result, error);
    assay_vector_groups_clear(&run.sides[0]);
    assay_vector_groups_clear(&run.sides[1]);
    g_free(run.real);
    g_free(run.labels);
    return done;
}
