/* learn/cross-p.c - what cross-validation makes of labels that say nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/each.h"
#include "../base/error.h"
#include "auc.h"
#include "cross-private.h"

/* Labellings at a time: scores of them take at most so many numbers. */
#define BATCH_SCORES ((size_t)1 << 23)

/* @first: the number of the first labelling of a batch; @aucs, @labels: of the batch */
typedef struct {
    const AssayCross *cross;
    const AssayModelConfig *config;
    const AssayExamples *items;
    const guint8 *labels;
    double *aucs;
} Batch;

/* The items with other labels; names are borrowed. */
static GArray *
copy_items(const Batch *self, const guint8 *labels)
{
    GArray *copy = g_array_sized_new(FALSE, FALSE, sizeof(AssayExample), self->items->items->len);

    g_array_append_vals(copy, self->items->items->data, self->items->items->len);
    for (size_t i = 0; i < self->cross->n; i++)
        g_array_index(copy, AssayExample, self->cross->rows[i]).is_fake = labels[i] != 0;
    return copy;
}

/* Fits all anew. */
static gboolean
try_labels(gpointer user, size_t at, GError **error)
{
    const Batch *self = user;
    const guint8 *labels = self->labels + at * self->cross->n;
    g_autoptr(GArray) copy = copy_items(self, labels);
    g_autofree double *scores = g_new(double, self->cross->n + 1);
    g_autofree AssayLabelled *labelled = g_new(AssayLabelled, self->cross->n + 1);
    AssayExamples relabelled = *self->items;

    relabelled.items = copy;
    if (!assay_cross_score(self->cross, self->config, &relabelled, scores, error))
        return FALSE;
    for (size_t i = 0; i < self->cross->n; i++)
        labelled[i] = (AssayLabelled){ scores[i], labels[i] };
    self->aucs[at] = assay_auc(labelled, self->cross->n);
    return TRUE;
}

static gboolean
try_batch(Batch *self, size_t n, guint n_workers, GError **error)
{
    if (self->config->kind == ASSAY_MODEL_RIDGE)
        return assay_cross_ridge(self->cross, self->config, self->items, self->labels, n, n_workers,
                                 self->aucs, error);
    return assay_each_number(n, n_workers, try_labels, self, error);
}

gboolean
assay_cross_p(const AssayCross *self, const AssayModelConfig *config, const AssayExamples *items,
              guint n_permutations, guint64 seed, guint n_workers, double *p, GError **error)
{
    g_autoptr(AssayRelabel) relabel = assay_relabel_new(self, items);
    size_t n_batch = CLAMP(BATCH_SCORES / MAX(self->n, 1), 1, MAX(n_permutations, 1));
    g_autofree guint8 *labels = g_try_malloc(n_batch * self->n + 1);
    g_autofree double *aucs = g_new(double, n_batch);
    double observed = assay_cross_auc(self, items);
    Batch batch = { self, config, items, labels, aucs };
    size_t n_as_large = 0;

    if (labels == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for the labels of %" G_GSIZE_FORMAT " items", self->n);
        return FALSE;
    }
    for (size_t first = 0; first < n_permutations; first += n_batch) {
        size_t n = MIN(n_batch, n_permutations - first);

        for (size_t k = 0; k < n; k++)
            assay_relabel_draw(relabel, seed, (guint)(first + k), labels + k * self->n);
        if (!try_batch(&batch, n, n_workers, error))
            return FALSE;
        for (size_t k = 0; k < n; k++)
            n_as_large += aucs[k] >= observed ? 1 : 0;
    }
    *p = (double)(1 + n_as_large) / (double)(n_permutations + 1);
    return TRUE;
}
