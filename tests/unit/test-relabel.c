/* tests/unit/test-relabel.c - what is far by kernel and by neighbours is found, what is not is not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/random.h>
#include <assay/compare/relabel.h>
#include <math.h>
#include <string.h>

enum { GROUPS = 24, A_GROUP = 2, D = 3 };

static double
gaussian(AssayRandom *random)
{
    double sum = -6;

    for (guint i = 0; i < 12; i++)
        sum += assay_random_double(random);
    return sum;
}

/* Vectors of a group lie together. */
static AssayVectorField *
field_new(AssayRandom *random, size_t n_groups, double shift, double spread)
{
    AssayVectorField *self = g_new0(AssayVectorField, 1);

    self->name = g_strdup("x");
    self->n_columns = D;
    self->values = g_array_new(FALSE, FALSE, sizeof(double));
    self->groups = g_array_new(FALSE, FALSE, sizeof(guint64));
    for (guint64 g = 0; g < n_groups; g++) {
        double middle[D];

        for (size_t k = 0; k < D; k++)
            middle[k] = shift + spread * gaussian(random);
        for (size_t i = 0; i < A_GROUP; i++) {
            g_array_append_val(self->groups, g);
            for (size_t k = 0; k < D; k++) {
                double value = middle[k] + .2 * gaussian(random);

                g_array_append_val(self->values, value);
            }
        }
    }
    return self;
}

static AssayRelabelling
relabel(const AssayVectorField *a, const AssayVectorField *b, size_t n_draws, guint64 seed,
        guint n_workers)
{
    const AssayNullConfig config = { .n_draws = n_draws, .seed = seed, .n_workers = n_workers };
    g_autoptr(GError) error = NULL;
    AssayRelabelling result;

    g_assert_true(assay_relabel(a, b, &config, TRUE, TRUE, &result, &error));
    g_assert_no_error(error);
    return result;
}

/* Two samples of one source, of vectors that come in groups: p <= .05 five times in a hundred, and
 * hardly ever beyond real99. No more than 14 and 20 are within what 99.9 % of binomial numbers do
 * not exceed; p of few distinct values lies above. */
static void
test_calibration(void)
{
    guint n_low[ASSAY_RELABELLED] = { 0 }, n_beyond = 0;
    AssayRandom random;

    assay_random_init(&random, 0, "test-relabel", "calibration");
    for (guint round = 0; round < 100; round++) {
        AssayVectorField *real = field_new(&random, GROUPS, 0, 1);
        AssayVectorField *same = field_new(&random, GROUPS, 0, 1);
        const AssayRelabelling alike = relabel(real, same, 99, round, 1);

        for (size_t i = 0; i < ASSAY_RELABELLED; i++) {
            const AssayNullRow *row = &alike.rows[i];

            n_low[i] += row->p <= .05;
            n_beyond +=
                assay_relabelled_far(i, row->observed) > assay_relabelled_far(i, row->real99);
        }
        assay_vector_field_free(real);
        assay_vector_field_free(same);
    }
    for (size_t i = 0; i < ASSAY_RELABELLED; i++) {
        g_test_message("%" G_GSIZE_FORMAT ": %u of 100 at or below .05", i, n_low[i]);
        g_assert_cmpuint(n_low[i], <=, 14);
    }
    g_test_message("%u of 500 beyond real99", n_beyond);
    g_assert_cmpuint(n_beyond, <=, 20);
    g_assert_cmpuint(n_low[0], >=, 1);
}

/* What is elsewhere is found by all; what is too narrow by the kernel, by recall and by coverage.
 * It is precise. */
static void
test_found(void)
{
    guint n_moved[ASSAY_RELABELLED] = { 0 }, n_narrow[ASSAY_RELABELLED] = { 0 };
    AssayRandom random;

    assay_random_init(&random, 0, "test-relabel", "found");
    for (guint round = 0; round < 20; round++) {
        AssayVectorField *real = field_new(&random, GROUPS, 0, 1);
        AssayVectorField *moved = field_new(&random, GROUPS, 3, 1);
        AssayVectorField *narrow = field_new(&random, GROUPS, 0, .2);
        const AssayRelabelling far = relabel(real, moved, 99, round, 1);
        const AssayRelabelling within = relabel(real, narrow, 99, round, 1);

        for (size_t i = 0; i < ASSAY_RELABELLED; i++) {
            n_moved[i] += far.rows[i].p <= .01 && assay_relabelled_far(i, far.rows[i].observed) >
                                                      assay_relabelled_far(i, far.rows[i].real50);
            n_narrow[i] += within.rows[i].p <= .05;
        }
        assay_vector_field_free(real);
        assay_vector_field_free(moved);
        assay_vector_field_free(narrow);
    }
    for (size_t i = 0; i < ASSAY_RELABELLED; i++) {
        g_test_message("%" G_GSIZE_FORMAT ": %u moved, %u narrow of 20", i, n_moved[i],
                       n_narrow[i]);
        g_assert_cmpuint(n_moved[i], ==, 20);
    }
    g_assert_cmpuint(n_narrow[0], >=, 18);
    g_assert_cmpuint(n_narrow[1], <=, 4);
    g_assert_cmpuint(n_narrow[2], >=, 18);
    g_assert_cmpuint(n_narrow[4], >=, 18);
}

/* Nothing hangs on how many threads there are. */
static void
test_workers(void)
{
    AssayRelabelling one, three;
    AssayVectorField *a, *b;
    AssayRandom random;

    assay_random_init(&random, 0, "test-relabel", "workers");
    a = field_new(&random, GROUPS, 0, 1);
    b = field_new(&random, GROUPS / 2, .3, 1);
    one = relabel(a, b, 49, 3, 1);
    three = relabel(a, b, 49, 3, 3);
    g_assert_cmpuint(one.n_draws, ==, 49);
    g_assert_true(memcmp(&one.rows, &three.rows, sizeof one.rows) == 0);
    assay_vector_field_free(a);
    assay_vector_field_free(b);
}

/* Of many vectors whole groups are looked at; of one group, or of one too large, nothing is. */
static void
test_bounded(void)
{
    AssayVectorField *many, *one, *some;
    AssayRelabelling result;
    AssayRandom random;

    assay_random_init(&random, 0, "test-relabel", "bounded");
    many = field_new(&random, 700, 0, 1);
    some = field_new(&random, 8, 0, 1);
    one = field_new(&random, 1, 0, 1);
    result = relabel(many, some, 3, 0, 2);
    g_assert_cmpuint(result.n_vectors[0], ==, 1024);
    g_assert_cmpuint(result.n_all[0], ==, 1400);
    g_assert_cmpuint(result.n_vectors[1], ==, 16);
    g_assert_false(isnan(result.rows[0].p));
    result = relabel(one, some, 3, 0, 1);
    g_assert_cmpuint(result.n_draws, ==, 0);
    g_assert_true(isnan(result.rows[0].p));
    for (guint i = 0; i < many->groups->len; i++)
        g_array_index(many->groups, guint64, i) = 0;
    result = relabel(some, many, 3, 0, 1);
    g_assert_cmpuint(result.n_draws, ==, 0);
    g_assert_cmpuint(result.n_vectors[1], ==, 0);
    assay_vector_field_free(many);
    assay_vector_field_free(some);
    assay_vector_field_free(one);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/relabel/calibration", test_calibration);
    g_test_add_func("/relabel/found", test_found);
    g_test_add_func("/relabel/workers", test_workers);
    g_test_add_func("/relabel/bounded", test_bounded);
    return g_test_run();
}
