/* show/shape-view-private.h - the fields of samples, for people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../values/shape.h"
#include "page-private.h"

/* One line a field; the sizes that @varies (nullable) says vary are left out. */
void assay_shape_print(const AssayPage *page, const AssayShape *self, const gboolean *varies,
                       size_t indent);

/* The fields of @sample with all their metadata, and its other metadata after them. */
void assay_shape_print_long(const AssayPage *page, const AssayShape *self, AssaySample *sample,
                            size_t indent);
