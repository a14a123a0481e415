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

/* Those of the mantissa that are written down. */
#define LOW_BITS ((G_GUINT64_CONSTANT(1) << (BITS - 1)) - 1)
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
    static const guint64 powers[] = {
        G_GUINT64_CONSTANT(1),
        G_GUINT64_CONSTANT(5),
        G_GUINT64_CONSTANT(25),
        G_GUINT64_CONSTANT(125),
        G_GUINT64_CONSTANT(625),
        G_GUINT64_CONSTANT(3125),
        G_GUINT64_CONSTANT(15625),
        G_GUINT64_CONSTANT(78125),
        G_GUINT64_CONSTANT(390625),
        G_GUINT64_CONSTANT(1953125),
        G_GUINT64_CONSTANT(9765625),
        G_GUINT64_CONSTANT(48828125),
        G_GUINT64_CONSTANT(244140625),
        G_GUINT64_CONSTANT(1220703125),
        G_GUINT64_CONSTANT(6103515625),
        G_GUINT64_CONSTANT(30517578125),
        G_GUINT64_CONSTANT(152587890625),
        G_GUINT64_CONSTANT(762939453125),
        G_GUINT64_CONSTANT(3814697265625),
        G_GUINT64_CONSTANT(19073486328125),
        G_GUINT64_CONSTANT(95367431640625),
        G_GUINT64_CONSTANT(476837158203125),
        G_GUINT64_CONSTANT(2384185791015625),
        G_GUINT64_CONSTANT(11920928955078125),
        G_GUINT64_CONSTANT(59604644775390625),
        G_GUINT64_CONSTANT(298023223876953125),
        G_GUINT64_CONSTANT(1490116119384765625),
        G_GUINT64_CONSTANT(7450580596923828125),
    };
    const int last = (int)G_N_ELEMENTS(powers) - 1;

    return k <= last ? powers[k] : (Wide)powers[last] * powers[k - last];
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
    guint64 kept = unit == 100  ? scaled->digits / 100
                   : unit == 10 ? scaled->digits / 10
                                : scaled->digits; /* constants divide faster */
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

/* All 17 of them: the last 16 by fours, which need no wide division. */
static void
put_digits(char *text, guint64 digits)
{
    guint32 halves[2] = { (guint32)(digits / 100000000 % 100000000),
                          (guint32)(digits % 100000000) };

    text[0] = (char)('0' + digits / TEN_16);
    for (size_t i = 0; i < 4; i++) {
        guint32 four = i % 2 == 0 ? halves[i / 2] / 10000 : halves[i / 2] % 10000;
        char *to = &text[1 + 4 * i];

        to[0] = (char)('0' + four / 1000);
        to[1] = (char)('0' + four / 100 % 10);
        to[2] = (char)('0' + four / 10 % 10);
        to[3] = (char)('0' + four % 10);
    }
}

/* @digits, of which the first stands at 10^@place, as %g has them. */
static void
write_number(char *out, guint64 digits, int place)
{
    char text[DIGITS];
    size_t n = DIGITS, before = place < 0 ? 0 : (size_t)place + 1;
    gboolean has_exponent = place < -4;

    put_digits(text, digits);
    while (text[n - 1] == '0')
        n--;
    if (has_exponent)
        before = 1;
    if (before == 0)
        *out++ = '0';
    memcpy(out, text, before); /* zeros are among them, where there are few digits */
    out += before;
    if (n > before)
        *out++ = '.';
    for (int zeros = -1 - place; !has_exponent && zeros > 0; zeros--)
        *out++ = '0';
    if (n > before) {
        memcpy(out, text + before, n - before);
        out += n - before;
    }
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
    memcpy(&mantissa, &magnitude, sizeof mantissa); /* IEEE 754, and no subnormal */
    exponent = (int)(mantissa >> (BITS - 1)) - 1023 - (BITS - 1);
    mantissa = (mantissa & LOW_BITS) | (LOW_BITS + 1);
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
    if (digits == TEN_16 * 10) {
        digits = TEN_16;
        place++;
    }
    if (value < 0)
        *buffer++ = '-';
    write_number(buffer, digits, place);
    return TRUE;
}
