/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../learn/example-rows.h"

#define LEARNT_OTHERS "(others)"
#define LEARNT_EACH "(each)"

static const char *const names[ASSAY_N_PROTOCOLS] = { "pooled", "within", "cross", "unseen" };

/* @has: of each set, whether it has reals (0) and fakes (1) */
typedef struct {
    const AssayProtocol *protocol;
    gboolean (*has)[2];
    gboolean *teaches;
    GPtrArray *rows;
} Run;

/* What one detector, fold by fold, has made of all items. */
typedef struct {
    double *scores;
    double threshold;
    guint64 n_reference; /* where these are too few for a threshold */
} Judged;

const char *
assay_protocol_name(AssayProtocolKind kind)
{
    return names[kind];
}

gboolean
assay_protocol_find(const char *name, AssayProtocolKind *kind, GError **error)
{
    for (size_t k = 0; k < ASSAY_N_PROTOCOLS; k++) {
        if (strcmp(name, names[k]) == 0) {
            *kind = (AssayProtocolKind)k;
            return TRUE;
        }
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "--protocol=%s: name one of pooled, within, cross, unseen", name);
    return FALSE;
}

static void
free_row(gpointer data)
{
    AssayProtocolRow *row = data;

    assay_evaluation_free(row->row);
    g_free(row);
}

static void
add_row(Run *run, const char *learnt, AssayEvaluation *evaluation)
{
    AssayProtocolRow *row = g_new0(AssayProtocolRow, 1);

    row->learnt = learnt;
    row->row = evaluation;
    g_ptr_array_add(run->rows, row);
}

static gboolean
add_score(AssayScores *scores, const AssayExample *example, double score, const char *set,
          size_t number, GError **error)
{
    g_autofree char *item = g_strdup_printf("%" G_GSIZE_FORMAT, number);
    g_autofree char *group = g_strdup_printf("%016" G_GINT64_MODIFIER "x", example->group);

    return assay_scores_add(scores, item, score, example->is_fake, set, group, error);
}

/* Of the sets that are wanted; of all with NULL. */
static AssayScores *
make_scores(const AssayExamples *examples, const double *values, char *const *sets, guint n_sets,
            const gboolean *is_wanted, gboolean is_ungrouped, GError **error)
{
    g_autoptr(AssayScores) scores = assay_scores_new();

    for (size_t i = 0; i < examples->items->len; i++) {
        const AssayExample *example = assay_examples_at(examples, i);

        if (example->set >= n_sets || (is_wanted != NULL && !is_wanted[example->set]))
            continue;
        if (!add_score(scores, example, values[i], sets[example->set], i, error))
            return NULL;
    }
    scores->is_ungrouped = is_ungrouped;
    return g_steal_pointer(&scores);
}

AssayScores *
assay_protocol_scores(const AssayExamples *examples, const double *scores, char *const *sets,
                      guint n_sets, gboolean is_ungrouped, GError **error)
{
    return make_scores(examples, scores, sets, n_sets, NULL, is_ungrouped, error);
}

double
assay_protocol_threshold(const AssayGauge *gauge, gboolean is_one_class)
{
    if (!is_one_class)
        return gauge->threshold;
    for (size_t i = 0; i < gauge->n_reals; i++) {
        double above = (double)(gauge->n_reals - 1 - i);

        if ((above + 1) / ((double)gauge->n_reals + 1) <= ASSAY_PROTOCOL_ALPHA)
            return gauge->reals[i];
    }
    return (double)NAN;
}

/* By what is taught, of which @scores are by detectors that had not seen them. */
static void
find_threshold(const Run *run, const double *scores, Judged *judged)
{
    const AssayExam *exam = &run->protocol->exam;
    const AssayExamples *learnt = exam->learnt;
    g_autofree size_t *rows = g_new(size_t, learnt->items->len + 1);
    g_autofree double *of_rows = g_new(double, learnt->items->len + 1);
    g_autofree AssayScored *scored = NULL;
    g_autoptr(AssayGauge) gauge = NULL;
    size_t n = 0;

    for (size_t i = 0; i < learnt->items->len; i++) {
        guint32 set = assay_examples_at(learnt, i)->set;

        if (set >= run->protocol->n_sets || !run->teaches[set])
            continue;
        rows[n] = i;
        of_rows[n++] = scores[i];
    }
    scored = assay_examples_scored(learnt, rows, of_rows, n);
    gauge = assay_gauge_new(scored, n);
    judged->threshold =
        assay_protocol_threshold(gauge, assay_model_kind_is_one_class(exam->model.kind));
    judged->n_reference = gauge->n_reals;
}

/* By detectors that have learnt from what is taught. */
static gboolean
judge(const Run *run, Judged *judged, GError **error)
{
    const AssayExam *exam = &run->protocol->exam;
    g_autofree double *own = NULL;
    AssayExam learnt = *exam;

    judged->scores = g_new(double, exam->judged->items->len + 1);
    if (!assay_exam_score(exam, run->teaches, run->protocol->n_sets, judged->scores, error))
        return FALSE;
    if (exam->judged == exam->learnt) {
        find_threshold(run, judged->scores, judged);
        return TRUE;
    }
    learnt.judged = learnt.learnt;
    own = g_new(double, exam->learnt->items->len + 1);
    if (!assay_exam_score(&learnt, run->teaches, run->protocol->n_sets, own, error))
        return FALSE;
    find_threshold(run, own, judged);
    return TRUE;
}

