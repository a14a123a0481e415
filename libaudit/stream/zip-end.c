/* stream/zip-end.c - source of the layout: PKWARE, APPNOTE.TXT, "End of central directory record".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "zip-end-private.h"

#include <string.h>

#include "../base/error.h"

/* A record of fixed size, and a comment. */
enum { RECORD = 22, MAX_COMMENT = 65535 };

void
assay_zip_end_keep(GByteArray *tail, const guint8 *data, size_t size)
{
    g_byte_array_append(tail, data, (guint)size);
    if (tail->len > 4 * (RECORD + MAX_COMMENT))
        g_byte_array_remove_range(tail, 0, tail->len - (RECORD + MAX_COMMENT));
}

/* Where the record begins, or -1. */
static gssize
find_record(const GByteArray *tail)
{
    for (gssize at = (gssize)tail->len - RECORD; at >= 0; at--) {
        const guint8 *end = tail->data + at;

        if (memcmp(end, "PK\5\6", 4) == 0 &&
            (size_t)at + RECORD + end[20] + 256u * end[21] == tail->len)
            return at;
    }
    return -1;
}

gboolean
assay_zip_end_check(const GByteArray *tail, guint64 n_members, const char *name, GError **error)
{
    gssize at = find_record(tail);
    guint n_listed;

    if (at < 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "%s: not a whole zip: its directory, at the end, is cut off", name);
        return FALSE;
    }
    n_listed = tail->data[at + 10] + 256u * tail->data[at + 11];
    /* 65,535 or more are counted elsewhere. */
    if (n_listed == 0xffff || n_listed == n_members)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "%s: not a sound zip: its directory lists %u members, %" G_GUINT64_FORMAT
                " are there",
                name, n_listed, n_members);
    return FALSE;
}
