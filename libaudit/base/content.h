/* base/content.h - the bytes of a file, to be read at any place and more than once.
 *
 * What is small, or can be read only once, is held in memory. A large regular file stays where it
 * is: it is opened when it is first read, so any number of these may wait without a descriptor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "input.h"

G_BEGIN_DECLS

typedef struct AssayContent AssayContent;

/* Memory as a content, for tests and fuzzers. */
ASSAY_API AssayContent *assay_content_from_bytes(const char *name, GBytes *bytes);

/**
 * assay_content_from_input:
 * @input: of which nothing is read yet; it may have been looked at
 * @path: of the same file, for reading it later
 * @max_memory: how large a regular file may be that is held in memory
 * @max_bytes: a limit for what is no regular file
 *
 * Returns: (transfer full): the content, or %NULL as assay_input_read_all().
 */
ASSAY_API AssayContent *assay_content_from_input(AssayInput *input, const char *path,
                                                 size_t max_memory, size_t max_bytes,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_content_free(AssayContent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayContent, assay_content_free)

/* What to call it in a message. */
ASSAY_API const char *assay_content_name(const AssayContent *self);

/* How much memory it holds. */
ASSAY_API size_t assay_content_held(const AssayContent *self);

/**
 * assay_content_read:
 * @at: offset of the first byte
 * @got: (out): how many bytes there were, fewer than @size only at the end
 */
ASSAY_API gboolean assay_content_read(AssayContent *self, guint64 at, void *data, size_t size,
                                      size_t *got, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_content_digest:
 *
 * Reads it from end to end. Returns: (transfer full): its SHA-256, lower-case hexadecimal.
 */
ASSAY_API char *assay_content_digest(AssayContent *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many bytes it has; of a file, as many as it had when it was first read. */
ASSAY_API gboolean assay_content_size(AssayContent *self, guint64 *size,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
