/* image/spectral-loss.c
 *
 * The way back. With X a coefficient of ring k and L the loss, dL / d Re X + i dL / d Im X is
 *   dL/dp[k] (20 / ln 10) X / S[k]                        for p = 10 log10(S / n), S the sum of
 * |X|^2 dL/dp[k] 20 (X + e) / (n |X + e|^2)                   for p = mean of 20 ln|X + e| and the
 * gradient of the plane is the adjoint of the transform of that, which is the transform back
 * without its factor. A ring's sum has each coefficient and its opposite, so the half plane says
 * all; where these are in two rings, the mean of both slopes is taken for either.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "profile-private.h"
#include "spectral-loss-private.h"

/**
 * AssaySpectralLoss:
 * @sum: of the reference
 * @values: the profile of the picture at hand, as the loss has it
 * @slopes: of the loss by each value, then by each ring before it was scaled
 * @factors: by which coefficients of all rings, with those that are left out, are multiplied
 * @column: coefficients; @powers: theirs
 */
struct AssaySpectralLoss {
    AssayProfile *profile;
    AssaySpectralSum *sum;
    double *values, *slopes, *factors, *column, *powers;
    /* Of the call at hand: pictures, which of them, what becomes of a gradient. */
    AssayType type;
    gconstpointer pictures;
    gpointer gradient;
    size_t picture;
    double share;
};

AssaySpectralLoss *
assay_spectral_loss_new(size_t width, size_t height, gboolean upconv, size_t max_bytes,
                        GError **error)
{
    const AssayProfileConfig config = { .upconv = upconv };
    AssayProfile *profile = assay_profile_new(&config, width, height, max_bytes, error);
    AssaySpectralLoss *self;

    if (profile == NULL)
        return NULL;
    self = g_new0(AssaySpectralLoss, 1);
    self->profile = profile;
    self->sum = assay_spectral_sum_new(upconv, profile->n_rings);
    self->values = g_new(double, profile->n_rings);
    self->slopes = g_new(double, profile->n_rings);
    self->factors = g_new(double, profile->n_all);
    self->column = g_new(double, 2 * height);
    self->powers = g_new(double, height);
    return self;
}

void
assay_spectral_loss_free(AssaySpectralLoss *self)
{
    if (self == NULL)
        return;
    assay_profile_free(self->profile);
    assay_spectral_sum_free(self->sum);
    g_free(self->values);
    g_free(self->slopes);
    g_free(self->factors);
    g_free(self->column);
    g_free(self->powers);
    g_free(self);
}

size_t
assay_spectral_loss_n_rings(const AssaySpectralLoss *self)
{
    return self->profile->n_rings;
}

const double *
assay_spectral_loss_reference(const AssaySpectralLoss *self)
{
    return self->sum->n > 0 ? self->sum->mean : NULL;
}

/* Where row @y of the picture at hand begins. */
static size_t
row_start(const AssaySpectralLoss *self, size_t y)
{
    return (self->picture * self->profile->height + y) * self->profile->width;
}

static void
get_row(gpointer data, size_t y, double *row)
{
    const AssaySpectralLoss *self = data;
    size_t start = row_start(self, y), n = self->profile->width;

    if (self->type == ASSAY_F64)
        memcpy(row, (const double *)self->pictures + start, n * sizeof row[0]);
    else
        for (size_t x = 0; x < n; x++)
            row[x] = (double)((const float *)self->pictures)[start + x];
}

static void
put_row(gpointer data, size_t y, double *row)
{
    const AssaySpectralLoss *self = data;
    size_t start = row_start(self, y);

    for (size_t x = 0; x < self->profile->width; x++) {
        if (self->type == ASSAY_F64)
            ((double *)self->gradient)[start + x] = row[x] * self->share;
        else
            ((float *)self->gradient)[start + x] = (float)(row[x] * self->share);
    }
}

/* Values as they are become those of the loss; the range of these is 0 where they are equal. */
static double
scale_values(AssaySpectralLoss *self, size_t *lowest, size_t *highest)
{
    const double *rings = self->profile->profile;
    size_t n = self->profile->n_rings, low = 0, high = 0;
    double range;

    for (size_t k = 0; k < n; k++) {
        low = rings[k] < rings[low] ? k : low;
        high = rings[k] > rings[high] ? k : high;
    }
    range = rings[high] - rings[low];
    for (size_t k = 0; k < n; k++)
        self->values[k] = !self->sum->upconv ? rings[k]
                          : range > 0        ? (rings[k] - rings[low]) / range
                                             : 0;
    *lowest = low;
    *highest = high;
    return range;
}

/* Of -r ln p - (1 - r) ln(1 - p); what is held does not count. */
static double
entropy_slope(double p, double r)
{
    double slope = 0;

    if (log(p) > ASSAY_SPECTRAL_LEAST_LOG)
        slope -= r / p;
    if (log(1 - p) > ASSAY_SPECTRAL_LEAST_LOG)
        slope += (1 - r) / (1 - p);
    return slope;
}

/* With p = (v - low) / range, what reaches v[k] is slope[k] / range; low loses the sum of slope
 * (1 - p) / range, and high the sum of slope p / range. */
static void
unscale_slopes(AssaySpectralLoss *self, double range, size_t lowest, size_t highest)
{
    double of_low = 0, of_high = 0;

    for (size_t k = 0; k < self->profile->n_rings; k++) {
        of_low += self->slopes[k] * (1 - self->values[k]);
        of_high += self->slopes[k] * self->values[k];
    }
    self->slopes[lowest] -= of_low;
    self->slopes[highest] -= of_high;
    for (size_t k = 0; k < self->profile->n_rings; k++)
        self->slopes[k] = range > 0 ? self->slopes[k] / range : 0;
}

