/* stats/permutation.h - is one set's rate higher than another's, when groups stand or fall
 * together?
 *
 * Stands on: base/random.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"
#include "../base/random.h"

G_BEGIN_DECLS

/**
 * AssayRateGroup:
 * @violations: how often it happened in the group
 * @events: how often it could have; 0 only if @violations is 0
 */
typedef struct {
    guint64 violations;
    guint64 events;
} AssayRateGroup;

/**
 * AssayRateTest:
 * @rate_test: pooled rate of the set under test: sum of violations / sum of events; NaN without
 *     events
 * @rate_reference: that of the reference
 * @p: one-sided p-value, in (0, 1]; NaN if a set has no events
 * @n_labellings: how many labellings @p stands on, the observed one included: the smallest p that
 *     could have come out is 1 / @n_labellings; 0 where @p is NaN
 * @is_exact: whether those are all the labellings there are
 */
typedef struct {
    double rate_test;
    double rate_reference;
    double p;
    guint64 n_labellings;
    gboolean is_exact;
} AssayRateTest;

/**
 * assay_permutation_rate_test:
 * @test: (array length=n_test): the groups of the set under test
 * @n_test: how many; may be 0
 * @reference: (array length=n_reference): the groups it is held against
 * @n_reference: how many; may be 0
 * @n_permutations: how many labellings to draw, e.g. 9999
 * @random: where from; not touched by an exact test
 * @result: (out): the answer
 * @error: return location for an error, or %NULL
 *
 * Statistic: rate of the test set - rate of the reference, pooled over groups; 0 where that is
 * negative, so that p is 1 for a set whose rate is not the higher one. (Without that, where
 * violations are rare and most labellings give the test set none, labellings would be ranked by its
 * number of events, and a short set that breaks nothing would look worse than most.) Null
 * hypothesis: the groups' labels are exchangeable. Labels are permuted among whole groups, the
 * number of groups in each set kept; groups without events say nothing about a rate and are left
 * out first.
 *
 *     p = (1 + labellings drawn whose statistic >= the observed) / (n_permutations + 1)
 *
 * (Phipson and Smyth, "Permutation p-values should never be zero", Statistical Applications in
 * Genetics and Molecular Biology 9(1), 2010.) If all labellings together are at most
 * @n_permutations, each is looked at once and p is the share whose statistic >= the observed. The
 * comparison is of fractions of integers, exactly, so that ties count as ties.
 *
 * Time: n_permutations * min(n_test, n_reference). The result depends only on the arguments, and
 * not on the order in which groups are listed.
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_RANGE if a group has violations but no
 *     events, or a sum over all groups does not fit 64 bits
 */
ASSAY_API gboolean assay_permutation_rate_test(const AssayRateGroup *test, size_t n_test,
                                               const AssayRateGroup *reference, size_t n_reference,
                                               guint64 n_permutations, AssayRandom *random,
                                               AssayRateTest *result,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
