/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "roc-private.h"
#include "sum-private.h"

/* How many of 1,000 reals may be called fake for ASSAY_ROC_PD_100 and those after it. */
static const guint64 false_alarms[] = { 100, 50, 10 };

/* Counts of reals and of fakes. */
typedef struct {
    guint64 real, fake;
} Counts;

/* The walk from the largest score down, from threshold to threshold. */
typedef struct {
    Counts all;
    Counts above;        /* called fake so far */
    Counts accurate;     /* above the user's threshold */
    double last;         /* the score above which they are */
    double best;         /* balanced accuracy */
    AssaySum precisions; /* of the fakes, each */
    AssayRocValues *out;
    gboolean has_eer;
} Walk;

static int
compare_scored(const void *a, const void *b)
{
    const AssayScored *x = a, *y = b;

    if (x->score < y->score || x->score > y->score)
        return x->score > y->score ? -1 : 1;
    return (x->group > y->group) - (x->group < y->group);
}

static int
compare_groups(const void *a, const void *b)
{
    const AssayScored *const *x = a, *const *y = b;

    return ((*x)->group > (*y)->group) - ((*x)->group < (*y)->group);
}

/* Gives groups numbers without gaps, in the order of those they had. */
static void
number_groups(AssayRoc *self)
{
    g_autofree AssayScored **by_group = g_new(AssayScored *, self->n);
    guint32 before = 0;

    for (size_t i = 0; i < self->n; i++)
        by_group[i] = &self->items[i];
    qsort(by_group, self->n, sizeof *by_group, compare_groups);
    for (size_t i = 0; i < self->n; i++) {
        guint32 group = by_group[i]->group;

        if (i == 0 || group != before)
            self->n_groups++;
        before = group;
        by_group[i]->group = self->n_groups - 1;
    }
    self->kinds = g_new0(guint8, self->n_groups);
    for (size_t i = 0; i < self->n; i++)
        self->kinds[self->items[i].group] |=
            self->items[i].is_fake ? ASSAY_ROC_HOLDS_FAKE : ASSAY_ROC_HOLDS_REAL;
}

AssayRoc *
assay_roc_new(const AssayScored *items, size_t n, GError **error)
{
    g_autoptr(AssayRoc) self = g_new0(AssayRoc, 1);

    for (size_t i = 0; i < n; i++) {
        if (isnan(items[i].score)) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "score %" G_GSIZE_FORMAT " is not a number", i);
            return NULL;
        }
        self->n_fake += items[i].is_fake ? 1 : 0;
    }
    self->n = n;
    self->n_real = n - self->n_fake;
    if (self->n_real == 0 || self->n_fake == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no %s among %" G_GSIZE_FORMAT " scores: both are needed",
                    self->n_real == 0 ? "real item" : "fake", n);
        return NULL;
    }
    self->items = g_memdup2(items, n * sizeof *items);
    number_groups(self);
    qsort(self->items, n, sizeof *self->items, compare_scored);
    return g_steal_pointer(&self);
}

void
assay_roc_free(AssayRoc *self)
{
    if (self == NULL)
        return;
    g_free(self->items);
    g_free(self->kinds);
    g_free(self);
}

guint64
assay_roc_n_real(const AssayRoc *self)
{
    return self->n_real;
}

guint64
assay_roc_n_fake(const AssayRoc *self)
{
    return self->n_fake;
}

guint32
assay_roc_n_groups(const AssayRoc *self)
{
    return self->n_groups;
}

size_t
assay_roc_groups_of_kind(const AssayRoc *self, guint8 kind, size_t *groups)
{
    size_t n = 0;

    for (guint32 i = 0; i < self->n_groups; i++) {
        if (self->kinds[i] == kind)
            groups[n++] = i;
    }
    return n;
}

static double
share(guint64 part, guint64 whole)
{
    return (double)part / (double)whole;
}

static double
balanced(Counts above, Counts all)
{
    return (share(above.fake, all.fake) + share(all.real - above.real, all.real)) / 2;
}

/* Between two scores that differ, so that the larger one is above. */
static double
between(double larger, double smaller)
{
    double middle = smaller + (larger - smaller) / 2;

    return isfinite(middle) && middle < larger ? middle : smaller;
}

/* Past the threshold above @score: is it the best so far? */
static void
try_threshold(Walk *walk, double score, gboolean is_first)
{
    double reached = balanced(walk->above, walk->all);

    if (reached <= walk->best)
        return;
    walk->best = reached;
    walk->out->best_threshold = is_first ? score : between(walk->last, score);
}

