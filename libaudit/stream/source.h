/* stream/source.h - operands, whatever they hold, as one sequence of samples to be made.
 *
 * An operand is a file, a folder, or "-". What a file holds is seen from its first bytes: a stream,
 * a .npy array, or one of the media that the caller names; or .npz, a table, or raw bytes. Reading
 * is the source's work and happens in order, in one thread; decoding is left to whoever asked, see
 * assay_arrival_open().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "names.h"
#include "picture-arrays.h"
#include "stream.h"

G_BEGIN_DECLS

/**
 * AssayMedium:
 * @name: "MIDI"
 * @suffixes: (".mid"), ended by %NULL: which files of a folder are of this kind
 * @sniff: whether a file that begins with these bytes (up to 512) is of this kind
 * @decode: adds the fields of this medium to @sample, none over @max_bytes, and audit facts to its
 *     "source"; runs in any thread. Without one (%NULL), the file goes with the sample as it is,
 *     see assay_sample_content(), and a stage decodes it
 */
typedef struct {
    const char *name;
    const char *const *suffixes;
    gboolean (*sniff)(const void *data, size_t size);
    gboolean (*decode)(AssaySample *sample, GBytes *bytes, size_t max_bytes, GError **error);
} AssayMedium;

/* See stream/array-config.h. */
typedef struct AssayArrayConfig AssayArrayConfig;

/**
 * AssaySourceConfig:
 * @operands: ended by %NULL
 * @media: kinds of files that are read, ended by %NULL; %NULL: none
 * @streams: whether streams are read
 * @hint: (nullable): advice for a file of a kind that is not read
 * @array_axes: (nullable): names for the axes of .npy files, ended by %NULL; without them a .npy is
 *     refused, with @array_hint as the advice
 * @max_bytes: a limit for every sample and file
 * @arrays: (nullable): that .npy, .npz, tables and raw bytes are read, and how; @array_axes and
 *     @array_hint are then nothing
 * @pictures: (nullable): that IDX and CIFAR files are read, and how arrays are taken for pictures;
 *     tables and raw bytes are not read then
 * @tables: (nullable): that tables are read, and how, where @arrays does not say so: they are then
 *     read by their names alone, not looked for in folders
 * @spool_folder: (nullable): where a pipe of arrays is kept while it is read twice, once it is
 * larger than a piece; without one, what is larger than @max_bytes is refused
 * @names_repeat: whether operands are sets, in each of which names are unique by themselves
 * @has_threads: whether a file of arrays may be digested while it is looked through, and the next
 *     looked through while it is read
 * @stdin_name: (nullable): the name of the sample from standard input, see assay_name_from_text()
 */
typedef struct {
    const char *const *operands;
    const AssayMedium *const *media;
    gboolean streams;
    const char *hint;
    const char *const *array_axes;
    const char *array_hint;
    size_t max_bytes;
    const AssayArrayConfig *arrays;
    const AssayArrayConfig *tables;
    const AssayPictureArrays *pictures;
    const char *spool_folder;
    gboolean names_repeat;
    gboolean has_threads;
    const char *stdin_name;
} AssaySourceConfig;

typedef struct AssaySource AssaySource;

/* What cannot be opened or read is an arrival of its own, see assay_source_next(). */
ASSAY_API AssaySource *assay_source_new(const AssaySourceConfig *config) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_source_free(AssaySource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySource, assay_source_free)

/* What the operands come to, streams being one file, and what was passed over in folders. */
ASSAY_API size_t assay_source_n_files(const AssaySource *self);
ASSAY_API const AssayListing *assay_source_listing(const AssaySource *self);

/* What is read: "MIDI or sample stream" (transfer full). */
ASSAY_API char *assay_source_kinds(const AssaySourceConfig *config) G_GNUC_WARN_UNUSED_RESULT;

/* Of a file of arrays: where its values are. */
typedef struct AssayArrayPiece AssayArrayPiece;

/**
 * AssayArrival:
 *
 * What comes next: a sample still to be opened, or word of one that was left out.
 * @operand: the index of the operand it came from
 * @file: the index of the file it came from, for progress
 * @name: of the sample, or of the one that a file would have been
 * @has_items: whether it is known that it is a piece of @n_items from @item_start on; what it was,
 *     also once it is left out
 * @fault: (nullable): why it is left out
 * @upstream: (nullable): a skip that an end record reported, rather than one of our own
 */
typedef struct {
    size_t operand;
    size_t file;
    char *name;
    gboolean has_items;
    size_t item_start, n_items;
    AssaySample *sample;
    GError *fault;
    AssaySkip *upstream;
    /* for assay_arrival_open() */
    const AssayMedium *medium;
    const AssayArrayConfig *arrays; /* of a table */
    GBytes *bytes;
    AssayContent *content;
    AssayArrayPiece *piece; /* of @sample, which has no field yet */
    AssaySample *origin;    /* @sample as it was when it was opened, for assay_arrival_slice() */
    char *shown;
    size_t max_bytes;
} AssayArrival;

ASSAY_API void assay_arrival_free(AssayArrival *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayArrival, assay_arrival_free)
ASSAY_API size_t assay_arrival_bytes(const AssayArrival *self);

/**
 * assay_source_next:
 * @arrival: (out) (transfer full): the next one, or %NULL at the end
 *
 * Returns: %FALSE for a stream that is truncated or corrupt, which ends everything. A medium that
 *     cannot be read is an arrival with its fault set.
 */
ASSAY_API gboolean assay_source_next(AssaySource *self, AssayArrival **arrival,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_arrival_open:
 *
 * Decodes what arrived: reads a stream sample's metadata, or runs the medium's decoder. The sample
 * is then @arrival->sample. Safe in any thread, for different arrivals.
 */
ASSAY_API gboolean assay_arrival_open(AssayArrival *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_arrival_slice:
 *
 * To be asked of arrivals with an @origin alone.
 *
 * Returns: (transfer full): @count items from the @start-th of what was opened, whatever became of
 *     the sample since. %NULL with @error set where they cannot be had: a file cannot be read
 *     again, or arrays do not have as many items.
 */
ASSAY_API AssaySample *assay_arrival_slice(AssayArrival *self, size_t start, size_t count,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* No slice will be asked for: what is kept for them is freed. */
ASSAY_API void assay_arrival_settle(AssayArrival *self);

G_END_DECLS
