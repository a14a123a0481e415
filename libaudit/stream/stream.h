/* stream/stream.h - the sample stream: a tar of .npy and .json, with a head and an end.
 *
 * Stands on: libarchive, for the tar itself; no other file includes it. assay-stream(5) is the
 * format. A stream is one segment or several (streams concatenated are a stream); a segment begins
 * with __stream__/head.json and ends with __stream__/end.json. A tar that begins otherwise is a
 * foreign one (a WebDataset shard), which has samples and neither head nor end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/input.h"
#include "../base/output.h"
#include "sample.h"

G_BEGIN_DECLS

#define ASSAY_STREAM_VERSION 1

/* The most bytes of one piece of a sample with an item axis. */
#define ASSAY_STREAM_PIECE ((size_t)64 << 20)

/* Of what files of arrays are cut into: a piece that stays in a core's own cache until it was
 * worked on, and enough pieces that every worker has some. */
#define ASSAY_STREAM_CUT ((size_t)1 << 20)

/**
 * AssaySkip:
 * @name: the sample or file that was left out
 * @reason: why, as the message that named it
 * @accepted: whether --skip-bad said that leaving it out is no failure
 * @n_items: of a sample with an item axis, how many of its items, from @item_start on; 0: all of it
 */
typedef struct {
    char *name;
    char *reason;
    gboolean accepted;
    size_t item_start, n_items;
} AssaySkip;

ASSAY_API AssaySkip *assay_skip_new(const char *name, const char *reason, gboolean accepted);
ASSAY_API AssaySkip *assay_skip_copy(const AssaySkip *self) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_skip_free(AssaySkip *self);

/* Reading. */
typedef struct AssayReader AssayReader;

/**
 * assay_reader_new:
 * @input: (transfer full): where the tar comes from
 * @max_bytes: a limit for each sample
 *
 * Returns: %NULL with %ASSAY_ERROR_TRUNCATED for no bytes at all, or %ASSAY_ERROR_FORMAT for bytes
 *     that are no tar.
 */
ASSAY_API AssayReader *assay_reader_new(AssayInput *input, size_t max_bytes,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_reader_free(AssayReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayReader, assay_reader_free)

/**
 * assay_reader_next:
 * @sample: (out) (transfer full): the next sample, or %NULL at the end; its metadata are not read
 *     yet, see assay_sample_unpack()
 *
 * Returns: %FALSE with %ASSAY_ERROR_TRUNCATED (a segment without its end record, a tar cut short),
 *     %ASSAY_ERROR_FORMAT, %ASSAY_ERROR_RANGE (a sample over the limit) or %ASSAY_ERROR_IO; the
 *     stream cannot be read on after that.
 */
ASSAY_API gboolean assay_reader_next(AssayReader *self, AssaySample **sample,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_reader_take_skips:
 *
 * Returns: (transfer full) (element-type AssaySkip): what the end records read so far say was left
 *     out upstream, since the last call.
 */
ASSAY_API GPtrArray *assay_reader_take_skips(AssayReader *self);

/**
 * assay_stream_sniff:
 *
 * Returns: whether @size bytes (512 of them decide) begin a tar, or one in gzip.
 */
ASSAY_API gboolean assay_stream_sniff(const guint8 *data, size_t size);

/* Writing. */
typedef struct AssayWriter AssayWriter;

/**
 * assay_writer_new:
 * @output: (transfer full): where the tar goes
 * @stage: (nullable): this program's own entry in the head: an object with "tool", "version" and
 *     "options"
 *
 * The head is written with the first sample, since it says what made that sample before; samples
 * of another origin begin a new segment, and so does a sample called as the one before it.
 */
ASSAY_API AssayWriter *assay_writer_new(AssayOutput *output, const AssayJson *stage);
ASSAY_API void assay_writer_free(AssayWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayWriter, assay_writer_free)

/**
 * assay_writer_only:
 * @fields: names, ended by %NULL: no other field and no foreign member is written
 */
ASSAY_API void assay_writer_only(AssayWriter *self, const char *const *fields);

/**
 * assay_writer_prepare:
 * @sample: one that is done: of a small one all that is written is made here, and takes the place
 *     of its metadata and fields, so that only assay_writer_put() is left for it
 *
 * Safe in any thread, for different samples, once it is said which fields are written.
 */
ASSAY_API void assay_writer_prepare(const AssayWriter *self, AssaySample *sample);

ASSAY_API gboolean assay_writer_put(AssayWriter *self, AssaySample *sample,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_writer_skip:
 *
 * Notes what was left out; it goes into the end record.
 */
ASSAY_API void assay_writer_skip(AssayWriter *self, const AssaySkip *skip);

/**
 * assay_writer_close:
 *
 * Writes the end record, ends the tar and closes the output, whose status is the answer. A writer
 * that is freed without this leaves no file behind.
 */
ASSAY_API gboolean assay_writer_close(AssayWriter *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
