/* distribution/tally-floats.c - the values of an item, counted: floating-point numbers.
 *
 * float32 in a row, as the array has them, go into cells by their bits alone; all else comes as
 * doubles, chunk by chunk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../media/notes.h"
#include "cell-table-private.h"
#include "tally-private.h"

#define INFINITE_BITS ((guint32)0x7f800000)
#define SIGN_BIT ((guint32)0x80000000)

size_t
assay_tally_read(const AssayTallyItem *item, size_t at, double *values)
{
    const AssayVariable *variable = item->variable;
    size_t n = MIN(ASSAY_TALLY_CHUNK, item->n - at), kept = 0;

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

/* As assay_cell_of(); how many are finite. */
static size_t
count_bits(AssayCellTable *table, const float *values, size_t n)
{
    size_t n_finite = 0;

    for (size_t i = 0; i < n; i++) {
        float value = values[i] + 0.0F; /* -0 + 0 is 0 */
        guint32 bits;
        guint16 cell;

        memcpy(&bits, &value, sizeof bits);
        if ((bits & INFINITE_BITS) == INFINITE_BITS)
            continue;
        n_finite++;
        cell = (guint16)((bits ^ ((guint32) - (gint32)(bits >> 31) | SIGN_BIT)) >> 16);
        assay_cell_table_count(table, cell);
        if ((bits & G_MAXUINT16) == 0)
            table->exact[cell]++;
    }
    return n_finite;
}

static void
count_cells(AssayCellTable *table, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        gboolean is_exact;
        guint16 cell = assay_cell_of(values[i], &is_exact);

        assay_cell_table_count(table, cell);
        table->exact[cell] += is_exact != FALSE;
    }
}

static void
count_bins(AssaySpreadVariable *self, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        guint bin = assay_bin_of(self->scale.low, self->scale.high, values[i]);

        self->below += bin == ASSAY_BIN_BELOW;
        self->above += bin == ASSAY_BIN_ABOVE;
        if (bin < ASSAY_DISTRIBUTION_BINS)
            self->bins[bin]++;
    }
}

/* Those that are finite of a chunk, divided. */
static size_t
read_finite(const AssaySpreadVariable *self, const AssayTallyItem *item, size_t at, double *values)
{
    size_t n = assay_tally_read(item, at, values), kept = 0;
    double divisor = self->scale.divisor;

    for (size_t i = 0; i < n; i++) {
        double value = divisor == 1 ? values[i] : values[i] / divisor;

        values[kept] = value;
        kept += isfinite(value) != 0;
    }
    return kept;
}

static size_t
count_rows(const AssayTallyItem *item)
{
    const AssayVariable *variable = item->variable;
    size_t n = 0;

    if (!variable->has_channels)
        return item->n;
    for (size_t i = 0; i < item->n; i++)
        n += assay_array_value(variable->array, item->start + i * variable->step +
                                                    variable->channels) != ASSAY_DRUM_CHANNEL;
    return n;
}

void
assay_tally_set_moments(double *moments, double mean, double n, double m2, double m3, double m4)
{
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

static void
find_moments(const AssaySpreadVariable *self, const AssayTallyItem *item, double sum, size_t n,
             double *moments)
{
    double mean = sum / (double)n, m2 = 0, m3 = 0, m4 = 0, values[ASSAY_TALLY_CHUNK];

    for (size_t at = 0; at < item->n && n > 0; at += ASSAY_TALLY_CHUNK) {
        size_t n_finite = read_finite(self, item, at, values);
        double sums[3] = { 0 };

        for (size_t i = 0; i < n_finite; i++) {
            double d = values[i] - mean, square = d * d;

            sums[0] += square;
            sums[1] += square * d;
            sums[2] += square * square;
        }
        m2 += sums[0];
        m3 += sums[1];
        m4 += sums[2];
    }
    assay_tally_set_moments(moments, mean, (double)n, m2, m3, m4);
}

/* Sums are of a chunk's values each, and then of these: the error does not grow with an item. */
static double
add_up(const double *values, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += values[i];
    return sum;
}

void
assay_tally_floats(AssaySpreadVariable *self, const AssayTallyItem *item, double *moments)
{
    const AssayVariable *variable = item->variable;
    AssayCellTable *table = assay_cell_table();
    gboolean has_range = assay_scale_has_range(&self->scale);
    gboolean by_bits =
        variable->array->type == ASSAY_F32 && variable->step == 1 && self->scale.divisor == 1;
    double values[ASSAY_TALLY_CHUNK], sum = 0;
    size_t n = 0;

    if (by_bits)
        n = count_bits(table, (const float *)variable->array->data + item->start, item->n);
    for (size_t at = 0; at < item->n && !(by_bits && !has_range && self->skips_moments);
         at += ASSAY_TALLY_CHUNK) {
        size_t n_finite = read_finite(self, item, at, values);

        if (!by_bits) {
            count_cells(table, values, n_finite);
            n += n_finite;
        }
        if (has_range)
            count_bins(self, values, n_finite);
        sum += add_up(values, n_finite);
    }
    self->n_values += n;
    self->n_non_finite += count_rows(item) - n;
    assay_cell_table_flush(table, self->cells);
    if (!self->skips_moments)
        find_moments(self, item, sum, n, moments);
}
