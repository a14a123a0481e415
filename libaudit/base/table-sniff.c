/* base/table-sniff.c - whether bytes look like a table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "table.h"

/* Valid UTF-8 but for a character that is cut off, and no controls that a text has not. */
gboolean
assay_text_sniff(const guint8 *data, size_t size)
{
    const char *end;

    for (size_t i = 0; i < size; i++) {
        if (data[i] < 0x20 && data[i] != '\t' && data[i] != '\n' && data[i] != '\r')
            return FALSE;
    }
    return g_utf8_validate((const char *)data, (gssize)size, &end) ||
           (size >= ASSAY_TABLE_SNIFFED && (size_t)((const guint8 *)end - data) + 4 > size);
}

/* The first line has a tab; that of a table of one column has no blank either. */
gboolean
assay_table_sniff(const guint8 *data, size_t size)
{
    const guint8 *end = memchr(data, '\n', size);
    size_t line = end == NULL ? size : (size_t)(end - data);

    return size > 0 && assay_text_sniff(data, size) &&
           (memchr(data, '\t', line) != NULL || memchr(data, ' ', line) == NULL);
}

gboolean
assay_table_sniff_column(const guint8 *data, size_t size, const char *name)
{
    static const char mark[] = "\xef\xbb\xbf";
    g_autofree char *line = NULL;
    g_auto(GStrv) names = NULL;

    if (!assay_table_sniff(data, size))
        return FALSE;
    line = g_strndup((const char *)data, size);
    line[strcspn(line, "\r\n")] = '\0';
    names = g_strsplit(line + (g_str_has_prefix(line, mark) ? strlen(mark) : 0), "\t", -1);
    return g_strv_contains((const char *const *)names, name);
}
