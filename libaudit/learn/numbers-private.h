/* learn/numbers-private.h - vectors of finite numbers as members of a model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"

G_BEGIN_DECLS

/* An array of them: (transfer full). */
AssayJson *assay_numbers_to_json(const double *values, size_t n);

/**
 * assay_numbers_at:
 * @n: how many there have to be
 *
 * Reads an array of finite numbers, none beyond ASSAY_NUMBERS_MOST.
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_SPEC that names the place.
 */
double *assay_numbers_at(const AssayJsonAt *at, size_t n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same of the member @key. */
double *assay_numbers_member(const AssayJsonAt *at, const char *key, size_t n,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An array of arrays of @n such numbers each, one after the other. */
double *assay_numbers_rows(const AssayJsonAt *at, size_t n,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A member that is one such number. */
gboolean assay_number_member(const AssayJsonAt *at, const char *key, double *value,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Products and sums of a few of these are finite. */
#define ASSAY_NUMBERS_MOST 1e100

G_END_DECLS
