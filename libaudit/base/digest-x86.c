/* base/digest-x86.c - SHA-256 by the SHA extensions of x86-64.
 *
 * After Intel, Intel SHA Extensions (2013): the eight words of the state are held in two registers
 * as A B E F and C D G H; sha256rnds2 does two rounds; sha256msg1 and sha256msg2 extend the
 * message.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "digest-private.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <cpuid.h>

#include "x86-private.h"

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const guint32 constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

gboolean
assay_sha256_is_native(void)
{
    guint a, b, c, d;
    gboolean has_ssse3 = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSSE3) && (c & bit_SSE4_1);

    return has_ssse3 && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

__attribute__((target("sha,sse4.1"))) void
assay_sha256_blocks(guint32 state[8], const guint8 *data, size_t n)
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abcd = _mm_loadu_si128((const __m128i *)(const void *)&state[0]);
    __m128i efgh = _mm_loadu_si128((const __m128i *)(const void *)&state[4]);
    __m128i cdab = _mm_shuffle_epi32(abcd, 0xb1), hgfe = _mm_shuffle_epi32(efgh, 0x1b);
    __m128i abef = _mm_alignr_epi8(cdab, hgfe, 8), cdgh = _mm_blend_epi16(hgfe, cdab, 0xf0);

    for (; n > 0; n--, data += 64) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i words[4];

        for (int i = 0; i < 4; i++)
            words[i] = _mm_shuffle_epi8(
                _mm_loadu_si128((const __m128i *)(const void *)(data + 16 * i)), order);
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) { /* four rounds each */
            const __m128i k = _mm_loadu_si128((const __m128i *)(const void *)&constants[4 * i]);
            __m128i word = words[i % 4], sum;

            if (i >= 4) {
                const __m128i last = words[(i + 3) % 4];

                word = _mm_sha256msg1_epu32(word, words[(i + 1) % 4]);
                word = _mm_add_epi32(word, _mm_alignr_epi8(last, words[(i + 2) % 4], 4));
                word = _mm_sha256msg2_epu32(word, last);
                words[i % 4] = word;
            }
            sum = _mm_add_epi32(word, k);
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    cdab = _mm_shuffle_epi32(abef, 0x1b);
    hgfe = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)(void *)&state[0], _mm_blend_epi16(cdab, hgfe, 0xf0));
    _mm_storeu_si128((__m128i *)(void *)&state[4], _mm_alignr_epi8(hgfe, cdab, 8));
}

#else

gboolean
assay_sha256_is_native(void)
{
    return FALSE;
}

void
assay_sha256_blocks(guint32 state[8], const guint8 *data, size_t n)
{
    (void)state;
    (void)data;
    (void)n;
    g_assert_not_reached();
}

#endif
