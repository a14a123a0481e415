/* distribution/tally.c - the values of an item, counted: whole numbers.
 *
 * Bytes go through eight tables, so that equal neighbours do not wait for each other. All else goes
 * through one table of all cells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "cell-table-private.h"
#include "tally-private.h"

enum { N_TABLES = 8 };

typedef guint16 Tables[N_TABLES][256];

/* Written out, for compilers that neither unroll nor see that @counts is no part of @t. */
static void
add_tables(guint32 *restrict counts, Tables t)
{
    guint16 sums[256];

    for (size_t v = 0; v < 256; v++)
        sums[v] = (guint16)(t[0][v] + t[1][v] + t[2][v] + t[3][v] + t[4][v] + t[5][v] + t[6][v] +
                            t[7][v]);
    for (size_t v = 0; v < 256; v++)
        counts[v] += sums[v];
}

static void
count_part(const guint8 *bytes, size_t n, Tables t)
{
    size_t at = 0;

    for (; at + N_TABLES <= n; at += N_TABLES) {
        t[0][bytes[at]]++;
        t[1][bytes[at + 1]]++;
        t[2][bytes[at + 2]]++;
        t[3][bytes[at + 3]]++;
        t[4][bytes[at + 4]]++;
        t[5][bytes[at + 5]]++;
        t[6][bytes[at + 6]]++;
        t[7][bytes[at + 7]]++;
    }
    for (; at < n; at++)
        t[0][bytes[at]]++;
}

/* A part has so many values that counts of 16 bits hold them. */
static void
count_bytes(const guint8 *bytes, size_t n, guint32 *counts)
{
    while (n > 0) {
        size_t part = MIN(n, (size_t)G_MAXUINT16);
        Tables tables = { { 0 } };

        count_part(bytes, part, tables);
        add_tables(counts, tables);
        bytes += part;
        n -= part;
    }
}

static void
tally_bytes(AssaySpreadVariable *self, const guint8 *bytes, size_t n)
{
    guint32 counts[256] = { 0 };
    guint flip = self->scale.offset < 0 ? 0x80 : 0; /* signed: -128 is cell 0 */
    AssayCellCount found[256];
    guint n_found = 0;

    count_bytes(bytes, n, counts);
    for (guint cell = 0; cell < 256; cell++) {
        guint32 count = counts[cell ^ flip];

        found[n_found] = (AssayCellCount){ .count = count, .cell = (guint16)cell };
        n_found += count != 0;
    }
    g_array_append_vals(self->cells, found, n_found);
    self->n_values += n;
}

static void
count_integers(AssaySpreadVariable *self, AssayCellTable *table, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        assay_cell_table_count(table, (guint16)((int)values[i] - self->scale.offset));
    self->n_values += n;
}

/* Of whole numbers: from the item's cells, from @first on. */
static void
find_integer_moments(const AssaySpreadVariable *self, size_t first, double *moments)
{
    const AssayCellCount *cells = (const AssayCellCount *)(const void *)self->cells->data;
    double n = 0, sum = 0, mean, m2 = 0, m3 = 0, m4 = 0, divisor = self->scale.divisor;

    for (size_t i = first; i < self->cells->len; i++) {
        n += cells[i].count;
        sum += (double)cells[i].count * ((double)cells[i].cell + self->scale.offset);
    }
    mean = sum / n;
    for (size_t i = first; i < self->cells->len; i++) {
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

void
assay_spread_tally(AssaySpreadVariable *self, const AssayVariable *variable, size_t index)
{
    const AssayArray *array = variable->array;
    const AssayTallyItem item = { variable, index * variable->block,
                                  variable->block / variable->step };
    size_t first = self->cells->len;
    AssayItemValues values;

    for (guint k = 0; k < ASSAY_N_MOMENTS; k++)
        values.moments[k] = (double)NAN;
    if (!self->scale.is_integer) {
        assay_tally_floats(self, &item, values.moments);
    } else {
        if (assay_type_size(array->type) == 1 && variable->step == 1)
            tally_bytes(self, (const guint8 *)array->data + item.start, item.n);
        else
            tally_integers(self, &item);
        if (!self->skips_moments)
            find_integer_moments(self, first, values.moments);
    }
    values.end = self->cells->len;
    g_array_append_val(self->items, values);
}
