/* compare/compare-vectors.c - the rows of fields that are one vector an item.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/text.h"
#include "../stats/frechet.h"
#include "../stats/kernel.h"
#include "../stats/neighbours.h"
#include "compare-private.h"
#include "relabel.h"
#include "vector-null.h"

/* Whose time grows with the square of their number, is measured of so many. */
#define MAX_VECTORS ((size_t)10000)

#define KID_SUBSETS 100
#define KID_SIZE 1000
#define LIMIT_SIZES 15
#define LEAST_VECTORS 20 /* for a line through sizes */

const char *const assay_vector_measures[] = { "frechet", "frechet-inf", "kid",      "precision",
                                              "recall",  "density",     "coverage", NULL };

typedef struct {
    const AssayVectorField *sides[2];
    const AssayCompareConfig *config;
    const AssayDistributions *candidate;
    GPtrArray *rows;
} Fields;

static gboolean
is_wanted(const AssayCompareConfig *config, const char *name)
{
    if (config->measures != NULL)
        return g_strv_contains(config->measures, name);
    return config->all || strcmp(name, "frechet") == 0;
}

static AssayCompareRow *
add_row(const Fields *self, const char *measure)
{
    const AssayVectorField *a = self->sides[0], *b = self->sides[1];
    AssayCompareRow *row = assay_compare_row_new(b->name, g_strdup(measure));

    row->items = self->candidate->n_items;
    row->groups = self->candidate->n_groups;
    g_ptr_array_add(self->rows, row);
    if (a->n_left_out + b->n_left_out > 0)
        assay_text_join(row->note, "; ",
                        "%" G_GUINT64_FORMAT " vectors of the reference and %" G_GUINT64_FORMAT
                        " of the set, with a value that is not finite, are left out",
                        a->n_left_out, b->n_left_out);
    return row;
}

/* What is known of measure @which, see AssayRelabelling. Neighbours are nearer among more: the
 * ratio is of those vectors that the draws were of. */
static void
judge(AssayCompareRow *row, const AssayRelabelling *null, size_t which, size_t n_draws)
{
    double shown = which == 0 ? row->value : null->rows[which].observed;
    double far = assay_relabelled_far(which, shown);
    double real = assay_relabelled_far(which, null->rows[which].real99);

    if (isnan(row->value))
        return;
    row->real50 = null->rows[which].real50;
    row->real99 = null->rows[which].real99;
    row->p = null->rows[which].p;
    if (real > 0)
        row->ratio = far / real;
    else if (real <= 0 && far > 0)
        row->ratio = (double)INFINITY;
    if (null->n_draws < n_draws)
        assay_text_join(row->note, "; ", "null from %" G_GSIZE_FORMAT " draws", null->n_draws);
    else if (null->n_vectors[0] < null->n_all[0] || null->n_vectors[1] < null->n_all[1])
        assay_text_join(row->note, "; ",
                        "null from %" G_GSIZE_FORMAT
                        " vectors of the reference and %" G_GSIZE_FORMAT " of the set",
                        null->n_vectors[0], null->n_vectors[1]);
}

static AssayPoints
vectors_of(const AssayVectorField *field, size_t most)
{
    return (AssayPoints){ (const double *)(const void *)field->values->data,
                          MIN(field->groups->len, most), field->n_columns };
}

static gboolean
add_frechet(const Fields *self, GError **error)
{
    const AssayNullConfig draws = { .seed = self->config->seed,
                                    .n_draws = self->config->n_draws,
                                    .n_workers = self->config->n_workers };
    AssayCompareRow *row = add_row(self, "frechet");
    AssayVectorNull null;

    if (!assay_vector_null(self->sides[0], self->sides[1], &draws, &null, error))
        return FALSE;
    row->value = null.value;
    row->real50 = null.row.real50;
    row->real99 = null.row.real99;
    row->p = null.row.p;
    if (null.row.real99 > 0)
        row->ratio = row->value / null.row.real99;
    if (null.n_draws < draws.n_draws)
        assay_text_join(row->note, "; ", "null from %" G_GSIZE_FORMAT " draws", null.n_draws);
    return TRUE;
}

/* What has an interval, or a spread. */
static gboolean
add_limit(const Fields *self, GError **error)
{
    AssayPoints all[] = { vectors_of(self->sides[0], G_MAXSIZE),
                          vectors_of(self->sides[1], G_MAXSIZE) };
    AssayCompareRow *row = add_row(self, "frechet-inf");
    g_autoptr(AssayGaussian) reference = NULL;
    char low[ASSAY_TEXT_NUMBER_SIZE], high[ASSAY_TEXT_NUMBER_SIZE];
    AssayFrechetLimit limit;
    AssayRandom random;

    if (all[0].n < 2 || all[1].n < LEAST_VECTORS) {
        assay_text_join(row->note, "; ", "less than %d vectors", LEAST_VECTORS);
        return TRUE;
    }
    reference = assay_gaussian_new(all[0].n_columns, error);
    if (reference == NULL || !assay_gaussian_add(reference, all[0].values, all[0].n, error))
        return FALSE;
    assay_random_init(&random, self->config->seed, "compare-frechet", self->sides[0]->name);
    if (!assay_frechet_extrapolate(reference, &all[1], MAX(all[1].n / 10, 2), LIMIT_SIZES, &random,
                                   &limit, error))
        return FALSE;
    row->value = limit.limit;
    assay_text_join(row->note, "; ", "95 %% within %s and %s; no null is drawn",
                    assay_text_double_digits(low, limit.low, 4),
                    assay_text_double_digits(high, limit.high, 4));
    return TRUE;
}

