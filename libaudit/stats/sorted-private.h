/* stats/sorted-private.h - what is in a sorted store, for who draws from it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sorted.h"

/**
 * AssaySortedRun:
 * @at: in bytes, where the run begins in the file
 * @n: how many keys it has
 */
typedef struct {
    guint64 at, n;
} AssaySortedRun;

/**
 * AssaySorted:
 * @keys: (array length=n_keys): in memory: unsigned integers of @width bytes in the order of the
 *     values (stats/radix-private.h); sorted once @is_finished
 * @capacity: for how many keys there is memory, at most @max_keys
 * @scratch: (nullable): room for as many, once a run has been sorted and more may come
 * @runs: (element-type AssaySortedRun): sorted, in the file
 * @fd: of the file, or -1
 * @low, @high: the least and the greatest key of all
 * @n: values in all
 */
struct AssaySorted {
    size_t width;
    void *keys;
    size_t n_keys, capacity, max_keys;
    void *scratch;
    GArray *runs;
    int fd;
    char *folder;
    guint64 low, high;
    guint64 n;
    gboolean is_finished;
};

/* The key of a store, from where it lies. */
static inline guint64
assay_sorted_key(const void *keys, size_t width, size_t i)
{
    return width == sizeof(guint32) ? ((const guint32 *)keys)[i] : ((const guint64 *)keys)[i];
}

/* The value that a key stands for. */
double assay_sorted_value(const AssaySorted *self, guint64 key);

/* The first system error, with the folder. */
void assay_sorted_fail(const AssaySorted *self, const char *what, GError **error);

typedef struct AssaySortedReader AssaySortedReader;

AssaySortedReader *assay_sorted_reader_new(const AssaySorted *sorted);
void assay_sorted_reader_free(AssaySortedReader *self);
void assay_sorted_reader_rewind(AssaySortedReader *self);

/* As assay_ecdf_draw(). */
gboolean assay_sorted_reader_draw(AssaySortedReader *self, double *values, guint64 *counts,
                                  size_t max, size_t *n, GError **error);
