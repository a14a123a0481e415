/* image/profile.c
 *
 * Half of the plane says all: a bin and its opposite have the same power. In the one convention
 * they share a ring, so columns that are not their own opposites count twice; in the other they do
 * not, and a bin goes into two rings.
 *
 * Which ring a bin belongs to is looked up. Sums are kept in ASSAY_PROFILE_LANES parts, neighbours
 * in different ones: otherwise each addition would wait for the one before it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "profile.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "log-private.h"
#include "profile-private.h"
#include "spline.h"

/* Frequency @u of @n as a signed one. */
static double
signed_frequency(size_t u, size_t n)
{
    return u <= n / 2 ? (double)u : (double)u - (double)n;
}

static size_t
exact_ring(const AssayProfile *self, size_t u, size_t v)
{
    double longer = (double)MAX(self->width, self->height);
    double x = signed_frequency(u, self->width) * longer / (double)self->width;
    double y = signed_frequency(v, self->height) * longer / (double)self->height;

    return (size_t)(sqrt(x * x + y * y) + 0.5);
}

/* Where frequency @u lies in the shifted plane, from its middle on. */
static double
shifted(size_t u, size_t n)
{
    return (double)((u + n / 2) % n) - (double)(n - 1) / 2;
}

static size_t
upconv_ring(const AssayProfile *self, size_t u, size_t v)
{
    double x = shifted(u, self->width), y = shifted(v, self->height);

    return (size_t)sqrt(x * x + y * y);
}

static void
look_up_column(AssayProfile *self, size_t u)
{
    for (size_t v = 0; v < self->height; v++) {
        size_t at = u * self->height + v;
        size_t ring = self->config.upconv ? upconv_ring(self, u, v) : exact_ring(self, u, v);
        size_t other = ring;

        if (self->opposite != NULL && !assay_profile_is_own_opposite(self, u))
            other = upconv_ring(self, self->width - u, (self->height - v) % self->height);
        self->rings[at] = (guint16)ring;
        if (self->opposite != NULL)
            self->opposite[at] = (guint16)other;
        self->counts[ring] += 1;
        if (!assay_profile_is_own_opposite(self, u))
            self->counts[other] += 1;
    }
}

/* Radii grow outwards, so the last ring is that of a corner. */
static size_t
count_rings(const AssayProfile *self)
{
    size_t u = self->width / 2, v = self->height / 2;

    if (self->config.upconv)
        return upconv_ring(self, (self->width - u) % self->width,
                           (self->height - v) % self->height) +
               1;
    return exact_ring(self, u, v) + 1;
}

/* The plane's transform, which is larger, has been granted. */
static gboolean
make_tables(AssayProfile *self, GError **error)
{
    size_t n_bins = self->n_columns * self->height, n = self->n_all;

    self->rings = g_try_new(guint16, n_bins);
    self->opposite = self->config.upconv ? g_try_new(guint16, n_bins) : NULL;
    self->counts = g_try_new0(double, n);
    self->sums = g_try_new(double, 2 * n * ASSAY_PROFILE_LANES);
    self->folded = g_try_new(double, self->height + 2);
    self->profile = g_try_new(double, n);
    self->scratch = g_try_new(double, 2 * n);
    if (self->rings == NULL || (self->config.upconv && self->opposite == NULL) ||
        self->counts == NULL || self->sums == NULL || self->folded == NULL ||
        self->profile == NULL || self->scratch == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for the profile of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT " values",
                    self->width, self->height);
        return FALSE;
    }
    self->others = self->sums + n * ASSAY_PROFILE_LANES;
    for (size_t u = 0; u < self->n_columns; u++)
        look_up_column(self, u);
    return TRUE;
}

