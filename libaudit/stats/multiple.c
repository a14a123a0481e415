/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "multiple.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

typedef struct {
    double p;
    size_t at;
} Ranked;

static int
compare_ranked(const void *a, const void *b)
{
    const Ranked *x = a, *y = b;

    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* Those that are no NaN, ascending. */
static Ranked *
rank(const double *p, size_t n, size_t *n_ranked)
{
    Ranked *ranked = g_new(Ranked, n);

    *n_ranked = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(p[i]))
            ranked[(*n_ranked)++] = (Ranked){ p[i], i };
    }
    if (*n_ranked > 0)
        qsort(ranked, *n_ranked, sizeof *ranked, compare_ranked);
    return ranked;
}

static void
fill_nan(double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        values[i] = (double)NAN;
}

void
assay_multiple_bh(const double *p, size_t n, double *q)
{
    size_t m;
    g_autofree Ranked *ranked = rank(p, n, &m);
    double least = 1;

    fill_nan(q, n);
    for (size_t i = m; i > 0; i--) {
        least = MIN(least, ranked[i - 1].p * (double)m / (double)i);
        q[ranked[i - 1].at] = least;
    }
}

void
assay_multiple_holm(const double *p, size_t n, double *adjusted)
{
    size_t m;
    g_autofree Ranked *ranked = rank(p, n, &m);
    double most = 0;

    fill_nan(adjusted, n);
    for (size_t i = 0; i < m; i++) {
        most = MAX(most, MIN(ranked[i].p * (double)(m - i), 1));
        adjusted[ranked[i].at] = most;
    }
}

double
assay_multiple_simes(const double *p, size_t n)
{
    size_t m;
    g_autofree Ranked *ranked = rank(p, n, &m);
    double least = 1;

    for (size_t i = 0; i < m; i++)
        least = MIN(least, ranked[i].p * (double)m / (double)(i + 1));
    return m > 0 ? least : (double)NAN;
}

double
assay_conformal_p(const double *calibration, size_t n, double score)
{
    size_t m = 0, n_at_least = 0;

    for (size_t i = 0; i < n; i++) {
        m += (size_t)!isnan(calibration[i]);
        n_at_least += (size_t)(calibration[i] >= score);
    }
    return isnan(score) ? (double)NAN : (double)(1 + n_at_least) / (double)(m + 1);
}

/* The x at which the distribution function of beta(a, b) is @p. By halving: GSL's own inverse does
 * not always converge. */
static double
beta_quantile(double p, double a, double b)
{
    double low = 0, high = 1;

    for (;;) {
        double middle = low + (high - low) / 2;

        if (middle <= low || middle >= high)
            return middle;
        if (gsl_cdf_beta_P(middle, a, b) < p)
            low = middle;
        else
            high = middle;
    }
}

AssayInterval
assay_share_interval_exact(guint64 k, guint64 n, double confidence)
{
    double tail = (1 - confidence) / 2;
    double hits = (double)k, misses = (double)(n - k);

    g_return_val_if_fail(k <= n && confidence > 0 && confidence < 1, ((AssayInterval){ 0, 1 }));
    if (n > ASSAY_SHARE_EXACT)
        return assay_share_interval_wilson(k, n, confidence);
    return (AssayInterval){ k > 0 ? beta_quantile(tail, hits, misses + 1) : 0,
                            k < n ? beta_quantile(1 - tail, hits + 1, misses) : 1 };
}

AssayInterval
assay_share_interval_wilson(guint64 k, guint64 n, double confidence)
{
    double z = gsl_cdf_ugaussian_Qinv((1 - confidence) / 2);
    double trials = (double)n, share = (double)k / trials;
    double centre = (share + z * z / (2 * trials)) / (1 + z * z / trials);
    double half = z / (1 + z * z / trials) *
                  sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));

    g_return_val_if_fail(k <= n && confidence > 0 && confidence < 1, ((AssayInterval){ 0, 1 }));
    if (n == 0)
        return (AssayInterval){ 0, 1 };
    return (AssayInterval){ k > 0 ? MAX(centre - half, 0) : 0, k < n ? MIN(centre + half, 1) : 1 };
}
