/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell-table-private.h"

#include <string.h>

static GPrivate thread_table = G_PRIVATE_INIT(g_free);

AssayCellTable *
assay_cell_table(void)
{
    AssayCellTable *table = g_private_get(&thread_table);

    if (table == NULL) {
        table = g_new0(AssayCellTable, 1);
        g_private_set(&thread_table, table);
    }
    return table;
}

static void
flush_block(AssayCellTable *self, size_t block, GArray *cells)
{
    AssayCellCount found[ASSAY_CELL_BLOCK];
    size_t first = block * ASSAY_CELL_BLOCK;
    guint n = 0;

    for (size_t cell = first; cell < first + ASSAY_CELL_BLOCK; cell++) {
        found[n] = (AssayCellCount){ self->counts[cell], self->exact[cell], (guint16)cell };
        n += self->counts[cell] > 0;
    }
    g_array_append_vals(cells, found, n);
    memset(&self->counts[first], 0, ASSAY_CELL_BLOCK * sizeof *self->counts);
    memset(&self->exact[first], 0, ASSAY_CELL_BLOCK * sizeof *self->exact);
    self->used[block] = 0;
}

void
assay_cell_table_flush(AssayCellTable *self, GArray *cells)
{
    for (size_t first = 0; first < sizeof self->used; first += sizeof(guint64)) {
        guint64 any;

        memcpy(&any, &self->used[first], sizeof any);
        for (size_t i = 0; any != 0 && i < sizeof any; i++) {
            if (self->used[first + i] != 0)
                flush_block(self, first + i, cells);
        }
    }
}