AssayProfile *
assay_profile_new(const AssayProfileConfig *config, size_t width, size_t height, size_t max_bytes,
                  GError **error)
{
    g_autoptr(AssayProfile) self = g_new0(AssayProfile, 1);

    g_return_val_if_fail(config->points <= ASSAY_PROFILE_MAX_POINTS, NULL);
    self->config = *config;
    self->width = width;
    self->height = height;
    self->n_columns = width / 2 + 1;
    self->fft = assay_plane_fft_new(width, height, max_bytes, error);
    if (self->fft == NULL)
        return NULL;
    self->n_all = count_rings(self);
    self->first = config->upconv ? 1 : 0;
    if (self->n_all <= 2 * self->first) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "a plane of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                    " values has no ring but the first and the last, which --compat=upconv leaves "
                    "out; without it they are there",
                    width, height);
        return NULL;
    }
    self->n_rings = self->n_all - 2 * self->first;
    return make_tables(self, error) ? g_steal_pointer(&self) : NULL;
}

void
assay_profile_free(AssayProfile *self)
{
    if (self == NULL)
        return;
    assay_plane_fft_free(self->fft);
    g_free(self->rings);
    g_free(self->opposite);
    g_free(self->counts);
    g_free(self->sums);
    g_free(self->folded);
    g_free(self->profile);
    g_free(self->scratch);
    g_free(self);
}

gboolean
assay_profile_is_for(const AssayProfile *self, const AssayProfileConfig *config, size_t width,
                     size_t height)
{
    return self->width == width && self->height == height &&
           self->config.upconv == config->upconv && self->config.points == config->points &&
           self->config.scale == config->scale;
}

size_t
assay_profile_n_rings(const AssayProfile *self)
{
    return self->n_rings;
}

size_t
assay_profile_length(const AssayProfile *self)
{
    return self->config.points > 0 ? self->config.points : self->n_rings;
}

static void
pass_row(gpointer data, size_t y, double *row)
{
    AssayProfile *self = data;

    self->row(self->data, y, row);
}

static void
add_to_rings(double *restrict sums, const guint16 *restrict rings, const double *restrict values,
             size_t n)
{
    for (size_t v = 0; v < n; v++)
        sums[rings[v] * (size_t)ASSAY_PROFILE_LANES + v % ASSAY_PROFILE_LANES] += values[v];
}

/* Frequencies v and -v are in one ring: their powers are added up first. */
static void
add_powers(AssayProfile *self, size_t u, double *restrict powers)
{
    double weight = assay_profile_is_own_opposite(self, u) ? 1 : 2;
    size_t n = self->height;

    for (size_t v = 1; 2 * v < n; v++)
        powers[v] += powers[n - v];
    for (size_t v = 0; v < n / 2 + 1; v++)
        powers[v] *= weight;
    add_to_rings(self->sums, self->rings + u * n, powers, n / 2 + 1);
}

/* Two sums for each value, side by side, so that neither waits for the other. */
static void
add_to_both(double *restrict sums, double *restrict others, const guint16 *restrict rings,
            const guint16 *restrict opposite, const double *restrict values,
            const double *restrict other_values, size_t n)
{
    for (size_t v = 0; v < n; v++) {
        size_t lane = v % ASSAY_PROFILE_LANES;

        sums[rings[v] * (size_t)ASSAY_PROFILE_LANES + lane] += values[v];
        others[opposite[v] * (size_t)ASSAY_PROFILE_LANES + lane] += other_values[v];
    }
}

/* Frequencies that are mirrored at the centre of the plane are in one ring, and added up first: of
 * even height, where the centre is half a step beside 0, v and -1 - v; their opposites v and 1 - v.
 * Of odd height these are v and -v. */
static void
add_folded(AssayProfile *self, size_t u, const double *values)
{
    size_t n = self->height, half = (n + 1) / 2, odd = n % 2;
    double *restrict folded = self->folded, *restrict others = folded + half;
    const guint16 *rings = self->rings + u * n, *opposite = self->opposite + u * n + 1 - odd;

    for (size_t v = odd; v < half; v++)
        folded[v] = values[v] + values[n - 1 + odd - v];
    if (odd == 1)
        folded[0] = values[0];
    if (assay_profile_is_own_opposite(self, u)) {
        add_to_rings(self->sums, rings, folded, half);
        return;
    }
    if (odd == 1) {
        add_to_both(self->sums, self->others, rings, opposite, folded, folded, half);
        return;
    }
    others[0] = values[1] + values[0];
    for (size_t v = 1; v < half; v++)
        others[v] = values[v + 1] + values[n - v];
    add_to_both(self->sums, self->others, rings, opposite, folded, others, half);
}

