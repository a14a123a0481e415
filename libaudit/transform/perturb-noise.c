/* transform/perturb-noise.c - normal noise.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "perturb-private.h"

/* Two independent standard normal numbers, by George Marsaglia's polar method (Marsaglia and
 * Thomas Bray, "A convenient method for generating normal variables", SIAM Review 6(3), 1964). */
static void
draw_pair(AssayRandom *random, double pair[2])
{
    double u, v, square, scale;

    do {
        u = 2 * assay_random_double(random) - 1;
        v = 2 * assay_random_double(random) - 1;
        square = u * u + v * v;
    } while (square >= 1 || square == 0);
    scale = sqrt(-2 * log(square) / square);
    pair[0] = u * scale;
    pair[1] = v * scale;
}

/* What adds noise to one value after the other. */
typedef struct {
    AssayRandom *random;
    double sigma, pair[2];
    gboolean has_second;
} Noise;

static void
add_noise(gpointer user, double *value)
{
    Noise *noise = user;

    if (!noise->has_second)
        draw_pair(noise->random, noise->pair);
    *value += noise->sigma * noise->pair[noise->has_second ? 1 : 0];
    noise->has_second = !noise->has_second;
}

gboolean
assay_perturb_noise(AssayPerturbWork *work, size_t item, double sigma, AssayRandom *random,
                    GError **error)
{
    Noise noise = { .random = random, .sigma = sigma };

    (void)error;
    assay_perturb_colours(work, item, add_noise, &noise);
    return TRUE;
}
