/* tests/unit/compared-set.h - sets to compare, made of a few numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/compare/compare.h>

#include "set-of-values.h"

/* Adds a sample called @name with a field "x" of @n_items blocks of @n values, see values_new(). */
void compared_set_add(AssayCompareSet *self, const char *name, AssayType type, size_t n_items,
                      size_t n, const double *values, const char *meta);

/* A finished set of one such sample, called as the set. */
AssayCompareSet *compared_set_new(const char *label, AssayType type, size_t n_items, size_t n,
                                  const double *values, const char *meta);

/* The rows of one candidate. */
GPtrArray *compared_rows(const AssayCompareSet *reference, const AssayCompareSet *candidate,
                         const AssayCompareConfig *config);

/* The row of a measure; there has to be one. */
const AssayCompareRow *compared_row(const GPtrArray *rows, const char *measure);
