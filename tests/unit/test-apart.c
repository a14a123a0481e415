/* tests/unit/test-apart.c - rows chosen and counted, a model with its gauge, what it calls an item,
 * and whether a set can be told apart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/detect/apart.h>
#include <assay/learn/auc.h>
#include <assay/learn/cross.h>
#include <assay/learn/model-call.h>
#include <assay/learn/model-learn.h>
#include <math.h>
#include <string.h>

enum { COLUMNS = 2 };

static void
add(AssayExamples *items, guint64 group, guint32 set, double first, double second)
{
    static const size_t from[COLUMNS] = { 0, 1 };
    const double row[COLUMNS] = { first, second };
    g_autofree char *name = g_strdup_printf("item%u", items->items->len);
    const AssayExample item = { name, group, 0, set, set > 0 };

    g_assert_true(assay_examples_add(items, &item, row, from, NULL));
}

static void
name_columns(AssayExamples *items)
{
    static const char *const columns[COLUMNS] = { "a", "b" };

    assay_examples_name_columns(items, columns, COLUMNS);
}

/* Two reals of a group, one of another; a fake of set 1 in the second group, one of set 2. */
static void
test_rows(void)
{
    static const double scores[] = { .1, .2, .3, .4, .5 };
    g_autoptr(AssayExamples) items = assay_examples_new(1 << 20);
    g_autofree size_t *first = NULL, *all = NULL;
    g_autofree AssayScored *scored = NULL;
    AssayExampleCounts counts;
    size_t n;

    name_columns(items);
    add(items, 70, 0, 0, 0);
    add(items, 90, 1, 0, 0);
    add(items, 70, 0, 0, 0);
    add(items, 90, 0, 0, 0);
    add(items, 80, 2, 0, 0);
    first = assay_examples_rows(items, 1, &n);
    g_assert_cmpuint(n, ==, 4);
    for (size_t i = 0; i < n; i++)
        g_assert_cmpuint(first[i], ==, i);
    all = assay_examples_rows(items, G_MAXUINT32, &n);
    g_assert_cmpuint(n, ==, 5);
    counts = assay_examples_count(items, all, n);
    g_assert_cmpuint(counts.n_items[0], ==, 3);
    g_assert_cmpuint(counts.n_items[1], ==, 2);
    g_assert_cmpuint(counts.n_groups[0], ==, 2);
    g_assert_cmpuint(counts.n_groups[1], ==, 2);
    g_assert_cmpuint(counts.n_groups_in_all, ==, 3);
    scored = assay_examples_scored(items, all, scores, n);
    for (size_t i = 0; i < n; i++) {
        g_assert_cmpfloat(scored[i].score, ==, scores[i]);
        g_assert_cmpint(scored[i].is_fake, ==, assay_examples_at(items, i)->is_fake);
        g_assert_cmpuint(scored[i].group, ==, ((const guint32[]){ 0, 1, 0, 1, 2 })[i]);
    }
}

/* @n_real reals whose first column is their number in 0 .. 9, and 40 fakes @apart above; a group
 * each, or one of all fakes. */
static void
make_items(AssayExamples *items, guint n_real, double apart, gboolean one_group)
{
    name_columns(items);
    for (guint i = 0; i < n_real; i++)
        add(items, i, 0, i % 10, i % 7);
    for (guint i = 0; i < 40; i++)
        add(items, one_group ? 1000 : 1000 + i, 1, i % 10 + apart, i % 7);
}

static AssayModelFile *
learn(const AssayExamples *items, AssayModelKind kind)
{
    AssayModelConfig config = ASSAY_MODEL_CONFIG_DEFAULT;
    AssayModelFile *file = assay_model_file_new();
    g_autoptr(GError) error = NULL;
    size_t n;
    g_autofree size_t *rows = assay_examples_rows(items, G_MAXUINT32, &n);

    config.kind = kind;
    g_assert_true(assay_model_file_learn(file, &config, items, rows, n, 5, 1, &error));
    g_assert_no_error(error);
    return file;
}

