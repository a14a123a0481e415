/* signal/mel-log.c
 *
 * ln x = e ln 2 + ln m with x = 2^e m and m from sqrt(1/2) to sqrt(2); ln m by the polynomial of S.
 * Moshier's Cephes library, logf.c, which is right to about 1e-7. Written without branches, so that
 * a compiler goes through many side by side, and without libm, whose results differ by version.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mel-log-private.h"

#include <stdint.h>
#include <string.h>

static inline float
log_of(float x)
{
    const uint32_t sqrt_half = 0x3f3504f3;
    uint32_t bits;
    int32_t exponent;
    float m, t, z, y, e;

    memcpy(&bits, &x, sizeof bits);
    bits -= sqrt_half;
    exponent = (int32_t)bits >> 23;
    bits = (bits & 0x007fffff) + sqrt_half;
    memcpy(&m, &bits, sizeof m);
    t = m - 1.0F;
    z = t * t;
    y = 7.0376836292e-2F;
    y = y * t - 1.1514610310e-1F;
    y = y * t + 1.1676998740e-1F;
    y = y * t - 1.2420140846e-1F;
    y = y * t + 1.4249322787e-1F;
    y = y * t - 1.6668057665e-1F;
    y = y * t + 2.0000714765e-1F;
    y = y * t - 2.4999993993e-1F;
    y = y * t + 3.3333331174e-1F;
    y = y * t * z;
    e = (float)exponent;
    y += -2.12194440e-4F * e;
    y += -0.5F * z;
    return (t + y) + 0.693359375F * e;
}

void
assay_log_scale(float *values, size_t n, float gain, float offset, float floor, float factor)
{
    for (size_t i = 0; i < n; i++) {
        float x = offset + gain * values[i];

        values[i] = factor * log_of(x > floor ? x : floor);
    }
}
