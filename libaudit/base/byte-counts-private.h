/* base/byte-counts-private.h - the same for any processor, and by AVX-512.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* Eight tables, so that equal neighbours do not wait for each other. */
enum { ASSAY_BYTE_TABLES = 8 };
typedef guint16 AssayByteTables[ASSAY_BYTE_TABLES][256];

/* Adds eight bytes, the lowest first, to a table each. */
static inline void
assay_byte_tables_add(AssayByteTables tables, guint64 eight)
{
    tables[0][eight & 255]++;
    tables[1][eight >> 8 & 255]++;
    tables[2][eight >> 16 & 255]++;
    tables[3][eight >> 24 & 255]++;
    tables[4][eight >> 32 & 255]++;
    tables[5][eight >> 40 & 255]++;
    tables[6][eight >> 48 & 255]++;
    tables[7][eight >> 56]++;
}

void assay_byte_counts_plain(const guint8 *bytes, size_t n, guint16 *counts);

/* Only where this processor has the instructions. */
gboolean assay_byte_counts_is_native(void);
void assay_byte_counts_native(const guint8 *bytes, size_t n, guint16 *counts);
