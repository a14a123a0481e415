/* test-protocol.c - detectors tried by protocols: what they have seen, and what they have not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/detect/protocol.h>
#include <assay/learn/curve.h>
#include <math.h>
#include <string.h>

#include "corpus.h"

enum { EACH = 60 };

static char *sets[] = { (char *)"real", (char *)"above", (char *)"below", NULL };

static double
normal(AssayRandom *random)
{
    double u = 1 - assay_random_double(random), v = assay_random_double(random);

    return sqrt(-2 * log(u)) * cos(2 * G_PI * v);
}

/* EACH reals around 0, and as many fakes of either set, at @shift and -@shift in the first of three
 * features. Two items in a row are of one group, and alike. */
static AssayExamples *
make_examples(double shift)
{
    static const char *const columns[] = { "a", "b", "c" };
    static const size_t from[] = { 0, 1, 2 };
    AssayExamples *examples = assay_examples_new(1 << 20);
    AssayRandom random;
    double row[3];

    assay_random_init(&random, 1, "test", "");
    assay_examples_name_columns(examples, columns, 3);
    for (guint32 i = 0; i < 3 * EACH; i++) {
        guint32 set = i / EACH;
        const AssayExample example = { (char *)"x", i / 2, i, set, set > 0 };

        for (int k = 0; k < 3 && i % 2 == 0; k++)
            row[k] = normal(&random);
        if (i % 2 == 0)
            row[0] += set == 0 ? 0 : set == 1 ? shift : -shift;
        g_assert_true(assay_examples_add(examples, &example, row, from, NULL));
    }
    return examples;
}

static AssayProtocol
protocol_of(AssayProtocolKind kind, const AssayExamples *learnt, const AssayExamples *judged)
{
    return (AssayProtocol){ .kind = kind,
                            .exam = { .learnt = learnt,
                                      .judged = judged,
                                      .model = ASSAY_MODEL_CONFIG_DEFAULT,
                                      .n_folds = 5,
                                      .n_workers = 1 },
                            .sets = sets,
                            .n_sets = 3,
                            .evaluation = { .n_draws = 20, .confidence = .95, .n_folds = 5 } };
}

static GPtrArray *
run(const AssayProtocol *protocol)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *rows = assay_protocol_run(protocol, &error);

    g_assert_no_error(error);
    return rows;
}

static const AssayEvaluation *
row_of(GPtrArray *rows, const char *learnt, const char *set)
{
    for (guint i = 0; i < rows->len; i++) {
        const AssayProtocolRow *row = g_ptr_array_index(rows, i);

        if (strcmp(row->learnt, learnt) == 0 && strcmp(row->row->set, set) == 0)
            return row->row;
    }
    g_error("no row %s, %s", learnt, set);
}

static double
auc(GPtrArray *rows, const char *learnt, const char *set)
{
    return row_of(rows, learnt, set)->roc.values[ASSAY_ROC_AUC];
}

static void
test_pooled(void)
{
    g_autoptr(AssayExamples) examples = make_examples(4);
    const AssayProtocol protocol = protocol_of(ASSAY_PROTOCOL_POOLED, examples, examples);
    g_autoptr(GPtrArray) rows = run(&protocol);

    g_assert_cmpuint(rows->len, ==, 4);
    g_assert_cmpfloat(auc(rows, "(all)", "above"), >, .97);
    g_assert_cmpfloat(auc(rows, "(all)", "below"), >, .97);
    g_assert_cmpfloat(auc(rows, "(all)", "(all)"), >, .97);
    g_assert_cmpuint(row_of(rows, "(all)", "(all)")->groups, ==, 3 * EACH / 2);
    g_assert_cmpfloat(row_of(rows, "(all)", "(all)")->roc.values[ASSAY_ROC_BALANCED], >, .9);
    (void)row_of(rows, "(all)", "(mean)");
}

/* What has learnt that fakes lie above calls those below more real than real, if it is one-sided.
 */
