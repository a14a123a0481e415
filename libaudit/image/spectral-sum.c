/* image/spectral-sum.c - the loss of a set, ring by ring, of sums.
 *
 * The mean of (p - r)^2 is the variance of p and the square of what its mean is off; running means
 * by Welford's formula. The cross-entropy is linear in r.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "spectral-loss-private.h"

double
assay_spectral_log(double p)
{
    return fmax(log(p), ASSAY_SPECTRAL_LEAST_LOG);
}

AssaySpectralSum *
assay_spectral_sum_new(gboolean upconv, size_t n_rings)
{
    AssaySpectralSum *self = g_new0(AssaySpectralSum, 1);

    self->upconv = upconv;
    self->n_rings = n_rings;
    self->mean = g_new0(double, n_rings);
    self->spread = g_new0(double, n_rings);
    self->log = g_new0(double, n_rings);
    self->log_rest = g_new0(double, n_rings);
    return self;
}

void
assay_spectral_sum_free(AssaySpectralSum *self)
{
    if (self == NULL)
        return;
    g_free(self->mean);
    g_free(self->spread);
    g_free(self->log);
    g_free(self->log_rest);
    g_free(self);
}

static gboolean
is_finite(const double *values, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (!isfinite(values[k]))
            return FALSE;
    }
    return TRUE;
}

void
assay_spectral_sum_add(AssaySpectralSum *self, const double *profile)
{
    if (!is_finite(profile, self->n_rings)) {
        self->n_left_out++;
        return;
    }
    self->n++;
    for (size_t k = 0; k < self->n_rings; k++) {
        double n = (double)self->n, p = profile[k], before = p - self->mean[k];

        self->mean[k] += before / n;
        self->spread[k] += (before * (p - self->mean[k]) - self->spread[k]) / n;
        if (self->upconv) {
            self->log[k] += (assay_spectral_log(p) - self->log[k]) / n;
            self->log_rest[k] += (assay_spectral_log(1 - p) - self->log_rest[k]) / n;
        }
    }
}

double
assay_spectral_sum_loss(const AssaySpectralSum *self, const AssaySpectralSum *reference)
{
    double sum = 0;

    g_return_val_if_fail(self->n_rings == reference->n_rings, (double)NAN);
    if (self->n == 0 || reference->n == 0)
        return (double)NAN;
    for (size_t k = 0; k < self->n_rings; k++) {
        double r = reference->mean[k], off = self->mean[k] - r;

        sum += self->upconv ? -r * self->log[k] - (1 - r) * self->log_rest[k]
                            : self->spread[k] + off * off;
    }
    return sum / (double)self->n_rings;
}
