/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ranking.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../distribution/distributions.h"
#include "../distribution/group-hash.h"
#include "ranked-set-private.h"

/* @groups: of features that the reference has, a bit each; @group_of: which of them each block is
 */
struct AssayRanking {
    size_t n_sets, n_rows;
    AssayRankedSet *sets;
    char *field;
    guint groups;
    AssayFeatureGroup group_of[ASSAY_N_FEATURE_GROUPS];
    size_t n_blocks, n_features;
    AssayOutliers *reference;
    gboolean is_sealed, is_ungrouped;
};

AssayRanking *
assay_ranking_new(const char *const *labels, size_t n_sets, size_t n_rows)
{
    AssayRanking *self = g_new0(AssayRanking, 1);

    self->n_sets = n_sets;
    self->n_rows = n_rows;
    self->sets = g_new0(AssayRankedSet, n_sets);
    for (size_t i = 0; i < n_sets; i++)
        assay_ranked_set_init(&self->sets[i], labels[i]);
    return self;
}

void
assay_ranking_free(AssayRanking *self)
{
    if (self == NULL)
        return;
    for (size_t i = 0; i < self->n_sets; i++)
        assay_ranked_set_clear(&self->sets[i]);
    g_free(self->sets);
    g_free(self->field);
    assay_outliers_free(self->reference);
    g_free(self);
}

/* The groups of features that the first sample of the reference has are those of all. */
static void
begin_reference(AssayRanking *self, const AssayRankPart *part)
{
    size_t widths[ASSAY_N_FEATURE_GROUPS];

    self->field = g_strdup(part->field);
    self->groups = part->rows->groups;
    for (guint k = 0; k < ASSAY_N_FEATURE_GROUPS; k++) {
        if ((self->groups >> k & 1) == 0)
            continue;
        self->group_of[self->n_blocks] = k;
        widths[self->n_blocks++] = assay_features_n_columns(1u << k);
    }
    self->n_features = assay_features_n_columns(self->groups);
    self->reference = assay_outliers_new(widths, self->n_blocks);
}

/* Of a reference all features are needed; of other sets those that there are. */
static gboolean
check_part(const AssayRanking *self, size_t set, const AssayRankPart *part, GError **error)
{
    guint missing = self->groups & ~part->rows->groups;

    if (strcmp(part->field, self->field) == 0 &&
        (set == 0 ? missing == 0 : (self->groups & part->rows->groups) != 0))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: its features are of the field \"%s\", those of the reference of \"%s\"; "
                "--field=NAME takes one that both have",
                part->items->name, part->field, self->field);
    return FALSE;
}

/* The features of an item in the order of the reference, and which of its blocks there are. */
static guint
take_row(const AssayRanking *self, const AssayFeatures *rows, size_t item, double *row)
{
    guint blocks = 0;

    for (size_t b = 0; b < self->n_blocks; b++) {
        size_t n = assay_features_n_columns(1u << self->group_of[b]);
        const double *values = assay_features_row(rows, item, self->group_of[b]);

        for (size_t i = 0; i < n; i++)
            *row++ = values != NULL ? values[i] : (double)NAN;
        blocks |= values != NULL ? 1u << b : 0;
    }
    return blocks;
}

/* "edge_255", and which group it is of. */
static const char *
name_feature(const AssayRanking *self, const AssayOutlier *outlier)
{
    size_t feature = outlier->feature;

    for (size_t b = 0; b < outlier->block; b++)
        feature -= assay_features_n_columns(1u << self->group_of[b]);
    return assay_feature_types[self->group_of[outlier->block]].columns[feature];
}

static char *
make_note(const AssayRanking *self, gboolean is_shared, gboolean is_ungrouped)
{
    size_t n = assay_outliers_n_groups(self->reference);
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    char number[ASSAY_TEXT_NUMBER_SIZE];

    if (is_shared)
        g_ptr_array_add(parts, g_strdup("in the reference too"));
    if (is_ungrouped)
        g_ptr_array_add(parts, g_strdup("ungrouped"));
    if (assay_outliers_is_partial(self->reference))
        g_ptr_array_add(parts,
                        g_strdup_printf("%s groups of the reference", assay_text_count(number, n)));
    if (n < 99)
        g_ptr_array_add(parts,
                        g_strdup_printf("no p below %s",
                                        assay_text_double_digits(number, 1 / (double)(n + 1), 3)));
    g_ptr_array_add(parts, NULL);
    return g_strjoinv("; ", (char **)parts->pdata);
}

