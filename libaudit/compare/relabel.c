/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "relabel.h"

#include <math.h>
#include <string.h>

#include "../base/each.h"
#include "../base/error.h"
#include "../stats/kernel-groups.h"
#include "../stats/neighbour-lists.h"
#include "../stats/percentile.h"
#include "resample.h"
#include "vector-groups-private.h"

#define MAX_VECTORS ((size_t)1024)

/* Sums in another order are ties within this share of what is summed. */
#define TIE 1e-12

enum { NEITHER = 2 }; /* a label */

typedef struct {
    double real[ASSAY_RELABELLED], labels[ASSAY_RELABELLED];
} Draw;

/* @n_groups: kept, of both; the reference's come first, as in all that is by group
 * @group_of: of each vector */
typedef struct {
    AssayVectorGroups sides[2];
    const AssayNullConfig *config;
    size_t n_groups, n_vectors;
    size_t *sizes, *group_of;
    double *values;
    AssayKernelGroups *kernels;
    AssayNeighbourLists *lists;
    Draw *draws;
    double observed[ASSAY_RELABELLED], tie[ASSAY_RELABELLED];
} Run;

static void
run_clear(Run *self)
{
    for (size_t i = 0; i < 2; i++)
        assay_vector_groups_clear(&self->sides[i]);
    g_free(self->draws);
    g_free(self->sizes);
    g_free(self->group_of);
    g_free(self->values);
    assay_kernel_groups_free(self->kernels);
    assay_neighbour_lists_free(self->lists);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

double
assay_relabelled_far(size_t which, double value)
{
    return which == 0 ? value : fabs(1 - value);
}

/* Of groups labelled 0, 1 or neither. */
static void
measure_neighbours(const Run *run, const guint8 *labels, double *values)
{
    AssayNeighboursConfig config = ASSAY_NEIGHBOURS_CONFIG_DEFAULT;
    AssayNeighbours found = { (double)NAN, (double)NAN, (double)NAN, (double)NAN, 0, 0 };
    g_autofree guint8 *of_vectors = g_new(guint8, run->n_vectors);

    for (size_t i = 0; i < run->n_vectors; i++)
        of_vectors[i] = labels[run->group_of[i]];
    (void)!assay_neighbour_lists_measure(run->lists, of_vectors, &config, &found);
    values[1] = found.precision;
    values[2] = found.recall;
    values[3] = found.density;
    values[4] = found.coverage;
}

static void
measure_labels(const Run *run, const guint8 *labels, double *values)
{
    for (size_t i = 0; i < ASSAY_RELABELLED; i++)
        values[i] = (double)NAN;
    if (run->lists != NULL)
        measure_neighbours(run, labels, values);
    if (run->kernels != NULL) {
        g_autofree double *weights = g_new0(double, 2 * run->n_groups);

        for (size_t g = 0; g < run->n_groups; g++) {
            if (labels[g] != NEITHER)
                weights[labels[g] * run->n_groups + g] = 1;
        }
        values[0] = assay_kernel_groups_mmd2(run->kernels, weights, weights + run->n_groups);
    }
}

/* The first @n of @order are the reference, the others up to @end the candidate. */
static void
label(guint8 *labels, const size_t *order, size_t n, size_t end)
{
    for (size_t i = 0; i < end; i++)
        labels[order[i]] = i < n ? 0 : 1;
}

static size_t *
count_up(size_t n)
{
    size_t *order = g_new(size_t, n);

    for (size_t i = 0; i < n; i++)
        order[i] = i;
    return order;
}

static void
draw_labels(const Run *run, size_t draw, double *values)
{
    g_autofree size_t *order = count_up(run->n_groups);
    g_autofree guint8 *labels = g_new(guint8, run->n_groups);
    AssayRandom random;

    assay_random_init_nth(&random, run->config->seed, "compare-labels", draw);
    assay_random_choose(&random, order, run->n_groups, run->sides[0].n_kept);
    label(labels, order, run->sides[0].n_kept, run->n_groups);
    measure_labels(run, labels, values);
}

/* How many of the reference's kept groups are the reference where it is parted in two. */
static size_t
count_part(const Run *run)
{
    double n = (double)run->sides[0].groups->len, m = (double)run->sides[1].groups->len;
    size_t kept = run->sides[0].n_kept, part = (size_t)((double)kept * n / (n + m) + .5);

    return CLAMP(part, 1, kept - 1);
}

/* Two samples of the reference, with replacement. */
static double
draw_kernel(const Run *run, size_t draw)
{
    size_t n = run->n_groups;
    g_autofree double *weights = g_new0(double, 2 * n);
    AssayRandom random;

    assay_random_init_nth(&random, run->config->seed, "compare-real", draw);
    for (size_t i = 0; i < 2; i++)
        assay_resample(&random, run->sides[i].groups->len, run->sides[0].n_kept, weights + i * n,
                       1);
    return assay_kernel_groups_mmd2(run->kernels, weights, weights + n);
}

/* Two parts of the reference. */
static void
draw_parts(const Run *run, size_t draw, double *values)
{
    g_autofree size_t *order = count_up(run->n_groups);
    g_autofree guint8 *labels = g_new(guint8, run->n_groups);
    size_t part = count_part(run);
    AssayRandom random;

    assay_random_init_nth(&random, run->config->seed, "compare-parts", draw);
    memset(labels, NEITHER, run->n_groups);
    assay_random_choose(&random, order, run->sides[0].n_kept, part);
    label(labels, order, part, run->sides[0].n_kept);
    measure_neighbours(run, labels, values);
}

static void
draw_real(const Run *run, size_t draw, double *values)
{
    for (size_t i = 0; i < ASSAY_RELABELLED; i++)
        values[i] = (double)NAN;
    if (run->kernels != NULL)
        values[0] = draw_kernel(run, draw);
    if (run->lists != NULL)
        draw_parts(run, draw, values);
}

static gboolean
draw_both(gpointer user, size_t draw, GError **error)
{
    const Run *run = user;

    (void)error;
    draw_real(run, draw, run->draws[draw].real);
    draw_labels(run, draw, run->draws[draw].labels);
    return TRUE;
}

/* All kept vectors in a row, the reference's first, and what is between them. */
static gboolean
look_between(Run *run, gboolean kernel, gboolean neighbours, GError **error)
{
    const AssayKernel cubic = { ASSAY_KERNEL_CUBIC, 0 };
    size_t n_columns = run->sides[0].field->n_columns, at = 0, group = 0;
    AssayPoints points = { NULL, run->n_vectors, n_columns };

    run->sizes = g_new(size_t, run->n_groups);
    run->group_of = g_new(size_t, run->n_vectors);
    run->values = g_try_new(double, run->n_vectors *n_columns);
    if (run->values == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: no memory to label %" G_GSIZE_FORMAT " vectors anew",
                    run->sides[0].field->name, run->n_vectors);
        return FALSE;
    }
    for (size_t i = 0; i < 2; i++) {
        const AssayVectorGroups *side = &run->sides[i];

        memcpy(run->values + at * n_columns, side->field->values->data,
               side->n_vectors * n_columns * sizeof(double));
        for (size_t g = 0; g < side->n_kept; g++, group++) {
            run->sizes[group] = assay_vector_groups_at(side, g)->n;
            for (size_t k = 0; k < run->sizes[group]; k++)
                run->group_of[at++] = group;
        }
    }
    points.values = run->values;
    if (kernel)
        run->kernels = assay_kernel_groups_new(&points, run->sizes, run->n_groups, &cubic,
                                               run->config->n_workers, error);
    if (neighbours && (!kernel || run->kernels != NULL))
        run->lists = assay_neighbour_lists_new(&points, run->config->n_workers, error);
    return (!kernel || run->kernels != NULL) && (!neighbours || run->lists != NULL);
}

