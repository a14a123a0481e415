/* values/feed-private.h - the samples of a stream, or the one that a MIDI file, an array or an .npz
 * is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/source.h"
#include "../stream/stream.h"
#include "values.h"

typedef struct AssayFeed AssayFeed;

/**
 * assay_feed_new:
 * @input: (transfer full)
 * @name, @shown: of the sample that a file is, and of its source
 * @only: (nullable): the one array of an .npz that is read
 *
 * Returns: %NULL where @input holds no samples, or is broken.
 */
AssayFeed *assay_feed_new(AssayInput *input, const char *name, const char *shown, const char *only,
                          size_t max_bytes, GError **error);
void assay_feed_free(AssayFeed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayFeed, assay_feed_free)

/* What a file that cannot be read means: for one without samples @error is set and %FALSE returned;
 * any other is a fault among many. */
gboolean assay_feed_fault(GError *error, AssayValuesFault fault, gpointer user, GError **fatal);

/* Hands to @fault what the end records say was left out upstream. */
void assay_feed_tell_skips(AssayFeed *self, AssayValuesFault fault, gpointer user);

/* Adds "pixels" of the bytes of a picture, or of an IDX file, where @medium is NULL; of other IDX
 * files "array". */
gboolean assay_feed_decode_pictures(AssaySample *sample, GBytes *bytes, const AssayMedium *medium,
                                    const char *shown, size_t max_bytes, GError **error);

/* What @input holds, where that is in gzip. (transfer full), also on failure */
AssayInput *assay_feed_unpack(AssayInput *input, size_t max_bytes, GError **error);

/* Whether it is a file that is one sample. */
gboolean assay_feed_is_file(const AssayFeed *self);

/**
 * assay_feed_next:
 * @sample: (out) (transfer full) (nullable): the next one
 * @fault: (out): why the next one, or an array of the one after, cannot be had; with neither it is
 * the end
 *
 * Returns: %FALSE for a stream that breaks off or is corrupt.
 */
gboolean assay_feed_next(AssayFeed *self, AssaySample **sample, GError **fault, GError **error);
