/* show/methods.h - what was done and found, in sentences for the methods section of a paper.
 *
 * A line is a paragraph. Every number in them is one of the spec, of the config, or of a row of the
 * summary.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../check/summary.h"

G_BEGIN_DECLS

/**
 * AssayMethods:
 * @sha256: of the bytes of the spec, in hexadecimal
 * @grouped_by: (nullable): what said which items of the sets stand or fall together, as it was
 *     typed: "--groups=groups.tsv"; %NULL: nothing did
 * @seed: of the permutations
 */
typedef struct {
    const AssaySpec *spec;
    const char *sha256;
    const AssayCheckConfig *config;
    const char *grouped_by;
    guint64 seed;
} AssayMethods;

/* Appends what was done: material, rules, statistics; a paragraph each. */
ASSAY_API void assay_methods_print(GString *out, const AssayMethods *self);

/* Appends the beginning of a paragraph on a set; @row is any of its rows. */
ASSAY_API void assay_methods_print_set(GString *out, const char *set, const AssaySummaryRow *row);

/* Appends what was found in it by the rule of @row, which has the number @rule. */
ASSAY_API void assay_methods_print_row(GString *out, const AssayMethods *self, size_t rule,
                                       const AssaySummaryRow *row);

G_END_DECLS
