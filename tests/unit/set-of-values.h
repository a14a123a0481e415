/* tests/unit/set-of-values.h - samples of numbers, and sets of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/distribution/distributions.h>

/* A sample with one field: @n_items blocks of @n values, or one block without an item axis where
 * @n_items is 0. @meta: JSON, or NULL. */
AssaySample *values_new(const char *name, const char *field, AssayType type, size_t n_items,
                        size_t n, const double *values, const char *meta);

/* Adds a sample, which it frees. */
void set_add(AssayDistributions *self, AssaySample *sample, AssayGroups *groups);
void set_add_some(AssayDistributions *self, AssaySample *sample,
                  const AssayDistributionConfig *config);
gboolean set_try(AssayDistributions *self, AssaySample *sample, GError **error);

/* All that is known of a set, as a text to compare: (transfer full). */
char *set_text(const AssayDistributions *self);