static int
compare_far(const void *a, const void *b, gpointer which)
{
    double x = assay_relabelled_far(GPOINTER_TO_SIZE(which), *(const double *)a);
    double y = assay_relabelled_far(GPOINTER_TO_SIZE(which), *(const double *)b);

    return (x > y) - (x < y);
}

/* The row of measure @i; @real has room for the draws. */
static AssayNullRow
conclude(const Run *run, size_t i, double *real)
{
    double far = assay_relabelled_far(i, run->observed[i]) - run->tie[i];
    size_t n = run->config->n_draws, n_real = 0, n_above = 0;

    for (size_t draw = 0; draw < n; draw++) {
        if (!isnan(run->draws[draw].real[i]))
            real[n_real++] = run->draws[draw].real[i];
        n_above += !(assay_relabelled_far(i, run->draws[draw].labels[i]) < far);
    }
    if (n_real > 0)
        g_qsort_with_data(real, (gint)n_real, sizeof *real, compare_far, GSIZE_TO_POINTER(i));
    return (AssayNullRow){ assay_percentile_reached(real, n_real, 0.5),
                           assay_percentile_reached(real, n_real, 0.99), run->observed[i],
                           (double)(n_above + 1) / (double)(n + 1) };
}

static gboolean
run_draws(Run *run, AssayRelabelling *result, GError **error)
{
    size_t n_draws = run->config->n_draws;
    g_autofree guint8 *labels = g_new(guint8, run->n_groups);
    g_autofree double *real = g_try_new(double, n_draws + 1);

    run->draws = g_try_new0(Draw, n_draws + 1);
    if (real == NULL || run->draws == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for %" G_GSIZE_FORMAT " draws", n_draws);
        return FALSE;
    }
    for (size_t g = 0; g < run->n_groups; g++)
        labels[g] = g < run->sides[0].n_kept ? 0 : 1;
    measure_labels(run, labels, run->observed);
    if (!assay_each_number(n_draws, run->config->n_workers, draw_both, run, error))
        return FALSE;
    for (size_t i = 0; i < ASSAY_RELABELLED; i++) {
        run->tie[i] = TIE * (i == 0 && run->kernels != NULL ? run->kernels->scale : 1);
        if (!isnan(run->observed[i]))
            result->rows[i] = conclude(run, i, real);
    }
    result->n_draws = n_draws;
    return TRUE;
}

gboolean
assay_relabel(const AssayVectorField *reference, const AssayVectorField *candidate,
              const AssayNullConfig *config, gboolean kernel, gboolean neighbours,
              AssayRelabelling *result, GError **error)
{
    const AssayVectorField *const fields[] = { reference, candidate };
    g_auto(Run) run = { .config = config };

    *result = (AssayRelabelling){ .n_draws = 0 };
    for (size_t i = 0; i < ASSAY_RELABELLED; i++)
        result->rows[i] = (AssayNullRow){ (double)NAN, (double)NAN, (double)NAN, (double)NAN };
    for (size_t i = 0; i < 2; i++) {
        assay_vector_groups_init(&run.sides[i], fields[i], MAX_VECTORS, MAX_VECTORS);
        run.n_groups += run.sides[i].n_kept;
        run.n_vectors += run.sides[i].n_vectors;
        result->n_vectors[i] = run.sides[i].n_vectors;
        result->n_all[i] = fields[i]->groups->len;
    }
    if (run.sides[0].n_kept < 2 || run.sides[1].n_kept == 0)
        return TRUE;
    return look_between(&run, kernel, neighbours, error) && run_draws(&run, result, error);
}
