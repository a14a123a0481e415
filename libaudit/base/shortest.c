/* base/shortest.c - the fewest digits of a double that read back, for most doubles.
 *
 * A double is m 2^e, m of 53 bits. Times 10^k, so that it has 17 digits before the point, it is
 * m 5^k 2^(e + k), and for the k of this range that is a number with at most 64 bits behind the
 * point, exactly. So all that printf(3) and strtod(3) do with large numbers is done in a few steps:
 * rounding to 17, 16 or 15 digits, ties to even; and whether what comes out lies within half a unit
 * of m, which is 5^k 2^(e + k) / 2, and so reads back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shortest-private.h"

#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 Wide;

enum { DIGITS = 17, BITS = 53, POINT = 64, FINE = 56, LEAST_PLACE = -16 };

/* Those of the mantissa that are written down. */
#define LOW_BITS ((G_GUINT64_CONSTANT(1) << (BITS - 1)) - 1)
#define TEN_16 G_GUINT64_CONSTANT(10000000000000000)
#define TEN_8 100000000

/**
 * Scaled:
 * @half: half a unit of the mantissa, in units of 2^-64 of the last digit
 * @digits: 17 of them
 * @fraction: what follows, in the same units
 * @is_cut: whether the two are cut, since they have more bits than that
 */
typedef struct {
    guint64 mantissa;
    Wide half;
    guint64 digits, fraction;
    gboolean is_cut;
} Scaled;

static inline Wide
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

static inline Scaled
scale(guint64 mantissa, int exponent, int place)
{
    int k = DIGITS - 1 - place, shift = POINT - 1 + exponent + k;
    Scaled scaled = { .mantissa = mantissa, .is_cut = shift < 0 };
    Wide power = power_of_five(k), value;

    if (scaled.is_cut) {
        scaled.half = power >> -shift;
        value = power * mantissa >> (-shift - 1);
    } else {
        scaled.half = power << shift;
        value = scaled.half * (2 * mantissa);
    }
    scaled.digits = (guint64)(value >> POINT);
    scaled.fraction = (guint64)value;
    return scaled;
}

/* Rounded to units of @unit, a power of ten; and whether that reads back: it lies within half a
 * unit of the mantissa, or on the half of an even one. Below a power of two units are half as
 * large. */
static gboolean
round_off(const Scaled *scaled, guint64 unit, guint64 *digits)
{
    guint64 kept = scaled->digits / unit;
    Wide cut = (Wide)(scaled->digits - kept * unit) << POINT | scaled->fraction;
    Wide whole = (Wide)unit << POINT, half = whole / 2;
    gboolean up = cut > half || (cut == half && (kept & 1) != 0);
    gboolean is_power = scaled->mantissa == LOW_BITS + 1;
    Wide distance = up ? whole - cut : cut << (is_power ? 1 : 0);

    *digits = (kept + (up ? 1 : 0)) * unit;
    return distance < scaled->half || (distance == scaled->half && (scaled->mantissa & 1) == 0);
}

/* The number of fewest digits that reads back, of 15 to 17. By value and not inline: it is rare,
 * and what is passed otherwise has to lie in memory. */
static G_NO_INLINE guint64
find_digits(Scaled scaled)
{
    guint64 digits;

    if (!round_off(&scaled, 100, &digits) && !round_off(&scaled, 10, &digits))
        round_off(&scaled, 1, &digits);
    return digits;
}

/* The same in 64 bits, of which FINE are behind the point, and without a branch, since nobody could
 * foretell which way it goes. Rests and distances are cut, each by less than a unit: 0 where one
 * is so near to a tie that this matters. */
static inline guint64
find_digits_fast(Scaled scaled)
{
    const guint64 one = G_GUINT64_CONSTANT(1) << FINE, slack = 2;
    guint64 hundreds = scaled.digits / 100, tens = scaled.digits / 10;
    guint64 fine = scaled.fraction >> (POINT - FINE);
    guint64 half = (guint64)(scaled.half >> (POINT - FINE));
    guint64 rest_15 = (scaled.digits - 100 * hundreds) * one + fine;
    guint64 rest_16 = (scaled.digits - 10 * tens) * one + fine;
    guint64 distance_15 = MIN(rest_15, 100 * one - rest_15);
    guint64 distance_16 = MIN(rest_16, 10 * one - rest_16);
    guint64 of_15 = (hundreds + (rest_15 > 50 * one)) * 100;
    guint64 of_16 = (tens + (rest_16 > 5 * one)) * 10;
    guint64 of_17 = scaled.digits + (scaled.fraction >> (POINT - 1));
    guint64 is_15 = -(guint64)(distance_15 < half), is_16 = -(guint64)(distance_16 < half);
    guint64 of_more = (of_16 & is_16) | (of_17 & ~is_16);
    guint64 is_known = (guint64)(distance_15 - half + slack > 2 * slack) &
                       (distance_16 - half + slack > 2 * slack) & (5 * one - distance_16 > slack) &
                       (fine - one / 2 + slack > 2 * slack) & (scaled.mantissa != LOW_BITS + 1);

    return ((of_15 & is_15) | (of_more & ~is_15)) & -is_known;
}

