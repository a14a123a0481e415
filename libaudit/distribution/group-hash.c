/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "group-hash.h"

#include <string.h>

#include "distribution.h"

/* A number that no group has stands for "none was dropped". */
static guint64
below_none(guint64 hash)
{
    return MIN(hash, ASSAY_DROPPED_NONE - 1);
}

static guint64
hash_text(const char *text)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize size = sizeof digest;
    guint64 hash;

    g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text));
    g_checksum_get_digest(checksum, digest, &size);
    memcpy(&hash, digest, sizeof hash);
    return below_none(GUINT64_FROM_BE(hash));
}

guint64
assay_group_hash_name(const char *group)
{
    g_autofree char *text = g_strconcat("group\n", group, NULL);

    return hash_text(text);
}

guint64
assay_group_hash_source(const char *name, const char *sha256, const char *origin)
{
    g_autofree char *text = g_strjoin("\n", "source", name, sha256, origin, NULL);

    return hash_text(text);
}

guint64
assay_group_hash_item(guint64 source, guint64 index)
{
    guint64 z = source + (index + 1) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return below_none(z ^ (z >> 31));
}

static guint64
count_below(guint64 source, guint64 n_items, guint64 bound)
{
    guint64 n = 0;

    for (guint64 i = 0; i < n_items; i++)
        n += assay_group_hash_item(source, i) < bound;
    return n;
}

/* Numbers are spread evenly, so the first guess, some more than would do on average, mostly does.
 */
guint64
assay_group_hash_bound(guint64 source, guint64 n_items, guint64 n_wanted)
{
    double share = 1.1 * (double)n_wanted / (double)n_items;

    for (; share < 0.5; share *= 1.25) {
        guint64 bound = (guint64)(share * 0x1p64);

        if (count_below(source, n_items, bound) >= n_wanted)
            return bound;
    }
    return ASSAY_DROPPED_NONE;
}
