/* compare/pair.c - one variable of two sets: its exact values, its range, its cells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "../base/text.h"
#include "compare-private.h"

/* The few values that a quantised side has at most. */
#define FEW_VALUES 256

/* A side of whole numbers beside one of float32: 3/255 is not the same number in float32 and in
 * float64, so both are put into the former. */
static AssayEcdf *
round_counts(AssayPair *self, size_t side, GError **error)
{
    const AssayDistribution *set = self->sides[side];
    size_t n = 0;

    self->values[side] = g_new(double, ASSAY_N_CELLS);
    self->counts[side] = g_new(guint64, ASSAY_N_CELLS);
    for (size_t cell = 0; cell < ASSAY_N_CELLS; cell++) {
        if (set->counts[cell] == 0)
            continue;
        self->values[side][n] = (double)(float)assay_scale_value(&set->scale, (guint16)cell);
        self->counts[side][n++] = set->counts[cell];
    }
    return assay_ecdf_from_arrays(self->values[side], self->counts[side], n, error);
}

static gboolean
make_ecdfs(AssayPair *self, const AssayExactValues *const *exact, GError **error)
{
    for (size_t side = 0; side < 2; side++) {
        const AssayDistribution *set = self->sides[side];
        const AssayExactValues *other = exact[1 - side];

        if (!set->scale.is_integer)
            self->ecdfs[side] = assay_ecdf_from_sorted(exact[side]->sorted);
        else if (other != NULL && !other->is_double)
            self->ecdfs[side] = round_counts(self, side, error);
        else
            self->ecdfs[side] = assay_ecdf_from_counts(
                set->counts, ASSAY_N_CELLS, set->scale.offset, set->scale.divisor, error);
        if (self->ecdfs[side] == NULL)
            return FALSE;
    }
    return TRUE;
}

static void
widen(double value, double *low, double *high)
{
    *low = isnan(*low) ? value : MIN(*low, value);
    *high = isnan(*high) ? value : MAX(*high, value);
}

/* The lowest and highest value that a side may have, as far as its cells tell. */
static void
widen_by_cells(const AssayDistribution *set, double *low, double *high)
{
    for (size_t cell = 0; cell < ASSAY_N_CELLS; cell++) {
        double value = assay_scale_value(&set->scale, (guint16)cell);
        gboolean is_inside = set->exact != NULL && set->counts[cell] > set->exact[cell];
        size_t next = signbit(value) != 0 ? cell - 1 : cell + 1;

        if (set->counts[cell] == 0)
            continue;
        widen(value, low, high);
        if (is_inside && next < ASSAY_N_CELLS && isfinite(assay_cell_bound((guint16)next)))
            widen(assay_cell_bound((guint16)next), low, high);
    }
}

static void
find_range(AssayPair *self)
{
    const AssayScale *scale = &self->sides[0]->scale;

    self->is_declared = assay_scale_has_range(scale);
    self->low = self->is_declared ? scale->low : (double)NAN;
    self->high = self->is_declared ? scale->high : (double)NAN;
    for (size_t side = 0; side < 2 && !self->is_declared; side++) {
        double low, high;

        if (self->ecdfs[side] == NULL) {
            widen_by_cells(self->sides[side], &self->low, &self->high);
            continue;
        }
        assay_ecdf_range(self->ecdfs[side], &low, &high);
        self->low = fmin(self->low, low);
        self->high = fmax(self->high, high);
    }
    if (isnan(self->low) || !(self->low < self->high)) { /* nothing there, or one value */
        self->low = isnan(self->low) ? 0 : self->low - 0.5;
        self->high = self->low + 1;
    }
}

/* Whether cells alone show that there are more than few values. */
static gboolean
has_many_cells(const AssayDistribution *set)
{
    size_t n = 0;

    for (size_t cell = 0; cell < ASSAY_N_CELLS; cell++)
        n += set->counts[cell] > 0;
    return n > FEW_VALUES;
}

static gboolean
find_quantised(AssayPair *self, GError **error)
{
    for (size_t side = 0; side < 2; side++) {
        double values[ASSAY_ECDF_BLOCK];
        guint64 counts[ASSAY_ECDF_BLOCK];
        size_t n = 0;

        self->is_quantised[side] = self->sides[side]->scale.is_integer;
        if (self->is_quantised[side] || self->ecdfs[side] == NULL ||
            has_many_cells(self->sides[side]))
            continue;
        if (!assay_ecdf_draw(self->ecdfs[side], values, counts, &n, error))
            return FALSE;
        self->is_quantised[side] = n <= FEW_VALUES;
        assay_ecdf_rewind(self->ecdfs[side]);
    }
    return TRUE;
}

gboolean
assay_pair_init(AssayPair *self, const AssayCompareSet *reference, const AssayCompareSet *candidate,
                const char *variable, GError **error)
{
    const AssayCompareSet *const sets[] = { reference, candidate };
    const AssayExactValues *exact[2];
    gboolean is_exact = TRUE;

    *self = (AssayPair){ 0 };
    for (size_t side = 0; side < 2; side++) {
        self->sides[side] = assay_distributions_find(sets[side]->distributions, variable);
        exact[side] = g_hash_table_lookup(sets[side]->exact, variable);
        is_exact = is_exact && (self->sides[side]->scale.is_integer || !sets[side]->by_cells);
    }
    if (is_exact && !make_ecdfs(self, exact, error))
        return FALSE;
    find_range(self);
    return find_quantised(self, error);
}

