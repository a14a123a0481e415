/* compare/compare-private.h - one variable of two sets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stats/divergence.h"
#include "null.h"
#include "row-private.h"
#include "set.h"

/**
 * AssayPair:
 * @sides: the reference's and the candidate's distribution
 * @ecdfs: (nullable): exact ones, where both sides have them
 * @low, @high: the range
 * @is_declared: whether it is, or is that of the values
 * @is_quantised: a side: whether it has few distinct values
 */
typedef struct {
    const AssayDistribution *sides[2];
    AssayEcdf *ecdfs[2];
    double *values[2]; /* what an ecdf stands on, where it needs arrays */
    guint64 *counts[2];
    double low, high;
    gboolean is_declared, is_quantised[2];
} AssayPair;

gboolean assay_pair_init(AssayPair *self, const AssayCompareSet *reference,
                         const AssayCompareSet *candidate, const char *variable, GError **error);
void assay_pair_clear(AssayPair *self);

/**
 * assay_pair_measure:
 * @cell_error: (out): how much ks may be off, where sides are known by cells; else 0
 *
 * All that a sweep gives, of exact values if there are such.
 */
gboolean assay_pair_measure(const AssayPair *self, const AssayDivergenceConfig *config,
                            AssayDivergence *result, double *cell_error, GError **error);

/* How often a single value occurs on a side; FALSE where that is not known. */
gboolean assay_pair_count(const AssayPair *self, size_t side, double value, guint64 *n);

/**
 * assay_pair_tequilagan_jsd:
 *
 * The divergence of 100 bins in nats as TequilaGAN's program had it: NumPy takes the edges of bins
 * in float32, where values are that, and many values of pictures lie on edges. Of exact values;
 * NaN where a side has none within the range, or is known by cells alone.
 */
gboolean assay_pair_tequilagan_jsd(const AssayPair *self, double *value, GError **error);

/* The rows of a variable that both sides have; those made before an error are added too. */
gboolean assay_compare_variable(const AssayCompareSet *reference, const AssayCompareSet *candidate,
                                const char *name, const AssayCompareConfig *config, GPtrArray *rows,
                                GError **error);

/* Measures of vectors, ended by %NULL. */
extern const char *const assay_vector_measures[];

/* The rows of a field of vectors, where both sides have it. */
gboolean assay_compare_vectors(const AssayCompareSet *reference, const AssayCompareSet *candidate,
                               const char *field, const AssayCompareConfig *config, GPtrArray *rows,
                               GError **error);

/* What there is to say of every row of the pair. */
void assay_pair_note(const AssayPair *self, const AssayNull *null, GString *note);
