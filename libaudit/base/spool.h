/* base/spool.h - what can be read only once, kept so that it can be read again.
 *
 * A pipe is kept as it is read: in memory as long as it is small, then in a file without a name,
 * which is gone with the process, however that ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "input.h"

G_BEGIN_DECLS

typedef struct AssaySpool AssaySpool;

/**
 * assay_spool_new:
 * @input: (transfer full): of which nothing is read yet
 * @max_memory: how many bytes are kept in memory
 * @folder: (nullable): where the file is made that takes all of them once they are more; without
 *     one, more are refused
 */
ASSAY_API AssaySpool *assay_spool_new(AssayInput *input, size_t max_memory, const char *folder);
ASSAY_API void assay_spool_free(AssaySpool *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySpool, assay_spool_free)

/**
 * assay_spool_fill:
 *
 * Returns: (transfer full): an input that reads on, and keeps what it reads. It fails with
 *     %ASSAY_ERROR_RANGE where there are more than @max_memory bytes and no folder, and with
 *     %ASSAY_ERROR_IO where the file cannot be made or written. To be freed before @self.
 */
ASSAY_API AssayInput *assay_spool_fill(AssaySpool *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_spool_open:
 *
 * Returns: (transfer full): what is kept, from its start; any number of these may be read side by
 *     side, in one thread. To be freed before @self.
 */
ASSAY_API AssayInput *assay_spool_open(const AssaySpool *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
