/* distribution/cells-text-private.h - the texts in which a spec packs numbers, read strictly.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "distribution.h"

/* Each is %FALSE for any text but the one that is written for the value. */

/* 16 digits, lower-case hexadecimal. */
gboolean assay_text_read_hash(const char *text, guint64 *hash);

/* "sum/n sum/n sum/n sum/n". */
gboolean assay_text_read_moments(const char *text, AssayMomentSum *moments);

/* "cell:count cell:count:exact": sets n_cells, cells, counts and, if @has_exact, exact of @self,
 * which had none; cells ascend, counts are from 1, exact from 1 to the count. */
gboolean assay_text_read_cells(const char *text, gboolean has_exact, AssayGroupCells *self);
