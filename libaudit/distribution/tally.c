/* distribution/tally.c - the values of an item, counted: whole numbers.
 *
 * Bytes are counted by themselves, all else through one table of all cells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/byte-counts.h"
#include "cell-table-private.h"
#include "dense-rows-private.h"
#include "tally-private.h"

/* Of so many bytes that counts of 16 bits hold them; @counts by cells. */
static void
count_few(const AssaySpreadVariable *self, const guint8 *bytes, size_t n, guint16 *counts)
{
    assay_byte_counts(bytes, n, counts);
    if (self->scale.offset < 0) { /* signed: -128 is cell 0 */
        guint16 positive[128];

        memcpy(positive, counts, sizeof positive);
        memcpy(counts, &counts[128], sizeof positive);
        memcpy(&counts[128], positive, sizeof positive);
    }
}

static void
add_to_totals(guint64 *restrict totals, const guint16 *restrict counts)
{
    for (size_t cell = 0; cell < 256; cell++)
        totals[cell] += counts[cell];
}

/* An item of so many bytes that its counts take little more memory than it. */
static void
tally_few_bytes(AssaySpreadVariable *self, const guint8 *bytes, size_t n)
{
    guint16 *counts = assay_dense_rows_add(self->dense);

    count_few(self, bytes, n, counts);
    add_to_totals(self->totals, counts);
}

static void
tally_many_bytes(AssaySpreadVariable *self, const guint8 *bytes, size_t n)
{
    guint32 counts[256] = { 0 };
    AssayCellCount found[256];
    guint n_found = 0;

    while (n > 0) {
        size_t part = MIN(n, ASSAY_BYTE_COUNTS_MOST);
        guint16 more[256];

        count_few(self, bytes, part, more);
        add_to_totals(self->totals, more);
        for (size_t cell = 0; cell < 256; cell++)
            counts[cell] += more[cell];
        bytes += part;
        n -= part;
    }
    for (guint cell = 0; cell < 256; cell++) {
        found[n_found] = (AssayCellCount){ .count = counts[cell], .cell = (guint16)cell };
        n_found += counts[cell] != 0;
    }
    g_array_append_vals(self->cells, found, n_found);
}

static void
tally_bytes(AssaySpreadVariable *self, const guint8 *bytes, size_t n)
{
    if (self->dense != NULL)
        tally_few_bytes(self, bytes, n);
    else
        tally_many_bytes(self, bytes, n);
    self->n_values += n;
    self->has_totals = TRUE;
}

/* Of all items of the run together, in as few parts as counts of 16 bits allow. */
static void
tally_run_of_bytes(AssaySpreadVariable *self, const guint8 *bytes, size_t n)
{
    self->n_values += n;
    self->has_totals = TRUE;
    while (n > 0) {
        size_t part = MIN(n, ASSAY_BYTE_COUNTS_MOST);
        guint16 counts[ASSAY_DENSE_CELLS];

        count_few(self, bytes, part, counts);
        add_to_totals(self->totals, counts);
        bytes += part;
        n -= part;
    }
}

static void
count_integers(AssaySpreadVariable *self, AssayCellTable *table, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        assay_cell_table_count(table, (guint16)((int)values[i] - self->scale.offset));
    self->n_values += n;
}

/* Of whole numbers: from the item's cells. */
static void
find_integer_moments(const AssaySpreadVariable *self, const AssayCellCount *cells, size_t n_cells,
                     double *moments)
{
    double n = 0, sum = 0, mean, m2 = 0, m3 = 0, m4 = 0, divisor = self->scale.divisor;

    for (size_t i = 0; i < n_cells; i++) {
        n += cells[i].count;
        sum += (double)cells[i].count * ((double)cells[i].cell + self->scale.offset);
    }
    mean = sum / n;
    for (size_t i = 0; i < n_cells; i++) {
        double d = (double)cells[i].cell + self->scale.offset - mean, part = cells[i].count * d * d;

        m2 += part;
        m3 += part * d;
        m4 += part * d * d;
    }
    assay_tally_set_moments(moments, mean, n, m2, m3, m4);
    moments[ASSAY_MOMENT_MEAN] /= divisor;
    moments[ASSAY_MOMENT_VARIANCE] /= divisor * divisor;
}

