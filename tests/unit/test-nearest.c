/* tests/unit/test-nearest.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/detect/nearest-private.h>
#include <assay/detect/tile-private.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* Items and queries of some dimension, and what brute force says. */
typedef struct {
    size_t n_dims, width, n_items, n_queries, n_values;
    float *items, *queries;
    AssayNearestDigest *digests, *query_digests, *flipped_digests;
    guint32 *groups, *query_groups;
} Case;

static void
case_clear(Case *self)
{
    g_free(self->items);
    g_free(self->queries);
    g_free(self->digests);
    g_free(self->query_digests);
    g_free(self->flipped_digests);
    g_free(self->groups);
    g_free(self->query_groups);
}

/* Values 0 .. n_values - 1, so that few of them make many ties; or, for 0, reals of any sign. */
static float
draw_value(AssayRandom *random, size_t n_values)
{
    return n_values > 0 ? (float)assay_random_below(random, n_values)
                        : (float)(assay_random_double(random) * 2 - 1);
}

static void
case_draw(Case *self, AssayRandom *random)
{
    size_t n = self->n_items, m = self->n_queries;

    self->items = g_new(float, n * self->n_dims + 1);
    self->queries = g_new(float, m * self->n_dims + 1);
    self->digests = g_new0(AssayNearestDigest, n + 1);
    self->query_digests = g_new0(AssayNearestDigest, m + 1);
    self->flipped_digests = g_new0(AssayNearestDigest, m + 1);
    self->groups = g_new0(guint32, n + 1);
    self->query_groups = g_new0(guint32, m + 1);
    for (size_t i = 0; i < n * self->n_dims; i++)
        self->items[i] = draw_value(random, self->n_values);
    for (size_t i = 0; i < m * self->n_dims; i++)
        self->queries[i] = draw_value(random, self->n_values);
    for (size_t i = 0; i < n; i++) {
        self->digests[i].words[0] = assay_random_below(random, 2);
        self->groups[i] = (guint32)assay_random_below(random, 5);
    }
    for (size_t i = 0; i < m; i++) {
        self->query_digests[i].words[0] = assay_random_below(random, 2);
        self->flipped_digests[i].words[0] = assay_random_below(random, 2);
        self->query_groups[i] = assay_random_below(random, 2) == 0
                                    ? ASSAY_NO_GROUP
                                    : (guint32)assay_random_below(random, 5);
    }
}

static double
square_of(const Case *self, size_t item, size_t query, gboolean flipped)
{
    double sum = 0;

    for (size_t k = 0; k < self->n_dims; k++) {
        size_t from =
            flipped ? k / self->width * self->width + self->width - 1 - k % self->width : k;
        double apart = (double)self->items[item * self->n_dims + k] -
                       (double)self->queries[query * self->n_dims + from];

        sum += apart * apart;
    }
    return sum;
}

/* Every pair, in order; the first of the best. */
static AssayNearestItem
brute_force(const Case *self, size_t query)
{
    AssayNearestItem best = { G_MAXSIZE, (double)INFINITY, FALSE, FALSE };

    for (int pass = 0; pass < 2; pass++) { /* equal digests first */
        for (size_t i = 0; i < self->n_items; i++) {
            for (int flipped = 0; flipped < (self->width > 0 ? 2 : 1); flipped++) {
                double square = square_of(self, i, query, flipped);
                guint64 digest = flipped ? self->flipped_digests[query].words[0]
                                         : self->query_digests[query].words[0];
                gboolean is_equal = !(square > 0) && digest == self->digests[i].words[0];

                if (self->groups[i] == self->query_groups[query] || (pass == 0 && !is_equal))
                    continue;
                if (square < best.square)
                    best = (AssayNearestItem){ i, square, is_equal, flipped };
            }
        }
    }
    return best;
}

static AssayNearestItem *
search(const Case *self, size_t kernel, guint n_workers)
{
    g_autoptr(AssayNearest) nearest = assay_nearest_new_with(self->n_dims, self->width, kernel);
    g_autofree AssayNearestQuery *queries = g_new(AssayNearestQuery, self->n_queries + 1);
    AssayNearestItem *neighbours = g_new(AssayNearestItem, self->n_queries + 1);
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < self->n_items; i++)
        g_assert_true(assay_nearest_add(nearest, self->items + i * self->n_dims, &self->digests[i],
                                        self->groups[i], &error));
    assay_nearest_seal(nearest);
    g_assert_cmpuint(assay_nearest_n_items(nearest), ==, self->n_items);
    for (size_t i = 0; i < self->n_queries; i++)
        queries[i] = (AssayNearestQuery){ self->queries + i * self->n_dims, self->query_digests[i],
                                          self->flipped_digests[i], self->query_groups[i] };
    g_assert_true(
        assay_nearest_search(nearest, queries, self->n_queries, n_workers, neighbours, &error));
    g_assert_no_error(error);
    return neighbours;
}

