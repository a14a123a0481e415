/* tools/check-tables.h - the sets of assay-check, its three tables, and its words on standard
 * error.
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

/* In words: with @in_full what was found; in any case what limits the answer; with @is_first also
 * what holds for all rules of the set. */
void check_tell(const Check *self, const char *set, size_t rule, const AssaySummaryRow *row,
                gboolean is_first, gboolean in_full);

/* That no p can be small, where the corpus has too few groups; or that there is none. */
void check_tell_reach(const Check *self, const char *spec_name);