static gboolean
add_kid(const Fields *self, const AssayRelabelling *null, GError **error)
{
    const AssayPoints all[] = { vectors_of(self->sides[0], G_MAXSIZE),
                                vectors_of(self->sides[1], G_MAXSIZE) };
    const AssayKernel cubic = { ASSAY_KERNEL_CUBIC, 0 };
    AssayCompareRow *row = add_row(self, "kid");
    char sd[ASSAY_TEXT_NUMBER_SIZE];
    AssayKid kid;

    if (all[0].n < 2 || all[1].n < 2)
        return TRUE;
    if (!assay_kernel_kid(&all[0], &all[1], &cubic, KID_SUBSETS, KID_SIZE, self->config->seed,
                          self->config->n_workers, &kid, error))
        return FALSE;
    row->value = kid.mean;
    assay_text_join(row->note, "; ", "sd %s over %" G_GSIZE_FORMAT " subsets of %" G_GSIZE_FORMAT,
                    assay_text_double_digits(sd, kid.sd, 4), kid.n_subsets, kid.subset);
    judge(row, null, 0, self->config->n_draws);
    return TRUE;
}

static gboolean
add_neighbours(const Fields *self, const AssayRelabelling *null, GError **error)
{
    const AssayPoints some[] = { vectors_of(self->sides[0], MAX_VECTORS),
                                 vectors_of(self->sides[1], MAX_VECTORS) };
    AssayNeighboursConfig config = ASSAY_NEIGHBOURS_CONFIG_DEFAULT;
    AssayNeighbours found = { (double)NAN, (double)NAN, (double)NAN, (double)NAN, 0, 0 };
    const double *const values[] = { &found.precision, &found.recall, &found.density,
                                     &found.coverage };

    config.n_workers = self->config->n_workers;
    if (MIN(some[0].n, some[1].n) > config.k_density &&
        !assay_neighbours_measure(&some[0], &some[1], &config, &found, error))
        return FALSE;
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        AssayCompareRow *row;

        if (!is_wanted(self->config, assay_vector_measures[3 + i]))
            continue;
        row = add_row(self, assay_vector_measures[3 + i]);
        row->value = *values[i];
        assay_text_join(row->note, "; ", "of %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT " vectors",
                        some[0].n, some[1].n);
        judge(row, null, 1 + i, self->config->n_draws);
    }
    return TRUE;
}

/* By kernel and by neighbours. */
static gboolean
add_relabelled(const Fields *self, GError **error)
{
    const AssayNullConfig draws = { .seed = self->config->seed,
                                    .n_draws = self->config->n_draws,
                                    .n_workers = self->config->n_workers };
    gboolean kid = is_wanted(self->config, "kid"), neighbours = FALSE;
    AssayRelabelling null;

    for (size_t i = 3; assay_vector_measures[i] != NULL; i++)
        neighbours = neighbours || is_wanted(self->config, assay_vector_measures[i]);
    if (!kid && !neighbours)
        return TRUE;
    return assay_relabel(self->sides[0], self->sides[1], &draws, kid, neighbours, &null, error) &&
           (!kid || add_kid(self, &null, error)) &&
           (!neighbours || add_neighbours(self, &null, error));
}

static gboolean
add_rows(const Fields *self, GError **error)
{
    const AssayCompareConfig *config = self->config;

    if (self->sides[0]->n_columns != self->sides[1]->n_columns || self->sides[0]->is_useless ||
        self->sides[1]->is_useless)
        return TRUE; /* its values are compared all the same */
    return (!is_wanted(config, "frechet") || add_frechet(self, error)) &&
           (!is_wanted(config, "frechet-inf") || add_limit(self, error)) &&
           add_relabelled(self, error);
}

gboolean
assay_compare_vectors(const AssayCompareSet *reference, const AssayCompareSet *candidate,
                      const char *field, const AssayCompareConfig *config, GPtrArray *rows,
                      GError **error)
{
    const Fields self = { { g_hash_table_lookup(reference->vectors, field),
                            g_hash_table_lookup(candidate->vectors, field) },
                          config,
                          candidate->distributions,
                          rows };

    return self.sides[0] == NULL || self.sides[1] == NULL || add_rows(&self, error);
}