/* The rows of what was judged: of @set alone, or of all sets with G_MAXUINT. */
static gboolean
evaluate(Run *run, const Judged *judged, guint set, const char *learnt, GError **error)
{
    const AssayProtocol *protocol = run->protocol;
    AssayEvaluationConfig config = protocol->evaluation;
    g_autofree gboolean *is_wanted = g_new(gboolean, protocol->n_sets);
    g_autoptr(AssayScores) scores = NULL;
    g_autoptr(GPtrArray) rows = NULL;

    for (guint i = 0; i < protocol->n_sets; i++)
        is_wanted[i] = set == G_MAXUINT || i == set || !run->has[i][1];
    scores = make_scores(protocol->exam.judged, judged->scores, protocol->sets, protocol->n_sets,
                         is_wanted, protocol->is_ungrouped, error);
    if (scores == NULL)
        return FALSE;
    config.threshold = judged->threshold;
    rows = assay_evaluate(scores, &config, error);
    if (rows == NULL)
        return FALSE;
    g_ptr_array_set_free_func(rows, NULL); /* they go to the run */
    for (guint i = 0; i < rows->len; i++) {
        AssayEvaluation *row = g_ptr_array_index(rows, i);

        if (isnan(judged->threshold) && row->groups > 0)
            assay_text_join(row->note, "; ",
                            "%" G_GUINT64_FORMAT " groups of reals cannot reach p <= %g: no "
                            "threshold",
                            judged->n_reference, ASSAY_PROTOCOL_ALPHA);
        add_row(run, learnt, row);
    }
    return TRUE;
}

/* Which sets are taught: those without fakes, and of the others @set, all, or all but @set. */
static void
teach(Run *run, guint set, gboolean others)
{
    for (guint i = 0; i < run->protocol->n_sets; i++)
        run->teaches[i] = !run->has[i][1] || set == G_MAXUINT || (i == set) == !others;
}

/* The mean of the rows from @first on, but for that of the set that was learnt from. */
static void
add_mean(Run *run, guint first, const char *learnt)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new();

    for (guint i = first; i < run->rows->len; i++) {
        const AssayProtocolRow *row = g_ptr_array_index(run->rows, i);

        if (strcmp(row->row->set, learnt) != 0)
            g_ptr_array_add(rows, row->row);
    }
    if (rows->len > 1)
        add_row(run, learnt, assay_evaluation_mean(rows));
}

/* Learns as a protocol says for @set, and judges. */
static gboolean
run_set(Run *run, guint set, GError **error)
{
    AssayProtocolKind kind = run->protocol->kind;
    const char *name = run->protocol->sets[set];
    Judged judged = { 0 };
    guint first = run->rows->len;
    gboolean is_done;

    teach(run, set, kind == ASSAY_PROTOCOL_UNSEEN);
    is_done = judge(run, &judged, error);
    if (is_done && kind == ASSAY_PROTOCOL_CROSS) {
        for (guint i = 0; is_done && i < run->protocol->n_sets; i++)
            is_done = !run->has[i][1] || evaluate(run, &judged, i, name, error);
        add_mean(run, first, name);
    } else if (is_done) {
        is_done = evaluate(run, &judged, set, kind == ASSAY_PROTOCOL_UNSEEN ? LEARNT_OTHERS : name,
                           error);
    }
    g_free(judged.scores);
    return is_done;
}

static gboolean
run_each(Run *run, GError **error)
{
    for (guint i = 0; i < run->protocol->n_sets; i++) {
        if (run->has[i][1] && !run_set(run, i, error))
            return FALSE;
    }
    if (run->protocol->kind != ASSAY_PROTOCOL_CROSS)
        add_mean(run, 0,
                 run->protocol->kind == ASSAY_PROTOCOL_UNSEEN ? LEARNT_OTHERS : LEARNT_EACH);
    return TRUE;
}

static gboolean
run_pooled(Run *run, GError **error)
{
    Judged judged = { 0 };
    gboolean is_done;

    teach(run, G_MAXUINT, FALSE);
    is_done = judge(run, &judged, error) &&
              evaluate(run, &judged, G_MAXUINT, ASSAY_EVALUATION_ALL, error);
    g_free(judged.scores);
    return is_done;
}

/* What there is of each set, and how many sets have fakes. */
static guint
survey(Run *run)
{
    const AssayExamples *judged = run->protocol->exam.judged;
    guint n = 0;

    for (size_t i = 0; i < judged->items->len; i++) {
        const AssayExample *example = assay_examples_at(judged, i);

        if (example->set < run->protocol->n_sets)
            run->has[example->set][example->is_fake ? 1 : 0] = TRUE;
    }
    for (guint i = 0; i < run->protocol->n_sets; i++)
        n += run->has[i][1] ? 1 : 0;
    return n;
}

GPtrArray *
assay_protocol_run(const AssayProtocol *self, GError **error)
{
    Run run = { .protocol = self };
    gboolean is_done;
    guint n;

    run.has = g_malloc0_n(self->n_sets + 1, sizeof *run.has);
    run.teaches = g_new0(gboolean, self->n_sets + 1);
    run.rows = g_ptr_array_new_with_free_func(free_row);
    n = survey(&run);
    if (n < 2 && (self->kind == ASSAY_PROTOCOL_CROSS || self->kind == ASSAY_PROTOCOL_UNSEEN)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--protocol=%s is for several sets of fakes, not for %u: name each, LABEL=FILE",
                    names[self->kind], n);
        is_done = FALSE;
    } else {
        is_done =
            self->kind == ASSAY_PROTOCOL_POOLED ? run_pooled(&run, error) : run_each(&run, error);
    }
    g_free(run.has);
    g_free(run.teaches);
    if (!is_done)
        g_clear_pointer(&run.rows, g_ptr_array_unref);
    return run.rows;
}
