/* detect/scores-vote.c - groups that stand for their items.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/error.h"
#include "scores.h"

/* What is known of a group of one set so far. */
typedef struct {
    const AssayScoredItem *first;
    double sum;
    guint64 n;
} Ballot;

static Ballot *
find_ballot(GHashTable *by_key, GArray *ballots, const AssayScoredItem *score)
{
    guint64 key = (guint64)score->set << 32 | score->group;
    gpointer at;

    if (!g_hash_table_lookup_extended(by_key, &key, NULL, &at)) {
        Ballot ballot = { .first = score };

        at = GUINT_TO_POINTER(ballots->len);
        g_hash_table_insert(by_key, g_memdup2(&key, sizeof key), at);
        g_array_append_val(ballots, ballot);
    }
    return &g_array_index(ballots, Ballot, GPOINTER_TO_UINT(at));
}

static gboolean
cast_votes(const AssayScores *self, AssayVote vote, double threshold, GArray *ballots,
           GError **error)
{
    g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

    for (guint i = 0; i < self->scores->len; i++) {
        const AssayScoredItem *score = &g_array_index(self->scores, AssayScoredItem, i);
        Ballot *ballot = find_ballot(by_key, ballots, score);

        if (ballot->first->is_fake != score->is_fake) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                        "%s is %s and %s is %s, but they are of one group, which can cast one vote",
                        ballot->first->item, ballot->first->is_fake ? "fake" : "real", score->item,
                        score->is_fake ? "fake" : "real");
            return FALSE;
        }
        ballot->sum += vote == ASSAY_VOTE_MEAN ? score->score : score->score > threshold;
        ballot->n++;
    }
    return TRUE;
}

AssayScores *
assay_scores_vote(const AssayScores *self, AssayVote vote, double threshold, GError **error)
{
    g_autoptr(GArray) ballots = g_array_new(FALSE, FALSE, sizeof(Ballot));
    g_autoptr(AssayScores) result = assay_scores_new();

    if (!cast_votes(self, vote, threshold, ballots, error))
        return NULL;
    for (guint i = 0; i < ballots->len; i++) {
        const Ballot *ballot = &g_array_index(ballots, Ballot, i);
        const char *set = ballot->first->set == ASSAY_SCORES_NO_SET
                              ? NULL
                              : g_ptr_array_index(self->sets, ballot->first->set);
        g_autofree char *group = g_strdup_printf("%u", ballot->first->group);

        if (!assay_scores_add(result, ballot->first->item, ballot->sum / (double)ballot->n,
                              ballot->first->is_fake, set, group, error))
            return NULL;
    }
    return g_steal_pointer(&result);
}
