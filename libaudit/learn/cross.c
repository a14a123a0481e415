/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cross.h"

#include <string.h>

#include "../base/each.h"
#include "../base/error.h"
#include "auc.h"
#include "cross-private.h"
#include "folds.h"

void
assay_cross_free(AssayCross *self)
{
    if (self == NULL)
        return;
    g_free(self->rows);
    g_free(self->fold_of);
    g_free(self->scores);
    g_free(self);
}

static gboolean
deal(AssayCross *self, const AssayExamples *items, guint64 seed, GError **error)
{
    g_autofree guint64 *groups = g_new(guint64, self->n + 1);
    g_autofree guint8 *is_fake = g_new(guint8, self->n + 1);

    for (size_t i = 0; i < self->n; i++) {
        groups[i] = assay_examples_at(items, self->rows[i])->group;
        is_fake[i] = assay_examples_at(items, self->rows[i])->is_fake ? 1 : 0;
    }
    return assay_folds_deal(groups, is_fake, self->n, &self->n_folds, seed, self->fold_of, error);
}

size_t *
assay_cross_split(const AssayCross *self, guint fold, size_t *n_others)
{
    size_t *order = g_new(size_t, self->n + 1), end = self->n;

    *n_others = 0;
    for (size_t i = 0; i < self->n; i++) {
        if (self->fold_of[i] != fold)
            order[(*n_others)++] = i;
        else
            order[--end] = i;
    }
    return order;
}

/* Fits to all folds but one, and scores that one. */
static gboolean
score_fold(const AssayCross *self, guint fold, const AssayModelConfig *config,
           const AssayExamples *items, double *scores, GError **error)
{
    size_t n_others;
    g_autofree size_t *order = assay_cross_split(self, fold, &n_others);
    g_autofree size_t *rows = g_new(size_t, n_others + 1);
    g_autoptr(AssayModel) model = NULL;

    for (size_t i = 0; i < n_others; i++)
        rows[i] = self->rows[order[i]];
    model = assay_model_fit(config, items, rows, n_others, error);
    for (size_t i = n_others; model != NULL && i < self->n; i++)
        scores[order[i]] =
            assay_model_score(model, assay_examples_row(items, self->rows[order[i]]));
    return model != NULL;
}

gboolean
assay_cross_score(const AssayCross *self, const AssayModelConfig *config,
                  const AssayExamples *items, double *scores, GError **error)
{
    for (guint fold = 0; fold < self->n_folds; fold++) {
        if (!score_fold(self, fold, config, items, scores, error))
            return FALSE;
    }
    return TRUE;
}

typedef struct {
    AssayCross *cross;
    const AssayModelConfig *config;
    const AssayExamples *items;
} Run;

static gboolean
run_fold(gpointer user, size_t fold, GError **error)
{
    const Run *run = user;

    return score_fold(run->cross, (guint)fold, run->config, run->items, run->cross->scores, error);
}

AssayCross *
assay_cross_new(const AssayModelConfig *config, const AssayExamples *items, const size_t *rows,
                size_t n, guint n_folds, guint n_workers, GError **error)
{
    g_autoptr(AssayCross) self = g_new0(AssayCross, 1);
    Run run = { self, config, items };

    self->n = n;
    self->n_folds = n_folds;
    self->rows = g_memdup2(rows, n * sizeof *rows);
    self->fold_of = g_new0(guint, n + 1);
    self->scores = g_new0(double, n + 1);
    if (!deal(self, items, config->seed, error) ||
        !assay_each_number(self->n_folds, n_workers, run_fold, &run, error))
        return NULL;
    return g_steal_pointer(&self);
}

double
assay_cross_auc(const AssayCross *self, const AssayExamples *items)
{
    g_autofree AssayLabelled *labelled = g_new(AssayLabelled, self->n + 1);

    for (size_t i = 0; i < self->n; i++)
        labelled[i] = (AssayLabelled){ self->scores[i],
                                       assay_examples_at(items, self->rows[i])->is_fake ? 1 : 0 };
    return assay_auc(labelled, self->n);
}
