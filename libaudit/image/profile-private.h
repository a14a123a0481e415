/* image/profile-private.h - what a profile is made of, for the loss that goes the way back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "profile.h"

/* Each sum in so many parts. */
enum { ASSAY_PROFILE_LANES = 4 };

/* What UpConv adds to a coefficient. */
#define ASSAY_UPCONV_EPSILON 1e-8

/**
 * AssayProfile:
 * @n_all: rings, with those that are left out
 * @n_rings: without them; @first: the first of these
 * @rings: of each bin of the half plane, column by column
 * @opposite: (nullable): of its opposite, where that is another ring
 * @counts: bins of each ring, over the whole plane
 * @sums: of each ring ASSAY_PROFILE_LANES parts; and so many again, @others, of opposites
 * @folded: the halves of a column, and of its opposite, added up
 * @power: of all columns, as UpConv has it
 * @profile, @scratch: a value a ring, and two to scribble on
 */
struct AssayProfile {
    AssayProfileConfig config;
    size_t width, height, n_columns;
    size_t n_all, n_rings, first;
    AssayPlaneFft *fft;
    guint16 *rings, *opposite;
    double *counts, *sums, *others, *folded, *profile, *scratch;
    double power;
    AssayPlaneRow row;
    gpointer data;
};

/* A column that is its own opposite: of frequency 0, and of the highest of an even width. */
static inline gboolean
assay_profile_is_own_opposite(const AssayProfile *self, size_t u)
{
    return u == 0 || 2 * u == self->width;
}

/* What is added to coefficients before their powers are taken. */
static inline double
assay_profile_epsilon(const AssayProfile *self)
{
    return self->config.upconv ? ASSAY_UPCONV_EPSILON : 0;
}

/* Sums of no column yet; one column more, see AssayPlaneColumn; the mean of a ring, counted from
 * the first that is not left out; all of them as values in @profile, %FALSE where one is not
 * finite. */
void assay_profile_empty(AssayProfile *self);
void assay_profile_add_column(gpointer profile, size_t u, double *powers);
double assay_profile_mean(const AssayProfile *self, size_t ring);
gboolean assay_profile_fill(AssayProfile *self, double full_scale);
