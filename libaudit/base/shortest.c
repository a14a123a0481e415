/* base/shortest.c - the fewest digits of a double that read back, for most doubles.
 *
 * A double is m 2^e, m of 53 bits. Times 10^k, so that it has 17 digits before the point, it is
 * P / 2^s with P = m 5^k and s = -(e + k), and for the k of this range P fits into 128 bits. So all
 * that printf(3) and strtod(3) do with large numbers is done exactly in a few steps: rounding P /
 * 2^s to 17, 16 or 15 digits, ties to even; and whether what comes out lies within half a unit of
 * m, which is 5^k / 2 of P, and so reads back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shortest-private.h"

#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 Wide;

enum { DIGITS = 17, BITS = 53 };

#define TEN_16 G_GUINT64_CONSTANT(10000000000000000)

/* A double of which 17 digits stand before the point. */
typedef struct {
    guint64 mantissa;
    Wide power;     /* 5^k */
    Wide scaled;    /* P */
    int shift;      /* s */
    guint64 digits; /* P / 2^s, cut */
} Scaled;

static Wide
power_of_five(int k)
{
    Wide power = 1, base = 5;

    for (; k > 0; k >>= 1, base *= base) {
        if ((k & 1) != 0)
            power *= base;
    }
    return power;
}

static Scaled
scale(guint64 mantissa, int exponent, int place)
{
    int k = DIGITS - 1 - place;
    Scaled scaled = { mantissa, power_of_five(k), 0, -(exponent + k), 0 };

    scaled.scaled = scaled.power * mantissa;
    scaled.digits = (guint64)(scaled.scaled >> scaled.shift);
    return scaled;
}

/* In units of @unit, a power of ten; rounded. */
static guint64
round_off(const Scaled *scaled, guint64 unit)
{
    guint64 kept = scaled->digits / unit;
    Wide rest = scaled->scaled - ((Wide)(kept * unit) << scaled->shift);
    Wide half = ((Wide)unit << scaled->shift) / 2;

    return kept + (rest > half || (rest == half && (kept & 1) != 0) ? 1 : 0);
}

/* Whether @digits, of all 17, read back: they lie within half a unit of the mantissa, or on the
 * half of an even one. Below a power of two units are half as large. */
static gboolean
reads_back(const Scaled *scaled, guint64 digits)
{
    Wide candidate = (Wide)digits << scaled->shift;
    gboolean is_below = candidate < scaled->scaled;
    Wide distance = is_below ? scaled->scaled - candidate : candidate - scaled->scaled;
    gboolean is_power = scaled->mantissa == G_GUINT64_CONSTANT(1) << (BITS - 1);

    distance *= is_below && is_power ? 4 : 2;
    return distance < scaled->power || (distance == scaled->power && (scaled->mantissa & 1) == 0);
}

static char *
write_exponent(char *out, int place)
{
    *out++ = 'e';
    *out++ = '-';
    *out++ = (char)('0' + -place / 10);
    *out++ = (char)('0' + -place % 10);
    return out;
}

/* @digits, of which the first stands at 10^@place, as %g has them. */
static void
write_number(char *out, guint64 digits, int place)
{
    char text[DIGITS + 1];
    size_t n = 0, before = place < 0 ? 0 : (size_t)place + 1;
    gboolean has_exponent = place < -4;

    for (; digits % 10 == 0; digits /= 10)
        ;
    for (; digits > 0; digits /= 10)
        text[sizeof text - ++n] = (char)('0' + digits % 10);
    memmove(text, text + sizeof text - n, n);
    if (has_exponent)
        before = 1;
    for (size_t i = 0; i < before; i++)
        *out++ = i < n ? text[i] : '0';
    if (before == 0)
        *out++ = '0';
    if (n > before)
        *out++ = '.';
    for (int zeros = -1 - place; !has_exponent && zeros > 0; zeros--)
        *out++ = '0';
    for (size_t i = before; i < n; i++)
        *out++ = text[i];
    if (has_exponent)
        out = write_exponent(out, place);
    *out = '\0';
}

gboolean
assay_shortest_write(char *buffer, double value)
{
    double magnitude = fabs(value);
    guint64 unit = 100, digits; /* without two of 17 digits, one, none */
    int exponent, place;
    guint64 mantissa;
    Scaled scaled;

    if (!(magnitude >= 1e-14 && magnitude < 1e14))
        return FALSE;
    mantissa = (guint64)ldexp(frexp(magnitude, &exponent), BITS);
    exponent -= BITS;
    /* The place of the first digit, by log10(2) = 1233 / 4096 or so; or the one before. */
    place = ((exponent + BITS - 1) * 1233) >> 12;
    scaled = scale(mantissa, exponent, place);
    if (scaled.digits >= TEN_16 * 10)
        scaled = scale(mantissa, exponent, ++place);
    else if (scaled.digits < TEN_16)
        scaled = scale(mantissa, exponent, --place);
    digits = round_off(&scaled, unit) * unit;
    while (unit > 1 && !reads_back(&scaled, digits)) {
        unit /= 10;
        digits = round_off(&scaled, unit) * unit;
    }
    if (digits == TEN_16 * 10)
        place++;
    if (value < 0)
        *buffer++ = '-';
    write_number(buffer, digits, place);
    return TRUE;
}
