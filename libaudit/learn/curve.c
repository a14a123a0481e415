/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/each.h"
#include "../base/error.h"
#include "../base/random.h"
#include "../stats/percentile.h"
#include "cross-private.h"

/* An item by its group. */
typedef struct {
    guint64 group, number;
    size_t row;
    gboolean is_fake;
} Member;

/* The items of a class, those of one group side by side; @starts has one more than there are
 * groups. */
typedef struct {
    Member *members;
    size_t n, n_groups, *starts;
} Class;

typedef struct {
    const AssayCurveConfig *config;
    const AssayExamples *items;
    guint n_labels;
    Class classes[2]; /* reals and fakes */
    double *drawn;    /* ASSAY_ROC_N times the draws */
} Curve;

static int
compare_members(const void *a, const void *b)
{
    const Member *x = a, *y = b;

    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void
class_init(Class *self, const AssayExamples *items, gboolean is_fake)
{
    self->members = g_new(Member, items->items->len + 1);
    self->starts = g_new(size_t, items->items->len + 1);
    for (size_t i = 0; i < items->items->len; i++) {
        const AssayExample *item = assay_examples_at(items, i);

        if (!item->is_fake == !is_fake)
            self->members[self->n++] = (Member){ item->group, item->number, i, is_fake };
    }
    qsort(self->members, self->n, sizeof(Member), compare_members);
    for (size_t i = 0; i < self->n; i++) {
        if (i == 0 || self->members[i].group != self->members[i - 1].group)
            self->starts[self->n_groups++] = i;
    }
    self->starts[self->n_groups] = self->n;
}

static void
class_clear(Class *self)
{
    g_free(self->members);
    g_free(self->starts);
}

/* Draws groups that are not in @taken, puts them there, and an item of each into @rows. Returns how
 * many it could draw. */
static size_t
draw_class(const Class *self, size_t n_wanted, GHashTable *taken, AssayRandom *random, size_t *rows)
{
    g_autofree size_t *order = g_new(size_t, self->n_groups + 1);
    size_t n = 0;

    for (size_t i = 0; i < self->n_groups; i++)
        order[i] = i;
    assay_random_shuffle(random, order, self->n_groups);
    for (size_t i = 0; i < self->n_groups && n < n_wanted; i++) {
        size_t start = self->starts[order[i]], width = self->starts[order[i] + 1] - start;
        Member *member = &self->members[start + assay_random_below(random, width)];

        if (!g_hash_table_add(taken, &member->group))
            continue;
        rows[n++] = member->row;
    }
    return n;
}

/* What is left to try the model on. */
static GArray *
score_others(const Curve *curve, const AssayModel *model, GHashTable *taken)
{
    GArray *scored = g_array_new(FALSE, FALSE, sizeof(AssayScored));

    for (size_t i = 0; i < curve->items->items->len; i++) {
        const AssayExample *item = assay_examples_at(curve->items, i);
        AssayScored one = { .is_fake = item->is_fake, .group = 0 };

        if (g_hash_table_contains(taken, &item->group))
            continue;
        one.score = assay_model_score(model, assay_examples_row(curve->items, i));
        g_array_append_val(scored, one);
    }
    return scored;
}

static gboolean
run_draw(gpointer user, size_t number, GError **error)
{
    const Curve *curve = user;
    const AssayCurveConfig *config = curve->config;
    g_autofree char *identity = g_strdup_printf("%u:%" G_GSIZE_FORMAT, curve->n_labels, number);
    g_autoptr(GHashTable) taken = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autofree size_t *rows = g_new(size_t, curve->n_labels);
    g_autoptr(AssayModel) model = NULL;
    g_autoptr(GArray) scored = NULL;
    g_autoptr(AssayRoc) roc = NULL;
    AssayRocValues values;
    AssayRandom random;
    size_t n = 0;

    assay_random_init(&random, config->seed, "learning-curve", identity);
    for (size_t c = 0; c < 2; c++)
        n += draw_class(&curve->classes[c], curve->n_labels / 2, taken, &random, rows + n);
    if (n == curve->n_labels) {
        model = assay_model_fit(&config->model, curve->items, rows, n, error);
        if (model == NULL)
            return FALSE;
        scored = score_others(curve, model, taken);
        roc = assay_roc_new((const AssayScored *)(const void *)scored->data, scored->len, NULL);
    }
    if (roc == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%u labels: %" G_GSIZE_FORMAT " groups of reals and %" G_GSIZE_FORMAT
                    " of fakes leave none to try on what was learnt from %u of each",
                    curve->n_labels, curve->classes[0].n_groups, curve->classes[1].n_groups,
                    curve->n_labels / 2);
        return FALSE;
    }
    assay_roc_measure(roc, 0, &values);
    memcpy(curve->drawn + number * ASSAY_ROC_N, values.values, sizeof values.values);
    return TRUE;
}

static void
summarise(const Curve *curve, AssayCurvePoint *point)
{
    guint n_draws = curve->config->n_draws;
    g_autofree double *column = g_new(double, n_draws);

    for (size_t m = 0; m < ASSAY_ROC_N; m++) {
        double sum = 0;

        for (guint d = 0; d < n_draws; d++) {
            column[d] = curve->drawn[d * ASSAY_ROC_N + m];
            sum += column[d];
        }
        point->means[m] = sum / n_draws;
        point->intervals[m] = assay_percentile_interval(column, n_draws, curve->config->confidence);
    }
}

gboolean
assay_curve_point(const AssayCurveConfig *config, const AssayExamples *items, guint n_labels,
                  AssayCurvePoint *point, GError **error)
{
    g_autofree double *drawn = g_new(double, (size_t)config->n_draws *ASSAY_ROC_N);
    Curve curve = { .config = config, .items = items, .n_labels = n_labels, .drawn = drawn };
    gboolean is_done;

    g_return_val_if_fail(n_labels >= 2 && n_labels % 2 == 0 && config->n_draws > 0, FALSE);
    class_init(&curve.classes[0], items, FALSE);
    class_init(&curve.classes[1], items, TRUE);
    is_done = assay_each_number(config->n_draws, config->n_workers, run_draw, &curve, error);
    if (is_done)
        summarise(&curve, point);
    class_clear(&curve.classes[0]);
    class_clear(&curve.classes[1]);
    return is_done;
}
