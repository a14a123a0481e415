/* detect/ballot.h - evaluations in which groups may stand for their items.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evaluate.h"

G_BEGIN_DECLS

/**
 * AssayBallot:
 * @config: its threshold is that of items, whoever votes
 * @votes: whether groups are evaluated, and not items
 * @vote: how they vote
 */
typedef struct {
    AssayEvaluationConfig config;
    gboolean votes;
    AssayVote vote;
} AssayBallot;

/**
 * assay_ballot_calibrate:
 * @scores: of other items
 *
 * Makes the best threshold of @scores that of the evaluation: of groups where the mean of their
 * items decides, since that is held against it; else of items, each of which votes by it.
 *
 * Returns: %FALSE as assay_scores_vote() or assay_evaluate_best_threshold() does.
 */
ASSAY_API gboolean assay_ballot_calibrate(AssayBallot *self, const AssayScores *scores,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_ballot_evaluate:
 *
 * The threshold of a majority is 1/2.
 *
 * Returns: (transfer full): the rows of assay_evaluate(); %NULL as that or assay_scores_vote()
 * does.
 */
ASSAY_API GPtrArray *assay_ballot_evaluate(const AssayBallot *self, const AssayScores *scores,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
