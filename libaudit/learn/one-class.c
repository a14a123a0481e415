/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "one-class-private.h"

#include <float.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../stats/multiple.h"
#include "../stats/scatter.h"
#include "folds.h"
#include "numbers-private.h"
#include "one-class-parts-private.h"

AssayOneClass *
assay_one_class_new(size_t n_inputs)
{
    AssayOneClass *self = g_new0(AssayOneClass, 1);

    self->n_inputs = n_inputs;
    self->first = g_new0(size_t, n_inputs + 2);
    return self;
}

void
assay_one_class_free(gpointer machine)
{
    AssayOneClass *self = machine;

    if (self == NULL)
        return;
    g_free(self->first);
    for (size_t k = 0; self->balls != NULL && k < self->n_folds * self->n_blocks; k++) {
        g_free(self->balls[k].centre);
        g_free(self->balls[k].inverse);
    }
    g_free(self->balls);
    g_free(self->fold_of);
    g_free(self->distances);
    g_free(self->own);
    g_free(self);
}

/* Inputs of one feature group, one after the other, in as many blocks as are needed, of like
 * sizes. */
static void
make_blocks(AssayOneClass *self, const guint *feature_groups)
{
    for (size_t i = 0, end; i < self->n_inputs; i = end) {
        size_t n, n_blocks;

        for (end = i + 1; end < self->n_inputs && feature_groups[end] == feature_groups[i]; end++)
            ;
        n = end - i;
        n_blocks = (n + ASSAY_ONE_CLASS_BLOCK - 1) / ASSAY_ONE_CLASS_BLOCK;
        for (size_t b = 0; b < n_blocks; b++)
            self->first[self->n_blocks++] = i + b * n / n_blocks;
    }
    self->first[self->n_blocks] = self->n_inputs;
}

/* What is left of the lesson without a fold, in a block. */
static size_t
gather(const AssayOneClass *self, const AssayLesson *lesson, const guint *fold_of, guint fold,
       size_t block, double *points)
{
    size_t first = self->first[block], d = self->first[block + 1] - first, n = 0;

    for (size_t i = 0; i < lesson->n; i++) {
        if (fold_of[i] != fold)
            memcpy(points + d * n++, lesson->inputs + i * lesson->n_inputs + first,
                   d * sizeof *points);
    }
    return n;
}

static gboolean
fit_ball(AssayBall *ball, const double *points, size_t n, size_t d, GError **error)
{
    gsl_matrix_view view;

    ball->centre = g_new0(double, d);
    ball->inverse = g_new0(double, d *d);
    assay_scatter(points, n, d, ball->centre, ball->inverse);
    for (size_t k = 0; k < d; k++)
        ball->inverse[k * d + k] += ASSAY_ONE_CLASS_RIDGE;
    view = gsl_matrix_view_array(ball->inverse, d, d);
    if (gsl_linalg_cholesky_decomp1(&view.matrix) == 0 &&
        gsl_linalg_cholesky_invert(&view.matrix) == 0)
        return TRUE;
    g_set_error_literal(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "the covariance of the reals' features has no inverse");
    return FALSE;
}

static gboolean
fit_balls(AssayOneClass *self, const AssayLesson *lesson, const guint *fold_of, GError **error)
{
    g_autofree double *points = g_new(double, lesson->n *ASSAY_ONE_CLASS_BLOCK + 1);

    self->balls = g_new0(AssayBall, self->n_folds * self->n_blocks);
    for (guint fold = 0; fold < self->n_folds; fold++) {
        for (size_t b = 0; b < self->n_blocks; b++) {
            size_t n = gather(self, lesson, fold_of, fold, b, points);

            if (!fit_ball(&self->balls[fold * self->n_blocks + b], points, n,
                          self->first[b + 1] - self->first[b], error))
                return FALSE;
        }
    }
    return TRUE;
}

/* The square of the distance of a block of an item, as a fold sees it. */
static double
measure(const AssayOneClass *self, guint fold, size_t block, const double *inputs)
{
    const AssayBall *ball = &self->balls[fold * self->n_blocks + block];
    size_t d = self->first[block + 1] - self->first[block];
    double away[ASSAY_ONE_CLASS_BLOCK], square = 0;

    for (size_t a = 0; a < d; a++)
        away[a] = inputs[self->first[block] + a] - ball->centre[a];
    for (size_t a = 0; a < d; a++) {
        for (size_t b = 0; b < d; b++)
            square += away[a] * ball->inverse[a * d + b] * away[b];
    }
    return square > 0 ? square : 0;
}

/* How much farther than those of the reference a block is, whose squared distance is seen[] in each
 * fold: -log10 of the mean of min(1, (d / seen)^4) over the squared distances d of the reference. A
 * p that is as fine as one likes, and goes on where no real is as far. */
static double
surprise(const AssayOneClass *self, size_t block, const double *seen)
{
    double sum = 0;

    for (size_t i = 0; i < self->n_reference; i++) {
        double distance = self->distances[i * self->n_blocks + block];
        double far = seen[self->fold_of[i]];
        double share = distance < far ? distance / far : 1;

        sum += share * share * share * share;
    }
    return -log10(MAX(sum / (double)self->n_reference, DBL_MIN));
}

static int
compare_descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x < y) - (x > y);
}

