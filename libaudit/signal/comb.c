/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "comb.h"

#include <math.h>
#include <string.h>

#include "../base/sort.h"

enum { AROUND = 25, FIRST = 50, ABOVE = 2, MIN_TEETH = 3 };

static const double LIMIT = 3, TO_DEVIATION = 1.4826, WHOLE_ENOUGH = 0.95;

/* In ascending order. */
typedef struct {
    double values[2 * AROUND + 1];
    size_t n;
} Window;

static size_t
find(const Window *self, double value)
{
    size_t low = 0, high = self->n;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (self->values[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void
insert(Window *self, double value)
{
    size_t at = find(self, value);

    memmove(self->values + at + 1, self->values + at, (self->n++ - at) * sizeof value);
    self->values[at] = value;
}

static void
drop(Window *self, double value)
{
    size_t at = find(self, value);

    memmove(self->values + at, self->values + at + 1, (--self->n - at) * sizeof value);
}

static double
middle(const double *sorted, size_t n)
{
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

void
assay_comb_excess(const double *spectrum, double *excess)
{
    Window window = { .n = 0 };

    for (size_t k = 0; k < AROUND; k++)
        insert(&window, spectrum[k]);
    for (size_t k = 0; k < ASSAY_COMB_BINS; k++) {
        if (k > AROUND)
            drop(&window, spectrum[k - AROUND - 1]);
        if (k + AROUND < ASSAY_COMB_BINS)
            insert(&window, spectrum[k + AROUND]);
        excess[k] = spectrum[k] - middle(window.values, window.n);
    }
}

/**
 * Search:
 * @limited: the excess, within LIMIT spreads
 */
typedef struct {
    double excess[ASSAY_COMB_BINS], limited[ASSAY_COMB_BINS];
    double spread;
} Search;

static double
spread_of(const double *excess)
{
    double sorted[ASSAY_COMB_BINS], centre;

    memcpy(sorted, excess, sizeof sorted);
    assay_sort_doubles(sorted, ASSAY_COMB_BINS);
    centre = middle(sorted, ASSAY_COMB_BINS);
    for (size_t k = 0; k < ASSAY_COMB_BINS; k++)
        sorted[k] = fabs(excess[k] - centre);
    assay_sort_doubles(sorted, ASSAY_COMB_BINS);
    return TO_DEVIATION * middle(sorted, ASSAY_COMB_BINS);
}

/* FALSE where nothing can be told. */
static gboolean
begin_search(Search *self, const double *spectrum)
{
    for (size_t k = 0; k < ASSAY_COMB_BINS; k++) {
        if (!isfinite(spectrum[k]))
            return FALSE;
    }
    assay_comb_excess(spectrum, self->excess);
    self->spread = spread_of(self->excess);
    if (!(self->spread > 0))
        return FALSE;
    for (size_t k = 0; k < ASSAY_COMB_BINS; k++)
        self->limited[k] = CLAMP(self->excess[k], -LIMIT * self->spread, LIMIT * self->spread);
    return TRUE;
}

static AssayComb
measure(const Search *self, double period)
{
    double apart = ASSAY_COMB_FRAME / period, last = ASSAY_COMB_BINS - 1 - ABOVE;
    double limited = 0, excess = 0;
    AssayComb comb = { period, (double)NAN, (double)NAN, 0 };

    for (double j = ceil(FIRST / apart); j * apart <= last; j++) {
        size_t bin = (size_t)(j * apart + 0.5);

        limited += self->limited[bin];
        excess += self->excess[bin];
        comb.n_teeth++;
    }
    if (comb.n_teeth < MIN_TEETH)
        return (AssayComb){ period, (double)NAN, (double)NAN, 0 };
    comb.strength = limited / self->spread / sqrt(comb.n_teeth);
    comb.excess = excess / comb.n_teeth;
    return comb;
}

static void
keep_stronger(AssayComb *best, AssayComb comb)
{
    if (comb.n_teeth > 0 && (best->n_teeth == 0 || comb.strength > best->strength))
        *best = comb;
}

static AssayComb
find_strongest(const Search *self)
{
    const double step = 2. / ASSAY_COMB_FRAME;
    AssayComb best = { (double)NAN, (double)NAN, (double)NAN, 0 }, whole;

    for (double period = ASSAY_COMB_MIN_PERIOD; period <= ASSAY_COMB_MAX_PERIOD; period *= 1 + step)
        keep_stronger(&best, measure(self, period));
    whole = measure(self, floor(best.period + 0.5));
    if (fabs(whole.period / best.period - 1) < 2 * step &&
        whole.strength >= WHOLE_ENOUGH * best.strength)
        best = whole;
    return best;
}

AssayCombs
assay_combs_find(const double *spectrum)
{
    AssayComb none = { (double)NAN, (double)NAN, (double)NAN, 0 };
    AssayCombs self = { none, none };
    Search search;

    if (!begin_search(&search, spectrum))
        return self;
    self.strongest = find_strongest(&search);
    for (double period = 16; period <= ASSAY_COMB_MAX_PERIOD; period *= 2)
        keep_stronger(&self.binary, measure(&search, period));
    return self;
}

AssayComb
assay_comb_of_period(const double *spectrum, double period)
{
    Search search;

    g_return_val_if_fail(period > 0, ((AssayComb){ period, (double)NAN, (double)NAN, 0 }));
    if (!begin_search(&search, spectrum))
        return (AssayComb){ period, (double)NAN, (double)NAN, 0 };
    return measure(&search, period);
}
