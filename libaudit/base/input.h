/* base/input.h - a file or standard input, whose first bytes can be looked at before they are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

typedef struct AssayInput AssayInput;

/**
 * assay_input_open:
 * @path: a file, or "-" for standard input
 *
 * Returns: %NULL with %ASSAY_ERROR_IO: it cannot be opened, or is a directory.
 */
ASSAY_API AssayInput *assay_input_open(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same from byte @at on, of a regular file alone. */
ASSAY_API AssayInput *assay_input_open_at(const char *path, guint64 at,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_input_from_bytes:
 *
 * Memory as an input, for tests and fuzzers.
 */
ASSAY_API AssayInput *assay_input_from_bytes(const char *name, GBytes *bytes);
ASSAY_API void assay_input_free(AssayInput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayInput, assay_input_free)

/**
 * AssayInputRead:
 * @got: (out): how many bytes were put into @data, at most @size; 0 at the end
 */
typedef gboolean (*AssayInputRead)(gpointer user, void *data, size_t size, size_t *got,
                                   GError **error);

/**
 * assay_input_from_reader:
 * @read: where the bytes come from
 * @user: (transfer full): handed to @read, and in the end to @free_user
 *
 * What another reader delivers, a member of an archive say, as an input.
 */
ASSAY_API AssayInput *assay_input_from_reader(const char *name, AssayInputRead read, gpointer user,
                                              GDestroyNotify free_user);

/* What to call it in a message: its path, or "standard input". */
ASSAY_API const char *assay_input_name(const AssayInput *self);

/* Whether it is a file that can be read again from the start. */
ASSAY_API gboolean assay_input_is_regular(const AssayInput *self);

/**
 * assay_input_digest:
 *
 * Digests all that is read, for assay_input_finish(). To be called before anything is read; it may
 * have been looked at.
 */
ASSAY_API void assay_input_digest(AssayInput *self);

/* The same, in a thread of its own where there is much to read. */
ASSAY_API void assay_input_digest_beside(AssayInput *self);

/**
 * assay_input_finish:
 * @size: (out): how many bytes there were in all
 *
 * Reads what is left. Returns: (transfer full): the SHA-256 of it all, lower-case hexadecimal, or
 *     %NULL with %ASSAY_ERROR_IO.
 */
ASSAY_API char *assay_input_finish(AssayInput *self, guint64 *size,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_input_peek:
 * @data: (out): the next bytes, valid until the next call
 * @size: (inout): in, how many are wanted, at most 64 KiB; out, how many there are, fewer only
 *     at the end
 */
ASSAY_API gboolean assay_input_peek(AssayInput *self, const guint8 **data, size_t *size,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_input_read:
 * @data: (out): the next bytes, valid until the next call
 * @size: (out): how many; 0 at the end
 *
 * Reads a block of the input's own choice, at most 64 KiB.
 */
ASSAY_API gboolean assay_input_read(AssayInput *self, const guint8 **data, size_t *size,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_input_read_into:
 *
 * Reads until @size bytes have come or the input ends; *@got says how many.
 */
ASSAY_API gboolean assay_input_read_into(AssayInput *self, void *data, size_t size, size_t *got,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same without handing them out: they are but digested, where that is wanted. */
ASSAY_API gboolean assay_input_skip(AssayInput *self, guint64 size, guint64 *got,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_input_read_all:
 *
 * All that is left, in memory that grows as bytes arrive.
 *
 * Returns: %NULL with %ASSAY_ERROR_RANGE past @max_bytes, or %ASSAY_ERROR_IO.
 */
ASSAY_API GBytes *assay_input_read_all(AssayInput *self, size_t max_bytes,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
