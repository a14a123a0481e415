/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-groups.h"

#include <math.h>

#include "../base/each.h"
#include "../base/error.h"
#include "kernel-private.h"

enum { LANES = 4 }; /* of a sum, so that the compiler makes vectors of them */

typedef struct {
    AssayKernelGroups *groups;
    const AssayPoints *vectors;
    const AssayKernel *kernel;
    AssayTiles tiles;
    size_t *firsts; /* of each group, and where the last ends */
} Build;

/* Adds the kernels of vector @i with those of its group and of all before it. */
static void
add_vector(const Build *self, size_t i, size_t group)
{
    double *row = self->groups->between + group * self->groups->n;
    const double *vector = self->vectors->values + i * self->vectors->n_columns;
    size_t end = self->firsts[group + 1], with = 0;
    double values[ASSAY_TILE];

    for (size_t tile = 0; tile * ASSAY_TILE < end; tile++) {
        size_t first = tile * ASSAY_TILE, n = MIN(end - first, (size_t)ASSAY_TILE);

        assay_kernel_of_tile(self->kernel, &self->tiles, tile, vector, values);
        for (size_t t = 0; t < n; t++) {
            while (first + t >= self->firsts[with + 1])
                with++;
            row[with] += values[t];
            if (first + t == i)
                self->groups->own[group] += values[t];
        }
    }
}

static gboolean
sum_group(gpointer user, size_t group, GError **error)
{
    const Build *self = user;

    (void)error;
    for (size_t i = self->firsts[group]; i < self->firsts[group + 1]; i++)
        add_vector(self, i, group);
    return TRUE;
}

/* The largest mean between two groups. */
static double
find_scale(const AssayKernelGroups *self)
{
    double scale = 0;

    for (size_t g = 0; g < self->n; g++) {
        for (size_t h = 0; h <= g; h++) {
            double size = (double)self->sizes[g] * (double)self->sizes[h];

            scale = MAX(scale, fabs(self->between[g * self->n + h]) / size);
        }
    }
    return scale;
}

static gboolean
build(Build *self, guint n_workers, GError **error)
{
    gboolean done;

    if (!assay_tiles_init(&self->tiles, self->vectors, NULL, self->vectors->n, error))
        return FALSE;
    done = assay_each_number(self->groups->n, n_workers, sum_group, self, error);
    self->groups->scale = find_scale(self->groups);
    assay_tiles_clear(&self->tiles);
    return done;
}

AssayKernelGroups *
assay_kernel_groups_new(const AssayPoints *vectors, const size_t *sizes, size_t n,
                        const AssayKernel *kernel, guint n_workers, GError **error)
{
    g_autoptr(AssayKernelGroups) self = g_new0(AssayKernelGroups, 1);
    g_autofree size_t *firsts = NULL;
    Build job = { .groups = self, .vectors = vectors, .kernel = kernel };

    if (!assay_points_check(vectors, "the sample", 1, error))
        return NULL;
    self->n = n;
    self->sizes = g_memdup2(sizes, n * sizeof *sizes);
    self->own = g_new0(double, n);
    self->between = n < G_MAXUINT32 ? g_try_new0(double, n *n) : NULL;
    if (self->between == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for the kernels of %" G_GSIZE_FORMAT " groups", n);
        return NULL;
    }
    job.firsts = firsts = g_new0(size_t, n + 1);
    for (size_t g = 0; g < n; g++)
        firsts[g + 1] = firsts[g] + sizes[g];
    return build(&job, n_workers, error) ? g_steal_pointer(&self) : NULL;
}

void
assay_kernel_groups_free(AssayKernelGroups *self)
{
    if (self == NULL)
        return;
    g_free(self->sizes);
    g_free(self->between);
    g_free(self->own);
    g_free(self);
}

static double
weighted_sum(const double *values, const double *weights, size_t n)
{
    double lanes[LANES] = { 0 };
    size_t i = 0;

    for (; i + LANES <= n; i += LANES) {
        for (size_t k = 0; k < LANES; k++)
            lanes[k] += values[i + k] * weights[i + k];
    }
    for (; i < n; i++)
        lanes[0] += values[i] * weights[i];
    return lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
}

/* Of w copies of a group, each vector is beside itself w times: those pairs are none. */
double
assay_kernel_groups_mmd2(const AssayKernelGroups *self, const double *a, const double *b)
{
    double n_a = 0, n_b = 0, aa = 0, bb = 0, ab = 0, value;

    for (size_t g = 0; g < self->n; g++) {
        const double *row = self->between + g * self->n;
        double with_a, with_b;

        if (a[g] == 0 && b[g] == 0)
            continue;
        n_a += a[g] * (double)self->sizes[g];
        n_b += b[g] * (double)self->sizes[g];
        with_a = weighted_sum(row, a, g);
        with_b = weighted_sum(row, b, g);
        aa += a[g] * (2 * with_a + a[g] * row[g] - self->own[g]);
        bb += b[g] * (2 * with_b + b[g] * row[g] - self->own[g]);
        ab += a[g] * with_b + b[g] * with_a + a[g] * b[g] * row[g];
    }
    if (n_a < 2 || n_b < 2)
        return (double)NAN;
    value = aa / n_a / (n_a - 1) + bb / n_b / (n_b - 1) - 2 * ab / n_a / n_b;
    return isfinite(value) ? value : (double)NAN;
}