static void
test_cross(void)
{
    g_autoptr(AssayExamples) examples = make_examples(4);
    AssayProtocol protocol = protocol_of(ASSAY_PROTOCOL_CROSS, examples, examples);
    g_autoptr(GPtrArray) rows = NULL, unseen = NULL, within = NULL;

    protocol.exam.model.is_one_sided = TRUE;
    rows = run(&protocol);
    g_assert_cmpuint(rows->len, ==, 4);
    g_assert_cmpfloat(auc(rows, "above", "above"), >, .97);
    g_assert_cmpfloat(auc(rows, "above", "below"), <, .03);
    g_assert_cmpfloat(auc(rows, "below", "above"), <, .03);
    g_assert_cmpfloat(row_of(rows, "above", "below")->roc.values[ASSAY_ROC_FAKE], <, .1);
    g_assert_cmpfloat(row_of(rows, "above", "below")->threshold, ==,
                      row_of(rows, "above", "above")->threshold);
    protocol.kind = ASSAY_PROTOCOL_UNSEEN;
    unseen = run(&protocol);
    g_assert_cmpuint(unseen->len, ==, 3);
    g_assert_cmpfloat(auc(unseen, "(others)", "below"), ==, auc(rows, "above", "below"));
    g_assert_cmpfloat(auc(unseen, "(others)", "(mean)"), <, .03);
    protocol.kind = ASSAY_PROTOCOL_WITHIN;
    within = run(&protocol);
    g_assert_cmpfloat(auc(within, "above", "above"), ==, auc(rows, "above", "above"));
    g_assert_cmpfloat(auc(within, "(each)", "(mean)"), >, .97);
}

/* Something that learns by heart is right about items whose twins it has seen, and nothing else: so
 * it shows whether it has. */
static void
test_not_seen(void)
{
    g_autoptr(AssayExamples) examples = make_examples(0), again = make_examples(0);
    AssayProtocol protocol = protocol_of(ASSAY_PROTOCOL_POOLED, examples, again);
    g_autoptr(GPtrArray) rows = NULL, threads = NULL;

    protocol.exam.model.kind = ASSAY_MODEL_RBF;
    protocol.exam.model.gamma = 1e4;
    protocol.exam.model.c = 100;
    rows = run(&protocol);
    g_assert_cmpfloat(fabs(auc(rows, "(all)", "(all)") - .5), <, .1);
    protocol.exam.n_workers = 3;
    threads = run(&protocol);
    for (guint i = 0; i < rows->len; i++) {
        const AssayProtocolRow *a = g_ptr_array_index(rows, i), *b = g_ptr_array_index(threads, i);

        g_assert_true(memcmp(&a->row->roc, &b->row->roc, sizeof a->row->roc) == 0);
    }
}

/* Tried where the shift has gone, it finds nothing. */
static void
test_other_state(void)
{
    g_autoptr(AssayExamples) examples = make_examples(4), weaker = make_examples(0);
    const AssayProtocol protocol = protocol_of(ASSAY_PROTOCOL_POOLED, examples, weaker);
    g_autoptr(GPtrArray) rows = run(&protocol);

    g_assert_cmpfloat(fabs(auc(rows, "(all)", "(all)") - .5), <, .15);
    g_assert_cmpfloat(row_of(rows, "(all)", "(all)")->roc.values[ASSAY_ROC_REAL], >, .8);
}

static void
test_one_class(void)
{
    g_autoptr(AssayExamples) examples = make_examples(9);
    AssayProtocol protocol = protocol_of(ASSAY_PROTOCOL_POOLED, examples, examples);
    g_autoptr(GPtrArray) rows = NULL;
    const AssayEvaluation *all;

    protocol.exam.model.kind = ASSAY_MODEL_ONE_CLASS;
    rows = run(&protocol);
    all = row_of(rows, "(all)", "(all)");
    g_assert_cmpfloat(all->roc.values[ASSAY_ROC_AUC], >, .97);
    /* 30 groups: the largest score of a real, above which p is 1/31. */
    g_assert_cmpfloat(all->roc.values[ASSAY_ROC_REAL], ==, 1);
    g_assert_cmpfloat(all->roc.values[ASSAY_ROC_FAKE], >, .9);
}

