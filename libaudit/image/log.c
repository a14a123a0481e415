/* image/log.c
 *
 * ln x = e ln 2 + ln m with x = 2^e m and m from sqrt(1/2) to sqrt(2); with f = m - 1 and
 * s = f / (2 + f), ln m = f - f^2 / 2 + s (f^2 / 2 + R(s^2)), R of degree 7 in s^2, as in fdlibm's
 * e_log.c (Sun Microsystems, 1993), whose constants these are. Written without branches, so that a
 * compiler goes through several side by side, and without libm, whose results differ by version.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "log-private.h"

#include <stdint.h>
#include <string.h>

#include "../base/by-processor.h"

static inline __attribute__((always_inline)) double
log_of(double x)
{
    const uint64_t sqrt_half = 0x3fe6a09e667f3bcd, one = 0x3ff0000000000000;
    const uint64_t two_52 = 0x4330000000000000;
    uint64_t bits, exponent;
    double m, e, f, s, z, w, r, half;

    memcpy(&bits, &x, sizeof bits);
    bits += one - sqrt_half;
    /* The biased exponent as the last bits of 2^52 and a little, and then as a number. */
    exponent = bits >> 52 | two_52;
    memcpy(&e, &exponent, sizeof e);
    e -= 4503599627370496. + 1023;
    bits = (bits & 0x000fffffffffffff) + sqrt_half;
    memcpy(&m, &bits, sizeof m);
    f = m - 1;
    s = f / (2 + f);
    z = s * s;
    w = z * z;
    r = w *
        (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    r += z * (6.666666666666735130e-01 +
              w * (2.857142874366239149e-01 +
                   w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    half = 0.5 * f * f;
    return e * 6.93147180369123816490e-01 -
           ((half - (s * (half + r) + e * 1.90821492927058770002e-10)) - f);
}

/* For any processor, or for those with longer vectors: the same steps, so the same bits. */
#define LOG_ALL(name, target)                                                                      \
    target static void name(double *values, size_t n, double factor)                               \
    {                                                                                              \
        for (size_t i = 0; i < n; i++)                                                             \
            values[i] = factor * log_of(values[i]);                                                \
    }

ASSAY_BY_PROCESSOR(LOG_ALL, log)

void
assay_log_all(double *values, size_t n, double factor)
{
    ASSAY_CHOSEN(log)(values, n, factor);
}
