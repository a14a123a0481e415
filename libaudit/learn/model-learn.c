/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-learn.h"

#include "cross.h"
#include "example-rows.h"

static AssayGauge *
make_gauge(const AssayExamples *items, const size_t *rows, const double *scores, size_t n)
{
    g_autofree AssayScored *scored = assay_examples_scored(items, rows, scores, n);

    return assay_gauge_new(scored, n);
}

/* A kind that learns from reals alone has scored these. */
static AssayGauge *
make_gauge_of_reals(const AssayExamples *items, const size_t *rows, size_t n, const double *scores)
{
    g_autofree size_t *reals = g_new(size_t, n + 1);
    size_t n_reals = 0;

    for (size_t i = 0; i < n; i++) {
        if (!assay_examples_at(items, rows[i])->is_fake)
            reals[n_reals++] = rows[i];
    }
    return make_gauge(items, reals, scores, n_reals);
}

gboolean
assay_model_file_learn(AssayModelFile *self, const AssayModelConfig *config,
                       const AssayExamples *items, const size_t *rows, size_t n, guint n_folds,
                       guint n_workers, GError **error)
{
    const AssayExampleCounts counts = assay_examples_count(items, rows, n);
    g_autoptr(AssayCross) cross = NULL;
    const double *own;
    size_t n_own;

    self->model = assay_model_fit(config, items, rows, n, error);
    if (self->model == NULL)
        return FALSE;
    for (int k = 0; k < 2; k++) {
        self->n_items[k] = counts.n_items[k];
        self->n_groups[k] = counts.n_groups[k];
    }
    own = assay_model_own_scores(self->model, &n_own);
    if (own != NULL) {
        self->gauge = make_gauge_of_reals(items, rows, n, own);
        return TRUE;
    }
    if (counts.n_groups[0] < 2 || counts.n_groups[1] < 2)
        return TRUE;
    cross = assay_cross_new(config, items, rows, n, n_folds, n_workers, error);
    if (cross != NULL)
        self->gauge = make_gauge(items, rows, cross->scores, n);
    return cross != NULL;
}
