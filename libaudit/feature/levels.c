/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "levels.h"

#include <math.h>
#include <string.h>

const guint8 assay_edge_last[ASSAY_N_EDGES] = { 0,   1,   2,   4,   8,   16,  32,  64,  96, 128,
                                                160, 192, 224, 239, 247, 251, 253, 254, 255 };

/* Equal values follow each other in most pictures, and one table would wait for itself. */
enum { TABLES = 4, CHUNK = 1024 };

/* How often each value occurs. */
static void
count_bytes(const guint8 *values, size_t n, guint64 counts[ASSAY_N_LEVELS])
{
    while (n > 0) {
        guint32 tables[TABLES][ASSAY_N_LEVELS] = { { 0 } };
        size_t m = MIN(n, (size_t)1 << 30), i = 0;

        for (; i + TABLES <= m; i += TABLES) {
            for (size_t k = 0; k < TABLES; k++)
                tables[k][values[i + k]]++;
        }
        for (; i < m; i++)
            tables[0][values[i]]++;
        for (size_t level = 0; level < ASSAY_N_LEVELS; level++) {
            for (size_t k = 0; k < TABLES; k++)
                counts[level] += tables[k][level];
        }
        values += m;
        n -= m;
    }
}

/* The largest value of @type, or infinity. */
static double
largest(AssayType type)
{
    return type == ASSAY_U8    ? G_MAXUINT8
           : type == ASSAY_I8  ? G_MAXINT8
           : type == ASSAY_U16 ? G_MAXUINT16
           : type == ASSAY_I16 ? G_MAXINT16
                               : (double)INFINITY;
}

static guint8
level_of(double value, double full_scale)
{
    double level = floor(value / full_scale * (ASSAY_N_LEVELS - 1) + 0.5);

    return level <= 0 ? 0 : level >= ASSAY_N_LEVELS - 1 ? ASSAY_N_LEVELS - 1 : (guint8)level;
}

/* Of bytes it is enough to know how often each occurs. */
static void
levels_of_bytes(const guint8 *values, size_t n, double full_scale, AssayLevels *levels)
{
    guint64 counts[ASSAY_N_LEVELS] = { 0 };
    double full = MIN(full_scale, G_MAXUINT8);
    gboolean is_own = full_scale == G_MAXUINT8 || full_scale == G_MAXUINT8 + 1;

    count_bytes(values, n, counts);
    levels->n = n;
    levels->n_zero = counts[0];
    levels->n_full = full == floor(full) ? counts[(guint8)full] : 0;
    if (is_own) {
        memcpy(levels->counts, counts, sizeof counts);
        return;
    }
    for (size_t value = 0; value < ASSAY_N_LEVELS; value++)
        levels->counts[level_of((double)value, full_scale)] += counts[value];
}

static void
levels_of_any(const AssayArray *array, size_t start, size_t n, double full_scale,
              AssayLevels *levels)
{
    double full = MIN(full_scale, largest(array->type)), values[CHUNK];

    for (size_t i = 0; i < n; i += CHUNK) {
        size_t m = MIN((size_t)CHUNK, n - i);

        assay_array_values(array, start + i, m, values);
        for (size_t k = 0; k < m; k++) {
            if (!isfinite(values[k]))
                continue;
            levels->n++;
            levels->n_zero += values[k] == 0 ? 1 : 0;
            levels->n_full += values[k] == full ? 1 : 0;
            levels->counts[level_of(values[k], full_scale)]++;
        }
    }
}

void
assay_levels_of(const AssayArray *array, double full_scale, size_t item, AssayLevels *levels)
{
    size_t n_items = assay_array_axis(array, "item") == 0 ? array->shape[0] : 1;
    size_t n = assay_array_count(array) / n_items;

    memset(levels, 0, sizeof *levels);
    if (array->type == ASSAY_U8)
        levels_of_bytes((const guint8 *)array->data + item * n, n, full_scale, levels);
    else
        levels_of_any(array, item * n, n, full_scale, levels);
}

void
assay_levels_edges(const AssayLevels *self, double shares[ASSAY_N_EDGES])
{
    size_t level = 0;

    for (size_t bin = 0; bin < ASSAY_N_EDGES; bin++) {
        guint64 count = 0;

        for (; level <= assay_edge_last[bin]; level++)
            count += self->counts[level];
        shares[bin] = (double)count / (double)self->n;
    }
}

/* What makes a spike: so many values, this share of a hundred, so many times the mean of its
 * neighbours, which are up to so many on either side. */
enum { SPIKE_LEAST = 10, SPIKE_PERCENT = 1, SPIKE_TIMES = 8, SPIKE_REACH = 2 };

/* The mean count of the levels beside @level. */
static double
mean_beside(const AssayLevels *self, int level)
{
    double sum = 0, n = 0;

    for (int i = MAX(level - SPIKE_REACH, 0); i <= MIN(level + SPIKE_REACH, ASSAY_N_LEVELS - 1);
         i++) {
        if (i == level)
            continue;
        sum += (double)self->counts[i];
        n++;
    }
    return sum / n;
}

void
assay_levels_spikes(const AssayLevels *self, AssaySpikes *spikes)
{
    double n = (double)self->n, most = 0;

    *spikes = (AssaySpikes){ .n = n > 0 ? 0 : (double)NAN, .level = (double)NAN };
    for (int level = 0; level < ASSAY_N_LEVELS; level++) {
        double count = (double)self->counts[level], beside = mean_beside(self, level);

        if (count < SPIKE_LEAST || 100 * count < SPIKE_PERCENT * n || count <= SPIKE_TIMES * beside)
            continue;
        spikes->n++;
        spikes->share += count - beside;
        if (count - beside > most) {
            most = count - beside;
            spikes->level = level;
        }
    }
    spikes->share /= n;
}
