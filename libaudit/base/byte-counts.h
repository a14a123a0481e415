/* base/byte-counts.h - how often each byte occurs.
 *
 * On x86-64 the processor's instructions for vectors of bytes are used where it has them: twice as
 * fast, since what is 0 is taken out first, and counting takes the time of a store a byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

/* The most bytes that counts of 16 bits hold. */
#define ASSAY_BYTE_COUNTS_MOST ((size_t)G_MAXUINT16)

/**
 * assay_byte_counts:
 * @n: at most ASSAY_BYTE_COUNTS_MOST
 * @counts: (out) (array fixed-size=256)
 */
ASSAY_API void assay_byte_counts(const guint8 *bytes, size_t n, guint16 *counts);

G_END_DECLS