/* The gauge is that of scores which cross-validation gives. */
static void
test_learn(void)
{
    const AssayModelConfig config = ASSAY_MODEL_CONFIG_DEFAULT;
    g_autoptr(AssayExamples) items = assay_examples_new(1 << 20);
    g_autoptr(AssayExamples) others = assay_examples_new(1 << 20);
    g_autoptr(AssayModelFile) file = NULL, without = NULL;
    g_autoptr(AssayCross) cross = NULL;
    g_autofree size_t *rows = NULL;
    double least = (double)INFINITY;
    size_t n;

    make_items(items, 40, 30, FALSE);
    file = learn(items, ASSAY_MODEL_RIDGE);
    g_assert_cmpuint(file->n_items[0] + file->n_items[1], ==, 80);
    g_assert_cmpuint(file->n_groups[0], ==, 40);
    g_assert_cmpuint(file->gauge->n_reals, ==, 40);
    rows = assay_examples_rows(items, G_MAXUINT32, &n);
    cross = assay_cross_new(&config, items, rows, n, 5, 1, NULL);
    for (size_t i = 0; i < 40; i++)
        least = MIN(least, cross->scores[i]);
    g_assert_cmpfloat(file->gauge->reals[0], ==, least);
    make_items(others, 40, 30, TRUE);
    without = learn(others, ASSAY_MODEL_RIDGE);
    g_assert_null(without->gauge);
    g_assert_cmpuint(without->n_groups[1], ==, 1);
}

/* Fakes among what reals are learnt from are passed by: the gauge is that of the reals alone. */
static void
test_learn_reals(void)
{
    g_autoptr(AssayExamples) mixed = assay_examples_new(1 << 20);
    g_autoptr(AssayModelFile) file = NULL;
    const double *own;
    size_t n;

    name_columns(mixed);
    for (guint i = 0; i < 80; i++)
        add(mixed, i, i % 2, i % 10, i % 7);
    file = learn(mixed, ASSAY_MODEL_ONE_CLASS);
    own = assay_model_own_scores(file->model, &n);
    g_assert_cmpuint(n, ==, 40);
    g_assert_cmpuint(file->gauge->n_reals, ==, 40);
    g_assert_cmpuint(file->n_items[1], ==, 40);
    g_assert_true(isnan(file->gauge->threshold));
    for (size_t i = 0; i < n; i++)
        g_assert_cmpfloat(own[i], >=, file->gauge->reals[0]);
}

static void
check_call(const AssayModelFile *file, double alpha, double at, const char *called)
{
    const double row[COLUMNS] = { at, 3 };
    const AssayCaller caller = assay_caller_of(file, alpha);
    const AssayCall call = assay_caller_ask(&caller, row);

    g_assert_cmpstr(call.called, ==, called);
    g_assert_cmpfloat(call.score, ==, assay_model_score(file->model, row));
}

/* By the threshold, or by p, as far as there are reals for it: of 19 groups 1/20 is the least. */
static void
test_call(void)
{
    g_autoptr(AssayExamples) items = assay_examples_new(1 << 20);
    g_autoptr(AssayModelFile) file = NULL;
    AssayCaller caller;

    make_items(items, 19, 30, FALSE);
    file = learn(items, ASSAY_MODEL_RIDGE);
    check_call(file, (double)NAN, 35, "fake");
    check_call(file, (double)NAN, 4, "real");
    check_call(file, .05, 35, "fake");
    check_call(file, .05, 4, "real");
    check_call(file, .049, 35, NULL);
    caller = assay_caller_of(file, .05);
    g_assert_cmpuint(caller.n_groups, ==, 19);
    g_assert_true(caller.can_call);
    g_assert_true(assay_caller_of(file, (double)NAN).can_call);
    g_assert_false(assay_caller_of(file, .049).can_call);
    g_clear_pointer(&file->gauge, assay_gauge_free);
    check_call(file, (double)NAN, 35, "fake");
    check_call(file, .05, 35, NULL);
}

/* Of a model that knows reals alone p decides, at .05 where nothing else is said. */
static void
test_call_one_class(void)
{
    g_autoptr(AssayExamples) items = assay_examples_new(1 << 20);
    g_autoptr(AssayModelFile) file = NULL;
    AssayCaller caller;

    name_columns(items);
    for (guint i = 0; i < 200; i++)
        add(items, i, 0, i % 10, i % 7);
    file = learn(items, ASSAY_MODEL_ONE_CLASS);
    caller = assay_caller_of(file, (double)NAN);
    g_assert_cmpfloat(caller.alpha, ==, ASSAY_CALL_ALPHA);
    g_assert_cmpuint(caller.n_groups, ==, assay_model_n_reference(file->model));
    check_call(file, (double)NAN, 500, "fake");
    check_call(file, (double)NAN, 4, "real");
    check_call(file, 1e-6, 500, NULL);
}

static AssayApartConfig
apart_config(guint n_permutations)
{
    return (AssayApartConfig){ .model = ASSAY_MODEL_CONFIG_DEFAULT,
                               .n_folds = 5,
                               .n_permutations = n_permutations,
                               .n_draws = 20,
                               .confidence = .95,
                               .n_workers = 1 };
}

/* What is far apart is told without an error, by the feature that is moved; what is the same is
 * not. The AUC is that of the scores of cross-validation. */
