/* tests/unit/test-model.c - detectors of all kinds, on items that are made up.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/learn/cross.h>
#include <assay/learn/folds.h>
#include <assay/learn/model.h>
#include <assay/learn/scaling.h>
#include <math.h>
#include <string.h>

enum { COLUMNS = 4 };

static double
draw_normal(AssayRandom *random)
{
    double sum = 0;

    for (int i = 0; i < 12; i++)
        sum += assay_random_double(random);
    return sum - 6;
}

/* @n_real items around 0 and @n_fake ones @apart from there in the first column, @wide times as
 * wide in the second; the third is constant. Groups are of @per_group items of one class. */
static AssayExamples *
make_items(size_t n_real, size_t n_fake, double apart, double wide, size_t per_group, guint64 seed)
{
    static const char *const columns[COLUMNS] = { "a", "b", "same", "c" };
    static const size_t from[COLUMNS] = { 0, 1, 2, 3 };
    AssayExamples *items = assay_examples_new((size_t)1 << 24);
    AssayRandom random;

    assay_random_init(&random, seed, "items", "");
    assay_examples_name_columns(items, columns, COLUMNS);
    for (size_t i = 0; i < n_real + n_fake; i++) {
        gboolean is_fake = i >= n_real;
        g_autofree char *name = g_strdup_printf("item%" G_GSIZE_FORMAT, i);
        double row[COLUMNS] = { draw_normal(&random) + (is_fake ? apart : 0),
                                draw_normal(&random) * (is_fake ? wide : 1), 7,
                                draw_normal(&random) };
        AssayExample item = { name, i / per_group, i, 0, is_fake };

        g_assert_true(assay_examples_add(items, &item, row, from, NULL));
    }
    return items;
}

static size_t *
all_rows(const AssayExamples *items)
{
    size_t *rows = g_new(size_t, items->items->len + 1);

    for (size_t i = 0; i < items->items->len; i++)
        rows[i] = i;
    return rows;
}

static double
accuracy(const AssayModel *model, const AssayExamples *items)
{
    size_t n_right = 0, n = items->items->len;

    for (size_t i = 0; i < n; i++)
        n_right += (assay_model_score(model, assay_examples_row(items, i)) > 0) ==
                   assay_examples_at(items, i)->is_fake;
    return (double)n_right / (double)n;
}

/* Printed and read, it says the same to the bit, and prints the same. */
static void
check_round_trip(const AssayModel *model, const AssayExamples *items)
{
    g_autoptr(AssayJson) json = assay_model_to_json(model), read = NULL, again = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayModel) copy = NULL;
    AssayJsonAt root = { .key = "model" };

    assay_json_print(text, json);
    root.value = read = assay_json_parse(text->str, text->len, "model", &error);
    g_assert_no_error(error);
    copy = assay_model_from_json(&root, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(assay_model_n_columns(copy), ==, 3); /* not the constant one */
    g_assert_cmpuint(assay_model_n_constant(model), ==, 1);
    for (size_t i = 0; i < items->items->len; i++) {
        const double *row = assay_examples_row(items, i);
        const double without[] = { row[0], row[1], row[3] };

        g_assert_cmpfloat(assay_model_score(copy, without), ==, assay_model_score(model, row));
        if (assay_model_kind_is_one_class(assay_model_config(model)->kind))
            g_assert_cmpfloat(assay_model_p(copy, without), ==, assay_model_p(model, row));
    }
    again = assay_model_to_json(copy);
    assay_json_unset(assay_json_get(json, "features"), "constant");
    assay_json_unset(assay_json_get(again, "features"), "constant");
    g_assert_true(assay_json_equal(json, again));
}

