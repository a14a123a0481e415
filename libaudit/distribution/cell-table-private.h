/* distribution/cell-table-private.h - values of one item by cells, where there are 65,536 of them.
 *
 * Beside the counts stands which blocks of cells are in use: to find the cells again, and to leave
 * the table empty, takes as long as there are such.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "distribution-private.h"

#define ASSAY_CELL_BLOCK ((size_t)64)

/**
 * AssayCellTable:
 * @counts, @exact: a cell
 * @used: whether a block of cells has any counts
 */
typedef struct {
    guint32 counts[ASSAY_N_CELLS], exact[ASSAY_N_CELLS];
    guint8 used[ASSAY_N_CELLS / ASSAY_CELL_BLOCK];
} AssayCellTable;

/* The thread's own, always empty between two items. */
AssayCellTable *assay_cell_table(void);

static inline void
assay_cell_table_count(AssayCellTable *self, guint16 cell)
{
    self->counts[cell]++;
    self->used[cell / ASSAY_CELL_BLOCK] = 1;
}

/* Appends the cells in use to @cells (element-type AssayCellCount), ascending, and empties. */
void assay_cell_table_flush(AssayCellTable *self, GArray *cells);
