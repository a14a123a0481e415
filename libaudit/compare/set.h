/* compare/set.h - one side of a comparison: all that is known of a set's values.
 *
 * Stands on: distribution/distributions.h, stats/sorted.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../spec/spec.h"
#include "../stats/sorted.h"
#include "vectors.h"

G_BEGIN_DECLS

/**
 * AssayPart:
 *
 * What one sample adds to a set; made in a worker.
 */
typedef struct AssayPart AssayPart;

/**
 * AssayPartConfig:
 * @distributions: which fields; borrowed
 * @observe: how items are grouped and classed
 * @full_scale: of compare/quantise.h; 0: values stay as they are
 */
typedef struct {
    AssayDistributionConfig distributions;
    AssayObserveConfig observe;
    guint full_scale;
} AssayPartConfig;

#define ASSAY_PART_CONFIG_DEFAULT                                                                  \
    {                                                                                              \
        .distributions = ASSAY_DISTRIBUTION_CONFIG_DEFAULT, .observe = {                           \
            .rules = ASSAY_RULES_NONE,                                                             \
            .order = 1                                                                             \
        }                                                                                          \
    }

/**
 * assay_part_new:
 * @sample: its members are gone once they are counted
 *
 * Returns: (transfer full): %NULL with @error for a field that is broken, or no memory
 */
ASSAY_API AssayPart *assay_part_new(AssaySample *sample, const AssayPartConfig *config,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_part_free(AssayPart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayPart, assay_part_free)

/* What is known of its items. */
ASSAY_API const AssayObservation *assay_part_items(const AssayPart *self);

/* How many values quantising has clipped. */
ASSAY_API guint64 assay_part_n_clipped(const AssayPart *self);

/* The classes that its items are of, none without a rule for them; "" is the class of those to
 * which the rule does not apply. */
ASSAY_API size_t assay_part_n_classes(const AssayPart *self);
ASSAY_API const char *assay_part_class(const AssayPart *self, size_t index);

/* The values of one variable; in float64, or in float32. */
typedef struct {
    AssaySorted *sorted;
    gboolean is_double;
} AssayExactValues;

/**
 * AssayCompareSet:
 * @distributions: of all variables
 * @exact: (element-type utf8 AssayExactValues): the values of those of floating-point numbers; of a
 * spec there are none
 * @vectors: (element-type utf8 AssayVectorField): of fields that are a vector an item
 * @fields: (nullable): what the first sample has, with commas between
 * @by_cells: whether some of it was known by cells alone
 * @stages: (nullable): what made the first sample
 * @is_ungrouped: whether items of an array are groups of their own for want of a better word
 */
typedef struct {
    char *label;
    AssayDistributions *distributions;
    GHashTable *exact;
    GHashTable *vectors;
    char *fields;
    gboolean by_cells;
    AssayJson *stages;
    gboolean is_ungrouped;
} AssayCompareSet;

/**
 * assay_compare_set_new:
 * @label: how it is called
 */
ASSAY_API AssayCompareSet *assay_compare_set_new(const char *label);
ASSAY_API void assay_compare_set_free(AssayCompareSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayCompareSet, assay_compare_set_free)

/**
 * assay_compare_set_add:
 * @groups: (nullable): which items stand or fall together
 * @folder: (nullable): where values go that memory does not take
 *
 * Returns: %FALSE with %ASSAY_ERROR_SPEC where the sample has other variables or scales than those
 *     before it; %ASSAY_ERROR_IO where @folder does not take values
 */
ASSAY_API gboolean assay_compare_set_add(AssayCompareSet *self, const AssayPart *part,
                                         AssayGroups *groups, const char *folder,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_compare_set_add_spec:
 * @spec: that knows how values are distributed; what is not a whole number is then known by cells
 *
 * Returns: %FALSE with %ASSAY_ERROR_SPEC where it does not, or has other variables or scales
 */
ASSAY_API gboolean assay_compare_set_add_spec(AssayCompareSet *self, const AssaySpec *spec,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same with the items of one class of @part. */
ASSAY_API gboolean assay_compare_set_add_class(AssayCompareSet *self, const AssayPart *part,
                                               size_t index, AssayGroups *groups,
                                               const char *folder,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* To be called when all is added. Values are put in order where a measure needs it. */
ASSAY_API gboolean assay_compare_set_finish(AssayCompareSet *self,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
