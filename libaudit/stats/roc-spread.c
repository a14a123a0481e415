/* stats/roc-spread.c - what becomes of the measures when other groups are drawn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "percentile.h"
#include "roc-private.h"

/* The groups, kind by kind. */
typedef struct {
    size_t *groups;
    size_t n[ASSAY_ROC_KINDS];
} Kinds;

static void
kinds_init(Kinds *self, const AssayRoc *roc)
{
    size_t at = 0;

    self->groups = g_new(size_t, roc->n_groups);
    for (guint8 kind = 0; kind < ASSAY_ROC_KINDS; kind++) {
        self->n[kind] = assay_roc_groups_of_kind(roc, (guint8)(kind + 1), self->groups + at);
        at += self->n[kind];
    }
}

/* How many groups hold what @holds says. */
static size_t
n_holding(const Kinds *self, guint8 holds)
{
    return self->n[holds - 1] + self->n[ASSAY_ROC_KINDS - 1];
}

static void
draw(const Kinds *self, AssayRandom *random, guint32 *weights, guint32 n_groups)
{
    const size_t *groups = self->groups;

    memset(weights, 0, n_groups * sizeof *weights);
    for (guint8 kind = 0; kind < ASSAY_ROC_KINDS; kind++) {
        for (size_t i = 0; i < self->n[kind]; i++)
            weights[groups[assay_random_below(random, self->n[kind])]]++;
        groups += self->n[kind];
    }
}

/* What perfect order allows to be said of the AUC, see the header. */
static AssayInterval
interval_without_overlap(const Kinds *kinds, size_t n_groups, double auc, double confidence)
{
    guint64 pairs =
        MIN(n_holding(kinds, ASSAY_ROC_HOLDS_REAL), n_holding(kinds, ASSAY_ROC_HOLDS_FAKE));

    pairs = MIN(pairs, n_groups / 2);
    return assay_share_interval_exact(auc > .5 ? pairs : 0, pairs, confidence);
}

void
assay_roc_spread(const AssayRoc *self, double threshold, guint n_draws, double confidence,
                 AssayRandom *random, AssayRocSpread *spread)
{
    g_autofree guint32 *weights = g_new(guint32, self->n_groups);
    g_autofree double *drawn = g_new(double, (size_t)n_draws *ASSAY_ROC_N);
    AssayRocValues values;
    Kinds kinds;

    kinds_init(&kinds, self);
    assay_roc_measure(self, threshold, &values);
    spread->no_overlap = values.values[ASSAY_ROC_AUC] <= 0 || values.values[ASSAY_ROC_AUC] >= 1;
    spread->is_known =
        n_holding(&kinds, ASSAY_ROC_HOLDS_REAL) > 1 && n_holding(&kinds, ASSAY_ROC_HOLDS_FAKE) > 1;
    for (size_t i = 0; i < ASSAY_ROC_N; i++)
        spread->intervals[i] = (AssayInterval){ (double)NAN, (double)NAN };
    for (guint d = 0; spread->is_known && d < n_draws; d++) {
        AssayRocValues one;

        draw(&kinds, random, weights, self->n_groups);
        assay_roc_measure_weighted(self, weights, threshold, &one);
        for (size_t i = 0; i < ASSAY_ROC_N; i++)
            drawn[i * n_draws + d] = one.values[i];
    }
    for (size_t i = 0; spread->is_known && i < ASSAY_ROC_N; i++)
        spread->intervals[i] = assay_percentile_interval(drawn + i * n_draws, n_draws, confidence);
    if (spread->is_known && spread->no_overlap)
        spread->intervals[ASSAY_ROC_AUC] = interval_without_overlap(
            &kinds, self->n_groups, values.values[ASSAY_ROC_AUC], confidence);
    g_free(kinds.groups);
}

/* Which fold each group is of. Those that hold both classes go first, and the others of either
 * class go on from there: so of each class consecutive folds have a group, as many as there are
 * folds or groups. */
static void
deal(Kinds *kinds, guint32 n_folds, AssayRandom *random, guint32 *folds)
{
    size_t n_alone = kinds->n[0] + kinds->n[1], n_both = kinds->n[2];
    size_t *starts[] = { kinds->groups, kinds->groups + kinds->n[0], kinds->groups + n_alone };

    for (guint8 kind = 0; kind < ASSAY_ROC_KINDS; kind++) {
        size_t first = kind == ASSAY_ROC_KINDS - 1 ? 0 : n_both;

        assay_random_shuffle(random, starts[kind], kinds->n[kind]);
        for (size_t i = 0; i < kinds->n[kind]; i++)
            folds[starts[kind][i]] = (guint32)((first + i) % n_folds);
    }
}

double
assay_roc_held_out(const AssayRoc *self, guint n_folds, AssayRandom *random)
{
    g_autofree guint32 *folds = g_new(guint32, self->n_groups);
    g_autofree guint32 *weights = g_new(guint32, self->n_groups);
    guint64 right_real = 0, right_fake = 0;
    size_t fewest;
    guint32 n;
    Kinds kinds;

    kinds_init(&kinds, self);
    fewest = MIN(n_holding(&kinds, ASSAY_ROC_HOLDS_REAL), n_holding(&kinds, ASSAY_ROC_HOLDS_FAKE));
    n = (guint32)MIN(n_folds, MAX(fewest, 1));
    deal(&kinds, n, random, folds);
    g_free(kinds.groups);
    if (fewest < 2)
        return (double)NAN;
    for (guint32 fold = 0; fold < n; fold++) {
        AssayRocValues others;

        for (guint32 g = 0; g < self->n_groups; g++)
            weights[g] = folds[g] != fold;
        assay_roc_measure_weighted(self, weights, 0, &others);
        for (size_t i = 0; i < self->n; i++) {
            const AssayScored *item = &self->items[i];
            gboolean called = item->score > others.best_threshold;

            if (folds[item->group] != fold)
                continue;
            right_fake += item->is_fake && called;
            right_real += !item->is_fake && !called;
        }
    }
    return ((double)right_real / (double)self->n_real + (double)right_fake / (double)self->n_fake) /
           2;
}
