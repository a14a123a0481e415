/* tools/spec-diff-told.h - what assay-spec diff tells: in words, and as a table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/spec/set-difference.h>

/* A run of it: the two sides, and for each rule its rows. */
typedef struct {
    AssaySpec *specs[2];
    char *labels[2];
    GArray *rows[ASSAY_N_RULES]; /* NULL: not compared */
} SpecDiff;

/* In words, how the two relate in a rule. */
void spec_diff_tell(const SpecDiff *self, size_t rule, const AssayOverlap *overlap);

/* The table of what the first allows alone, or @both do: of each and each rule the first @top. */
gboolean spec_diff_print(const SpecDiff *self, gboolean both, int top, GError **error);
