/* base/random.c - xoshiro256** under a hashed identity.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "random.h"

#include <string.h>

enum { DIGEST_SIZE = 32 };

static void
hash_u64(GChecksum *checksum, guint64 value)
{
    guint64 bytes = GUINT64_TO_LE(value);

    g_checksum_update(checksum, (const guchar *)&bytes, sizeof bytes);
}

static void
hash_string(GChecksum *checksum, const char *string)
{
    size_t size = strlen(string);

    hash_u64(checksum, size);
    /* A length in gssize: a string in memory is never longer. */
    g_checksum_update(checksum, (const guchar *)string, (gssize)size);
}

void
assay_random_init(AssayRandom *self, guint64 seed, const char *stage, const char *identity)
{
    static const char domain[] = "assay-random-1"; /* with its zero */
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[DIGEST_SIZE] = { 0 };
    gsize size = sizeof digest;

    g_checksum_update(checksum, (const guchar *)domain, sizeof domain);
    hash_u64(checksum, seed);
    hash_string(checksum, stage);
    hash_string(checksum, identity);
    g_checksum_get_digest(checksum, digest, &size);
    for (int i = 0; i < 4; i++) {
        guint64 word;

        memcpy(&word, digest + 8 * i, sizeof word);
        self->state[i] = GUINT64_FROM_LE(word);
    }
    /* The one state that the generator never leaves; nobody has ever hashed to it. */
    if ((self->state[0] | self->state[1] | self->state[2] | self->state[3]) == 0)
        self->state[0] = 1;
}

void
assay_random_init_nth(AssayRandom *self, guint64 seed, const char *stage, guint64 number)
{
    char identity[32];

    g_snprintf(identity, sizeof identity, "%" G_GUINT64_FORMAT, number);
    assay_random_init(self, seed, stage, identity);
}

static guint64
rotate_left(guint64 x, int k)
{
    return (x << k) | (x >> (64 - k));
}

guint64
assay_random_u64(AssayRandom *self)
{
    guint64 *s = self->state;
    guint64 result = rotate_left(s[1] * 5, 7) * 9;
    guint64 t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

double
assay_random_double(AssayRandom *self)
{
    return (double)(assay_random_u64(self) >> 11) * 0x1.0p-53;
}

/* The 128-bit product a * b by halves: C11 has no wider type on every host. */
static guint64
multiply(guint64 a, guint64 b, guint64 *low)
{
    guint64 a0 = (guint32)a, a1 = a >> 32;
    guint64 b0 = (guint32)b, b1 = b >> 32;
    guint64 middle = a1 * b0 + (a0 * b0 >> 32); /* at most 2^64 - 2^32 */
    guint64 other = a0 * b1 + (guint32)middle;

    *low = a * b;
    return a1 * b1 + (middle >> 32) + (other >> 32);
}

guint64
assay_random_below(AssayRandom *self, guint64 n)
{
    guint64 low, high;

    g_return_val_if_fail(n > 0, 0);
    high = multiply(assay_random_u64(self), n, &low);
    if (low < n) {
        guint64 uneven = -n % n; /* 2^64 mod n: how many draws too many some values would get */

        while (low < uneven)
            high = multiply(assay_random_u64(self), n, &low);
    }
    return high;
}

void
assay_random_choose(AssayRandom *self, size_t *indices, size_t n, size_t k)
{
    g_return_if_fail(k <= n);
    for (size_t i = 0; i < k; i++) {
        size_t j = i + (size_t)assay_random_below(self, n - i);
        size_t chosen = indices[j];

        indices[j] = indices[i];
        indices[i] = chosen;
    }
}

void
assay_random_shuffle(AssayRandom *self, size_t *indices, size_t n)
{
    assay_random_choose(self, indices, n, n);
}
