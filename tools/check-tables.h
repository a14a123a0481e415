/* tools/check-tables.h - the sets of assay-check, and its three tables.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/check/check.h>
#include <assay/check/classes.h>

#include "cli-sets.h"
#include "cli-spec.h"
#include "cli.h"

/**
 * Check:
 *
 * A run of assay-check.
 * @sets: (array): one of each of @named
 */
typedef struct {
    AssaySpec *spec;
    AssayChecker *checker;
    AssayGroups *groups;
    CliSets named;
    AssayClasses **sets;
    AssayOutput *output;
    AssayTable *table;
} Check;

void check_clear(Check *self);

/* Makes sets of operands; see cli_sets_read(). */
gboolean check_label_sets(Check *self, const char *const *operands);

AssayTable *check_table_new(AssayOutput *output, gboolean summary, gboolean per_item);
gboolean check_print_findings(Check *self, const AssayVerdict *verdict, GError **error);
gboolean check_print_items(Check *self, const AssayVerdict *verdict, GError **error);
gboolean check_print_summary(Check *self, const char *set, const AssaySummaryRow *row,
                             GError **error);
