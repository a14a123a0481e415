/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matrix.h"

#include <string.h>

static size_t
n_entries(const AssayDistribution *set)
{
    size_t n = 0;

    for (guint i = 0; i < set->groups->len; i++)
        n += 2 * ((const AssayGroupCells *)g_ptr_array_index(set->groups, i))->n_cells;
    return n;
}

/* One group: its values by cells of the axis, each cell once. @row: of zeros, as it is left */
static void
add_group(AssayMatrix *self, const AssayAxis *axis, const AssayGroupCells *group, size_t side,
          gboolean is_integer, double *row)
{
    size_t at = self->starts[self->n_groups];

    for (size_t i = 0; i < group->n_cells; i++) {
        guint64 exact = is_integer ? group->counts[i] : group->exact == NULL ? 0 : group->exact[i];
        const guint64 counts[] = { group->counts[i] - exact, exact };

        for (size_t k = 0; k < 2; k++) {
            guint32 cell = axis->map[side][k][group->cells[i]];

            if (counts[k] == 0 || cell == G_MAXUINT32)
                continue;
            if (row[cell] <= 0)
                self->cells[at++] = cell;
            row[cell] += (double)counts[k];
        }
    }
    for (size_t i = self->starts[self->n_groups]; i < at; i++) {
        self->counts[i] = row[self->cells[i]];
        row[self->cells[i]] = 0;
    }
    memcpy(&self->moments[self->n_groups * ASSAY_N_MOMENTS], group->moments, sizeof group->moments);
    self->starts[++self->n_groups] = at;
}

static void
add_set(AssayMatrix *self, const AssayAxis *axis, const AssayDistribution *set, size_t side,
        double *row)
{
    for (guint i = 0; i < set->groups->len; i++)
        add_group(self, axis, g_ptr_array_index(set->groups, i), side, set->scale.is_integer, row);
}

AssayMatrix *
assay_matrix_new(const AssayAxis *axis, const AssayDistribution *reference,
                 const AssayDistribution *candidate)
{
    AssayMatrix *self = g_new0(AssayMatrix, 1);
    size_t n = (size_t)reference->groups->len + candidate->groups->len;
    size_t entries = n_entries(reference) + n_entries(candidate);
    g_autofree double *row = g_new0(double, axis->n + 1);

    self->n_cells = axis->n;
    self->starts = g_new0(size_t, n + 1);
    self->cells = g_new(guint32, entries + 1);
    self->counts = g_new(double, entries + 1);
    self->moments = g_new0(AssayMomentSum, n * ASSAY_N_MOMENTS + 1);
    add_set(self, axis, reference, 0, row);
    self->n_reference = self->n_groups;
    add_set(self, axis, candidate, 1, row);
    return self;
}

void
assay_matrix_free(AssayMatrix *self)
{
    if (self == NULL)
        return;
    g_free(self->starts);
    g_free(self->cells);
    g_free(self->counts);
    g_free(self->moments);
    g_free(self);
}

void
assay_matrix_sum_init(AssayMatrixSum *self, const AssayMatrix *matrix)
{
    self->counts = g_new0(double, matrix->n_cells *ASSAY_LANES + 1);
    memset(self->moments, 0, sizeof self->moments);
}

void
assay_matrix_sum_clear(AssayMatrixSum *self)
{
    g_clear_pointer(&self->counts, g_free);
}

static gboolean
is_used(const double *weights)
{
    double sum = 0;

    for (size_t i = 0; i < ASSAY_LANES; i++)
        sum += weights[i];
    return sum > 0;
}

static void
add_moments(AssayMatrixSum *self, const AssayMomentSum *moments, const double *weights)
{
    for (size_t i = 0; i < ASSAY_LANES; i++) {
        guint64 weight = (guint64)weights[i];
        AssayMomentSum *to = &self->moments[i * ASSAY_N_MOMENTS];

        for (size_t m = 0; m < ASSAY_N_MOMENTS && weight > 0; m++) {
            to[m].sum += moments[m].sum * (gint64)weight;
            to[m].n += moments[m].n * weight;
        }
    }
}

/* Adds the cells of a group, so many times in each lane: for any processor, or for those with
 * longer vectors. The sums are of whole numbers, and the same by each. */
#define ADD_CELLS(name, target)                                                                    \
    target static void name(const AssayMatrix *matrix, size_t group,                               \
                            const double *restrict weight, double *restrict counts)                \
    {                                                                                              \
        for (size_t e = matrix->starts[group]; e < matrix->starts[group + 1]; e++) {               \
            double *to = &counts[matrix->cells[e] * (size_t)ASSAY_LANES];                          \
            double count = matrix->counts[e];                                                      \
                                                                                                   \
            for (size_t i = 0; i < ASSAY_LANES; i++)                                               \
                to[i] += count * weight[i];                                                        \
        }                                                                                          \
    }

ADD_CELLS(add_cells_any, )
#if defined(__x86_64__) && defined(__GNUC__)
ADD_CELLS(add_cells_avx2, __attribute__((target("avx2"))))
ADD_CELLS(add_cells_avx512, __attribute__((target("avx512f"))))
#endif

typedef void (*AddCells)(const AssayMatrix *matrix, size_t group, const double *weight,
                         double *counts);

static AddCells
choose_add_cells(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx512f"))
        return add_cells_avx512;
    if (__builtin_cpu_supports("avx2"))
        return add_cells_avx2;
#endif
    return add_cells_any;
}

void
assay_matrix_sum(const AssayMatrix *matrix, const double *weights, size_t first, size_t end,
                 AssayMatrixSum *self)
{
    AddCells add_cells = choose_add_cells();

    memset(self->counts, 0, matrix->n_cells * ASSAY_LANES * sizeof *self->counts);
    memset(self->moments, 0, sizeof self->moments);
    for (size_t g = first; g < end; g++) {
        const double *weight = &weights[g * ASSAY_LANES];

        if (!is_used(weight))
            continue;
        add_cells(matrix, g, weight, self->counts);
        add_moments(self, &matrix->moments[g * ASSAY_N_MOMENTS], weight);
    }
}
