/* base/digest-thread.h - SHA-256 in a thread of its own, while the caller goes on reading.
 *
 * Stands on: base/digest.h. A digest takes longer than the reading and the looking through of a
 * file, and waits for nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

typedef struct AssayDigestThread AssayDigestThread;

/* What is short is digested without a thread. */
ASSAY_API AssayDigestThread *assay_digest_thread_new(void);
ASSAY_API void assay_digest_thread_free(AssayDigestThread *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayDigestThread, assay_digest_thread_free)

/* @data is copied; waits where more than a MiB is still to be digested. */
ASSAY_API void assay_digest_thread_update(AssayDigestThread *self, const void *data, size_t size);

/* Where the next bytes may be put without being copied, one at least; and that so many are there.
 */
ASSAY_API gpointer assay_digest_thread_room(AssayDigestThread *self, size_t *size);
ASSAY_API void assay_digest_thread_filled(AssayDigestThread *self, size_t size);

/* (transfer full): in lower-case hexadecimal; nothing may be added thereafter. */
ASSAY_API char *assay_digest_thread_finish(AssayDigestThread *self);

G_END_DECLS
