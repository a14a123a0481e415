/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate.h"

#include <math.h>

#include "../base/error.h"
#include "../base/text.h"

/* What a set has. */
typedef struct {
    guint64 reals, fakes;
} Holds;

void
assay_evaluation_free(AssayEvaluation *self)
{
    if (self == NULL)
        return;
    g_free(self->set);
    g_string_free(self->note, TRUE);
    g_free(self);
}

static void
free_evaluation(gpointer data)
{
    assay_evaluation_free(data);
}

static AssayEvaluation *
evaluation_new(const char *set, double threshold)
{
    AssayEvaluation *self = g_new0(AssayEvaluation, 1);

    self->set = g_strdup(set);
    self->note = g_string_new(NULL);
    self->threshold = threshold;
    self->held_out = self->roc.best_threshold = (double)NAN;
    for (size_t i = 0; i < ASSAY_ROC_N; i++) {
        self->roc.values[i] = (double)NAN;
        self->spread.intervals[i] = (AssayInterval){ (double)NAN, (double)NAN };
    }
    return self;
}

/* What each set has, and, last, what is of no set. */
static Holds *
count(const AssayScores *scores)
{
    Holds *holds = g_new0(Holds, scores->sets->len + 1);

    for (guint i = 0; i < scores->scores->len; i++) {
        const AssayScoredItem *score = &g_array_index(scores->scores, AssayScoredItem, i);
        guint32 set = MIN(score->set, scores->sets->len);

        holds[set].fakes += score->is_fake ? 1 : 0;
        holds[set].reals += score->is_fake ? 0 : 1;
    }
    return holds;
}

/* Whether an item counts in the row of @set: it is of the set; or it is a real that sets share,
 * where the set has none of its own. */
static gboolean
belongs(const AssayScores *scores, const AssayScoredItem *score, guint32 set, const Holds *holds)
{
    guint32 own = MIN(score->set, scores->sets->len);
    gboolean is_shared = own == scores->sets->len || holds[own].fakes == 0;

    return own == set || (!score->is_fake && is_shared && holds[set].reals == 0);
}

/* The items of a row; with @holds NULL, all. */
static GArray *
collect(const AssayScores *scores, guint32 set, const Holds *holds)
{
    GArray *items = g_array_new(FALSE, FALSE, sizeof(AssayScored));

    for (guint i = 0; i < scores->scores->len; i++) {
        const AssayScoredItem *score = &g_array_index(scores->scores, AssayScoredItem, i);
        const AssayScored item = { score->score, score->is_fake, score->group };

        if (holds == NULL || belongs(scores, score, set, holds))
            g_array_append_val(items, item);
    }
    return items;
}

static void
remark(AssayEvaluation *self, const AssayRoc *roc, gboolean is_ungrouped)
{
    AssayInterval auc = self->spread.intervals[ASSAY_ROC_AUC];

    if (is_ungrouped)
        assay_text_join(self->note, "; ", "ungrouped");
    if (!self->spread.is_known)
        assay_text_join(self->note, "; ", "one group of reals or of fakes: no intervals");
    if (self->spread.no_overlap)
        assay_text_join(self->note, "; ", "no overlap");
    if (auc.high < .5)
        assay_text_join(self->note, "; ", "reals score higher: is the score turned round?");
    if (assay_roc_n_real(roc) < 100)
        assay_text_join(self->note, "; ", "fewer than 100 reals: pd_far_1 is at no false alarm");
}

/* A row of items that are known to be of both classes. */
static void
fill(AssayEvaluation *self, const GArray *items, gboolean is_ungrouped,
     const AssayEvaluationConfig *config)
{
    g_autoptr(AssayRoc) roc =
        assay_roc_new((const AssayScored *)(const void *)items->data, items->len, NULL);
    AssayRandom random;

    g_return_if_fail(roc != NULL);
    self->reals = assay_roc_n_real(roc);
    self->fakes = assay_roc_n_fake(roc);
    self->groups = assay_roc_n_groups(roc);
    assay_roc_measure(roc, config->threshold, &self->roc);
    for (size_t m = ASSAY_ROC_ACCURACY; m <= ASSAY_ROC_BALANCED && isnan(config->threshold); m++)
        self->roc.values[m] = (double)NAN;
    assay_random_init(&random, config->seed, "roc-spread", self->set);
    assay_roc_spread(roc, config->threshold, config->n_draws, config->confidence, &random,
                     &self->spread);
    assay_random_init(&random, config->seed, "roc-held-out", self->set);
    self->held_out = assay_roc_held_out(roc, config->n_folds, &random);
    remark(self, roc, is_ungrouped);
}

