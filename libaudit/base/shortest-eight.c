/* base/shortest-eight.c - numbers as text, eight at a time, by the vectors of AVX-512.
 *
 * A double times 10^k, which is a double itself up to 10^22, is the sum of two doubles: the rounded
 * product, and what was rounded off, which a fused multiplication has exactly. With 17 digits
 * before the point the nearest multiples of 100, 10 and 1 follow, and whether each lies within half
 * a unit of the mantissa and so reads back. What is so near to a border that a last rounding
 * matters is left to assay_shortest_find().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shortest-eight-private.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include "x86-private.h"

#define VECTORS __attribute__((target("avx512f,avx512bw,avx512dq,avx512cd")))
#define PART VECTORS static inline __attribute__((always_inline))

enum { LEAST_PLACE = -4, MOST_PLACE = 6, MANTISSA = 52 };

/* 17 digits, of which the first stands at 10^@place. */
typedef struct {
    __m512i digits, place;
    __mmask8 known;
} Decimals;

/* 10^@places, of LEAST_PLACE to LEAST_PLACE + 15. */
PART __m512d
tens_of(__m512i places)
{
    const __m512d low = _mm512_set_pd(1e3, 1e2, 1e1, 1e0, 1e-1, 1e-2, 1e-3, 1e-4);
    const __m512d high = _mm512_set_pd(1e11, 1e10, 1e9, 1e8, 1e7, 1e6, 1e5, 1e4);

    return _mm512_permutex2var_pd(low, _mm512_sub_epi64(places, _mm512_set1_epi64(LEAST_PLACE)),
                                  high);
}

/* 10^(16 - @places), of LEAST_PLACE to MOST_PLACE. */
PART __m512d
scales_of(__m512i places)
{
    const __m512d low = _mm512_set_pd(1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20);
    const __m512d high = _mm512_set_pd(1, 1, 1, 1, 1, 1e10, 1e11, 1e12);

    return _mm512_permutex2var_pd(low, _mm512_sub_epi64(places, _mm512_set1_epi64(LEAST_PLACE)),
                                  high);
}

/* The place of the first digit: by log10(2) = 1233 / 4096 or so, or the one before. */
PART __m512i
find_places(__m512d magnitudes)
{
    __m512i exponents = _mm512_srli_epi64(_mm512_castpd_si512(magnitudes), MANTISSA);
    __m512i powers = _mm512_sub_epi64(exponents, _mm512_set1_epi64(1023 - 1));
    __m512i places = _mm512_srai_epi64(_mm512_mul_epi32(powers, _mm512_set1_epi64(1233)), 12);
    __mmask8 is_less = _mm512_cmp_pd_mask(magnitudes, tens_of(places), _CMP_LT_OQ);

    return _mm512_mask_sub_epi64(places, is_less, places, _mm512_set1_epi64(1));
}

