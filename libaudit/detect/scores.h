/* detect/scores.h - scores of items whose label is known, from any detector.
 *
 * As a table (base/table.h): the columns "item", "score" and "label", and "set" (or "generator")
 * and "group" where there are any, in any order; others are passed over. A score is larger for what
 * looks more like a fake. A label is 0 or real, 1 or fake. A set is what a row of an evaluation is
 * about, a generator say; items of one group stand or fall together.
 *
 * Stands on: stats/roc.h, rule/label.h, rule/groups.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/input.h"
#include "../rule/groups.h"
#include "../rule/label.h"

G_BEGIN_DECLS

/* What a score has for a set where it has none. */
#define ASSAY_SCORES_NO_SET G_MAXUINT32

/**
 * AssayScoredItem:
 * @item: (transfer none): its name
 * @set: an index into the sets' names, or ASSAY_SCORES_NO_SET
 * @group: a number; an item without a group is one of its own
 */
typedef struct {
    const char *item;
    double score;
    gboolean is_fake;
    guint32 set;
    guint32 group;
} AssayScoredItem;

/**
 * AssayScores:
 * @scores: of AssayScoredItem
 * @sets: names, in the order in which they came
 */
typedef struct {
    GArray *scores;
    GPtrArray *sets;
    guint32 n_groups;
    gboolean is_ungrouped; /* no item has been given a group */
    GStringChunk *names;
    GHashTable *by_item, *by_set, *by_group;
} AssayScores;

ASSAY_API AssayScores *assay_scores_new(void) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_scores_free(AssayScores *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayScores, assay_scores_free)

/**
 * assay_scores_add:
 * @set: (nullable): its name
 * @group: (nullable): its name; groups of one name are one, in whatever set
 *
 * Returns: %FALSE with %ASSAY_ERROR_FORMAT: the set has an item of that name already; or with
 *     %ASSAY_ERROR_RANGE: the score is NaN, or there are 2^32 - 1 items.
 */
ASSAY_API gboolean assay_scores_add(AssayScores *self, const char *item, double score,
                                    gboolean is_fake, const char *set, const char *group,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_scores_read:
 * @groups: (nullable): a table that gives items groups; or
 * @group_by: (nullable): a rule that does so by their names; items to which neither applies keep
 *     what the column says
 *
 * Adds those of a table.
 *
 * Returns: %FALSE with %ASSAY_ERROR_FORMAT, with the line: no such table, a score or a label that
 *     is none, an item that is there twice; or with %ASSAY_ERROR_USAGE: a rule that takes too long.
 */
ASSAY_API gboolean assay_scores_read(AssayScores *self, AssayInput *input, AssayGroups *groups,
                                     const AssayLabel *group_by,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * AssayVote:
 * @ASSAY_VOTE_MEAN: the mean of its items' scores
 * @ASSAY_VOTE_MAJORITY: the share of its items whose score is above the threshold
 */
typedef enum {
    ASSAY_VOTE_MEAN,
    ASSAY_VOTE_MAJORITY,
} AssayVote;

/**
 * assay_scores_vote:
 * @threshold: above which an item votes for fake
 *
 * Groups as items: those of one group and one set become one, which the name of its first item
 * stands for. Under ASSAY_VOTE_MAJORITY scores are shares, to be called above 1/2.
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_FORMAT: a group of a set has reals and fakes.
 */
ASSAY_API AssayScores *assay_scores_vote(const AssayScores *self, AssayVote vote, double threshold,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
