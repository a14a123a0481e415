/* distribution/dense-rows-private.h - cells of many items, 256 of each, one after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "distribution.h"

/* Counted; it does not change once it is shared. @room: how many rows there will be, or so */
AssayDenseRows *assay_dense_rows_new(size_t room);
AssayDenseRows *assay_dense_rows_ref(AssayDenseRows *self);
void assay_dense_rows_unref(AssayDenseRows *self);

/* A row more, which holds anything; others may move where there was no room for it. */
guint16 *assay_dense_rows_add(AssayDenseRows *self);

size_t assay_dense_rows_count(const AssayDenseRows *self);
const guint16 *assay_dense_rows_nth(const AssayDenseRows *self, size_t n);
