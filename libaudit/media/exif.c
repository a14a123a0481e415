/* media/exif.c - which way up a picture is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "picture-private.h"

enum { ENTRY = 12, TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3 };

static guint
read_u16(const guint8 *at, gboolean is_big)
{
    return is_big ? (guint)at[0] << 8 | at[1] : (guint)at[1] << 8 | at[0];
}

static guint32
read_u32(const guint8 *at, gboolean is_big)
{
    guint32 first = read_u16(at, is_big), second = read_u16(at + 2, is_big);

    return is_big ? first << 16 | second : second << 16 | first;
}

guint
assay_exif_orientation(const guint8 *data, size_t size)
{
    gboolean is_big = size >= 8 && memcmp(data, "MM\0*", 4) == 0;
    size_t directory;
    guint n;

    if (size < 8 || (!is_big && memcmp(data, "II*\0", 4) != 0))
        return 1;
    directory = read_u32(data + 4, is_big);
    if (directory > size - 2)
        return 1;
    n = read_u16(data + directory, is_big);
    for (guint i = 0; i < n; i++) {
        size_t at = directory + 2 + (size_t)i * ENTRY;
        guint value;

        if (at + ENTRY > size)
            return 1;
        if (read_u16(data + at, is_big) != TAG_ORIENTATION)
            continue;
        value = read_u16(data + at + 8, is_big);
        if (read_u16(data + at + 2, is_big) == TYPE_SHORT && value >= 1 && value <= 8)
            return value;
        return 1;
    }
    return 1;
}