static void
test_kinds(void)
{
    g_autoptr(AssayExamples) items = make_items(150, 100, 3.5, 1, 1, 1);
    g_autoptr(AssayExamples) others = make_items(200, 200, 3.5, 1, 1, 2);
    g_autofree size_t *rows = all_rows(items);

    for (guint kind = 0; kind < ASSAY_N_MODELS; kind++) {
        AssayModelConfig config = ASSAY_MODEL_CONFIG_DEFAULT;
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayModel) model = NULL, again = NULL;
        AssayModelKind found;

        config.kind = (AssayModelKind)kind;
        g_assert_true(assay_model_kind_find(assay_model_kind_name(config.kind), &found, NULL));
        g_assert_cmpuint(found, ==, kind);
        model = assay_model_fit(&config, items, rows, items->items->len, &error);
        g_assert_no_error(error);
        again = assay_model_fit(&config, items, rows, items->items->len, &error);
        if (!assay_model_kind_is_one_class(config.kind))
            g_assert_cmpfloat(accuracy(model, others), >,
                              config.kind == ASSAY_MODEL_POLY ? .8 : .9);
        g_assert_cmpfloat(assay_model_score(model, assay_examples_row(others, 3)), ==,
                          assay_model_score(again, assay_examples_row(others, 3)));
        check_round_trip(model, others);
    }
}

/* A fake that is only wider is found by both sides, not by one. */
static void
test_two_sided(void)
{
    g_autoptr(AssayExamples) items = make_items(200, 200, 0, 8, 1, 3);
    g_autofree size_t *rows = all_rows(items);
    AssayModelConfig config = ASSAY_MODEL_CONFIG_DEFAULT;
    g_autoptr(AssayModel) both = assay_model_fit(&config, items, rows, 400, NULL);
    g_autoptr(AssayModel) one = NULL;

    config.is_one_sided = TRUE;
    one = assay_model_fit(&config, items, rows, 400, NULL);
    g_assert_cmpfloat(accuracy(both, items), >, 0.8);
    g_assert_cmpfloat(accuracy(one, items), <, 0.65);
}

/* The p of reals that it has not seen is uniform, or a little larger; of fakes it is the least. */
static void
test_one_class(void)
{
    g_autoptr(AssayExamples) items = make_items(99, 0, 0, 1, 1, 4);
    g_autoptr(AssayExamples) others = make_items(1000, 100, 12, 1, 1, 5);
    g_autofree size_t *rows = all_rows(items);
    AssayModelConfig config = { .kind = ASSAY_MODEL_ONE_CLASS };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayModel) model = assay_model_fit(&config, items, rows, 99, &error);
    size_t n_below = 0, n_own;

    g_assert_no_error(error);
    g_assert_cmpuint(assay_model_n_reference(model), ==, 99);
    g_assert_nonnull(assay_model_own_scores(model, &n_own));
    g_assert_cmpuint(n_own, ==, 99);
    for (size_t i = 0; i < 1000; i++)
        n_below += assay_model_p(model, assay_examples_row(others, i)) <= 0.1 ? 1 : 0;
    g_assert_cmpuint(n_below, >, 40);
    g_assert_cmpuint(n_below, <, 180);
    for (size_t i = 1000; i < 1100; i++)
        g_assert_cmpfloat(assay_model_p(model, assay_examples_row(others, i)), ==, 0.01);
}

/* Beyond all reals the score goes on by 4 log10 of squared distances: twice as far is 4 log10(4)
 * more. Columns that are nearly always the same do not make a scale of their own: about one real in
 * twenty is above 0, and none is far above. */
static void
test_one_class_score(void)
{
    g_autoptr(AssayExamples) items = make_items(200, 0, 0, 1, 1, 7);
    g_autofree size_t *rows = all_rows(items);
    AssayModelConfig config = { .kind = ASSAY_MODEL_ONE_CLASS };
    const double far[] = { 4.5, 0, 7, 0 }, farther[] = { 9, 0, 7, 0 };
    g_autoptr(AssayModel) plain = assay_model_fit(&config, items, rows, 200, NULL), model = NULL;
    const double *own;
    size_t n_own, n_above = 0;

    g_assert_cmpfloat_with_epsilon(
        assay_model_score(plain, farther) - assay_model_score(plain, far), 4 * log10(4), 0.2);
    for (size_t i = 0; i < 200; i++)
        ((double *)assay_examples_row(items, i))[3] = i % 10 == 0 ? (double)i : 0;
    model = assay_model_fit(&config, items, rows, 200, NULL);
    own = assay_model_own_scores(model, &n_own);
    for (size_t i = 0; i < n_own; i++) {
        n_above += own[i] > 0 ? 1 : 0;
        g_assert_cmpfloat(own[i], <, 3);
    }
    g_assert_cmpuint(n_above, >=, 4);
    g_assert_cmpuint(n_above, <=, 16);
}