/* Simes' of all blocks, of logarithms. @fold: that which alone sees the item, or G_MAXUINT: all. */
static double
score_in(const AssayOneClass *self, guint fold, const double *inputs, double *room, double *seen)
{
    double best = 0;

    for (size_t b = 0; b < self->n_blocks; b++) {
        for (guint f = 0; f < self->n_folds; f++)
            seen[f] = measure(self, fold == G_MAXUINT ? f : fold, b, inputs);
        room[b] = surprise(self, b, seen);
    }
    qsort(room, self->n_blocks, sizeof *room, compare_descending);
    for (size_t b = 0; b < self->n_blocks; b++)
        best = MAX(best, room[b] - log10((double)self->n_blocks / (double)(b + 1)));
    return best;
}

double
assay_one_class_decide(gconstpointer machine, const double *inputs)
{
    const AssayOneClass *self = machine;
    g_autofree double *room = g_new(double, self->n_blocks);
    g_autofree double *seen = g_new(double, self->n_folds);

    return score_in(self, G_MAXUINT, inputs, room, seen) - self->offset;
}

typedef struct {
    guint64 group;
    size_t item;
} Chosen;

static int
compare_chosen(const void *a, const void *b)
{
    const Chosen *x = a, *y = b;

    if (x->group != y->group)
        return (x->group > y->group) - (x->group < y->group);
    return (x->item > y->item) - (x->item < y->item);
}

/* One item of each group: the first one of those of the smallest numbers. */
static void
keep_reference(AssayOneClass *self, const AssayLesson *lesson, const guint *fold_of)
{
    g_autofree Chosen *chosen = g_new(Chosen, lesson->n + 1);
    size_t n = 0;

    for (size_t i = 0; i < lesson->n; i++)
        chosen[i] = (Chosen){ lesson->groups[i], i };
    qsort(chosen, lesson->n, sizeof *chosen, compare_chosen);
    for (size_t i = 0; i < lesson->n && n < ASSAY_ONE_CLASS_GROUPS; i++) {
        if (i == 0 || chosen[i].group != chosen[i - 1].group)
            chosen[n++] = chosen[i];
    }
    self->n_reference = n;
    self->fold_of = g_new(guint, n + 1);
    self->distances = g_new(double, n * self->n_blocks + 1);
    for (size_t i = 0; i < n; i++) {
        const double *inputs = lesson->inputs + chosen[i].item * lesson->n_inputs;

        self->fold_of[i] = fold_of[chosen[i].item];
        for (size_t b = 0; b < self->n_blocks; b++)
            self->distances[i * self->n_blocks + b] = measure(self, self->fold_of[i], b, inputs);
    }
}

static size_t
count_groups(const AssayLesson *lesson)
{
    g_autoptr(GHashTable) groups = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (size_t i = 0; i < lesson->n; i++)
        g_hash_table_add(groups, (gpointer)&lesson->groups[i]);
    return g_hash_table_size(groups);
}

static void
score_own(AssayOneClass *self, const AssayLesson *lesson, const guint *fold_of)
{
    g_autofree double *room = g_new(double, self->n_blocks);
    g_autofree double *seen = g_new(double, self->n_folds);

    self->n_own = lesson->n;
    self->own = g_new(double, lesson->n + 1);
    for (size_t i = 0; i < lesson->n; i++)
        self->own[i] =
            score_in(self, fold_of[i], lesson->inputs + i * lesson->n_inputs, room, seen);
    /* A quantile of these scores would vary from fit to fit, where what they are made of does not.
     */
    self->offset = -log10(ASSAY_ONE_CLASS_UNUSUAL);
    for (size_t i = 0; i < lesson->n; i++)
        self->own[i] -= self->offset;
}

gpointer
assay_one_class_fit(const AssayLesson *lesson, GError **error)
{
    AssayOneClass *self;
    g_autofree guint *fold_of = g_new0(guint, lesson->n + 1);
    size_t n_groups = count_groups(lesson);
    guint n_folds = ASSAY_ONE_CLASS_FOLDS;

    if (n_groups < ASSAY_ONE_CLASS_LEAST ||
        !assay_folds_deal(lesson->groups, lesson->is_fake, lesson->n, &n_folds,
                          lesson->config->seed, fold_of, NULL)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%" G_GSIZE_FORMAT " reals in %" G_GSIZE_FORMAT
                    " groups: to know how far reals are from each other takes %d groups",
                    lesson->n, n_groups, ASSAY_ONE_CLASS_LEAST);
        return NULL;
    }
    self = assay_one_class_new(lesson->n_inputs);
    self->n_folds = n_folds;
    make_blocks(self, lesson->feature_groups);
    if (!fit_balls(self, lesson, fold_of, error)) {
        assay_one_class_free(self);
        return NULL;
    }
    keep_reference(self, lesson, fold_of);
    score_own(self, lesson, fold_of);
    return self;
}

double
assay_one_class_p(gconstpointer machine, const double *inputs)
{
    const AssayOneClass *self = machine;
    g_autofree double *p = g_new(double, self->n_blocks);
    g_autofree double *seen = g_new(double, self->n_folds);

    for (size_t b = 0; b < self->n_blocks; b++) {
        size_t n_as_far = 0;

        for (guint fold = 0; fold < self->n_folds; fold++)
            seen[fold] = measure(self, fold, b, inputs);
        for (size_t i = 0; i < self->n_reference; i++)
            n_as_far += self->distances[i * self->n_blocks + b] >= seen[self->fold_of[i]] ? 1 : 0;
        p[b] = (double)(1 + n_as_far) / (double)(self->n_reference + 1);
    }
    return assay_multiple_simes(p, self->n_blocks);
}

size_t
assay_one_class_n_groups(gconstpointer machine)
{
    return ((const AssayOneClass *)machine)->n_reference;
}

const double *
assay_one_class_own(gconstpointer machine, size_t *n)
{
    const AssayOneClass *self = machine;

    *n = self->n_own;
    return self->own;
}
