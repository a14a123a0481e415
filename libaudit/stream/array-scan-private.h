/* stream/array-scan-private.h - a file of arrays, looked through before a sample is made of it.
 *
 * The scan reads the file once: for its digest, and so that what is wrong with it is known before
 * the first piece goes out. The arrays are then read from their starts.
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
 * @format: "npy", "npz" or "raw"
 * @spool: (nullable): what is kept of a pipe, which cannot be read twice
 * @parts: (element-type AssayArrayPart): of one length, if they have an item axis
 * @has_items: whether their first axis is "item"
 * @non_finite: how many values are NaN or infinite
 * @other_members: how many members of an .npz are no arrays
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
} AssayArrayScan;

/* @input: (transfer full), also on failure; @file and @config are borrowed. */
AssayArrayScan *assay_array_scan_new(AssayInput *input, const AssayFile *file,
                                     const AssaySourceConfig *config, GError **error);
void assay_array_scan_free(AssayArrayScan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayArrayScan, assay_array_scan_free)

/* The bytes of a part, from its first value on. */
AssayInput *assay_array_scan_open(const AssayArrayScan *self, const AssayArrayPart *part,
                                  GError **error);

/* For the parts of the scan. A part for array @member of an .npz, or for the file where that is
 * NULL;
 * @index counts the parts. */
AssayArrayPart *assay_array_scan_part_new(const AssayArrayScan *self, const char *member,
                                          size_t index);

/* Looks through an array from its header to its end, which has to be that of @input. */
gboolean assay_array_scan_array(AssayArrayScan *self, AssayArrayPart *part, AssayInput *input,
                                GError **error);

/* Looks through an .npz; @input: (transfer full). */
gboolean assay_array_scan_npz(AssayArrayScan *self, AssayInput *input, GError **error);

/* What @n values of a part take once they are decoded; float16 becomes float32. */
size_t assay_array_part_bytes(const AssayArrayPart *part, size_t n);

G_END_DECLS