static void
test_apart(void)
{
    const AssayApartConfig config = apart_config(19), none = apart_config(0);
    g_autoptr(AssayCollection) items = assay_collection_new(1 << 20, NULL);
    g_autoptr(AssayCollection) alike = assay_collection_new(1 << 20, NULL);
    g_autoptr(AssayApart) far = NULL, same = NULL;
    g_autoptr(AssayCross) cross = NULL;
    g_autofree size_t *rows = NULL;
    size_t n;

    make_items(items->examples, 40, 30, FALSE);
    add(items->examples, 5000, 2, 0, 0); /* of another set: not looked at */
    far = assay_apart_new(&config, items, 1, "fakes", NULL);
    g_assert_cmpfloat(far->values.values[ASSAY_ROC_AUC], ==, 1);
    g_assert_cmpfloat(far->p, ==, 1.0 / 20);
    g_assert_true(g_str_has_prefix(far->carriers, "a higher 1"));
    g_assert_cmpstr(far->note->str, ==, "no p below 1/20");
    g_assert_cmpuint(far->counts.n_items[0], ==, 40);
    g_assert_cmpuint(far->counts.n_items[1], ==, 40);
    g_assert_cmpuint(far->counts.n_groups_in_all, ==, 80);
    make_items(alike->examples, 43, 2, FALSE);
    alike->is_ungrouped = TRUE;
    same = assay_apart_new(&none, alike, 1, "fakes", NULL);
    rows = assay_examples_rows(alike->examples, 1, &n);
    cross = assay_cross_new(&none.model, alike->examples, rows, n, 5, 1, NULL);
    g_assert_cmpfloat(same->values.values[ASSAY_ROC_AUC], <, 1);
    g_assert_cmpfloat_with_epsilon(same->values.values[ASSAY_ROC_AUC],
                                   assay_cross_auc(cross, alike->examples), 1e-12);
    g_assert_true(isnan(same->p));
    g_assert_cmpstr(same->note->str, ==, "ungrouped");
    g_assert_cmpfloat(far->least_p, ==, 1.0 / 20);
    g_assert_true(isnan(same->least_p));
    g_assert_cmpstr(far->best, ==, "a (higher)");
}

static void
check_text(double p, double least_p, double low, const char *expected)
{
    AssayApart apart = { .p = p, .least_p = least_p, .best = (char[]){ "a (higher)" } };
    g_autofree char *text = NULL;

    apart.values.values[ASSAY_ROC_AUC] = .98765;
    apart.spread.intervals[ASSAY_ROC_AUC] = (AssayInterval){ low, .9999 };
    text = assay_apart_text(&apart, "gan", "faces");
    g_assert_cmpstr(text, ==, expected);
}

/* The answer is yes at .05, no above it, and neither where p cannot be so small. */
static void
test_text(void)
{
    check_text(.05, .05, .91234,
               "gan: told from faces: AUC 0.988 (0.912 to 1), p = 0.05; of single features best "
               "by a (higher)");
    check_text(.0501, .001, (double)NAN, "gan: not told from faces: AUC 0.988, p = 0.0501");
    check_text(.04, 1 / 19.0, (double)NAN,
               "gan: no saying whether it is told from faces: AUC 0.988, and no p is below 1/19");
    check_text((double)NAN, (double)NAN, (double)NAN,
               "gan: without p no saying whether it is told from faces: AUC 0.988");
}

static void
check_refusal(AssayCollection *items, guint32 set, const char *message)
{
    const AssayApartConfig config = apart_config(19);
    g_autoptr(GError) error = NULL;

    g_assert_null(assay_apart_new(&config, items, set, "fakes", &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_nonnull(strstr(error->message, message));
}

static void
test_refusals(void)
{
    g_autoptr(AssayCollection) items = assay_collection_new(1 << 20, NULL);

    name_columns(items->examples);
    add(items->examples, 1, 1, 0, 0);
    check_refusal(items, 1, "there is no real item to be used");
    add(items->examples, 2, 0, 1, 0);
    check_refusal(items, 2, "there is no fake to be used");
    check_refusal(items, 1, "there is one real");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/apart/rows", test_rows);
    g_test_add_func("/apart/learn", test_learn);
    g_test_add_func("/apart/learn-reals", test_learn_reals);
    g_test_add_func("/apart/call", test_call);
    g_test_add_func("/apart/call-one-class", test_call_one_class);
    g_test_add_func("/apart/apart", test_apart);
    g_test_add_func("/apart/text", test_text);
    g_test_add_func("/apart/refusals", test_refusals);
    return g_test_run();
}