/* The line from one threshold to the next, in terms of reals called fake (x) and fakes called real
 * (y): it crosses x = y at most once, since x grows and y falls. */
static void
cross_equal_errors(Walk *walk, Counts step)
{
    double x0 = share(walk->above.real, walk->all.real);
    double y0 = share(walk->all.fake - walk->above.fake, walk->all.fake);
    double x1 = share(walk->above.real + step.real, walk->all.real);
    double y1 = share(walk->all.fake - walk->above.fake - step.fake, walk->all.fake);

    if (walk->has_eer || x1 < y1)
        return;
    walk->has_eer = TRUE;
    walk->out->values[ASSAY_ROC_EER] = x0 + (x1 - x0) * (y0 - x0) / ((y0 - x0) + (x1 - y1));
}

static void
step_down(Walk *walk, double score, Counts step, double threshold)
{
    double *values = walk->out->values;
    double beaten = (double)(walk->all.real - walk->above.real - step.real);

    try_threshold(walk, score, walk->above.real + walk->above.fake == 0);
    cross_equal_errors(walk, step);
    walk->above.real += step.real;
    walk->above.fake += step.fake;
    assay_sum_add(&walk->precisions,
                  (double)step.fake * share(walk->above.fake, walk->above.fake + walk->above.real));
    values[ASSAY_ROC_AUC] += (double)step.fake * (beaten + (double)step.real / 2);
    for (size_t i = 0; i < G_N_ELEMENTS(false_alarms); i++) {
        if (walk->above.real * 1000 <= walk->all.real * false_alarms[i])
            values[ASSAY_ROC_PD_100 + i] = share(walk->above.fake, walk->all.fake);
    }
    if (score > threshold)
        walk->accurate = walk->above;
    walk->last = score;
}

/* A sum over @n, rounded once: all of 1 have the mean 1, and no more. */
static double
mean_of(const AssaySum *self, double n)
{
    double sum = assay_sum_value(self), beside = (self->sum - sum) + self->lost, mean = sum / n;

    return mean + (fma(-mean, n, sum) + beside) / n;
}

static void
finish(Walk *walk)
{
    double *values = walk->out->values;
    guint64 passed = walk->all.real - walk->accurate.real;

    values[ASSAY_ROC_AP] = mean_of(&walk->precisions, (double)walk->all.fake);
    values[ASSAY_ROC_AUC] /= (double)walk->all.real * (double)walk->all.fake;
    values[ASSAY_ROC_ACCURACY] =
        share(walk->accurate.fake + passed, walk->all.real + walk->all.fake);
    values[ASSAY_ROC_REAL] = share(passed, walk->all.real);
    values[ASSAY_ROC_FAKE] = share(walk->accurate.fake, walk->all.fake);
    values[ASSAY_ROC_BALANCED] = balanced(walk->accurate, walk->all);
    values[ASSAY_ROC_BEST] = walk->best;
}

static Counts
count_all(const AssayRoc *self, const guint32 *weights)
{
    Counts all = { self->n_real, self->n_fake };

    if (weights == NULL)
        return all;
    all = (Counts){ 0, 0 };
    for (size_t i = 0; i < self->n; i++) {
        if (self->items[i].is_fake)
            all.fake += weights[self->items[i].group];
        else
            all.real += weights[self->items[i].group];
    }
    return all;
}

void
assay_roc_measure_weighted(const AssayRoc *self, const guint32 *weights, double threshold,
                           AssayRocValues *values)
{
    Walk walk = { .all = count_all(self, weights), .best = -1, .out = values };

    memset(values, 0, sizeof *values);
    for (size_t i = 0; i < self->n;) {
        double score = self->items[i].score;
        Counts step = { 0, 0 };

        for (; i < self->n && self->items[i].score >= score; i++) {
            guint32 weight = weights == NULL ? 1 : weights[self->items[i].group];

            if (self->items[i].is_fake)
                step.fake += weight;
            else
                step.real += weight;
        }
        if (step.fake + step.real > 0)
            step_down(&walk, score, step, threshold);
    }
    finish(&walk);
}

void
assay_roc_measure(const AssayRoc *self, double threshold, AssayRocValues *values)
{
    assay_roc_measure_weighted(self, NULL, threshold, values);
}