/* Where an item is from: all that is known of it beside its features. */
typedef struct {
    const AssayObservation *items;
    size_t at;
    guint64 group, number;
    gboolean is_alone;
} Origin;

/* Whether an item is a group of its own for want of a better word. */
static gboolean
is_alone(const AssayObservation *items, AssayGroups *groups, size_t item)
{
    return items->has_items && !items->windows && assay_groups_of_item(groups, items, item) == NULL;
}

/* A number for each file, by what is in it where that is known: its name may be another elsewhere.
 */
static guint64
hash_source(const AssayObservation *items)
{
    gboolean is_known = items->sha256[0] != '\0';

    return assay_group_hash_source(is_known ? "" : items->name, items->sha256, "item");
}

static char *
name_item(const Origin *origin)
{
    return assay_observation_identity(origin->items, origin->items->item_start + origin->at);
}

static void
add_candidate(AssayRanking *self, AssayRankedSet *set, const Origin *origin, const double *row,
              guint blocks)
{
    AssayOutlier outlier = assay_outliers_judge(self->reference, row, blocks);
    gboolean is_shared = assay_outliers_has_group(self->reference, origin->group) ||
                         assay_outliers_has_item(self->reference, origin->number);
    AssayRanked *ranked = g_new0(AssayRanked, 1);

    ranked->score = outlier.score;
    ranked->row = (AssayRankRow){ .set = g_strdup(set->label),
                                  .item = name_item(origin),
                                  .p = outlier.p,
                                  .q = (double)NAN,
                                  .group = assay_feature_types[self->group_of[outlier.block]].name,
                                  .feature = name_feature(self, &outlier),
                                  .value = row[outlier.feature],
                                  .low = outlier.range->low,
                                  .median = outlier.range->median,
                                  .high = outlier.range->high,
                                  .deviation = outlier.deviation,
                                  .note = make_note(self, is_shared,
                                                    origin->is_alone || self->is_ungrouped) };
    assay_ranked_set_take(set, ranked, self->n_rows);
}

static void
add_reference(AssayRanking *self, const Origin *origin, const double *row)
{
    assay_outliers_add(self->reference, origin->group, origin->number, row);
    self->is_ungrouped = self->is_ungrouped || origin->is_alone;
    self->sets[0].n_items++;
}

/* The features and origins of all items of a sample that fits. */
static void
add_items(AssayRanking *self, size_t set, const AssayRankPart *part, AssayGroups *groups)
{
    const AssayObservation *items = part->items;
    g_autofree guint64 *hashes = assay_distributions_hash_items(items, groups);
    g_autofree double *row = g_new(double, self->n_features + 1);
    guint64 source = hash_source(items);

    for (size_t i = 0; i < part->rows->n_items && i < items->n_items; i++) {
        Origin origin = { items, i, hashes[i], assay_group_hash_item(source, items->item_start + i),
                          is_alone(items, groups, i) };
        guint blocks = take_row(self, part->rows, i, row);

        if (set == 0)
            add_reference(self, &origin, row);
        else
            add_candidate(self, &self->sets[set], &origin, row, blocks);
    }
}

gboolean
assay_ranking_add(AssayRanking *self, size_t set, const AssayRankPart *part, AssayGroups *groups,
                  GError **error)
{
    g_return_val_if_fail(set != 0 || !self->is_sealed, FALSE);
    g_return_val_if_fail(set == 0 || self->reference != NULL, FALSE);
    if (self->reference == NULL)
        begin_reference(self, part);
    if (!check_part(self, set, part, error))
        return FALSE;
    if (set != 0 && !self->is_sealed) {
        assay_outliers_seal(self->reference);
        self->is_sealed = TRUE;
    }
    add_items(self, set, part, groups);
    return TRUE;
}

gboolean
assay_ranking_is_empty(const AssayRanking *self, size_t set)
{
    return self->sets[set].n_items == 0;
}

const GPtrArray *
assay_ranking_rows(AssayRanking *self, size_t set)
{
    return assay_ranked_set_rows(&self->sets[set], self->n_rows);
}
