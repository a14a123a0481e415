/* stream/array-part-private.h - one array of a file, and what is known of the file while it is
 * looked through.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/spool.h"
#include "array-config.h"
#include "source.h"

G_BEGIN_DECLS

/**
 * AssayArrayPart:
 * @member: (nullable): of an .npz
 * @label: what to call it in messages
 * @field: what it becomes
 * @axes: (not owned): their names, ended by %NULL
 * @n_values: the product of its shape
 */
typedef struct {
    char *member;
    char *label;
    char *field;
    const char *const *axes;
    AssayNpyHeader header;
    size_t n_values;
} AssayArrayPart;

/**
 * AssayArrayScan:
 * @format: "npy", "npz", "raw", "IDX", "CIFAR-10" or "CIFAR-100"
 * @spool: (nullable): what is kept of a pipe, which cannot be read twice
 * @parts: (element-type AssayArrayPart): of one length, if they have an item axis
 * @has_items: whether their first axis is "item"
 * @non_finite: how many values are NaN or infinite
 * @other_members: how many members of an .npz are no arrays
 * @cifar_labels: of a record of CIFAR's, 1 or 2
 * @meta: for the metadata of the fields
 * @labels, @coarse_labels: (nullable): of the items
 */
typedef struct {
    const AssayFile *file;
    const AssaySourceConfig *config;
    const char *format;
    AssaySpool *spool;
    GPtrArray *parts;
    gboolean has_items;
    char *sha256;
    guint64 non_finite;
    guint64 other_members;
    gboolean is_gzip;
    guint cifar_labels;
    AssayJson *meta;
    AssayJson *labels, *coarse_labels;
} AssayArrayScan;

/* A part for array @member of an .npz, or for the file where that is
 * NULL;
 * @index counts the parts. */
AssayArrayPart *assay_array_part_new(const AssayArrayScan *self, const char *member, size_t index);

/* Looks through an array from its header to its end, which has to be that of @input. */
gboolean assay_array_part_array(AssayArrayScan *self, AssayArrayPart *part, AssayInput *input,
                                GError **error);

/* The same from its first value on; its header is known. */
gboolean assay_array_part_values(AssayArrayScan *self, AssayArrayPart *part, AssayInput *input,
                                 GError **error);

/* Whether its header goes with its axes, and with the limit. */
gboolean assay_array_part_shape(const AssayArrayScan *self, AssayArrayPart *part, GError **error);
gboolean assay_array_part_limit(const AssayArrayScan *self, const AssayArrayPart *part,
                                GError **error);

/* Reads values to the end of @input, *@got bytes of them. */
gboolean assay_array_part_all(AssayArrayScan *self, AssayInput *input, const AssayNpyHeader *header,
                              guint64 *got, GError **error);

/* How many of @n items are wanted. */
size_t assay_array_part_taken(const AssayArrayScan *self, size_t n);

/* Whether the values of an item lie together, and may be read by themselves wherever they are: of a
 * file that is no archive, not compressed, and as it will be in memory. */
gboolean assay_array_part_lies_open(const AssayArrayScan *self, const AssayArrayPart *part);

/* The file has lost its end since it was looked through. */
void assay_array_set_shorter(const char *label, GError **error);

/* What @n values of a part take once they are decoded; float16 becomes float32. */
size_t assay_array_part_bytes(const AssayArrayPart *part, size_t n);

gboolean assay_array_part_has_items(const AssayArrayPart *part);
void assay_array_part_free(AssayArrayPart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayArrayPart, assay_array_part_free)

G_END_DECLS
