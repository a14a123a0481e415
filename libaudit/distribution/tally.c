/* distribution/tally.c - the values of an item, counted.
 *
 * Bytes go through eight tables, so that equal neighbours do not wait for each other. All else goes
 * through one table of 65,536 cells, with a map of those that are in use: to find them again, and
 * to leave the table empty, takes as long as there are such.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../media/notes.h"
#include "distribution-private.h"

enum { N_TABLES = 8, CHUNK = 1024 };

/* Always empty between two items; one a thread. */
typedef struct {
    guint32 counts[1 << 16], exact[1 << 16];
    guint64 used[1 << 10], used_words[1 << 4];
} Table;

static GPrivate thread_table = G_PRIVATE_INIT(g_free);

static Table *
get_table(void)
{
    Table *table = g_private_get(&thread_table);

    if (table == NULL) {
        table = g_new0(Table, 1);
        g_private_set(&thread_table, table);
    }
    return table;
}

static void
count_cell(Table *self, guint16 cell, guint32 is_exact)
{
    self->counts[cell]++;
    self->exact[cell] += is_exact;
    self->used[cell >> 6] |= G_GUINT64_CONSTANT(1) << (cell & 63);
    self->used_words[cell >> 12] |= G_GUINT64_CONSTANT(1) << (cell >> 6 & 63);
}

/* Appends the cells in use, ascending, and empties the table. */
static void
flush_table(Table *self, GArray *cells)
{
    for (guint top = 0; top < G_N_ELEMENTS(self->used_words); top++) {
        for (; self->used_words[top] != 0; self->used_words[top] &= self->used_words[top] - 1) {
            guint word = top << 6 | (guint)__builtin_ctzll(self->used_words[top]);

            for (; self->used[word] != 0; self->used[word] &= self->used[word] - 1) {
                guint cell = word << 6 | (guint)__builtin_ctzll(self->used[word]);
                AssayCellCount count = { self->counts[cell], self->exact[cell], (guint16)cell };

                g_array_append_val(cells, count);
                self->counts[cell] = self->exact[cell] = 0;
            }
        }
    }
}

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

/* Up to CHUNK values of an item from its @at-th on; those left out are not among them. */
typedef struct {
    const AssayVariable *variable;
    size_t start, n; /* of the item in the array; its rows */
} Item;

static size_t
read_values(const Item *item, size_t at, double *values)
{
    const AssayVariable *variable = item->variable;
    size_t n = MIN(CHUNK, item->n - at), kept = 0;

    if (variable->step == 1) {
        assay_array_values(variable->array, item->start + at, n, values);
        return n;
    }
    for (size_t i = 0; i < n; i++) {
        size_t row = item->start + (at + i) * variable->step;

        if (variable->has_channels &&
            assay_array_value(variable->array, row + variable->channels) == ASSAY_DRUM_CHANNEL)
            continue;
        values[kept++] = assay_array_value(variable->array, row + variable->first);
    }
    return kept;
}

/* Sums are of CHUNK values each, and then of these: the error does not grow with an item. */
typedef struct {
    guint64 n;
    double sum;
} Total;

static void
count_floats(AssaySpreadVariable *self, Table *table, double *values, size_t n, Total *total)
{
    double divisor = self->scale.divisor, low = self->scale.low, high = self->scale.high, sum = 0;
    gboolean has_range = assay_scale_has_range(&self->scale);

    for (size_t i = 0; i < n; i++) {
        double value = divisor == 1 ? values[i] : values[i] / divisor;
        gboolean is_exact;
        guint16 cell;

        if (!isfinite(value)) {
            self->n_non_finite++;
            continue;
        }
        cell = assay_cell_of(value, &is_exact);
        count_cell(table, cell, (guint32)(is_exact != FALSE));
        sum += value;
        total->n++;
        if (has_range) {
            guint bin = assay_bin_of(low, high, value);

            self->below += bin == ASSAY_BIN_BELOW;
            self->above += bin == ASSAY_BIN_ABOVE;
            if (bin < ASSAY_DISTRIBUTION_BINS)
                self->bins[bin]++;
        }
    }
    total->sum += sum;
}

static void
count_integers(AssaySpreadVariable *self, Table *table, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        count_cell(table, (guint16)((int)values[i] - self->scale.offset), 0);
    self->n_values += n;
}

/* Central moments from sums of powers of differences from the mean. */
static void
set_moments(double *moments, double mean, double n, double m2, double m3, double m4)
{
    for (guint k = 0; k < ASSAY_N_MOMENTS; k++)
        moments[k] = (double)NAN;
    if (!(n > 0))
        return;
    m2 /= n;
    m3 /= n;
    m4 /= n;
    moments[ASSAY_MOMENT_MEAN] = mean;
    moments[ASSAY_MOMENT_VARIANCE] = m2;
    if (!(m2 > 0))
        return;
    moments[ASSAY_MOMENT_SKEWNESS] = m3 / (m2 * sqrt(m2));
    moments[ASSAY_MOMENT_KURTOSIS] = m4 / (m2 * m2);
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
    set_moments(moments, mean, n, m2, m3, m4);
    moments[ASSAY_MOMENT_MEAN] /= divisor;
    moments[ASSAY_MOMENT_VARIANCE] /= divisor * divisor;
}

static void
find_float_moments(const AssaySpreadVariable *self, const Item *item, const Total *total,
                   double *moments)
{
    double mean = total->sum / (double)total->n, m2 = 0, m3 = 0, m4 = 0;
    double divisor = self->scale.divisor, values[CHUNK];

    for (size_t at = 0; at < item->n && total->n > 0; at += CHUNK) {
        double sums[3] = { 0 };
        size_t n = read_values(item, at, values);

        for (size_t i = 0; i < n; i++) {
            double value = divisor == 1 ? values[i] : values[i] / divisor;
            double d = isfinite(value) ? value - mean : 0, square = d * d;

            sums[0] += square;
            sums[1] += square * d;
            sums[2] += square * square;
        }
        m2 += sums[0];
        m3 += sums[1];
        m4 += sums[2];
    }
    set_moments(moments, mean, (double)total->n, m2, m3, m4);
}

static void
tally_floats(AssaySpreadVariable *self, const Item *item, double *moments)
{
    Table *table = get_table();
    Total total = { 0, 0 };
    double values[CHUNK];

    for (size_t at = 0; at < item->n; at += CHUNK)
        count_floats(self, table, values, read_values(item, at, values), &total);
    self->n_values += total.n;
    flush_table(table, self->cells);
    find_float_moments(self, item, &total, moments);
}

static void
tally_integers(AssaySpreadVariable *self, const Item *item)
{
    Table *table = get_table();
    double values[CHUNK];

    for (size_t at = 0; at < item->n; at += CHUNK)
        count_integers(self, table, values, read_values(item, at, values));
    flush_table(table, self->cells);
}

void
assay_spread_tally(AssaySpreadVariable *self, const AssayVariable *variable, size_t index)
{
    const AssayArray *array = variable->array;
    const Item item = { variable, index * variable->block, variable->block / variable->step };
    size_t first = self->cells->len;
    AssayItemValues values;

    if (!self->scale.is_integer) {
        tally_floats(self, &item, values.moments);
    } else {
        if (assay_type_size(array->type) == 1 && variable->step == 1)
            tally_bytes(self, (const guint8 *)array->data + item.start, item.n);
        else
            tally_integers(self, &item);
        find_integer_moments(self, first, values.moments);
    }
    values.end = self->cells->len;
    g_array_append_val(self->items, values);
}
