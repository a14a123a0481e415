/* base/digest-private.h - the compression of SHA-256 by the processor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* Whether this processor has the instructions. */
gboolean assay_sha256_is_native(void);

/* Takes @n blocks of 64 bytes into @state; only where assay_sha256_is_native(). */
void assay_sha256_blocks(guint32 state[8], const guint8 *data, size_t n);
