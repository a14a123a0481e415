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

gboolean
assay_perturb_noise(AssayPerturbWork *work, size_t item, double sigma, AssayRandom *random,
                    GError **error)
{
    size_t size = assay_perturb_item_size(work), start = item * size, n = work->layout.n_channels;
    double pair[2] = { 0, 0 };
    gboolean is_second = FALSE;

    (void)error;
    for (size_t i = 0; i < size; i += n) {
        for (size_t c = 0; c < work->n_colours; c++, is_second = !is_second) {
            double value = assay_array_value(work->array, start + i + c);

            if (!is_second)
                draw_pair(random, pair);
            value += sigma * work->full_scale * pair[is_second ? 1 : 0];
            assay_perturb_store(work->array, start + i + c, &value, 1, work->top);
        }
    }
    return TRUE;
}
