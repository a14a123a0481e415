/* learn/cross-ridge.c - cross-validation of ASSAY_MODEL_RIDGE for many labellings at once: what
 * does not look at labels, scaling and covariance, is made once for all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/each.h"
#include "../base/error.h"
#include "auc.h"
#include "cross-private.h"
#include "ridge.h"
#include "scaling.h"

/* @scores: a row of cross->n for each labelling */
typedef struct {
    const AssayCross *cross;
    const AssayModelConfig *config;
    const AssayExamples *items;
    const guint8 *labels;
    size_t n;
    double *scores;
} Many;

/* One fold: @order: of its rows, the others first; @inputs: of these, in this order */
typedef struct {
    const size_t *order;
    size_t n_others, d;
    const double *inputs;
    const AssayRidge *ridge;
    const double *sum;
} Fold;

/* The means of either class among the others, by a labelling: reals, then fakes. FALSE where a
 * class has none. */
static gboolean
find_means(const Many *self, const Fold *fold, const guint8 *labels, double *means)
{
    size_t d = fold->d, n_fake = 0, n_real;
    double *fakes = means + d;

    (void)self;
    for (size_t k = 0; k < d; k++)
        fakes[k] = 0;
    for (size_t i = 0; i < fold->n_others; i++) {
        const double *row = fold->inputs + i * d;

        if (labels[fold->order[i]] == 0)
            continue;
        n_fake++;
        for (size_t k = 0; k < d; k++)
            fakes[k] += row[k];
    }
    n_real = fold->n_others - n_fake;
    for (size_t k = 0; k < d; k++) {
        means[k] = (fold->sum[k] - fakes[k]) / (double)n_real;
        fakes[k] /= (double)n_fake;
    }
    return n_real > 0 && n_fake > 0;
}

static void
score_labelling(const Many *self, const Fold *fold, size_t labelling, double *means,
                double *weights)
{
    double *scores = self->scores + labelling * self->cross->n, bias = 0;
    const guint8 *labels = self->labels + labelling * self->cross->n;
    gboolean is_known = find_means(self, fold, labels, means);

    if (is_known)
        bias = assay_ridge_solve(fold->ridge, means, means + fold->d, weights);
    for (size_t i = fold->n_others; i < self->cross->n; i++) {
        double sum = bias;

        for (size_t k = 0; is_known && k < fold->d; k++)
            sum += weights[k] * fold->inputs[i * fold->d + k];
        scores[fold->order[i]] = sum;
    }
}

/* Inputs of all rows in the order of the fold, scaled by its others. */
static double *
make_inputs(const Many *self, const Fold *fold, const AssayScaling *scaling, GError **error)
{
    size_t n = self->cross->n;
    double *inputs =
        n <= G_MAXSIZE / sizeof(double) / fold->d - 1 ? g_try_new(double, n * fold->d + 1) : NULL;

    if (inputs == NULL)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for %" G_GSIZE_FORMAT " items of %" G_GSIZE_FORMAT " inputs", n,
                    fold->d);
    for (size_t i = 0; inputs != NULL && i < n; i++)
        assay_scaling_apply(scaling,
                            assay_examples_row(self->items, self->cross->rows[fold->order[i]]),
                            inputs + i * fold->d);
    return inputs;
}

static AssayScaling *
scale_others(const Many *self, const Fold *fold, GError **error)
{
    g_autofree size_t *rows = g_new(size_t, fold->n_others + 1);

    for (size_t i = 0; i < fold->n_others; i++)
        rows[i] = self->cross->rows[fold->order[i]];
    return assay_scaling_new(self->items, rows, fold->n_others, !self->config->is_plain,
                             !self->config->is_one_sided, error);
}

static gboolean
try_fold(gpointer user, size_t number, GError **error)
{
    const Many *self = user;
    Fold fold = { 0 };
    g_autofree size_t *order = assay_cross_split(self->cross, (guint)number, &fold.n_others);
    g_autoptr(AssayScaling) scaling = NULL;
    g_autoptr(AssayRidge) ridge = NULL;
    g_autofree double *inputs = NULL, *sum = NULL, *means = NULL;

    fold.order = order;
    scaling = scale_others(self, &fold, error);
    if (scaling == NULL)
        return FALSE;
    fold.d = assay_scaling_n_inputs(scaling);
    fold.inputs = inputs = make_inputs(self, &fold, scaling, error);
    if (inputs == NULL)
        return FALSE;
    fold.ridge = ridge =
        assay_ridge_new(inputs, fold.n_others, fold.d,
                        self->config->c > 0 ? self->config->c : ASSAY_MODEL_RIDGE_C, error);
    if (ridge == NULL)
        return FALSE;
    sum = g_new0(double, fold.d + 1);
    means = g_new(double, 3 * fold.d + 1);
    for (size_t i = 0; i < fold.n_others; i++) {
        for (size_t k = 0; k < fold.d; k++)
            sum[k] += inputs[i * fold.d + k];
    }
    fold.sum = sum;
    for (size_t labelling = 0; labelling < self->n; labelling++)
        score_labelling(self, &fold, labelling, means, means + 2 * fold.d);
    return TRUE;
}

gboolean
assay_cross_ridge(const AssayCross *self, const AssayModelConfig *config,
                  const AssayExamples *items, const guint8 *labels, size_t n, guint n_workers,
                  double *aucs, GError **error)
{
    g_autofree double *scores = g_try_new(double, n * self->n + 1);
    g_autofree AssayLabelled *labelled = g_new(AssayLabelled, self->n + 1);
    Many many = { self, config, items, labels, n, scores };

    if (scores == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for the scores of %" G_GSIZE_FORMAT " items", self->n);
        return FALSE;
    }
    if (!assay_each_number(self->n_folds, n_workers, try_fold, &many, error))
        return FALSE;
    for (size_t labelling = 0; labelling < n; labelling++) {
        for (size_t i = 0; i < self->n; i++)
            labelled[i] =
                (AssayLabelled){ scores[labelling * self->n + i], labels[labelling * self->n + i] };
        aucs[labelling] = assay_auc(labelled, self->n);
    }
    return TRUE;
}
