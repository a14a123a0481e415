/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gauge.h"

#include <math.h>

#include "../base/sort.h"
#include "numbers-private.h"

void
assay_gauge_free(AssayGauge *self)
{
    if (self == NULL)
        return;
    g_free(self->reals);
    g_free(self);
}

static void
keep_reals(AssayGauge *self, const AssayScored *items, size_t n)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);

    self->reals = g_new(double, n + 1);
    for (size_t i = 0; i < n && self->n_reals < ASSAY_GAUGE_REALS; i++) {
        if (!items[i].is_fake && g_hash_table_add(seen, GUINT_TO_POINTER(items[i].group)))
            self->reals[self->n_reals++] = items[i].score;
    }
    assay_sort_doubles(self->reals, self->n_reals);
}

/* log(1 + exp(x)), where exp(x) may be more than there is. */
static double
log_of_one_and_exp(double x)
{
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

static double
share(double x)
{
    return x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x));
}

/* Scores divided by @unit; @targets: of reals and fakes, a little off 0 and 1. */
typedef struct {
    const AssayScored *items;
    size_t n;
    double unit, targets[2];
} Platt;

static double
find_cost(const Platt *self, double slope, double intercept)
{
    double cost = 0;

    for (size_t i = 0; i < self->n; i++) {
        double x = slope * self->items[i].score / self->unit + intercept;

        cost += log_of_one_and_exp(x) - self->targets[self->items[i].is_fake ? 1 : 0] * x;
    }
    return cost;
}

/* A step of Newton's, halved until it leads down; FALSE where none does any more. */
static gboolean
go_down(const Platt *self, double *slope, double *intercept, double *cost)
{
    double aa = 1e-12, ab = 0, bb = 1e-12, a = 0, b = 0, determinant;

    for (size_t i = 0; i < self->n; i++) {
        double score = self->items[i].score / self->unit;
        double p = share(*slope * score + *intercept);
        double off = p - self->targets[self->items[i].is_fake ? 1 : 0], weight = p * (1 - p);

        aa += weight * score * score;
        ab += weight * score;
        bb += weight;
        a += off * score;
        b += off;
    }
    determinant = aa * bb - ab * ab;
    if (determinant <= 0 || (fabs(a) < 1e-5 && fabs(b) < 1e-5))
        return FALSE;
    for (double step = 1; step > 1e-10; step /= 2) {
        double by_slope = -(bb * a - ab * b) / determinant;
        double by_intercept = -(aa * b - ab * a) / determinant;
        double next = find_cost(self, *slope + step * by_slope, *intercept + step * by_intercept);

        if (next < *cost) {
            *slope += step * by_slope;
            *intercept += step * by_intercept;
            *cost = next;
            return TRUE;
        }
    }
    return FALSE;
}

static void
fit_probability(AssayGauge *self, const AssayScored *items, size_t n)
{
    Platt platt = { .items = items, .n = n, .unit = 0 };
    double counts[2] = { 0, 0 }, slope = 0, intercept, cost;

    for (size_t i = 0; i < n; i++) {
        counts[items[i].is_fake ? 1 : 0] += 1;
        platt.unit += fabs(items[i].score) / (double)n;
    }
    if (!(platt.unit > 0) || !isfinite(platt.unit))
        platt.unit = 1;
    platt.targets[0] = 1 / (counts[0] + 2);
    platt.targets[1] = (counts[1] + 1) / (counts[1] + 2);
    intercept = log((counts[1] + 1) / (counts[0] + 1));
    cost = find_cost(&platt, slope, intercept);
    for (int round = 0; round < 100 && go_down(&platt, &slope, &intercept, &cost); round++)
        ;
    self->slope = slope / platt.unit;
    self->intercept = intercept;
}

/* The variance of a share of @n that is to be @share. */
static double
variance(double share_of, double n)
{
    double smoothed = (share_of * n + 1) / (n + 2);

    return smoothed * (1 - smoothed) / n;
}

static double
choose_threshold(const AssayRoc *roc)
{
    double n_real = (double)assay_roc_n_real(roc), n_fake = (double)assay_roc_n_fake(roc), error;
    AssayRocValues values;

    assay_roc_measure(roc, 0, &values);
    error = sqrt(variance(values.values[ASSAY_ROC_REAL], n_real) +
                 variance(values.values[ASSAY_ROC_FAKE], n_fake)) /
            2;
    return values.values[ASSAY_ROC_BEST] - values.values[ASSAY_ROC_BALANCED] > 2 * error
               ? values.best_threshold
               : 0;
}

AssayGauge *
assay_gauge_new(const AssayScored *items, size_t n)
{
    AssayGauge *self = g_new0(AssayGauge, 1);
    g_autoptr(AssayRoc) roc = assay_roc_new(items, n, NULL);

    keep_reals(self, items, n);
    self->threshold = self->slope = self->intercept = (double)NAN;
    if (roc != NULL) {
        self->threshold = choose_threshold(roc);
        fit_probability(self, items, n);
    }
    return self;
}

double
assay_gauge_p(const AssayGauge *self, double score)
{
    return assay_conformal_p(self->reals, self->n_reals, score);
}

double
assay_gauge_probability(const AssayGauge *self, double score)
{
    return share(self->slope * score + self->intercept);
}

AssayJson *
assay_gauge_to_json(const AssayGauge *self)
{
    AssayJson *json = assay_json_object();

    assay_json_set_take(json, "reals", assay_numbers_to_json(self->reals, self->n_reals));
    if (!isnan(self->threshold)) {
        assay_json_set_real(json, "threshold", self->threshold);
        assay_json_set_real(json, "slope", self->slope);
        assay_json_set_real(json, "intercept", self->intercept);
    }
    return json;
}

static gboolean
read_reals(AssayGauge *self, const AssayJsonAt *at, GError **error)
{
    AssayJsonAt list;

    if (!assay_json_at_member(at, "reals", &list, error) ||
        !assay_json_at_kind(&list, ASSAY_JSON_ARRAY, error))
        return FALSE;
    self->n_reals = assay_json_size(list.value);
    if (self->n_reals < 1 || self->n_reals > ASSAY_GAUGE_REALS)
        return assay_json_at_error(&list, error, "has %" G_GSIZE_FORMAT " scores, not 1 to %d",
                                   self->n_reals, ASSAY_GAUGE_REALS);
    self->reals = assay_numbers_at(&list, self->n_reals, error);
    return self->reals != NULL;
}

AssayGauge *
assay_gauge_from_json(const AssayJsonAt *at, GError **error)
{
    g_autoptr(AssayGauge) self = g_new0(AssayGauge, 1);
    AssayJsonAt member;

    self->threshold = self->slope = self->intercept = (double)NAN;
    if (!read_reals(self, at, error))
        return NULL;
    if (assay_json_at_find(at, "threshold", &member) &&
        (!assay_number_member(at, "threshold", &self->threshold, error) ||
         !assay_number_member(at, "slope", &self->slope, error) ||
         !assay_number_member(at, "intercept", &self->intercept, error)))
        return NULL;
    return g_steal_pointer(&self);
}
