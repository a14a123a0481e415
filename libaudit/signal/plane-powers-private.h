/* signal/plane-powers-private.h - powers of two columns that lie in one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/**
 * AssayPlanePair:
 * @a, @b: columns k and m-k of the transform Z of a plane of complex rows, see plane-fft.c; of
 *     @height coefficients, each a real and an imaginary part
 * @c, @s: half the cosine and half the sine of 2 pi k / width
 * @epsilon: what is added to each coefficient
 */
typedef struct {
    const double *a, *b;
    size_t height;
    double c, s, epsilon;
} AssayPlanePair;

/* |X + epsilon|^2 of columns k and m-k of X: one after the other, or several side by side where the
 * processor can, which gives the same bits. None of the columns is another. */
void assay_plane_pair_powers_plainly(const AssayPlanePair *self, double *powers, double *others);
void assay_plane_pair_powers(const AssayPlanePair *self, double *powers, double *others);
