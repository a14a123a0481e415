/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "digest.h"

#include <string.h>

#include "digest-private.h"

enum { BLOCK = 64, LENGTH_AT = 56, WORDS = 8 };

struct AssayDigest {
    GChecksum *checksum; /* where the processor has no instructions for it; else NULL */
    guint32 state[WORDS];
    guint64 n;           /* bytes so far */
    guint8 block[BLOCK]; /* those of the last, incomplete block */
};

/* Asked once: on a virtual machine asking the processor takes longer than digesting a small file.
 */
static gboolean
is_native(void)
{
    enum { UNKNOWN, NO, YES };
    static gint known = UNKNOWN;

    if (g_atomic_int_get(&known) == UNKNOWN)
        g_atomic_int_set(&known, assay_sha256_is_native() ? YES : NO);
    return g_atomic_int_get(&known) == YES;
}

AssayDigest *
assay_digest_new(void)
{
    /* The first 32 bits of the fractional parts of the square roots of the first 8 primes. */
    static const guint32 start[WORDS] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
    AssayDigest *self = g_new0(AssayDigest, 1);

    if (!is_native())
        self->checksum = g_checksum_new(G_CHECKSUM_SHA256);
    memcpy(self->state, start, sizeof start);
    return self;
}

void
assay_digest_free(AssayDigest *self)
{
    if (self == NULL)
        return;
    if (self->checksum != NULL)
        g_checksum_free(self->checksum);
    g_free(self);
}

static void
update_checksum(GChecksum *checksum, const guint8 *data, size_t size)
{
    while (size > 0) { /* which takes no more than a signed size */
        size_t part = MIN(size, (size_t)1 << 30);

        g_checksum_update(checksum, data, (gssize)part);
        data += part;
        size -= part;
    }
}

void
assay_digest_update(AssayDigest *self, const void *data, size_t size)
{
    const guint8 *bytes = data;
    size_t held = (size_t)(self->n % BLOCK);

    if (self->checksum != NULL) {
        update_checksum(self->checksum, bytes, size);
        return;
    }
    self->n += size;
    if (held > 0) {
        size_t part = MIN(size, BLOCK - held);

        memcpy(self->block + held, bytes, part);
        bytes += part;
        size -= part;
        if (held + part < BLOCK)
            return;
        assay_sha256_blocks(self->state, self->block, 1);
    }
    assay_sha256_blocks(self->state, bytes, size / BLOCK);
    if (size % BLOCK > 0)
        memcpy(self->block, bytes + size / BLOCK * BLOCK, size % BLOCK);
}

char *
assay_digest_finish(AssayDigest *self)
{
    static const guint8 padding[BLOCK] = { 0x80 };
    guint64 bits = self->n * 8;
    size_t held = (size_t)(self->n % BLOCK);
    guint8 length[8];
    char *text;

    if (self->checksum != NULL)
        return g_strdup(g_checksum_get_string(self->checksum));
    for (size_t i = 0; i < sizeof length; i++)
        length[i] = (guint8)(bits >> (56 - 8 * i));
    assay_digest_update(self, padding,
                        held < LENGTH_AT ? LENGTH_AT - held : BLOCK + LENGTH_AT - held);
    assay_digest_update(self, length, sizeof length);
    text = g_malloc(8 * WORDS + 1);
    for (size_t i = 0; i < 8 * (size_t)WORDS; i++)
        text[i] = "0123456789abcdef"[self->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
    text[8 * WORDS] = '\0';
    return text;
}

char *
assay_digest_bytes(GBytes *bytes)
{
    g_autoptr(AssayDigest) self = assay_digest_new();
    size_t size;
    const void *data = g_bytes_get_data(bytes, &size);

    if (size > 0)
        assay_digest_update(self, data, size);
    return assay_digest_finish(self);
}
