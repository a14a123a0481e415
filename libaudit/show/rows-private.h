/* show/rows-private.h - one line a thing: numbers to the right, its name, and what is to be said.
 *
 * The first rows are held back until the widths of their columns are known; assay_rows_settle()
 * lets them go earlier. A later row that is wider pushes its own cells to the right.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "page-private.h"

typedef struct AssayRows AssayRows;

/**
 * assay_rows_new:
 * @titles: of the columns before the name, ended by %NULL; all stand to the right
 * @name_title: of the name's
 */
AssayRows *assay_rows_new(const AssayPage *page, const char *const *titles, const char *name_title);

/* Drops what is held back. */
void assay_rows_free(AssayRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayRows, assay_rows_free)

/**
 * assay_rows_add:
 * @cells: as many as there are titles
 * @note: (nullable): what follows the name, or stands below it where the line would be too long
 */
void assay_rows_add(AssayRows *self, const char *const *cells, const char *name, const char *note);

/* Writes what is held back; from then on rows are written as they come. */
void assay_rows_settle(AssayRows *self);
