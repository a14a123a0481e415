/* stream/npz.h - NumPy's .npz: a zip of .npy, read member by member, from a pipe as well.
 *
 * Stored and deflated members, zip64 and data descriptors are read, as numpy.savez() and
 * numpy.savez_compressed() write them; a zip that is cut off, or whose directory lists other
 * members than it has, is an error.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/input.h"
#include "npy.h"

G_BEGIN_DECLS

typedef struct AssayNpz AssayNpz;

/**
 * assay_npz_sniff:
 *
 * Returns: whether @size bytes (4 of them decide) begin a zip.
 */
ASSAY_API gboolean assay_npz_sniff(const guint8 *data, size_t size);

/**
 * assay_npz_new:
 * @input: (transfer full), also on failure
 * @name: what to call it in messages
 */
ASSAY_API AssayNpz *assay_npz_new(AssayInput *input, const char *name,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_npz_free(AssayNpz *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayNpz, assay_npz_free)

/* Where it reads from; borrowed. */
ASSAY_API AssayInput *assay_npz_input(const AssayNpz *self);

/**
 * AssayNpzMember:
 * @path: as the zip has it, escaped
 * @array: (nullable): what numpy.load() calls it, the path without ".npy"; %NULL where it is no
 *     .npy
 * @is_encrypted: whether it cannot be read
 *
 * Borrowed, until the next call.
 */
typedef struct {
    const char *path;
    const char *array;
    gboolean is_encrypted;
} AssayNpzMember;

/**
 * assay_npz_next:
 * @is_member: (out): %FALSE at the end
 *
 * Returns: %FALSE with %ASSAY_ERROR_TRUNCATED or %ASSAY_ERROR_FORMAT (no zip, two members of one
 *     name, more than 65,536 of them).
 */
ASSAY_API gboolean assay_npz_next(AssayNpz *self, AssayNpzMember *member, gboolean *is_member,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_npz_open:
 *
 * The bytes of the member that assay_npz_next() came to, unpacked as they are read; they are gone
 * once it is called again. What is wrong with them is told by the reading of them.
 *
 * Returns: (transfer full): an input, to be freed before @self.
 */
ASSAY_API AssayInput *assay_npz_open(AssayNpz *self) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the bytes of the member at hand were broken, as far as they were read. */
ASSAY_API gboolean assay_npz_is_broken(const AssayNpz *self);

/**
 * assay_npz_find:
 * @self: (transfer full): of which nothing is read yet
 * @array: as in AssayNpzMember
 *
 * Returns: (transfer full): the bytes of that array, or %NULL with %ASSAY_ERROR_FIELD where there
 *     is none (the message lists those there are), or as assay_npz_next().
 */
ASSAY_API AssayInput *assay_npz_find(AssayNpz *self, const char *array,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