static void
tally_integers(AssaySpreadVariable *self, const AssayTallyItem *item)
{
    AssayCellTable *table = assay_cell_table();
    double values[ASSAY_TALLY_CHUNK];

    for (size_t at = 0; at < item->n; at += ASSAY_TALLY_CHUNK)
        count_integers(self, table, values, assay_tally_read(item, at, values));
    assay_cell_table_flush(table, self->cells);
}

static size_t
end_before(const AssaySpreadVariable *self, size_t at)
{
    return at == 0 ? 0 : g_array_index(self->ends, size_t, at - 1);
}

const guint16 *
assay_spread_row(const AssaySpreadVariable *self, size_t at)
{
    static const guint16 none[ASSAY_DENSE_CELLS];
    size_t first = end_before(self, at);

    return g_array_index(self->ends, size_t, at) == first
               ? none
               : assay_dense_rows_nth(self->dense, first);
}

const AssayCellCount *
assay_spread_cells(const AssaySpreadVariable *self, size_t at, AssayCellCount *room, size_t *n)
{
    const guint16 *counts;

    if (self->dense == NULL) {
        size_t first = end_before(self, at);

        *n = g_array_index(self->ends, size_t, at) - first;
        return &g_array_index(self->cells, AssayCellCount, first);
    }
    counts = assay_spread_row(self, at);
    *n = 0;
    for (size_t cell = 0; cell < ASSAY_DENSE_CELLS; cell++) {
        room[*n] = (AssayCellCount){ .count = counts[cell], .cell = (guint16)cell };
        *n += counts[cell] != 0;
    }
    return room;
}

gboolean
assay_variable_is_of_bytes(const AssayVariable *self)
{
    return self->scale.is_integer && assay_type_size(self->array->type) == 1 && self->step == 1;
}

static size_t
count_rows(const AssaySpreadVariable *self)
{
    return self->dense != NULL ? assay_dense_rows_count(self->dense) : self->cells->len;
}

void
assay_spread_tally_run(AssaySpreadVariable *self, const AssayVariable *variable, size_t index,
                       size_t n)
{
    const guint8 *bytes = variable->array->data;
    guint n_before = self->ends->len;
    size_t end = count_rows(self);

    tally_run_of_bytes(self, bytes + index * variable->block, n * variable->block);
    g_array_set_size(self->ends, n_before + (guint)n);
    for (size_t i = 0; i < n; i++)
        g_array_index(self->ends, size_t, n_before + i) = end;
}

/* Those of whole numbers are found of the cells of the item, which is the last. */
static void
append_moments(AssaySpreadVariable *self, AssayItemMoments *moments)
{
    AssayCellCount room[ASSAY_DENSE_CELLS];

    if (self->scale.is_integer) {
        size_t n;
        const AssayCellCount *cells = assay_spread_cells(self, self->ends->len - 1, room, &n);

        find_integer_moments(self, cells, n, moments->of);
    }
    g_array_append_val(self->moments, *moments);
}

void
assay_spread_tally(AssaySpreadVariable *self, const AssayVariable *variable, size_t index)
{
    const AssayArray *array = variable->array;
    const AssayTallyItem item = { variable, index * variable->block,
                                  variable->block / variable->step };
    AssayItemMoments moments;
    size_t end;

    for (guint k = 0; k < ASSAY_N_MOMENTS; k++)
        moments.of[k] = (double)NAN;
    if (!self->scale.is_integer)
        assay_tally_floats(self, &item, moments.of);
    else if (assay_variable_is_of_bytes(variable))
        tally_bytes(self, (const guint8 *)array->data + item.start, item.n);
    else
        tally_integers(self, &item);
    end = count_rows(self);
    g_array_append_val(self->ends, end);
    if (!self->skips_moments)
        append_moments(self, &moments);
}