/* 12 groups of reals: no p is below 1/13. */
static void
test_too_few(void)
{
    g_autoptr(AssayExamples) examples = make_examples(6);
    AssayProtocol protocol = protocol_of(ASSAY_PROTOCOL_POOLED, examples, examples);
    g_autoptr(GPtrArray) rows = NULL;
    const AssayEvaluation *all;

    for (size_t i = 24; i < EACH; i++)
        assay_examples_at(examples, i)->set = 9;
    protocol.exam.model.kind = ASSAY_MODEL_ONE_CLASS;
    rows = run(&protocol);
    all = row_of(rows, "(all)", "(all)");
    g_assert_true(isnan(all->roc.values[ASSAY_ROC_REAL]));
    g_assert_nonnull(
        strstr(all->note->str, "12 groups of reals cannot reach p <= 0.05: no threshold"));
}

static void
test_refused(void)
{
    g_autoptr(AssayExamples) examples = make_examples(0);
    AssayProtocol protocol = protocol_of(ASSAY_PROTOCOL_UNSEEN, examples, examples);
    g_autoptr(GError) error = NULL;
    AssayProtocolKind kind;

    protocol.n_sets = 2;
    g_assert_null(assay_protocol_run(&protocol, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "--protocol=unseen is for several sets of fakes");
    g_clear_error(&error);
    g_assert_false(assay_protocol_find("x", &kind, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "--protocol=x: name one of pooled, within");
    g_clear_error(&error);
    for (size_t i = 0; i < EACH; i++)
        assay_examples_at(examples, i)->group = 1;
    protocol.kind = ASSAY_PROTOCOL_POOLED;
    g_assert_null(assay_protocol_run(&protocol, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "reals are of one group");
    g_assert_cmpstr(assay_protocol_name(ASSAY_PROTOCOL_CROSS), ==, "cross");
}

static void
test_curve(void)
{
    g_autoptr(AssayExamples) examples = make_examples(1.5);
    AssayCurveConfig config = {
        .model = ASSAY_MODEL_CONFIG_DEFAULT, .n_draws = 40, .confidence = .9, .n_workers = 1
    };
    g_autoptr(GError) error = NULL;
    AssayCurvePoint few, many, again;

    g_assert_true(assay_curve_point(&config, examples, 4, &few, NULL));
    g_assert_true(assay_curve_point(&config, examples, 50, &many, NULL));
    config.n_workers = 3;
    g_assert_true(assay_curve_point(&config, examples, 50, &again, NULL));
    g_assert_true(memcmp(&many, &again, sizeof many) == 0);
    g_assert_cmpfloat(many.means[ASSAY_ROC_AUC], >, few.means[ASSAY_ROC_AUC] + .05);
    g_assert_cmpfloat(many.intervals[ASSAY_ROC_AUC].low, <, many.means[ASSAY_ROC_AUC]);
    g_assert_cmpfloat(many.intervals[ASSAY_ROC_AUC].high, >, many.means[ASSAY_ROC_AUC]);
    g_assert_false(assay_curve_point(&config, examples, 60, &many, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "60 labels: 30 groups of reals and 60 of fakes");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/protocol/pooled", test_pooled);
    g_test_add_func("/protocol/cross", test_cross);
    g_test_add_func("/protocol/not-seen", test_not_seen);
    g_test_add_func("/protocol/other-state", test_other_state);
    g_test_add_func("/protocol/one-class", test_one_class);
    g_test_add_func("/protocol/too-few", test_too_few);
    g_test_add_func("/protocol/refused", test_refused);
    g_test_add_func("/protocol/curve", test_curve);
    return g_test_run();
}
