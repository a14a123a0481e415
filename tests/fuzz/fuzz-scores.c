/* fuzz/fuzz-scores.c - bytes as a table of scores; what is read votes and is evaluated.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/detect/evaluate.h>
#include <math.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_row(const AssayEvaluation *row)
{
    for (size_t i = 0; i < ASSAY_ROC_N; i++) {
        double value = row->roc.values[i];
        AssayInterval interval = row->spread.intervals[i];

        g_assert(isnan(value) || (value >= 0 && value <= 1 + 1e-12));
        g_assert(isnan(interval.low) || (interval.low >= 0 && interval.low <= interval.high));
        g_assert(isnan(interval.high) || interval.high <= 1 + 1e-12);
    }
    g_assert(isnan(row->held_out) || (row->held_out >= 0 && row->held_out <= 1));
    g_assert(isnan(row->held_out) || row->roc.values[ASSAY_ROC_BEST] >= .5);
}

static void
evaluate(const AssayScores *scores)
{
    const AssayEvaluationConfig config = {
        .threshold = .5, .n_draws = 5, .confidence = .9, .n_folds = 3
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = assay_evaluate(scores, &config, &error);
    double threshold;

    g_assert(assay_evaluate_best_threshold(scores, &threshold, NULL) == (rows != NULL));
    if (rows == NULL) {
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE);
        return;
    }
    for (guint i = 0; i < rows->len; i++)
        check_row(g_ptr_array_index(rows, i));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayScores) scores = assay_scores_new();
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    g_autoptr(AssayInput) input = assay_input_from_bytes("fuzz", bytes);

    if (!assay_scores_read(scores, input, NULL, NULL, &error)) {
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
        g_assert(g_utf8_validate(error->message, -1, NULL));
        return 0;
    }
    evaluate(scores);
    for (AssayVote vote = ASSAY_VOTE_MEAN; vote <= ASSAY_VOTE_MAJORITY; vote++) {
        g_autoptr(AssayScores) voted = assay_scores_vote(scores, vote, .5, NULL);

        if (voted != NULL)
            evaluate(voted);
    }
    return 0;
}
