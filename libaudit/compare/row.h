/* compare/row.h - what is asked of a comparison, and a row of what it answers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/**
 * AssayCompareConfig:
 * @all: all measures, not only ks, jsd and w1
 * @measures: (nullable): these alone, ended by %NULL: names of measures, or "atom", "outside",
 *     "mean" ...
 * @fields: (nullable): these alone, ended by %NULL: fields, or variables
 * @n_bins: 0: each value is a bin of its own
 * @base: of logarithms: 2, or e
 * @tequilagan: p of ks as TequilaGAN's tables have it: over pooled values, as if each were
 *     independent; jsd by bins whose edges are of float32, where NumPy had put them
 * @n_draws: of the null distributions, at least 1
 * @n_workers: nothing depends on it
 */
typedef struct {
    gboolean all;
    const char *const *measures;
    const char *const *fields;
    size_t n_bins;
    double base;
    gboolean tequilagan;
    size_t n_draws;
    guint64 seed;
    guint n_workers;
} AssayCompareConfig;

#define ASSAY_COMPARE_CONFIG_DEFAULT                                                               \
    {                                                                                              \
        .n_bins = 100, .base = 2, .n_draws = 999                                                   \
    }

/**
 * AssayCompareRow:
 * @value: of the measure, NaN if there is none
 * @at: the value where the sides differ most; NaN where a measure has no such place
 * @reference, @candidate: what differs there: shares, or means of a moment
 * @real50, @real99: see AssayNullRow
 * @ratio: value / real99; of a similarity (1 - value) / (1 - real99); inf where two samples of the
 *     reference never differ and these do
 * @p: see AssayNullRow; @q: see assay_compare_adjust()
 * @items, @groups: of the candidate
 * @note: what limits the numbers; "" if nothing does
 */
typedef struct {
    char *set, *field, *measure;
    double value, at, reference, candidate;
    double real50, real99, ratio, p, q;
    guint64 items, groups;
    GString *note;
} AssayCompareRow;

ASSAY_API void assay_compare_row_free(AssayCompareRow *self);

/* The columns of numbers, "value" to "groups", in the order of the structure; ended by %NULL. */
extern ASSAY_API const char *const assay_compare_row_names[];

/* What is in one of these; @column: its index. */
ASSAY_API double assay_compare_row_value(const AssayCompareRow *self, size_t column);

/**
 * assay_compare_row_is_meant:
 * @scope: (nullable): FIELD, MEASURE or FIELD:MEASURE; %NULL: any row
 */
ASSAY_API gboolean assay_compare_row_is_meant(const AssayCompareRow *self, const char *scope);

G_END_DECLS
