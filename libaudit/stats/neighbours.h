/* stats/neighbours.h - does each sample lie where the other does? Balls around vectors, as large as
 * their nearest neighbours are near.
 *
 * Stands on: stats/points.h, base/parallel.h.
 * Distances are Euclidean, all of them, exactly; columns should be of one scale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "points.h"

G_BEGIN_DECLS

/**
 * AssayNeighboursConfig:
 * @k_manifold: of precision and recall; 3 as published
 * @k_density: of density and coverage; 5 as published
 * @n_workers: threads; the result does not depend on it
 */
typedef struct {
    size_t k_manifold, k_density;
    guint n_workers;
} AssayNeighboursConfig;

#define ASSAY_NEIGHBOURS_CONFIG_DEFAULT                                                            \
    {                                                                                              \
        .k_manifold = 3, .k_density = 5, .n_workers = 1                                            \
    }

/**
 * AssayNeighbours:
 * @precision: the share of the candidate's vectors that are in the ball of at least one of the
 *     reference: how real they are. (Some programs have it the other way round.)
 * @recall: the share of the reference's vectors in a ball of the candidate: how much of the
 * reference the candidate has
 * @density: the mean number of the reference's balls around a vector of the candidate, divided by
 *     @k_density; may be over 1
 * @coverage: the share of the reference's balls that have a vector of the candidate within
 * @n_reference, @n_candidate: vectors
 *
 * A ball reaches to the k-th nearest other vector of the same sample (equal vectors are others, at
 * distance 0). Precision and recall count its surface (Kynkaanniemi, Karras, Laine, Lehtinen and
 * Aila, "Improved precision and recall metric for assessing generative models", NeurIPS 2019, and
 * their program), density and coverage do not (Naeem, Oh, Uh, Choi and Yoo, "Reliable fidelity and
 * diversity metrics for generative models", ICML 2020, and theirs). So a copy of the reference has
 * precision and recall 1.
 */
typedef struct {
    double precision, recall, density, coverage;
    size_t n_reference, n_candidate;
} AssayNeighbours;

/**
 * assay_neighbours_measure:
 * @reference, @candidate: more vectors each than either k
 *
 * Time: of all pairs within and between, by columns.
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_RANGE, as assay_points_check_pair(), for
 * a k of 0, or for want of memory
 */
ASSAY_API gboolean assay_neighbours_measure(const AssayPoints *reference,
                                            const AssayPoints *candidate,
                                            const AssayNeighboursConfig *config,
                                            AssayNeighbours *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