PART __m512d
nearest(__m512d values)
{
    return _mm512_roundscale_pd(values, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

/* Where two distances differ by more than all roundings above. */
PART __mmask8
are_apart(__m512d a, __m512d b)
{
    return _mm512_cmp_pd_mask(_mm512_abs_pd(_mm512_sub_pd(a, b)), _mm512_set1_pd(0x1p-36),
                              _CMP_GT_OQ);
}

/* Half a unit of the mantissas. */
PART __m512d
halves_of(__m512d magnitudes)
{
    const __m512i infinite = _mm512_set1_epi64(0x7ff0000000000000);
    __m512i powers = _mm512_and_si512(_mm512_castpd_si512(magnitudes), infinite);
    __m512i down = _mm512_set1_epi64((long long)(MANTISSA + 1) << MANTISSA);

    return _mm512_castsi512_pd(_mm512_sub_epi64(powers, down));
}

/* Those that have a place of these, are not whole, and no powers of two, below which units are half
 * as large. */
PART __mmask8
are_fit(__m512d magnitudes)
{
    const __m512i mantissa = _mm512_set1_epi64((1LL << MANTISSA) - 1);

    return _mm512_cmp_pd_mask(magnitudes, _mm512_set1_pd(1e-4), _CMP_GT_OQ) &
           _mm512_cmp_pd_mask(magnitudes, _mm512_set1_pd(1e7), _CMP_LT_OQ) &
           _mm512_cmp_pd_mask(magnitudes, nearest(magnitudes), _CMP_NEQ_OQ) &
           _mm512_test_epi64_mask(_mm512_castpd_si512(magnitudes), mantissa);
}

PART Decimals
find(__m512d magnitudes)
{
    const __m512d least = _mm512_set1_pd(1e16), most = _mm512_set1_pd(1e17 - 200);
    Decimals found = { .place = find_places(magnitudes) };
    __m512d scale = scales_of(found.place);
    __m512d product = _mm512_mul_pd(magnitudes, scale);
    __m512d rest = _mm512_fmsub_pd(magnitudes, scale, product);
    __m512d half = _mm512_mul_pd(halves_of(magnitudes), scale);
    __m512d hundreds = nearest(_mm512_mul_pd(product, _mm512_set1_pd(0.01)));
    /* What is left beside hundreds; its nearest ones and tens. */
    __m512d left = _mm512_add_pd(_mm512_fnmadd_pd(_mm512_set1_pd(100), hundreds, product), rest);
    __m512d ones = nearest(left);
    __m512d tens =
        _mm512_mul_pd(nearest(_mm512_mul_pd(left, _mm512_set1_pd(0.1))), _mm512_set1_pd(10));
    __m512d distance_15 = _mm512_abs_pd(left);
    __m512d distance_16 = _mm512_abs_pd(_mm512_sub_pd(left, tens));
    __m512d distance_17 = _mm512_abs_pd(_mm512_sub_pd(left, ones));
    __mmask8 is_15 = _mm512_cmp_pd_mask(distance_15, half, _CMP_LT_OQ);
    __mmask8 is_16 = _mm512_cmp_pd_mask(distance_16, half, _CMP_LT_OQ);
    __m512d more = _mm512_maskz_mov_pd((__mmask8)~is_15, _mm512_mask_mov_pd(ones, is_16, tens));
    __m512i of_15 = _mm512_cvtpd_epi64(hundreds);

    found.digits =
        _mm512_add_epi64(_mm512_add_epi64(_mm512_slli_epi64(of_15, 6), _mm512_slli_epi64(of_15, 5)),
                         _mm512_add_epi64(_mm512_slli_epi64(of_15, 2), _mm512_cvtpd_epi64(more)));
    found.known = are_fit(magnitudes) & _mm512_cmp_pd_mask(product, least, _CMP_GT_OQ) &
                  _mm512_cmp_pd_mask(product, most, _CMP_LT_OQ) & are_apart(distance_15, half) &
                  are_apart(distance_16, half) & are_apart(distance_16, _mm512_set1_pd(5)) &
                  are_apart(distance_17, _mm512_set1_pd(0.5));
    return found;
}

/* Eight digits, a byte each, the first in the lowest: parted into fours, twos and ones. */
PART __m512i
part_eight(__m512i digits)
{
    __m512i fours = _mm512_srli_epi64(_mm512_mul_epu32(digits, _mm512_set1_epi64(109951163)), 40);
    __m512i hundreds, twos, tens;

    digits = _mm512_sub_epi64(digits, _mm512_mul_epu32(fours, _mm512_set1_epi64(10000)));
    fours = _mm512_or_si512(fours, _mm512_slli_epi64(digits, 32));
    hundreds = _mm512_srli_epi32(_mm512_madd_epi16(fours, _mm512_set1_epi32(10486)), 20);
    twos = _mm512_sub_epi32(fours, _mm512_mullo_epi16(hundreds, _mm512_set1_epi16(100)));
    twos = _mm512_or_si512(hundreds, _mm512_slli_epi32(twos, 16));
    tens = _mm512_srli_epi16(_mm512_mullo_epi16(twos, _mm512_set1_epi16(103)), 10);
    twos = _mm512_sub_epi16(twos, _mm512_mullo_epi16(tens, _mm512_set1_epi16(10)));
    return _mm512_or_si512(tens, _mm512_slli_epi16(twos, 8));
}

PART __m512i
bytes_to_last(__m512i characters)
{
    return _mm512_srli_epi64(_mm512_lzcnt_epi64(characters), 3);
}

/* The digits as characters: the first, eight, and the last eight; returns how many without zeros at
 * the end. */
PART __m512i
spell(__m512i digits, __m512i *first, __m512i *middle, __m512i *last)
{
    const __m512i ten_8 = _mm512_set1_epi64(100000000), zeros = _mm512_set1_epi8('0');
    /* At times one too many, never too few. */
    __m512i nine = _mm512_cvttpd_epi64(
        _mm512_mul_pd(_mm512_cvtepi64_pd(digits), _mm512_set1_pd(1e-8 * (1 + 0x1p-50))));
    __m512i rest = _mm512_sub_epi64(digits, _mm512_mul_epu32(nine, ten_8)), n;
    __mmask8 is_much = _mm512_movepi64_mask(rest);

    nine = _mm512_mask_sub_epi64(nine, is_much, nine, _mm512_set1_epi64(1));
    *last = part_eight(_mm512_mask_add_epi64(rest, is_much, rest, ten_8));
    *first = _mm512_srli_epi64(_mm512_mul_epu32(nine, _mm512_set1_epi64(1441151881)), 57);
    *middle = part_eight(_mm512_sub_epi64(nine, _mm512_mul_epu32(*first, ten_8)));
    n = _mm512_sub_epi64(_mm512_set1_epi64(9), bytes_to_last(*middle));
    n = _mm512_mask_sub_epi64(n, _mm512_test_epi64_mask(*last, *last), _mm512_set1_epi64(17),
                              bytes_to_last(*last));
    *first = _mm512_add_epi64(*first, _mm512_set1_epi64('0'));
    *middle = _mm512_add_epi8(*middle, zeros);
    *last = _mm512_add_epi8(*last, zeros);
    return n;
}

VECTORS guint
assay_eight_texts(const double *values, size_t n, AssayEightTexts *texts)
{
    const __m512i zero = _mm512_set1_epi64('0'), missing = _mm512_set1_epi64('N' | 'A' << 8);
    const __m512i one = _mm512_set1_epi64(1), dot = _mm512_set1_epi64('.');
    __mmask8 are_there = (__mmask8)((1u << n) - 1);
    __m512d numbers = _mm512_maskz_loadu_pd(are_there, values);
    __mmask8 is_negative = _mm512_cmp_pd_mask(numbers, _mm512_setzero_pd(), _CMP_LT_OQ);
    Decimals found = find(_mm512_abs_pd(numbers));
    __mmask8 is_zero = _mm512_cmp_pd_mask(numbers, _mm512_setzero_pd(), _CMP_EQ_OQ);
    __mmask8 is_nan = _mm512_cmp_pd_mask(numbers, numbers, _CMP_UNORD_Q);
    __mmask8 is_fraction = _mm512_movepi64_mask(found.place);
    __m512i first, middle, last, head, start, before, whole, with_point;
    __m512i count = spell(found.digits, &first, &middle, &last);

    head = _mm512_or_si512(_mm512_slli_epi64(middle, 8), first);
    before = _mm512_slli_epi64(_mm512_add_epi64(found.place, one), 3); /* bits before the point */
    whole = _mm512_sub_epi64(_mm512_sllv_epi64(one, before), one);
    with_point = _mm512_or_si512(_mm512_and_si512(head, whole),
                                 _mm512_slli_epi64(_mm512_andnot_si512(whole, head), 8));
    with_point = _mm512_or_si512(with_point, _mm512_sllv_epi64(dot, before));
    head = _mm512_mask_mov_epi64(with_point, is_fraction, head);
    start = _mm512_maskz_sub_epi64(is_fraction, one, found.place);
    start = _mm512_mask_add_epi64(start, is_negative, start, one);
    count = _mm512_mask_add_epi64(count, (__mmask8)~is_fraction, count, one);
    count = _mm512_add_epi64(start, count);
    /* Of what has no digits the head is all. */
    head = _mm512_mask_mov_epi64(_mm512_mask_mov_epi64(head, is_zero, zero), is_nan, missing);
    start = _mm512_maskz_mov_epi64((__mmask8) ~(is_zero | is_nan), start);
    count = _mm512_mask_mov_epi64(count, is_zero, one);
    count = _mm512_mask_add_epi64(count, is_nan, one, one);
    _mm512_storeu_si512(texts->front,
                        _mm512_mask_mov_epi64(_mm512_set1_epi64(0x3030303030302e30), is_negative,
                                              _mm512_set1_epi64(0x30303030302e302d)));
    _mm512_storeu_si512(texts->head, head);
    _mm512_storeu_si512(texts->middle, middle);
    _mm512_storeu_si512(texts->last, last);
    _mm512_storeu_si512(texts->start, start);
    _mm512_storeu_si512(texts->behind,
                        _mm512_mask_add_epi64(start, (__mmask8)~is_fraction, start, one));
    _mm512_storeu_si512(texts->n, count);
    return (found.known | is_zero | is_nan) & are_there;
}

gboolean
assay_eight_texts_can(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512cd");
}

#else

guint
assay_eight_texts(const double *values, size_t n, AssayEightTexts *texts)
{
    (void)values;
    (void)n;
    (void)texts;
    return 0;
}

gboolean
assay_eight_texts_can(void)
{
    return FALSE;
}

#endif
