/* distribution/distributions.h - the distributions of all variables of a set.
 *
 * Stands on: distribution/distribution.h, rule/groups.h.
 * A set grows by spreads, one a sample, made in workers; or by whole other sets of disjoint items;
 * both give the same, to the last bit, in any order.
 *
 * Variables. Every field of numbers is one, called as the field is. A field whose last axis has
 * names in its metadata ("columns", at most 256) is one a name, FIELD.NAME. Of "notes" these are
 * duration_q, pitch and velocity: onsets are places, and the other columns are labels; notes of
 * channel 10 are no pitches and are left out, as the rule duration does. A colour picture is one
 * variable over all its channels. Where the sample has items, a field without an axis "item" is
 * nobody's, and passed over; so is what is no array of numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/number-counts.h"
#include "../rule/groups.h"
#include "distribution.h"

G_BEGIN_DECLS

/**
 * AssayDistributionConfig:
 * @fields: (nullable): these fields alone, ended by %NULL
 * @wanted: (array) (nullable): whether each item of the sample is counted; %NULL: all are
 * @skips_moments: nobody will ask for moments: no item has any
 * @dropped_from: what assay_distributions_dropped_from() said at any time of the set to which the
 *     sample will be added, without any groups but the sample's own: what is counted of each item
 *     alone is left out where it would be dropped; 0: nothing is known of the set
 */
typedef struct {
    const char *const *fields;
    const guint8 *wanted;
    gboolean skips_moments;
    guint64 dropped_from;
} AssayDistributionConfig;

#define ASSAY_DISTRIBUTION_CONFIG_DEFAULT                                                          \
    {                                                                                              \
        .fields = NULL, .wanted = NULL, .skips_moments = FALSE, .dropped_from = 0                  \
    }

/* The values of one sample, counted, variable by variable and item by item. */
typedef struct AssaySpread AssaySpread;

/**
 * assay_distributions_observe:
 * @items: what is known of the sample's items, see assay_observe()
 *
 * Counts the values of @sample. To be called in a worker.
 *
 * Returns: (transfer full): the spread, which may have no variables; or %NULL with
 *     %ASSAY_ERROR_RANGE: no memory, or an item of more than 2^32 - 1 values
 */
ASSAY_API AssaySpread *assay_distributions_observe(AssaySample *sample,
                                                   const AssayObservation *items,
                                                   const AssayDistributionConfig *config,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_spread_free(AssaySpread *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySpread, assay_spread_free)

/* How many variables it has. */
ASSAY_API size_t assay_spread_n_variables(const AssaySpread *self);

/**
 * AssayDistributions:
 * @n_items, @n_groups: of the set
 * @variables: (element-type AssayDistribution): by name
 * @hashes: of all groups, with the number of items of each
 * @is_started: whether the variables are known, as they are once a sample was added
 */
typedef struct {
    gboolean is_started;
    guint64 n_items, n_groups;
    GPtrArray *variables;
    AssayNumberCounts *hashes;
} AssayDistributions;

ASSAY_API AssayDistributions *assay_distributions_new(void);
ASSAY_API void assay_distributions_free(AssayDistributions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayDistributions, assay_distributions_free)

/* The variable called @name, or %NULL. */
ASSAY_API AssayDistribution *assay_distributions_find(const AssayDistributions *self,
                                                      const char *name);

/**
 * assay_distributions_add:
 * @spread: of a sample
 * @items: of the same sample
 * @groups: (nullable): which items stand or fall together; see assay_groups_of_item()
 *
 * Adds a sample. All samples of a set have the same variables on the same scales. To be called in
 * one thread, in any order of the samples.
 *
 * Returns: %FALSE with %ASSAY_ERROR_SPEC where this one has others, naming both; @self is then
 *     unchanged
 */
ASSAY_API gboolean assay_distributions_add(AssayDistributions *self, const AssaySpread *spread,
                                           const AssayObservation *items, AssayGroups *groups,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The smallest number from which on no variable keeps groups, see AssayDistribution; it never
 * grows. */
ASSAY_API guint64 assay_distributions_dropped_from(const AssayDistributions *self);

/* The numbers of the groups of all items of a sample, see distribution/group-hash.h: (transfer
 * full). */
ASSAY_API guint64 *assay_distributions_hash_items(const AssayObservation *items,
                                                  AssayGroups *groups);

/**
 * assay_distributions_merge:
 *
 * Adds all of @other, which is of a set without an item of @self's.
 *
 * Returns: %FALSE with %ASSAY_ERROR_SPEC for other variables or scales; @self is then unchanged
 */
ASSAY_API gboolean assay_distributions_merge(AssayDistributions *self,
                                             const AssayDistributions *other,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
