/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "copy-summary.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/sort.h"
#include "membership-private.h"

enum { N_PERMUTATIONS = 9999 };

struct AssayCopySummary {
    AssayMembership membership;
    GHashTable *digests; /* those met so far */
    GArray *rates;       /* AssayRateGroup, a group */
    GArray *distances;   /* double */
    AssayCopyRow row;
    guint64 n_flagged;
};

static guint
hash_digest(gconstpointer digest)
{
    return (guint)((const AssayNearestDigest *)digest)->words[0];
}

static gboolean
equal_digests(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(AssayNearestDigest)) == 0;
}

AssayCopySummary *
assay_copy_summary_new(void)
{
    AssayCopySummary *self = g_new0(AssayCopySummary, 1);

    assay_membership_init(&self->membership);
    self->digests = g_hash_table_new_full(hash_digest, equal_digests, g_free, NULL);
    self->rates = g_array_new(FALSE, TRUE, sizeof(AssayRateGroup));
    self->distances = g_array_new(FALSE, FALSE, sizeof(double));
    return self;
}

void
assay_copy_summary_free(AssayCopySummary *self)
{
    if (self == NULL)
        return;
    assay_membership_clear(&self->membership);
    g_hash_table_unref(self->digests);
    g_array_unref(self->rates);
    g_array_unref(self->distances);
    g_free(self);
}

static void
add_item(AssayCopySummary *self, const AssayCopy *copy, guint32 group, AssayNearestDigest digest)
{
    AssayRateGroup *rate;

    self->row.items++;
    self->row.copies += copy->kind == ASSAY_COPY_EQUAL ? 1 : 0;
    self->row.near_copies += copy->kind == ASSAY_COPY_NEAR ? 1 : 0;
    if (!g_hash_table_add(self->digests, g_memdup2(&digest, sizeof digest)))
        self->row.repeats++;
    if (copy->item == G_MAXSIZE)
        return;
    g_array_append_val(self->distances, copy->distance);
    if (self->rates->len <= group)
        g_array_set_size(self->rates, group + 1);
    rate = &g_array_index(self->rates, AssayRateGroup, group);
    rate->events++;
    if (copy->p <= ASSAY_CLOSENESS_ALPHA) {
        rate->violations++;
        self->n_flagged++;
    }
}

void
assay_copy_summary_add(AssayCopySummary *self, const AssayVectors *vectors, AssayGroups *groups,
                       const AssayCopy *copies, const AssayCrowd *crowd)
{
    const AssayObservation *origin = vectors->origin;
    gboolean is_known = origin->sha256[0] != '\0' && assay_crowd_has_source(crowd, origin->sha256);

    for (size_t i = 0; i < vectors->n_items; i++) {
        guint32 group;

        if (copies[i].fault != NULL) {
            self->row.faults++;
            continue;
        }
        group = assay_membership_of(&self->membership, origin, i, groups, NULL);
        self->row.known += is_known ? 1 : 0;
        add_item(self, &copies[i], group, vectors->digests[i]);
    }
    self->row.groups = self->membership.n;
    self->row.is_ungrouped = self->membership.has_unknown;
}

void
assay_copy_summary_add_within(AssayCopySummary *self, const AssayCrowd *crowd,
                              const AssayCopy *copies, guint64 n_faults)
{
    for (size_t i = 0; i < assay_crowd_n_items(crowd); i++)
        add_item(self, &copies[i], assay_crowd_group_id(crowd, i),
                 assay_nearest_digest(assay_crowd_nearest(crowd), i));
    self->row.groups = assay_crowd_n_groups(crowd);
    self->row.is_ungrouped = assay_crowd_is_ungrouped(crowd);
    self->row.faults = n_faults;
}

gboolean
assay_copy_summary_row(AssayCopySummary *self, const AssayCloseness *closeness, const char *set,
                       guint64 seed, AssayCopyRow *row, GError **error)
{
    double *distances = (double *)(void *)self->distances->data;
    size_t n = self->distances->len;
    AssayRateTest test;
    AssayRandom random;

    if (n > 0) /* without, there is no array */
        assay_sort_doubles(distances, n);
    *row = self->row;
    row->smallest = n > 0 ? distances[0] : (double)NAN;
    row->median = n > 0 ? (distances[(n - 1) / 2] + distances[n / 2]) / 2 : (double)NAN;
    row->typical = closeness->typical;
    row->ratio = row->typical > 0 ? row->median / row->typical : (double)NAN;
    row->flagged = row->p = (double)NAN;
    if (n == 0 || !closeness->can_flag)
        return TRUE;
    row->flagged = (double)self->n_flagged / (double)n;
    assay_random_init(&random, seed, "nearest", set);
    if (!assay_permutation_rate_test((const AssayRateGroup *)(const void *)self->rates->data,
                                     self->rates->len, closeness->rates, closeness->n_groups,
                                     N_PERMUTATIONS, &random, &test, error))
        return FALSE;
    row->p = test.p;
    return TRUE;
}

const char *const assay_copy_row_names[] = { "items",   "groups",   "copies", "near_copies",
                                             "repeats", "smallest", "median", "typical",
                                             "ratio",   "flagged",  "p",      NULL };

gboolean
assay_copy_row_value(const AssayCopyRow *self, const char *name, double *value)
{
    const double values[] = { (double)self->items,
                              (double)self->groups,
                              (double)self->copies,
                              (double)self->near_copies,
                              (double)self->repeats,
                              self->smallest,
                              self->median,
                              self->typical,
                              self->ratio,
                              self->flagged,
                              self->p };

    for (size_t i = 0; assay_copy_row_names[i] != NULL; i++) {
        if (strcmp(assay_copy_row_names[i], name) == 0) {
            *value = values[i];
            return TRUE;
        }
    }
    return FALSE;
}
