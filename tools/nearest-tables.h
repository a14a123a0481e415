/* tools/nearest-tables.h - a run of assay-nearest, and its tables.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/base/table.h>
#include <assay/detect/copy-list.h>
#include <assay/detect/copy-summary.h>
#include <assay/spec/recipe.h>

#include "cli-fail-on.h"
#include "cli-sets.h"

/**
 * Nearest:
 *
 * A run of assay-nearest.
 * @conversion: how sound becomes what vectors are made of
 * @reference: NULL where a set is looked at alone
 * @closeness: of the reference; of --self one of each set's size, while that is at work
 * @within: whether sets are sought within themselves
 * @crowds: (array): with @within, one of each of @sets
 * @faults: (array): items of each of @sets that have no vector
 * @summaries: (array): one of each of @sets
 * @pending, @pending_sets: AssayVectors that wait to be sought, and which set each is of
 * @top: (nullable): rows that are held back for --top
 */
typedef struct {
    AssayRecipe *conversion;
    AssayCrowd *reference;
    AssayCloseness *closeness;
    gboolean flips, within, has_summary;
    CliSets sets;
    AssayCrowd **crowds;
    guint64 *faults;
    AssayCopySummary **summaries;
    GPtrArray *pending;
    GArray *pending_sets;
    size_t n_pending;
    AssayGroups *groups;
    AssayOutput *output;
    AssayTable *table;
    AssayCopyList *top;
    CliFailOn fail_on;
    gboolean lacks;
    guint64 n_faults;
    guint64 seed;
} Nearest;

AssayTable *nearest_table_new(AssayOutput *output, gboolean has_summary);

/* A row of an item, printed, or held back; @crowd is where the nearest was sought. */
gboolean nearest_print(Nearest *self, size_t set, const char *item, const AssayCopy *copy,
                       const AssayCrowd *crowd, GError **error);

/* The rows that were held back. */
gboolean nearest_print_top(Nearest *self, GError **error);

void nearest_clear(Nearest *self);