/* The loss of the values, and its slopes by the rings as they were before they were scaled. */
static double
compare(AssaySpectralLoss *self, double range, size_t lowest, size_t highest)
{
    const double *reference = self->sum->mean;
    size_t n = self->profile->n_rings;
    double sum = 0;

    for (size_t k = 0; k < n; k++) {
        double p = self->values[k], r = reference[k], off = p - r;

        if (self->sum->upconv) {
            sum -= r * assay_spectral_log(p) + (1 - r) * assay_spectral_log(1 - p);
            self->slopes[k] = entropy_slope(p, r) / (double)n;
        } else {
            sum += off * off;
            self->slopes[k] = p > ASSAY_PROFILE_FLOOR_DB ? 2 * off / (double)n : 0;
        }
    }
    if (self->sum->upconv)
        unscale_slopes(self, range, lowest, highest);
    return sum / (double)n;
}

/* The transform of the picture at hand, its rings filled. %FALSE where they are not finite. */
static gboolean
transform(AssaySpectralLoss *self, double **plane, size_t *pitch)
{
    AssayProfile *profile = self->profile;

    *plane = assay_plane_fft_forward(profile->fft, get_row, self, pitch);
    assay_profile_empty(profile);
    for (size_t u = 0; u < profile->n_columns; u++) {
        for (size_t v = 0; v < profile->height; v++)
            memcpy(self->column + 2 * v, *plane + 2 * (v * *pitch + u), 2 * sizeof(double));
        assay_plane_powers(self->column, profile->height, assay_profile_epsilon(profile),
                           self->powers);
        assay_profile_add_column(profile, u, self->powers);
    }
    return assay_profile_fill(profile, 1);
}

/* What a coefficient is multiplied by, ring by ring; none of those that are left out. */
static void
find_factors(AssaySpectralLoss *self)
{
    const AssayProfile *profile = self->profile;

    memset(self->factors, 0, profile->n_all * sizeof self->factors[0]);
    for (size_t k = 0; k < profile->n_rings; k++) {
        double n = profile->counts[k + profile->first];

        if (self->sum->upconv)
            self->factors[k + profile->first] = 20 * self->slopes[k] / n;
        else if (self->slopes[k] != 0)
            self->factors[k + profile->first] =
                20 / G_LN10 * self->slopes[k] / (assay_profile_mean(profile, k) * n);
    }
}

static void
turn_into_slopes(const AssaySpectralLoss *self, double *plane, size_t pitch)
{
    const AssayProfile *profile = self->profile;

    for (size_t v = 0; v < profile->height; v++) {
        for (size_t u = 0; u < profile->n_columns; u++) {
            double *x = plane + 2 * (v * pitch + u);
            size_t at = u * profile->height + v;
            double factor = self->factors[profile->rings[at]];

            if (self->sum->upconv) {
                double power;

                factor = (factor + self->factors[profile->opposite[at]]) / 2;
                x[0] += ASSAY_UPCONV_EPSILON;
                power = x[0] * x[0] + x[1] * x[1];
                factor = power > 0 ? factor / power : 0;
            }
            x[0] *= factor;
            x[1] *= factor;
        }
    }
}

static gboolean
refuse(const AssaySpectralLoss *self, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "picture %" G_GSIZE_FORMAT ": a value is not finite, so it has no spectrum",
                self->picture);
    return FALSE;
}

gboolean
assay_spectral_loss_refer(AssaySpectralLoss *self, AssayType type, gconstpointer pictures, size_t n,
                          GError **error)
{
    g_return_val_if_fail(type == ASSAY_F32 || type == ASSAY_F64, FALSE);
    self->type = type;
    self->pictures = pictures;
    for (self->picture = 0; self->picture < n; self->picture++) {
        size_t pitch, lowest, highest;
        double *plane;

        if (!transform(self, &plane, &pitch))
            return refuse(self, error);
        scale_values(self, &lowest, &highest);
        assay_spectral_sum_add(self->sum, self->values);
    }
    return TRUE;
}

static gboolean
check_sets(const AssaySpectralLoss *self, size_t n, GError **error)
{
    if (self->sum->n > 0 && n > 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "a spectral loss needs %s",
                n == 0 ? "at least one picture"
                       : "a reference: give pictures to assay_spectral_loss_refer() first");
    return FALSE;
}

gboolean
assay_spectral_loss_of(AssaySpectralLoss *self, AssayType type, gconstpointer pictures, size_t n,
                       double *loss, gpointer gradient, GError **error)
{
    double sum = 0;

    g_return_val_if_fail(type == ASSAY_F32 || type == ASSAY_F64, FALSE);
    if (!check_sets(self, n, error))
        return FALSE;
    self->type = type;
    self->pictures = pictures;
    self->gradient = gradient;
    self->share = 1 / (double)n;
    for (self->picture = 0; self->picture < n; self->picture++) {
        size_t pitch, lowest, highest;
        double *plane, range;

        if (!transform(self, &plane, &pitch))
            return refuse(self, error);
        range = scale_values(self, &lowest, &highest);
        sum += compare(self, range, lowest, highest);
        if (gradient == NULL)
            continue;
        find_factors(self);
        turn_into_slopes(self, plane, pitch);
        assay_plane_fft_back(self->profile->fft, put_row, self);
    }
    *loss = sum / (double)n;
    return TRUE;
}
