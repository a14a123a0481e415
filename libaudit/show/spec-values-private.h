/* show/spec-values-private.h - how the values of a corpus are distributed, for people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../spec/spec.h"

/* Appends a paragraph a variable: range, frequent values (@top at most), moments of items. */
void assay_spec_print_values(GString *out, const AssaySpec *spec, guint top);
