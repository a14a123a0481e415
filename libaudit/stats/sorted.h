/* stats/sorted.h - any number of floating-point values, put in order exactly, in bounded memory.
 *
 * Values come in any order. They fill runs, each as large as memory allows; a run that is full is
 * sorted and goes to a file without a name, which is gone with the process, however that ends. What
 * is read are the runs merged: by stats/ecdf.h.
 *
 * Negative zero counts as zero. Infinities are values. NaN is none, and refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* A budget that holds 32 million float32 in one run. */
#define ASSAY_SORTED_MEMORY ((size_t)256 << 20)

/**
 * AssaySorted:
 *
 * A growing store, by one thread; then, once finished, what any number of readers (each in one
 * thread) draw from side by side.
 */
typedef struct AssaySorted AssaySorted;

/**
 * AssaySortedType:
 * @ASSAY_SORTED_FLOAT32: 4 bytes a value
 * @ASSAY_SORTED_FLOAT64: 8 bytes a value
 */
typedef enum {
    ASSAY_SORTED_FLOAT32,
    ASSAY_SORTED_FLOAT64,
} AssaySortedType;

/**
 * assay_sorted_new:
 * @max_memory: bytes to be used for values, half of them while they are sorted; at least that of a
 *     few thousand values is used
 * @folder: (nullable): where the file is made that takes what memory does not; without one, more is
 *     refused
 */
ASSAY_API AssaySorted *assay_sorted_new(AssaySortedType type, size_t max_memory,
                                        const char *folder);
ASSAY_API void assay_sorted_free(AssaySorted *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySorted, assay_sorted_free)

/**
 * assay_sorted_add_f32:
 * @values: (array length=n): go as they are into a store of either type
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_RANGE (a NaN: nothing of @values is added;
 *     more than memory holds), or %ASSAY_ERROR_IO (the file), after which the store can only be
 *     freed
 */
ASSAY_API gboolean assay_sorted_add_f32(AssaySorted *self, const float *values, size_t n,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_sorted_add_f64:
 * @values: (array length=n): as assay_sorted_add_f32(); a store of float32 takes each rounded
 */
ASSAY_API gboolean assay_sorted_add_f64(AssaySorted *self, const double *values, size_t n,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_sorted_finish:
 *
 * Sorts what is not yet. Nothing can be added afterwards; calling it again does nothing.
 *
 * Returns: %TRUE; %FALSE with @error set, as assay_sorted_add_f32()
 */
ASSAY_API gboolean assay_sorted_finish(AssaySorted *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_sorted_n:
 *
 * Returns: how many values there are
 */
ASSAY_API guint64 assay_sorted_n(const AssaySorted *self);

/**
 * assay_sorted_is_spilled:
 *
 * Returns: whether part of it is in a file
 */
ASSAY_API gboolean assay_sorted_is_spilled(const AssaySorted *self);

G_END_DECLS