/* Which tells whether all are finite, as logarithms do not; in parts that do not wait for each
 * other. */
static double
sum_powers(const double *powers, size_t n)
{
    enum { PARTS = 16 };
    double sums[PARTS] = { 0 }, sum = 0;
    size_t v = 0;

    for (; v + PARTS <= n; v += PARTS) {
        for (size_t part = 0; part < PARTS; part++)
            sums[part] += powers[v + part];
    }
    for (; v < n; v++)
        sum += powers[v];
    for (size_t part = 0; part < PARTS; part++)
        sum += sums[part];
    return sum;
}

static void
add_logs(AssayProfile *self, size_t u, double *powers)
{
    self->power += sum_powers(powers, self->height);
    assay_log_all(powers, self->height, 10);
    add_folded(self, u, powers);
}

void
assay_profile_add_column(gpointer profile, size_t u, double *powers)
{
    AssayProfile *self = profile;

    if (self->config.upconv)
        add_logs(self, u, powers);
    else
        add_powers(self, u, powers);
}

void
assay_profile_empty(AssayProfile *self)
{
    self->power = 0;
    memset(self->sums, 0, 2 * self->n_all * ASSAY_PROFILE_LANES * sizeof self->sums[0]);
}

double
assay_profile_mean(const AssayProfile *self, size_t ring)
{
    const double *sum = self->sums + (ring + self->first) * ASSAY_PROFILE_LANES;
    const double *other = self->others + (ring + self->first) * ASSAY_PROFILE_LANES;

    return (sum[0] + sum[1] + sum[2] + sum[3] + (other[0] + other[1] + other[2] + other[3])) /
           self->counts[ring + self->first];
}

gboolean
assay_profile_fill(AssayProfile *self, double full_scale)
{
    double unit = full_scale * full_scale * (double)self->width * (double)self->height;
    gboolean is_finite = isfinite(self->power);

    for (size_t k = 0; k < self->n_rings; k++) {
        double mean = assay_profile_mean(self, k);

        is_finite = is_finite && isfinite(mean);
        if (!self->config.upconv)
            mean = fmax(10 * log10(mean / unit), ASSAY_PROFILE_FLOOR_DB);
        self->profile[k] = mean;
    }
    return is_finite;
}

static void
scale_to_first(const AssayProfile *self, double *values, size_t n)
{
    double first = values[0];

    for (size_t i = 0; i < n; i++)
        values[i] = self->config.upconv ? values[i] / first : values[i] - first;
}

static void
scale_to_range(double *values, size_t n)
{
    double low = values[0], high = values[0];

    for (size_t i = 0; i < n; i++) {
        low = fmin(low, values[i]);
        high = fmax(high, values[i]);
    }
    for (size_t i = 0; i < n; i++)
        values[i] = high > low ? (values[i] - low) / (high - low) : 0;
}

gboolean
assay_profile_of(AssayProfile *self, AssayPlaneRow row, gpointer data, double full_scale,
                 double *values)
{
    size_t n = assay_profile_length(self);
    gboolean is_finite;

    self->row = row;
    self->data = data;
    assay_profile_empty(self);
    assay_plane_fft_run(self->fft, assay_profile_epsilon(self), pass_row, assay_profile_add_column,
                        self);
    is_finite = assay_profile_fill(self, full_scale);
    if (self->config.points > 0)
        assay_spline_resample(self->profile, self->n_rings, self->scratch, values, n);
    else
        memcpy(values, self->profile, n * sizeof values[0]);
    if (self->config.scale == ASSAY_PROFILE_TO_FIRST)
        scale_to_first(self, values, n);
    else if (self->config.scale == ASSAY_PROFILE_TO_RANGE)
        scale_to_range(values, n);
    for (size_t i = 0; !is_finite && i < n; i++)
        values[i] = (double)NAN;
    return is_finite;
}
