/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resample.h"

#include <gsl/gsl_randist.h>

/* Beyond this many draws a group, a binomial number for each is faster. */
#define DRAWS_A_GROUP 32

/* Our generator as GSL knows them. */
static void
set_seed(void *state, unsigned long seed)
{
    (void)state;
    (void)seed;
}

static unsigned long
get_number(void *state)
{
    return (unsigned long)(assay_random_u64(state) >> 32);
}

static double
get_share(void *state)
{
    return assay_random_double(state);
}

static const gsl_rng_type generator = { "assay",  0xffffffffUL, 0,        sizeof(AssayRandom),
                                        set_seed, get_number,   get_share };

static void
draw_binomials(AssayRandom *random, guint64 n, size_t n_groups, double *weights, size_t stride)
{
    const gsl_rng rng = { &generator, random };
    unsigned int left = (unsigned int)MIN(n, G_MAXUINT32);

    for (size_t g = 0; g + 1 < n_groups; g++) {
        unsigned int count = gsl_ran_binomial(&rng, 1.0 / (double)(n_groups - g), left);

        weights[g * stride] = count;
        left -= count;
    }
    weights[(n_groups - 1) * stride] = left;
}

void
assay_resample(AssayRandom *random, guint64 n, size_t n_groups, double *weights, size_t stride)
{
    if (n / DRAWS_A_GROUP > n_groups) {
        draw_binomials(random, n, n_groups, weights, stride);
        return;
    }
    for (size_t g = 0; g < n_groups; g++)
        weights[g * stride] = 0;
    for (guint64 i = 0; i < n; i++)
        weights[assay_random_below(random, n_groups) * stride] += 1;
}