/* Eight digits, a byte each, the first in the lowest: parted into fours, twos and ones, all at
 * once. */
static inline guint64
part_eight(guint32 digits)
{
    guint64 fours = digits / 10000 | (guint64)(digits % 10000) << 32;
    guint64 hundreds = (fours * 10486 >> 20) & G_GUINT64_CONSTANT(0x0000007f0000007f);
    guint64 twos = hundreds | (fours - 100 * hundreds) << 16;
    guint64 tens = (twos * 103 >> 10) & G_GUINT64_CONSTANT(0x000f000f000f000f);

    return tens | (twos - 10 * tens) << 8;
}

static inline void
put_bytes(char *text, guint64 bytes)
{
    bytes = GUINT64_TO_LE(bytes);
    memcpy(text, &bytes, sizeof bytes);
}

/* 17 digits as characters: the first, and two times eight; @n without zeros at the end. */
typedef struct {
    guint64 first, middle, last;
    size_t n;
} Characters;

static inline Characters
spell(guint64 digits)
{
    const guint64 zeros = G_GUINT64_CONSTANT(0x3030303030303030);
    guint64 nine = digits / TEN_8, first = nine / TEN_8;
    guint64 middle = part_eight((guint32)(nine - first * TEN_8));
    guint64 last = part_eight((guint32)(digits - nine * TEN_8));
    size_t n = last != 0     ? DIGITS - (size_t)__builtin_clzll(last) / 8
               : middle != 0 ? 9 - (size_t)__builtin_clzll(middle) / 8
                             : 1;

    return (Characters){ '0' + first, middle + zeros, last + zeros, n };
}

static inline void
put_characters(char *text, Characters characters)
{
    text[0] = (char)characters.first;
    put_bytes(&text[1], characters.middle);
    put_bytes(&text[9], characters.last);
}

/* A point behind the first @before, of which there are at most 7. */
static inline void
put_with_point(char *text, Characters characters, size_t before)
{
    guint64 head = characters.middle << 8 | characters.first;
    guint64 whole = (G_GUINT64_CONSTANT(1) << 8 * before) - 1;

    put_bytes(&text[10], characters.last);
    put_bytes(&text[2], characters.middle);
    put_bytes(text, (head & whole) | (head & ~whole) << 8 | (guint64)'.' << 8 * before);
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

/* @digits, of which the first stands at 10^@place, as %g has them; returns where they end. */
static inline char *
write_number(char *out, guint64 digits, int place)
{
    static const char zeros[] = "0.000";
    Characters characters = spell(digits);
    size_t before = place < -4 ? 1 : (size_t)MAX(place + 1, 0);

    if (before == 0) {
        memcpy(out, zeros, sizeof zeros);
        out += 1 - place;
        put_characters(out, characters);
        return out + characters.n;
    }
    if (before < 8) {
        put_with_point(out, characters, before);
    } else {
        put_characters(out + 1, characters);
        memmove(out, out + 1, before);
        out[before] = '.';
    }
    out += characters.n > before ? characters.n + 1 : before; /* zeros are among them */
    return place < -4 ? write_exponent(out, place) : out;
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

/* IEEE 754, and no subnormal. */
static inline guint64
bits_of(double magnitude)
{
    union {
        double value;
        guint64 bits;
    } both = { magnitude };

    return both.bits;
}

AssayDecimal
assay_shortest_find(double value)
{
    double magnitude = fabs(value);
    guint64 bits = bits_of(magnitude), mantissa = (bits & LOW_BITS) | (LOW_BITS + 1);
    int exponent = (int)(bits >> (BITS - 1)) - 1023 - (BITS - 1);
    AssayDecimal found = { .is_negative = value < 0 };
    Scaled scaled;

    if (!(magnitude >= 0x1p-53 && magnitude < 1e14) || (double)(gint64)magnitude == magnitude)
        return found;
    found.place = find_place(magnitude, exponent);
    scaled = scale(mantissa, exponent, found.place);
    if (scaled.digits >= TEN_16 * 10)
        scaled = scale(mantissa, exponent, ++found.place);
    else if (scaled.digits < TEN_16)
        scaled = scale(mantissa, exponent, --found.place);
    found.digits = find_digits_fast(scaled);
    if (found.digits == 0 && !scaled.is_cut)
        found.digits = find_digits(scaled);
    if (found.digits == TEN_16 * 10) {
        found.digits = TEN_16;
        found.place++;
    }
    return found;
}

char *
assay_shortest_put(char *buffer, AssayDecimal decimal)
{
    *buffer = '-';
    buffer = write_number(buffer + (decimal.is_negative ? 1 : 0), decimal.digits, decimal.place);
    *buffer = '\0';
    return buffer;
}
