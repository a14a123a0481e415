/* tests/unit/test-ranking.c - the rows of the items that stand out most.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/compare/ranking.h>
#include <assay/stats/multiple.h>
#include <math.h>
#include <string.h>

#include "two-values.h"

enum { REALS = 60, FAKES = 300 };

static AssayRankConfig
intensities(void)
{
    return (AssayRankConfig){ .features = { .groups = 1u << ASSAY_FEATURES_INTENSITY,
                                            .centroid = ASSAY_CENTROID_CONFIG_DEFAULT },
                              .observe = { .rules = ASSAY_RULES_NONE, .order = 1 } };
}

/* A picture of two greys around @mean; called @label and a number, as its file is. */
static void
add(AssayRanking *ranking, size_t set, const char *label, int number, double mean)
{
    const AssayRankConfig config = intensities();
    g_autofree char *name = g_strdup_printf("%s%d", label, number);
    g_autoptr(AssaySample) sample =
        two_values_sample(name, name, "pixels", mean - number % 4, mean + number % 4);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayRankPart) part = assay_rank_part_new(sample, &config, &error);

    g_assert_no_error(error);
    g_assert_true(assay_ranking_add(ranking, set, part, NULL, &error));
}

/* A reference of greys from 100 to 159, and a set of greys from 20 on, in no order. */
static AssayRanking *
new_ranking(size_t n_rows)
{
    static const char *const labels[] = { "real", "fake", "none" };
    AssayRanking *self = assay_ranking_new(labels, 3, n_rows);

    for (int i = 0; i < REALS; i++)
        add(self, 0, "r", i, 100 + i);
    for (int i = 0; i < FAKES; i++)
        add(self, 1, "f", i, 20 + i * 37 % 211);
    return self;
}

static const AssayRankRow *
row_at(const GPtrArray *rows, guint i)
{
    return g_ptr_array_index(rows, i);
}

/* By p, then by deviation; q is that of all p of the set. */
static void
test_order(void)
{
    g_autoptr(AssayRanking) ranking = new_ranking(FAKES);
    const GPtrArray *rows = assay_ranking_rows(ranking, 1);
    double p[FAKES], q[FAKES];

    g_assert_cmpuint(rows->len, ==, FAKES);
    for (guint i = 0; i < FAKES; i++)
        p[i] = row_at(rows, i)->p;
    assay_multiple_bh(p, FAKES, q);
    for (guint i = 0; i < FAKES; i++) {
        const AssayRankRow *row = row_at(rows, i);

        g_assert_cmpfloat_with_epsilon(row->q, q[i], 1e-12);
        g_assert_cmpstr(row->set, ==, "fake");
        g_assert_cmpstr(row->group, ==, "intensity");
        if (i == 0)
            continue;
        g_assert_cmpfloat(p[i - 1], <=, p[i]);
        if (p[i - 1] >= p[i])
            g_assert_cmpfloat(row_at(rows, i - 1)->deviation, >=, row->deviation);
    }
    g_assert_cmpfloat_with_epsilon(p[0], 1.0 / (REALS + 1), 1e-12);
    g_assert_cmpfloat(p[FAKES - 1], >, 0.5);
}

/* The first rows of all are those of the whole, whatever was forgotten on the way. */
static void
test_first(void)
{
    g_autoptr(AssayRanking) whole = new_ranking(FAKES), few = new_ranking(5);
    const GPtrArray *all = assay_ranking_rows(whole, 1), *first = assay_ranking_rows(few, 1);

    g_assert_cmpuint(first->len, ==, 5);
    for (guint i = 0; i < 5; i++) {
        g_assert_cmpstr(row_at(first, i)->item, ==, row_at(all, i)->item);
        g_assert_cmpfloat(row_at(first, i)->q, ==, row_at(all, i)->q);
        g_assert_cmpstr(row_at(first, i)->note, ==, "no p below 0.0164");
    }
    g_assert_false(assay_ranking_is_empty(few, 1));
    g_assert_true(assay_ranking_is_empty(few, 2));
    g_assert_cmpuint(assay_ranking_rows(few, 2)->len, ==, 0);
}

/* What gives a white picture away is its mean, of which the reference says what it has. */
static void
test_row(void)
{
    g_autoptr(AssayRanking) ranking = new_ranking(3);
    const GPtrArray *rows;

    add(ranking, 2, "white", 0, 255);
    add(ranking, 2, "r", 0, 100);
    rows = assay_ranking_rows(ranking, 2);
    g_assert_cmpuint(rows->len, ==, 2);
    g_assert_cmpstr(row_at(rows, 0)->item, ==, "white0");
    g_assert_cmpstr(row_at(rows, 0)->feature, ==, "mean");
    g_assert_cmpfloat(row_at(rows, 0)->value, ==, 1);
    g_assert_cmpfloat_with_epsilon(row_at(rows, 0)->median, 129.5 / 255, 1.0 / 255);
    g_assert_cmpfloat(row_at(rows, 0)->high, <=, 159.0 / 255);
    g_assert_nonnull(strstr(row_at(rows, 1)->note, "in the reference too"));
    g_assert_null(strstr(row_at(rows, 0)->note, "in the reference too"));
}

static void
test_refused(void)
{
    const AssayRankConfig config = intensities();
    g_autoptr(AssayRanking) ranking = new_ranking(3);
    g_autoptr(AssaySample) sample = two_values_sample("m", "m", "mel", 1, 2);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayRankPart) part = NULL;

    part = assay_rank_part_new(sample, &config, &error);
    if (part == NULL)
        g_error("%s", error->message);
    g_assert_false(assay_ranking_add(ranking, 2, part, NULL, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
    g_assert_nonnull(strstr(error->message, "of the field \"mel\", those of the reference"));
    g_assert_true(assay_ranking_is_empty(ranking, 2));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ranking/order", test_order);
    g_test_add_func("/ranking/first", test_first);
    g_test_add_func("/ranking/row", test_row);
    g_test_add_func("/ranking/refused", test_refused);
    return g_test_run();
}