/* Adds the row of a set's fakes, or of all with @holds NULL. */
static void
add_row(GPtrArray *rows, const AssayScores *scores, guint32 set, const Holds *holds,
        const char *name, const AssayEvaluationConfig *config)
{
    AssayEvaluation *row = evaluation_new(name, config->threshold);
    g_autoptr(GArray) items = collect(scores, set, holds);
    gboolean has_real = FALSE;

    g_ptr_array_add(rows, row);
    for (guint i = 0; i < items->len && !has_real; i++)
        has_real = !g_array_index(items, AssayScored, i).is_fake;
    if (has_real) {
        fill(row, items, scores->is_ungrouped, config);
        return;
    }
    row->fakes = items->len;
    assay_text_join(row->note, "; ", "no reals: neither of its own, nor any that sets share");
}

AssayEvaluation *
assay_evaluation_mean(const GPtrArray *rows)
{
    AssayEvaluation *mean = evaluation_new(ASSAY_EVALUATION_MEAN, (double)NAN);
    double sums[ASSAY_ROC_N] = { 0 }, held_out = 0;
    guint n = 0;

    for (guint i = 0; i < rows->len; i++) {
        const AssayEvaluation *row = g_ptr_array_index(rows, i);

        if (isnan(row->roc.values[ASSAY_ROC_AP]))
            continue;
        for (size_t m = 0; m < ASSAY_ROC_N; m++)
            sums[m] += row->roc.values[m];
        held_out += row->held_out;
        n++;
    }
    for (size_t m = 0; m < ASSAY_ROC_N; m++)
        mean->roc.values[m] = sums[m] / n;
    mean->held_out = held_out / n;
    assay_text_join(mean->note, "; ", "of %u set%s", n, n == 1 ? "" : "s");
    return mean;
}

static gboolean
check_classes(const AssayScores *scores, const Holds *holds, GError **error)
{
    guint64 reals = 0, fakes = 0;

    for (guint i = 0; i <= scores->sets->len; i++) {
        reals += holds[i].reals;
        fakes += holds[i].fakes;
    }
    if (reals > 0 && fakes > 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "no %s among %" G_GUINT64_FORMAT " score%s: give scores of both",
                reals == 0 ? "real item" : "fake", reals + fakes, reals + fakes == 1 ? "" : "s");
    return FALSE;
}

GPtrArray *
assay_evaluate(const AssayScores *scores, const AssayEvaluationConfig *config, GError **error)
{
    g_autofree Holds *holds = count(scores);
    AssayEvaluation *mean = NULL;
    GPtrArray *rows;
    guint n_sets = scores->sets->len, n;

    if (!check_classes(scores, holds, error))
        return NULL;
    rows = g_ptr_array_new_with_free_func(free_evaluation);
    for (guint i = 0; i < n_sets; i++) {
        if (holds[i].fakes > 0)
            add_row(rows, scores, i, holds, g_ptr_array_index(scores->sets, i), config);
    }
    n = rows->len;
    if (n > 1)
        mean = assay_evaluation_mean(rows);
    if (n != 1 || holds[n_sets].fakes > 0)
        add_row(rows, scores, 0, NULL, ASSAY_EVALUATION_ALL, config);
    if (mean != NULL)
        g_ptr_array_add(rows, mean);
    return rows;
}

gboolean
assay_evaluate_best_threshold(const AssayScores *scores, double *threshold, GError **error)
{
    g_autofree Holds *holds = count(scores);
    g_autoptr(GArray) items = collect(scores, 0, NULL);
    g_autoptr(AssayRoc) roc = NULL;
    AssayRocValues values;

    if (!check_classes(scores, holds, error))
        return FALSE;
    roc = assay_roc_new((const AssayScored *)(const void *)items->data, items->len, error);
    if (roc == NULL)
        return FALSE;
    assay_roc_measure(roc, 0, &values);
    *threshold = values.best_threshold;
    return TRUE;
}