static void
check_case(const Case *self)
{
    for (size_t kernel = 0; assay_tile_kernels()[kernel] != NULL; kernel++) {
        g_autofree AssayNearestItem *found = search(self, kernel, 1 + (guint)kernel * 2);

        for (size_t q = 0; q < self->n_queries; q++) {
            AssayNearestItem best = brute_force(self, q);

            g_assert_cmpuint(found[q].item, ==, best.item);
            g_assert_cmpfloat(found[q].square, ==, best.square);
            g_assert_cmpint(found[q].is_equal, ==, best.is_equal);
            g_assert_cmpint(found[q].is_flipped, ==, best.is_flipped);
        }
    }
}

/* Against brute force: few values make ties, of which the first in order counts. */
static void
test_brute_force(void)
{
    static const struct {
        size_t n_dims, width, n_items, n_queries, n_values;
    } cases[] = {
        { 1, 0, 40, 30, 3 },     { 1, 1, 17, 5, 2 },       { 4, 2, 100, 70, 2 },
        { 9, 3, 33, 65, 3 },     { 256, 16, 50, 70, 256 }, { 64, 8, 200, 129, 2 },
        { 100, 0, 31, 40, 0 },   { 33, 0, 300, 20, 0 },    { 12, 4, 16, 3, 0 },
        { 5000, 50, 20, 10, 9 }, { 3, 0, 1, 7, 0 },        { 6, 2, 0, 4, 2 },
    };
    AssayRandom random;

    assay_random_init(&random, 1, "test", "nearest");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Case one = { cases[i].n_dims,
                     cases[i].width,
                     cases[i].n_items,
                     cases[i].n_queries,
                     cases[i].n_values,
                     NULL,
                     NULL,
                     NULL,
                     NULL,
                     NULL,
                     NULL,
                     NULL };

        case_draw(&one, &random);
        check_case(&one);
        case_clear(&one);
    }
}

/* Where float alone would be wrong: numbers beside a large one, squares beyond its range, and below
 * it. */
static void
test_extremes(void)
{
    static const float scales[] = { 1e-30F, 1e-20F, 1.0F, 1e18F, 1e30F, FLT_MAX / 2 };
    AssayRandom random;

    assay_random_init(&random, 2, "test", "nearest");
    for (size_t s = 0; s < G_N_ELEMENTS(scales); s++) {
        for (int offset = 0; offset < 2; offset++) {
            Case one = { 7, 0, 60, 50, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL };

            case_draw(&one, &random);
            for (size_t i = 0; i < (size_t)60 * 7; i++)
                one.items[i] = scales[s] * (offset ? 1 + one.items[i] * 1e-6F : one.items[i]);
            for (size_t i = 0; i < (size_t)50 * 7; i++)
                one.queries[i] = scales[s] * (offset ? 1 + one.queries[i] * 1e-6F : one.queries[i]);
            check_case(&one);
            case_clear(&one);
        }
    }
}

/* A row of 1 2 3 is nearest to itself, 3 2 1 to it the other way round. */
static void
test_flip(void)
{
    Case one = { 3, 3, 2, 3, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL };
    AssayRandom random;
    g_autofree AssayNearestItem *found = NULL;
    static const float items[] = { 9, 9, 9, 1, 2, 3 }, queries[] = { 1, 2, 3, 3, 2, 1, 9, 8, 9 };

    assay_random_init(&random, 3, "test", "nearest");
    case_draw(&one, &random);
    memcpy(one.items, items, sizeof items);
    memcpy(one.queries, queries, sizeof queries);
    for (size_t i = 0; i < 3; i++)
        one.query_groups[i] = ASSAY_NO_GROUP;
    found = search(&one, 0, 1);
    g_assert_cmpuint(found[0].item, ==, 1);
    g_assert_false(found[0].is_flipped);
    g_assert_cmpuint(found[1].item, ==, 1);
    g_assert_true(found[1].is_flipped);
    g_assert_cmpfloat(found[1].square, ==, 0);
    g_assert_cmpuint(found[2].item, ==, 0);
    g_assert_cmpfloat(found[2].square, ==, 1);
    g_assert_false(found[2].is_flipped); /* symmetric: the one that is not flipped goes first */
    case_clear(&one);
}

/* What went in comes out, whatever order dimensions were put into. */
static void
test_values(void)
{
    g_autoptr(AssayNearest) nearest = assay_nearest_new(3, 0);
    static const float items[][3] = { { 1, 50, 3 }, { 1, -7, 4 }, { 1, 0, 5 } };
    g_autoptr(GError) error = NULL;
    AssayNearestDigest digest = { { 5, 6 } };
    float values[3];

    for (size_t i = 0; i < 3; i++)
        g_assert_true(assay_nearest_add(nearest, items[i], &digest, (guint32)i + 7, &error));
    assay_nearest_seal(nearest);
    for (size_t i = 0; i < 3; i++) {
        assay_nearest_values(nearest, i, values);
        g_assert_true(memcmp(values, items[i], sizeof values) == 0);
        g_assert_cmpuint(assay_nearest_group(nearest, i), ==, i + 7);
    }
    g_assert_cmpuint(assay_nearest_digest(nearest, 1).words[1], ==, 6);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/nearest/brute-force", test_brute_force);
    g_test_add_func("/nearest/extremes", test_extremes);
    g_test_add_func("/nearest/flip", test_flip);
    g_test_add_func("/nearest/values", test_values);
    return g_test_run();
}