void
assay_pair_clear(AssayPair *self)
{
    for (size_t side = 0; side < 2; side++) {
        assay_ecdf_free(self->ecdfs[side]);
        g_free(self->values[side]);
        g_free(self->counts[side]);
    }
}

/* On cells, ks is least what it is at their ends; within one, the sides' functions may go apart by
 * what either has there. */
static double
cell_error(const AssayAxis *axis, const AssayDivergence *result, guint64 *const *counts)
{
    double most = 0;

    for (size_t i = 0; i < axis->n; i++) {
        if (axis->is_exact[i])
            continue;
        if (result->n.reference > 0)
            most = MAX(most, (double)counts[0][i] / (double)result->n.reference);
        if (result->n.candidate > 0)
            most = MAX(most, (double)counts[1][i] / (double)result->n.candidate);
    }
    return most;
}

gboolean
assay_pair_measure(const AssayPair *self, const AssayDivergenceConfig *config,
                   AssayDivergence *result, double *error_of_ks, GError **error)
{
    const AssayAxisConfig cells = { .n_bins = MAX(config->n_bins, 1),
                                    .low = config->low,
                                    .high = config->high };
    g_autoptr(AssayAxis) axis = NULL;
    guint64 *counts[2];

    *error_of_ks = 0;
    if (self->ecdfs[0] != NULL)
        return assay_divergence_measure(self->ecdfs[0], self->ecdfs[1], config, result, error);
    if (!assay_divergence_check(config, error))
        return FALSE;
    axis = assay_axis_new(self->sides[0], self->sides[1], &cells);
    for (size_t side = 0; side < 2; side++) {
        counts[side] = g_new0(guint64, axis->n + 1);
        assay_axis_counts(axis, self->sides[side], side, counts[side]);
    }
    assay_divergence_of_counts(axis->values, counts[0], counts[1], axis->n, config, result);
    *error_of_ks = cell_error(axis, result, counts);
    g_free(counts[0]);
    g_free(counts[1]);
    return TRUE;
}

gboolean
assay_pair_count(const AssayPair *self, size_t side, double value, guint64 *n)
{
    const AssayDistribution *set = self->sides[side];
    gboolean is_exact;
    guint16 cell;

    *n = 0;
    if (set->scale.is_integer) {
        double at = value * set->scale.divisor - set->scale.offset;

        if (at >= 0 && at < (double)ASSAY_N_CELLS && !(floor(at) < at))
            *n = set->counts[(size_t)at];
        return TRUE;
    }
    cell = assay_cell_of(value, &is_exact);
    if (is_exact)
        *n = set->exact[cell];
    return is_exact;
}

/* Items of which there is no moment, though moments are there. */
static guint64
count_without(const AssayDistribution *set)
{
    guint64 n = (guint64)set->moments[0].n;

    return n == 0 && set->n_values > 0 ? 0 : set->n_items - n;
}

static void
note_kept(const AssayPair *self, GString *note)
{
    const AssayDistribution *a = self->sides[0], *b = self->sides[1];

    if (a->groups->len < a->n_groups || b->groups->len < b->n_groups)
        assay_text_join(note, "; ",
                        "null from %u of %" G_GUINT64_FORMAT
                        " groups of the reference and %u of %" G_GUINT64_FORMAT " of the set",
                        a->groups->len, a->n_groups, b->groups->len, b->n_groups);
    if (a->n_non_finite > 0 || b->n_non_finite > 0)
        assay_text_join(note, "; ",
                        "%" G_GUINT64_FORMAT " values of the reference and %" G_GUINT64_FORMAT
                        " of the set are not finite",
                        a->n_non_finite, b->n_non_finite);
    if (count_without(a) > 0 || count_without(b) > 0)
        assay_text_join(note, "; ",
                        "%" G_GUINT64_FORMAT " items of the reference and %" G_GUINT64_FORMAT
                        " of the set without a value",
                        count_without(a), count_without(b));
}

/* Whether one side is quantised, and rounding would make the other so: it has fractions of 1. */
static gboolean
differs_by_rounding(const AssayPair *self)
{
    const AssayScale *wide = &self->sides[self->is_quantised[0] ? 1 : 0]->scale;

    return self->is_quantised[0] != self->is_quantised[1] && self->ecdfs[0] != NULL &&
           wide->low >= 0 && wide->low <= 0 && wide->high >= 1 && wide->high <= 1;
}

void
assay_pair_note(const AssayPair *self, const AssayNull *null, GString *note)
{
    g_autofree char *scales =
        assay_scale_difference(&self->sides[0]->scale, &self->sides[1]->scale);

    note_kept(self, note);
    if (null->n_labellings == 0)
        assay_text_join(note, "; ", "no group to permute");
    else if (null->n_labellings < 100)
        assay_text_join(note, "; ", "no p below 1/%" G_GUINT64_FORMAT, null->n_labellings);
    if (self->sides[0]->groups->len < 2)
        assay_text_join(note, "; ", "the reference is one group: nothing to hold against");
    if (differs_by_rounding(self))
        assay_text_join(note, "; ", "one side is quantised, the other not: try --quantise 8");
    else if (scales != NULL && self->sides[0]->scale.is_integer == self->sides[1]->scale.is_integer)
        assay_text_join(note, "; ", "%s", scales);
}
