/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ballot.h"

static AssayScores *
count(const AssayBallot *self, const AssayScores *scores, GError **error)
{
    return assay_scores_vote(scores, self->vote, self->config.threshold, error);
}

gboolean
assay_ballot_calibrate(AssayBallot *self, const AssayScores *scores, GError **error)
{
    g_autoptr(AssayScores) voted = NULL;

    if (self->votes && self->vote == ASSAY_VOTE_MEAN) {
        voted = count(self, scores, error);
        if (voted == NULL)
            return FALSE;
    }
    return assay_evaluate_best_threshold(voted != NULL ? voted : scores, &self->config.threshold,
                                         error);
}

GPtrArray *
assay_ballot_evaluate(const AssayBallot *self, const AssayScores *scores, GError **error)
{
    AssayEvaluationConfig config = self->config;
    g_autoptr(AssayScores) voted = NULL;

    if (!self->votes)
        return assay_evaluate(scores, &config, error);
    if (self->vote == ASSAY_VOTE_MAJORITY)
        config.threshold = 0.5;
    voted = count(self, scores, error);
    return voted == NULL ? NULL : assay_evaluate(voted, &config, error);
}
