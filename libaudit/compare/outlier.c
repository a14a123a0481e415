/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outlier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../stats/multiple.h"

/* The item that stands for a group. */
typedef struct {
    guint64 group, item;
    double row[];
} Kept;

/* @ranges: of all features; @scores: of all blocks, each of the kept items; @items: their
 * numbers */
struct AssayOutliers {
    size_t n_blocks, n_features;
    size_t first[ASSAY_OUTLIER_BLOCKS + 1];
    GHashTable *kept, *items;
    guint64 dropped_from;
    gboolean is_partial, is_sealed;
    AssayFeatureRange *ranges;
    double *scores[ASSAY_OUTLIER_BLOCKS];
};

AssayOutliers *
assay_outliers_new(const size_t *widths, size_t n_blocks)
{
    AssayOutliers *self = g_new0(AssayOutliers, 1);

    g_return_val_if_fail(n_blocks <= ASSAY_OUTLIER_BLOCKS, self);
    self->n_blocks = n_blocks;
    for (size_t b = 0; b < n_blocks; b++)
        self->first[b + 1] = self->first[b] + widths[b];
    self->n_features = self->first[n_blocks];
    self->dropped_from = G_MAXUINT64;
    self->items = g_hash_table_new(g_int64_hash, g_int64_equal);
    self->kept = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    return self;
}

void
assay_outliers_free(AssayOutliers *self)
{
    if (self == NULL)
        return;
    for (size_t i = 0; self->ranges != NULL && i < self->n_features; i++)
        assay_feature_range_clear(&self->ranges[i]);
    for (size_t b = 0; b < self->n_blocks; b++)
        g_free(self->scores[b]);
    g_free(self->ranges);
    g_clear_pointer(&self->items, g_hash_table_unref);
    g_clear_pointer(&self->kept, g_hash_table_unref);
    g_free(self);
}

static int
compare_numbers(const void *a, const void *b)
{
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

    return (x > y) - (x < y);
}

static gboolean
is_dropped(gpointer group, gpointer kept, gpointer user)
{
    (void)kept;
    return *(const guint64 *)group >= ((const AssayOutliers *)user)->dropped_from;
}

/* Down to the groups of the smallest numbers. */
static void
drop_most(AssayOutliers *self)
{
    g_autofree guint64 *groups = g_new(guint64, g_hash_table_size(self->kept) + 1);
    GHashTableIter iter;
    gpointer group;
    size_t n = 0;

    g_hash_table_iter_init(&iter, self->kept);
    while (g_hash_table_iter_next(&iter, &group, NULL))
        groups[n++] = *(const guint64 *)group;
    if (n <= ASSAY_OUTLIER_GROUPS)
        return;
    qsort(groups, n, sizeof *groups, compare_numbers);
    self->dropped_from = groups[ASSAY_OUTLIER_GROUPS];
    self->is_partial = TRUE;
    g_hash_table_foreach_remove(self->kept, is_dropped, self);
}

void
assay_outliers_add(AssayOutliers *self, guint64 group, guint64 item, const double *row)
{
    Kept *kept = g_hash_table_lookup(self->kept, &group);

    g_return_if_fail(!self->is_sealed);
    if (group >= self->dropped_from) {
        self->is_partial = TRUE;
        return;
    }
    if (kept == NULL) {
        kept = g_malloc(sizeof *kept + self->n_features * sizeof *row);
        kept->group = group;
        g_hash_table_insert(self->kept, &kept->group, kept);
    } else if (item >= kept->item)
        return;
    kept->item = item;
    memcpy(kept->row, row, self->n_features * sizeof *row);
    if (g_hash_table_size(self->kept) >= 2 * ASSAY_OUTLIER_GROUPS)
        drop_most(self);
}

/* What is made of one block of a row. */
typedef struct {
    double score, deviation;
    size_t feature;
} BlockScore;

static BlockScore
score_block(const AssayOutliers *self, size_t block, const double *row, gboolean is_own)
{
    BlockScore made = { .deviation = -1 };

    for (size_t i = self->first[block]; i < self->first[block + 1]; i++) {
        double deviation = assay_feature_range_deviation(&self->ranges[i], row[i], is_own);
        double counted = MIN(deviation, ASSAY_OUTLIER_MOST);

        made.score += counted * counted;
        if (deviation > made.deviation) {
            made.deviation = deviation;
            made.feature = i;
        }
    }
    return made;
}

static void
make_ranges(AssayOutliers *self)
{
    size_t n = g_hash_table_size(self->kept), k = 0;
    g_autofree double *values = g_new(double, n * self->n_features + 1);
    GHashTableIter iter;
    gpointer kept;

    g_hash_table_iter_init(&iter, self->kept);
    while (g_hash_table_iter_next(&iter, NULL, &kept))
        memcpy(values + self->n_features * k++, ((const Kept *)kept)->row,
               self->n_features * sizeof *values);
    self->ranges = g_new0(AssayFeatureRange, self->n_features + 1);
    for (size_t i = 0; i < self->n_features; i++)
        assay_feature_range_init(&self->ranges[i], values + i, n, self->n_features);
}

void
assay_outliers_seal(AssayOutliers *self)
{
    GHashTableIter iter;
    gpointer kept;
    size_t k = 0;

    if (self->is_sealed)
        return;
    drop_most(self);
    make_ranges(self);
    for (size_t b = 0; b < self->n_blocks; b++)
        self->scores[b] = g_new(double, g_hash_table_size(self->kept) + 1);
    g_hash_table_iter_init(&iter, self->kept);
    for (; g_hash_table_iter_next(&iter, NULL, &kept); k++) {
        g_hash_table_add(self->items, &((Kept *)kept)->item);
        for (size_t b = 0; b < self->n_blocks; b++)
            self->scores[b][k] = score_block(self, b, ((const Kept *)kept)->row, TRUE).score;
    }
    self->is_sealed = TRUE;
}

size_t
assay_outliers_n_groups(const AssayOutliers *self)
{
    return g_hash_table_size(self->kept);
}

gboolean
assay_outliers_is_partial(const AssayOutliers *self)
{
    return self->is_partial;
}

gboolean
assay_outliers_has_group(const AssayOutliers *self, guint64 group)
{
    return g_hash_table_contains(self->kept, &group);
}

gboolean
assay_outliers_has_item(const AssayOutliers *self, guint64 item)
{
    return g_hash_table_contains(self->items, &item);
}

AssayOutlier
assay_outliers_judge(const AssayOutliers *self, const double *row, guint blocks)
{
    AssayOutlier outlier = { .p = (double)NAN, .deviation = -1 };
    double p[ASSAY_OUTLIER_BLOCKS], least = 2;
    size_t n = 0;

    g_return_val_if_fail(self->is_sealed, outlier);
    for (size_t b = 0; b < self->n_blocks; b++) {
        BlockScore made;

        if ((blocks >> b & 1) == 0)
            continue;
        made = score_block(self, b, row, FALSE);
        p[n] = assay_conformal_p(self->scores[b], g_hash_table_size(self->kept), made.score);
        outlier.score += made.score;
        if (p[n] < least || (p[n] == least && made.deviation > outlier.deviation)) {
            outlier.block = b;
            outlier.feature = made.feature;
            outlier.deviation = made.deviation;
        }
        least = MIN(least, p[n]);
        n++;
    }
    outlier.p = assay_multiple_simes(p, n);
    outlier.range = &self->ranges[outlier.feature];
    return outlier;
}
