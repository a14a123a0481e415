/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "relabel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/parallel.h"
#include "../stats/kernel-groups.h"
#include "../stats/neighbour-lists.h"
#include "resample.h"
#include "vector-groups-private.h"

#define MAX_VECTORS ((size_t)1024)

/* Sums in another order are ties within this share of what is summed. */
#define TIE 1e-12

enum { NEITHER = 2 }; /* a label */

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
    size_t next;
    double observed[ASSAY_RELABELLED], tie[ASSAY_RELABELLED];
    double *real[ASSAY_RELABELLED]; /* one a draw */
    size_t n_real[ASSAY_RELABELLED], n_above[ASSAY_RELABELLED];
} Run;

typedef struct {
    size_t draw;
    double real[ASSAY_RELABELLED], labels[ASSAY_RELABELLED];
} Draw;

static void
run_clear(Run *self)
{
    for (size_t i = 0; i < 2; i++)
        assay_vector_groups_clear(&self->sides[i]);
    for (size_t i = 0; i < ASSAY_RELABELLED; i++)
        g_free(self->real[i]);
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
begin_draw(const Run *run, const char *stage, size_t draw, AssayRandom *random)
{
    char identity[32];

    g_snprintf(identity, sizeof identity, "%" G_GSIZE_FORMAT, draw);
    assay_random_init(random, run->config->seed, stage, identity);
}

static void
draw_labels(const Run *run, size_t draw, double *values)
{
    g_autofree size_t *order = count_up(run->n_groups);
    g_autofree guint8 *labels = g_new(guint8, run->n_groups);
    AssayRandom random;

    begin_draw(run, "compare-labels", draw, &random);
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

    begin_draw(run, "compare-real", draw, &random);
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

    begin_draw(run, "compare-parts", draw, &random);
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
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    Run *run = user;
    Draw *draw;

    (void)error;
    if (run->next == run->config->n_draws)
        return TRUE;
    draw = g_new0(Draw, 1);
    draw->draw = run->next++;
    *bytes = sizeof *draw;
    *job = draw;
    return TRUE;
}

static gpointer
work(gpointer worker, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    Draw *draw = job;

    (void)worker;
    (void)bytes;
    (void)error;
    draw_real(user, draw->draw, draw->real);
    draw_labels(user, draw->draw, draw->labels);
    return draw;
}

static gboolean
consume(gpointer user, gpointer result, GError **error)
{
    Run *run = user;
    const Draw *draw = result;

    (void)error;
    for (size_t i = 0; i < ASSAY_RELABELLED; i++) {
        double far = assay_relabelled_far(i, draw->labels[i]);

        if (!isnan(draw->real[i]))
            run->real[i][run->n_real[i]++] = draw->real[i];
        run->n_above[i] += !(far < assay_relabelled_far(i, run->observed[i]) - run->tie[i]);
    }
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

static double
quantile_of(const double *values, size_t n, double share)
{
    return n == 0 ? (double)NAN : values[MAX((size_t)ceil(share * (double)n), 1) - 1];
}

static void
conclude(Run *run, AssayRelabelling *result)
{
    for (size_t i = 0; i < ASSAY_RELABELLED; i++) {
        if (isnan(run->observed[i]))
            continue;
        if (run->n_real[i] > 0)
            g_qsort_with_data(run->real[i], (gint)run->n_real[i], sizeof(double), compare_far,
                              GSIZE_TO_POINTER(i));
        result->rows[i] =
            (AssayNullRow){ quantile_of(run->real[i], run->n_real[i], 0.5),
                            quantile_of(run->real[i], run->n_real[i], 0.99), run->observed[i],
                            (double)(run->n_above[i] + 1) / (double)(run->config->n_draws + 1) };
    }
    result->n_draws = run->config->n_draws;
}

static gboolean
run_draws(Run *run, AssayRelabelling *result, GError **error)
{
    const AssayParallel parallel = {
        .n_workers = run->config->n_workers,
        .max_bytes = (size_t)1 << 20,
        .produce = produce,
        .work = work,
        .consume = consume,
        .free_job = g_free,
        .free_result = g_free,
    };
    g_autofree guint8 *labels = g_new(guint8, run->n_groups);

    for (size_t g = 0; g < run->n_groups; g++)
        labels[g] = g < run->sides[0].n_kept ? 0 : 1;
    measure_labels(run, labels, run->observed);
    for (size_t i = 0; i < ASSAY_RELABELLED; i++) {
        run->tie[i] = TIE * (i == 0 && run->kernels != NULL ? run->kernels->scale : 1);
        run->real[i] = g_try_new0(double, run->config->n_draws);
        if (run->real[i] == NULL) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "no memory for %" G_GSIZE_FORMAT " draws", run->config->n_draws);
            return FALSE;
        }
    }
    if (!assay_parallel_run(&parallel, run, error))
        return FALSE;
    conclude(run, result);
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
