/* base/each.h - the same work for each of some numbers, in parallel.
 *
 * For work that puts what it finds where it belongs: an array has room for each number. What has
 * results on the way, in order, takes base/parallel.h.
 *
 * Stands on: base/parallel.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "api.h"

G_BEGIN_DECLS

/**
 * assay_each_number:
 * @n_workers: 0 or 1 runs everything in the calling thread and starts no other
 * @work: is called with each number below @n, by several threads at a time; returns %FALSE with the
 *     error set on failure
 *
 * Returns: %FALSE with the error of the smallest number that has one.
 */
ASSAY_API gboolean assay_each_number(size_t n, guint n_workers,
                                     gboolean (*work)(gpointer user, size_t number, GError **error),
                                     gpointer user, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
