/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exam.h"

#include "../base/each.h"
#include "../base/error.h"
#include "cross-private.h"
#include "folds.h"

/* @fold_of: of the items learnt from, then of those judged */
typedef struct {
    const AssayExam *exam;
    const gboolean *teaches;
    guint n_sets;
    guint *fold_of;
    double *scores;
} Run;

static size_t
n_items(const AssayExamples *items)
{
    return items->items->len;
}

static gboolean
deal(const AssayExam *exam, guint *n_folds, guint *fold_of, GError **error)
{
    size_t n_learnt = n_items(exam->learnt), n = n_learnt + n_items(exam->judged);
    g_autofree guint64 *groups = g_new(guint64, n + 1);
    g_autofree guint8 *is_fake = g_new(guint8, n + 1);

    for (size_t i = 0; i < n; i++) {
        const AssayExample *item = i < n_learnt ? assay_examples_at(exam->learnt, i)
                                                : assay_examples_at(exam->judged, i - n_learnt);

        groups[i] = item->group;
        is_fake[i] = item->is_fake ? 1 : 0;
    }
    return assay_folds_deal(groups, is_fake, n, n_folds, exam->model.seed, fold_of, error);
}

static gboolean
run_fold(gpointer user, size_t fold, GError **error)
{
    const Run *run = user;
    const AssayExamples *learnt = run->exam->learnt, *judged = run->exam->judged;
    const guint *fold_of_judged = run->fold_of + n_items(learnt);
    g_autofree size_t *rows = g_new(size_t, n_items(learnt) + 1);
    g_autoptr(AssayModel) model = NULL;
    size_t n = 0;

    for (size_t i = 0; i < n_items(learnt); i++) {
        guint32 set = assay_examples_at(learnt, i)->set;

        if (run->fold_of[i] != fold && set < run->n_sets && run->teaches[set])
            rows[n++] = i;
    }
    model = assay_model_fit(&run->exam->model, learnt, rows, n, error);
    for (size_t i = 0; model != NULL && i < n_items(judged); i++) {
        if (fold_of_judged[i] == fold)
            run->scores[i] = assay_model_score(model, assay_examples_row(judged, i));
    }
    return model != NULL;
}

gboolean
assay_exam_score(const AssayExam *self, const gboolean *teaches, guint n_sets, double *scores,
                 GError **error)
{
    g_autofree guint *fold_of = g_new(guint, n_items(self->learnt) + n_items(self->judged) + 1);
    Run run = { self, teaches, n_sets, fold_of, scores };
    guint n_folds = self->n_folds;

    return deal(self, &n_folds, fold_of, error) &&
           assay_each_number(n_folds, self->n_workers, run_fold, &run, error);
}
