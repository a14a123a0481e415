/* stats/neighbour-lists.h - who is next to whom, once and for all: to measure neighbours again
 * and again while vectors are labelled anew.
 *
 * Stands on: stats/neighbours.h.
 * Of each vector all others are kept in the order of their distances: 4 bytes a pair. A measurement
 * goes along each list only until it has met the k nearest of the vector's own label.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "neighbours.h"

G_BEGIN_DECLS

typedef struct AssayNeighbourLists AssayNeighbourLists;

/**
 * assay_neighbour_lists_new:
 * @vectors: of both samples; at least one
 * @n_workers: threads; the result does not depend on it
 *
 * Returns: %NULL with @error set to %ASSAY_ERROR_RANGE, as assay_points_check(), or for want of
 *     memory
 */
ASSAY_API AssayNeighbourLists *assay_neighbour_lists_new(const AssayPoints *vectors,
                                                         guint n_workers,
                                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_neighbour_lists_free(AssayNeighbourLists *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayNeighbourLists, assay_neighbour_lists_free)

/**
 * assay_neighbour_lists_measure:
 * @labels: (array): of each vector: 0 for the reference, 1 for the candidate, or another number for
 *     neither
 * @config: its threads are not looked at
 *
 * What assay_neighbours_measure() gives of these two samples, to the bit.
 *
 * Returns: %FALSE where either has no more vectors than either k
 */
ASSAY_API gboolean assay_neighbour_lists_measure(const AssayNeighbourLists *self,
                                                 const guint8 *labels,
                                                 const AssayNeighboursConfig *config,
                                                 AssayNeighbours *result) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
