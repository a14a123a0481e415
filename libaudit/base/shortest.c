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

enum { DIGITS = 17, BITS = 53, LEAST_PLACE = -16 };

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

/* Rounded to units of @unit, a power of ten; and whether that reads back: it lies within half a
 * unit of the mantissa, or on the half of an even one. Below a power of two units are half as
 * large. */
static gboolean
round_off(const Scaled *scaled, guint64 unit, guint64 *digits)
{
    guint64 kept = unit == 100  ? scaled->digits / 100
                   : unit == 10 ? scaled->digits / 10
                                : scaled->digits; /* constants divide faster */
    Wide cut = (Wide)(scaled->digits - kept * unit) << scaled->shift;
    Wide rest = cut + (scaled->scaled - ((Wide)scaled->digits << scaled->shift));
    Wide whole = (Wide)unit << scaled->shift, half = whole / 2, distance;
    int up = rest > half || (rest == half && (kept & 1) != 0) ? 1 : 0;
    gboolean is_power = scaled->mantissa == LOW_BITS + 1;

    *digits = (kept + (guint64)up) * unit;
    distance = up ? whole - rest : rest;
    distance *= !up && is_power ? 4 : 2;
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

/* Eight digits as eight characters: parted into fours, twos and ones, all at once. */
static void
put_eight(char *text, guint32 digits)
{
    guint64 fours = digits / 10000 | (guint64)(digits % 10000) << 32;
    guint64 hundreds = (fours * 10486 >> 20) & G_GUINT64_CONSTANT(0x0000007f0000007f);
    guint64 twos = hundreds | (fours - 100 * hundreds) << 16;
    guint64 tens = (twos * 103 >> 10) & G_GUINT64_CONSTANT(0x000f000f000f000f);
    guint64 ones = tens | (twos - 10 * tens) << 8;

    ones = GUINT64_TO_LE(ones + G_GUINT64_CONSTANT(0x3030303030303030));
    memcpy(text, &ones, sizeof ones);
}

/* All 17 of them; returns how many there are without zeros at the end. */
static size_t
put_digits(char *text, guint64 digits)
{
    size_t n = DIGITS;

    text[0] = (char)('0' + digits / TEN_16);
    put_eight(&text[1], (guint32)(digits / 100000000 % 100000000));
    put_eight(&text[9], (guint32)(digits % 100000000));
    while (text[n - 1] == '0')
        n--;
    return n;
}

/* @digits, of which the first stands at 10^@place, as %g has them. */
static void
write_number(char *out, guint64 digits, int place)
{
    static const char zeros[] = "0.000";
    size_t n, before = place < -4 ? 1 : (size_t)MAX(place + 1, 0);

    if (before == 0) {
        memcpy(out, zeros, sizeof zeros);
        out += 1 - place;
        out[put_digits(out, digits)] = '\0';
        return;
    }
    n = put_digits(out + 1, digits);
    for (size_t i = 0; i < before; i++) /* zeros are among them, where there are few digits */
        out[i] = out[i + 1];
    out[before] = '.';
    out += n > before ? n + 1 : before;
    if (place < -4)
        out = write_exponent(out, place);
    *out = '\0';
}

/* The place of the first digit, for all but those next to a power of ten. */
static int
find_place(double magnitude, int exponent)
{
    static const double tens[] = { 1e-16, 1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9,
                                   1e-8,  1e-7,  1e-6,  1e-5,  1e-4,  1e-3,  1e-2,  1e-1,
                                   1e0,   1e1,   1e2,   1e3,   1e4,   1e5,   1e6,   1e7,
                                   1e8,   1e9,   1e10,  1e11,  1e12,  1e13,  1e14 };
    /* By log10(2) = 1233 / 4096 or so; or the one before. */
    int place = ((exponent + BITS - 1) * 1233) >> 12;

    place = MAX(place, LEAST_PLACE);
    return magnitude < tens[place - LEAST_PLACE] ? place - 1 : place;
}

/* Whether rounding to units of @unit, a power of ten, is so far away that it cannot read back. */
static gboolean
is_far(const Scaled *scaled, guint64 unit)
{
    guint64 rest = scaled->digits % unit, half = (guint64)(scaled->power >> (scaled->shift + 1));

    return MIN(rest, unit - rest) > half + 2; /* both are cut */
}

/* The number of fewest digits that reads back, of 15 to 17. */
static guint64
find_digits(const Scaled *scaled)
{
    guint64 digits;

    if ((is_far(scaled, 100) || !round_off(scaled, 100, &digits)) &&
        !round_off(scaled, 10, &digits))
        round_off(scaled, 1, &digits);
    return digits;
}

gboolean
assay_shortest_write(char *buffer, double value)
{
    double magnitude = fabs(value);
    guint64 mantissa, digits;
    int exponent, place;
    Scaled scaled;

    if (!(magnitude >= 0x1p-53 && magnitude < 1e14))
        return FALSE;
    memcpy(&mantissa, &magnitude, sizeof mantissa); /* IEEE 754, and no subnormal */
    exponent = (int)(mantissa >> (BITS - 1)) - 1023 - (BITS - 1);
    mantissa = (mantissa & LOW_BITS) | (LOW_BITS + 1);
    place = find_place(magnitude, exponent);
    scaled = scale(mantissa, exponent, place);
    if (scaled.digits >= TEN_16 * 10)
        scaled = scale(mantissa, exponent, ++place);
    else if (scaled.digits < TEN_16)
        scaled = scale(mantissa, exponent, --place);
    digits = find_digits(&scaled);
    if (digits == TEN_16 * 10) {
        digits = TEN_16;
        place++;
    }
    if (value < 0)
        *buffer++ = '-';
    write_number(buffer, digits, place);
    return TRUE;
}
