/* base/digest.h - SHA-256, by which files and items are known (FIPS 180-4).
 *
 * GLib's own takes longer over a file than the rest of the work on it; on x86-64 the processor's
 * instructions for it are used where it has them, six times as fast.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

typedef struct AssayDigest AssayDigest;

ASSAY_API AssayDigest *assay_digest_new(void);
ASSAY_API void assay_digest_free(AssayDigest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayDigest, assay_digest_free)
ASSAY_API void assay_digest_update(AssayDigest *self, const void *data, size_t size);

/* (transfer full): in lower-case hexadecimal; nothing may be added thereafter. */
ASSAY_API char *assay_digest_finish(AssayDigest *self);

/* (transfer full): of @bytes. */
ASSAY_API char *assay_digest_bytes(GBytes *bytes);

G_END_DECLS
