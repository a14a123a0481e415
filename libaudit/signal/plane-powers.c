/* signal/plane-powers.c - powers of columns, of whole ones and of pairs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane-powers-private.h"

#include <string.h>

#include "plane-fft.h"

void
assay_plane_powers(const double *values, size_t n, double epsilon, double *powers)
{
    for (size_t i = 0; i < n; i++) {
        double re = values[2 * i] + epsilon, im = values[2 * i + 1];

        powers[i] = re * re + im * im;
    }
}

void
assay_plane_pair_powers_plainly(const AssayPlanePair *self, double *restrict powers,
                                double *restrict others)
{
    const double c = self->c, s = self->s;

    for (size_t v = 0; v < self->height; v++) {
        size_t opposite = v == 0 ? 0 : self->height - v;
        const double *p = self->a + 2 * v, *q = self->b + 2 * opposite;
        double even_re = (p[0] + q[0]) / 2, even_im = (p[1] - q[1]) / 2;
        double odd_re = p[0] - q[0], odd_im = p[1] + q[1];
        double turned_re = c * odd_im - s * odd_re, turned_im = -c * odd_re - s * odd_im;
        double re = even_re + turned_re + self->epsilon, im = even_im + turned_im;
        double other_re = even_re - turned_re + self->epsilon, other_im = even_im - turned_im;

        powers[v] = re * re + im * im;
        others[opposite] = other_re * other_re + other_im * other_im;
    }
}

#if defined(__x86_64__) && defined(__has_builtin)
#if __has_builtin(__builtin_shufflevector)
#define HAS_VECTORS 1
#endif
#endif

#ifdef HAS_VECTORS

#define INLINE static inline __attribute__((target("avx2"), always_inline))

enum { AT_ONCE = 4 };

/* Four values, or two coefficients. */
typedef double Four __attribute__((vector_size(32)));

/* Of two coefficients of either column the parts, squared. The opposites lie the other way round;
 * they come out as their conjugates, whose squares are the same. */
typedef struct {
    Four one, other;
} Squares;

INLINE Squares
square(const AssayPlanePair *self, size_t v)
{
    const Four conjugate = { 1, -1, 1, -1 }, epsilon = { self->epsilon, 0, self->epsilon, 0 };
    const Four c = { self->c, -self->c, self->c, -self->c };
    Four p, q, even, odd, turned, one, other;

    memcpy(&p, self->a + 2 * v, sizeof p);
    memcpy(&q, self->b + 2 * (self->height - v - 1), sizeof q);
    q = __builtin_shufflevector(q, q, 2, 3, 0, 1) * conjugate;
    even = (p + q) / 2;
    odd = p - q;
    turned = c * __builtin_shufflevector(odd, odd, 1, 0, 3, 2) - self->s * odd;
    one = even + turned + epsilon;
    other = even - turned + epsilon;
    return (Squares){ one * one, other * other };
}

/* From frequency @v on. */
INLINE void
take_four(const AssayPlanePair *self, size_t v, double *powers, double *others)
{
    Squares a = square(self, v), b = square(self, v + AT_ONCE / 2);
    Four sums = __builtin_shufflevector(a.one, b.one, 0, 2, 4, 6) +
                __builtin_shufflevector(a.one, b.one, 1, 3, 5, 7);
    Four reversed = __builtin_shufflevector(a.other, b.other, 6, 4, 2, 0) +
                    __builtin_shufflevector(a.other, b.other, 7, 5, 3, 1);

    memcpy(powers + v, &sums, sizeof sums);
    memcpy(others + self->height - v - (AT_ONCE - 1), &reversed, sizeof reversed);
}

/* All but frequency 0, which is its own opposite; the last four may be some of those before. */
__attribute__((target("avx2"))) static void
take_fours(const AssayPlanePair *self, double *restrict powers, double *restrict others)
{
    size_t v = 1;

    for (; v + AT_ONCE <= self->height; v += AT_ONCE)
        take_four(self, v, powers, others);
    if (v < self->height)
        take_four(self, self->height - AT_ONCE, powers, others);
}

void
assay_plane_pair_powers(const AssayPlanePair *self, double *powers, double *others)
{
    AssayPlanePair start = *self;

    if (self->height > AT_ONCE && __builtin_cpu_supports("avx2")) {
        start.height = 1;
        take_fours(self, powers, others);
    }
    assay_plane_pair_powers_plainly(&start, powers, others);
}

#else

void
assay_plane_pair_powers(const AssayPlanePair *self, double *powers, double *others)
{
    assay_plane_pair_powers_plainly(self, powers, others);
}

#endif