static void
expect_refusal(const AssayModelConfig *config, const AssayExamples *items, size_t n,
               const char *what)
{
    g_autofree size_t *rows = all_rows(items);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayModel) model = assay_model_fit(config, items, rows, n, &error);

    g_assert_null(model);
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_nonnull(strstr(error->message, what));
}

static void
test_refusals(void)
{
    g_autoptr(AssayExamples) items = make_items(4, 4, 1, 1, 1, 6);
    AssayModelConfig config = ASSAY_MODEL_CONFIG_DEFAULT;
    AssayModelKind kind;
    g_autoptr(GError) error = NULL;

    expect_refusal(&config, items, 4, "there is no fake among the 4 items");
    expect_refusal(&config, items, 0, "there is no real item to learn from");
    for (size_t i = 0; i < 4; i++)
        assay_examples_at(items, i)->is_fake = TRUE;
    expect_refusal(&config, items, 8, "there is no real item among the 8");
    assay_examples_at(items, 0)->is_fake = FALSE;
    config.kind = ASSAY_MODEL_ONE_CLASS;
    expect_refusal(&config, items, 8, "every feature has the same value");
    for (size_t i = 0; i < 4; i++)
        assay_examples_at(items, i)->is_fake = FALSE;
    expect_refusal(&config, items, 8, "4 reals in 4 groups");
    g_assert_false(assay_model_kind_find("forest", &kind, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE);
}

/* What is missing counts as the median; what is missing everywhere, or constant, is left out. */
static void
test_scaling(void)
{
    static const char *const columns[] = { "some", "none", "same" };
    static const size_t from[] = { 0, 1, 2 };
    const double none = (double)NAN;
    const double values[][3] = {
        { 1, none, 5 }, { 3, none, 5 }, { none, none, 5 }, { 8, none, 5 }
    };
    g_autoptr(AssayExamples) items = assay_examples_new(4096);
    g_autofree size_t *rows = NULL;
    g_autoptr(AssayScaling) scaling = NULL;
    g_autoptr(GError) error = NULL;
    double inputs[2];

    assay_examples_name_columns(items, columns, 3);
    for (size_t i = 0; i < 4; i++) {
        AssayExample item = { (char *)"x", i, i, 0, FALSE };

        g_assert_true(assay_examples_add(items, &item, values[i], from, NULL));
    }
    rows = all_rows(items);
    scaling = assay_scaling_new(items, rows, 4, TRUE, TRUE, NULL);
    g_assert_cmpuint(scaling->n_kept, ==, 1);
    g_assert_cmpuint(assay_scaling_n_inputs(scaling), ==, 2);
    g_assert_cmpfloat(scaling->fill[0], ==, 3);
    g_assert_cmpfloat_with_epsilon(scaling->centre[0], 3.75, 1e-12);
    g_assert_cmpfloat_with_epsilon(scaling->scale[0], sqrt(27.0 / 4 - 0.0625), 1e-12);
    assay_scaling_apply(scaling, values[2], inputs);
    g_assert_cmpfloat_with_epsilon(inputs[0], -0.75 / sqrt(6.6875), 1e-12);
    assay_scaling_apply(scaling, (const double[]){ 1e9, 0, 0 }, inputs);
    g_assert_cmpfloat(inputs[0], ==, ASSAY_SCALING_MOST);
    g_assert_null(assay_scaling_new(items, rows, 1, TRUE, TRUE, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
}

/* Each group is in one fold; the shares of either class are alike. */
static void
test_folds(void)
{
    guint64 groups[60];
    guint8 is_fake[60];
    guint fold_of[60], counts[5][2] = { 0 }, n_folds = 5;
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < 60; i++) {
        groups[i] = i / 2;
        is_fake[i] = i >= 40 ? 1 : 0;
    }
    g_assert_true(assay_folds_deal(groups, is_fake, 60, &n_folds, 9, fold_of, NULL));
    g_assert_cmpuint(n_folds, ==, 5);
    for (size_t i = 0; i < 60; i++) {
        g_assert_cmpuint(fold_of[i], ==, fold_of[i / 2 * 2]);
        counts[fold_of[i]][is_fake[i]]++;
    }
    for (size_t f = 0; f < 5; f++) {
        g_assert_cmpuint(counts[f][0], ==, 8);
        g_assert_cmpuint(counts[f][1], ==, 4);
    }
    for (size_t i = 0; i < 40; i++)
        groups[i] = 1;
    g_assert_false(assay_folds_deal(groups, is_fake, 60, &n_folds, 9, fold_of, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_nonnull(strstr(error->message, "all 40 reals are of one group"));
    g_clear_error(&error);
    g_assert_false(assay_folds_deal(groups + 39, is_fake + 39, 21, &n_folds, 9, fold_of, &error));
    g_assert_nonnull(strstr(error->message, "there is one real"));
}

static double
find_p(AssayModelConfig *config, const AssayExamples *items, guint n_permutations, guint n_workers,
       double *auc)
{
    g_autofree size_t *rows = all_rows(items);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayCross) cross =
        assay_cross_new(config, items, rows, items->items->len, 5, n_workers, &error);
    double p = -1;

    g_assert_no_error(error);
    *auc = assay_cross_auc(cross, items);
    g_assert_true(assay_cross_p(cross, config, items, n_permutations, 0, n_workers, &p, &error));
    g_assert_no_error(error);
    return p;
}

/* The quick way of ridge regression is the slow one; the number of threads is nothing; p is small
 * where there is something to find. */
static void
test_cross(void)
{
    g_autoptr(AssayExamples) apart = make_items(40, 30, 2, 1, 2, 7);
    AssayModelConfig config = ASSAY_MODEL_CONFIG_DEFAULT;
    double auc, auc_2;

    g_assert_cmpfloat(find_p(&config, apart, 99, 1, &auc), ==, 0.01);
    g_assert_cmpfloat(auc, >, 0.85);
    g_assert_cmpfloat(find_p(&config, apart, 99, 2, &auc_2), ==, 0.01);
    g_assert_cmpfloat(auc, ==, auc_2);
    config.kind = ASSAY_MODEL_LINEAR;
    g_assert_cmpfloat(find_p(&config, apart, 19, 2, &auc), ==, 0.05);
}

/* Of labels that say nothing p is uniform: 40 of 400 at .1 would be, with a deviation of 6. */
static void
test_null(void)
{
    AssayModelConfig config = ASSAY_MODEL_CONFIG_DEFAULT;
    size_t n_below = 0;

    for (guint64 seed = 0; seed < 400; seed++) {
        g_autoptr(AssayExamples) items = make_items(16, 12, 0, 1, 2, 1000 + seed);
        double auc;

        n_below += find_p(&config, items, 19, 1, &auc) <= 0.1 ? 1 : 0;
    }
    g_assert_cmpuint(n_below, >=, 22);
    g_assert_cmpuint(n_below, <=, 58);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/model/scaling", test_scaling);
    g_test_add_func("/model/kinds", test_kinds);
    g_test_add_func("/model/two-sided", test_two_sided);
    g_test_add_func("/model/one-class", test_one_class);
    g_test_add_func("/model/one-class-score", test_one_class_score);
    g_test_add_func("/model/refusals", test_refusals);
    g_test_add_func("/model/folds", test_folds);
    g_test_add_func("/model/cross", test_cross);
    g_test_add_func("/model/null", test_null);
    return g_test_run();
}
