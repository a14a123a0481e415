/* tests/unit/test-collect.c - samples as items to learn from: groups, twins, features that fit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/learn/collect.h>
#include <string.h>

#include "corpus.h"
#include "two-values.h"

/* Adds a picture of such features; what comes of it. */
static gboolean
add(AssayCollection *self, guint groups, guint32 set, const char *name, const char *file, double a,
    GError **error)
{
    const AssayRankConfig config = { .features = { .groups = groups,
                                                   .centroid = ASSAY_CENTROID_CONFIG_DEFAULT },
                                     .observe = { .rules = ASSAY_RULES_NONE, .order = 1 } };
    const AssaySetLabel label = { set, set > 0 };
    g_autoptr(AssaySample) sample = two_values_sample(name, file, "pixels", a, 0);
    g_autoptr(AssayLearnPart) part = assay_learn_part_new(sample, &config, error);

    g_assert_nonnull(part);
    return assay_collection_add(self, part, &label, error);
}

static void
add_intensity(AssayCollection *self, guint32 set, const char *name, const char *file)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(add(self, 1u << ASSAY_FEATURES_INTENSITY, set, name, file, 51, &error));
    g_assert_no_error(error);
}

static void
test_row(void)
{
    g_autoptr(AssayCollection) all = assay_collection_new(1 << 20, NULL);
    const AssayExample *item;

    add_intensity(all, 2, "x", "1");
    g_assert_cmpuint(all->examples->n_columns, ==, 2);
    g_assert_cmpstr(all->examples->columns[0], ==, "mean");
    item = assay_examples_at(all->examples, 0);
    g_assert_cmpstr(item->name, ==, "x");
    g_assert_cmpuint(item->set, ==, 2);
    g_assert_true(item->is_fake);
    g_assert_cmpfloat_with_epsilon(assay_examples_row(all->examples, 0)[0], 0.1, 1e-12);
    g_assert_cmpfloat_with_epsilon(assay_examples_row(all->examples, 0)[1], 0.1, 1e-12);
    g_assert_false(all->is_ungrouped);
}

/* What is in a file says whether items are the same, whatever they are called. */
static void
test_twins(void)
{
    g_autoptr(AssayCollection) all = assay_collection_new(1 << 20, NULL);

    add_intensity(all, 0, "a", "1");
    add_intensity(all, 0, "b", "2");
    add_intensity(all, 0, "c", "2");
    add_intensity(all, 1, "d", "1");
    add_intensity(all, 1, "e", "3");
    add_intensity(all, 2, "a", "4");
    add_intensity(all, 2, "f", "3");
    add_intensity(all, 2, "g", "3");
    add_intensity(all, 2, "h", "3");
    g_assert_cmpuint(assay_collection_n_shared(all, G_MAXUINT32), ==, 1);
    g_assert_cmpuint(assay_collection_n_shared(all, 1), ==, 1);
    g_assert_cmpuint(assay_collection_n_shared(all, 2), ==, 0);
    g_assert_cmpuint(assay_collection_n_repeated(all, 1), ==, 1);
    g_assert_cmpuint(assay_collection_n_repeated(all, 2), ==, 3);
    g_assert_cmpuint(assay_collection_n_repeated(all, G_MAXUINT32), ==, 3);
}

/* A group of its own each, unless a table puts them together. */
static void
test_groups(void)
{
    g_autoptr(AssayGroups) groups = corpus_groups("a=1 c=1");
    g_autoptr(AssayCollection) alone = assay_collection_new(1 << 20, NULL);
    g_autoptr(AssayCollection) together = assay_collection_new(1 << 20, groups);
    AssayCollection *const both[] = { alone, together };

    for (size_t k = 0; k < 2; k++) {
        const AssayExamples *items = both[k]->examples;

        add_intensity(both[k], 0, "a", "1");
        add_intensity(both[k], 0, "b", "2");
        add_intensity(both[k], 1, "c", "3");
        g_assert_cmpuint(assay_examples_at(items, 0)->group, !=,
                         assay_examples_at(items, 1)->group);
        g_assert_true((assay_examples_at(items, 0)->group == assay_examples_at(items, 2)->group) ==
                      (k == 1));
    }
}

/* The first says which features there are: more are passed by, fewer are refused. */
static void
test_features(void)
{
    const guint some = 1u << ASSAY_FEATURES_INTENSITY, more = some | 1u << ASSAY_FEATURES_ATOMS;
    g_autoptr(AssayCollection) narrow = assay_collection_new(1 << 20, NULL);
    g_autoptr(AssayCollection) wide = assay_collection_new(1 << 20, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(add(narrow, some, 0, "a", "1", 51, &error));
    g_assert_true(add(narrow, more, 0, "b", "2", 255, &error));
    g_assert_cmpuint(narrow->examples->n_columns, ==, 2);
    g_assert_cmpfloat(assay_examples_row(narrow->examples, 1)[0], ==, 0.5);
    g_assert_true(add(wide, more, 0, "a", "1", 51, &error));
    g_assert_false(add(wide, some, 0, "b", "2", 51, &error));
    corpus_refused(&error, ASSAY_ERROR_FIELD, "at_0");
    g_assert_cmpuint(wide->examples->items->len, ==, 1);
}

/* Two values a row: of 40 bytes two rows and no more. */
static void
test_limit(void)
{
    g_autoptr(AssayCollection) small = assay_collection_new(40, NULL);
    g_autoptr(GError) error = NULL;

    add_intensity(small, 0, "a", "1");
    add_intensity(small, 0, "b", "2");
    g_assert_false(add(small, 1u << ASSAY_FEATURES_INTENSITY, 0, "c", "3", 51, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpuint(small->examples->items->len, ==, 2);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/collect/row", test_row);
    g_test_add_func("/collect/twins", test_twins);
    g_test_add_func("/collect/groups", test_groups);
    g_test_add_func("/collect/features", test_features);
    g_test_add_func("/collect/limit", test_limit);
    return g_test_run();
}
