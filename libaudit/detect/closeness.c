/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "closeness.h"

#include <math.h>
#include <stdlib.h>

#include "../base/error.h"

/* A distance, and the group of the item that has it. */
typedef struct {
    double square;
    guint32 group;
} Measured;

void
assay_closeness_free(AssayCloseness *self)
{
    if (self == NULL)
        return;
    g_free(self->rates);
    g_free(self->squares);
    g_free(self->ps);
    g_free(self);
}

/* Values that are copied out of the crowd at a time. */
#define COPIED_BYTES ((size_t)64 << 20)

AssayNearestItem *
assay_closeness_search(const AssayCrowd *crowd, const size_t *items, size_t n, guint n_workers,
                       GError **error)
{
    size_t n_dims = assay_crowd_n_dims(crowd);
    size_t each = MIN(MAX(COPIED_BYTES / sizeof(float) / n_dims, 1), n);
    g_autofree float *values = g_try_malloc_n(each * n_dims + 1, sizeof *values);
    g_autofree AssayNearestQuery *queries = g_try_new(AssayNearestQuery, each + 1);
    g_autofree AssayNearestItem *neighbours = g_try_new(AssayNearestItem, n + 1);

    if (values == NULL || queries == NULL || neighbours == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory to search for %" G_GSIZE_FORMAT " items of %" G_GSIZE_FORMAT
                    " values",
                    n, n_dims);
        return NULL;
    }
    for (size_t from = 0; from < n; from += each) {
        size_t n_queries = MIN(each, n - from);

        for (size_t i = 0; i < n_queries; i++)
            queries[i] = assay_crowd_query(crowd, items[from + i], values + i * n_dims);
        if (!assay_nearest_search(assay_crowd_nearest(crowd), queries, n_queries, n_workers,
                                  neighbours + from, error))
            return NULL;
    }
    return g_steal_pointer(&neighbours);
}

static int
compare_measured(const void *a, const void *b)
{
    const Measured *x = a, *y = b;

    if (x->square < y->square || x->square > y->square)
        return x->square < y->square ? -1 : 1;
    return (x->group > y->group) - (x->group < y->group);
}

/* How many of those measured are of each group: (array length=n_ids). */
static size_t *
count_groups(const Measured *measured, size_t n, size_t n_ids, size_t *n_groups)
{
    size_t *n_of = g_new0(size_t, n_ids + 1);

    for (size_t i = 0; i < n; i++)
        *n_groups += n_of[measured[i].group]++ == 0;
    return n_of;
}

static void
find_rates(AssayCloseness *self, const Measured *measured, size_t n_ids, const size_t *n_of)
{
    g_autofree size_t *flagged = g_new0(size_t, n_ids + 1);
    size_t at = 0;

    for (size_t i = 0; i < self->n_items; i++)
        flagged[measured[i].group] += self->ps[i] <= ASSAY_CLOSENESS_ALPHA ? 1 : 0;
    self->rates = g_new0(AssayRateGroup, self->n_groups + 1);
    for (size_t g = 0; g < n_ids; g++) {
        if (n_of[g] > 0)
            self->rates[at++] = (AssayRateGroup){ flagged[g], n_of[g] };
    }
}

/* From distances in their order. */
static void
fill(AssayCloseness *self, const AssayCrowd *crowd, const Measured *measured, size_t n)
{
    size_t n_ids = assay_crowd_n_groups(crowd);
    g_autofree size_t *n_of = count_groups(measured, n, n_ids, &self->n_groups);
    double sum = 1;

    self->n_items = n;
    self->squares = g_new(double, n + 1);
    self->ps = g_new(double, n + 1);
    for (size_t i = 0; i < n; i++) {
        self->squares[i] = measured[i].square;
        sum += 1 / (double)n_of[measured[i].group];
        self->ps[i] = MIN(sum / (double)(self->n_groups + 1), 1);
    }
    for (size_t i = n; i-- > 1;) { /* at equal distances all of them count */
        if (!(self->squares[i] > self->squares[i - 1]))
            self->ps[i - 1] = self->ps[i];
    }
    self->can_flag = n > 0 && 1 / (double)(self->n_groups + 1) <= ASSAY_CLOSENESS_ALPHA;
    if (n > 0) {
        self->smallest = self->squares[0];
        self->typical = (assay_crowd_distance(crowd, self->squares[(n - 1) / 2]) +
                         assay_crowd_distance(crowd, self->squares[n / 2])) /
                        2;
    }
    find_rates(self, measured, n_ids, n_of);
}

/* The items that are drawn, in their order. */
static size_t *
choose_items(const AssayCrowd *crowd, size_t n)
{
    g_autofree gboolean *is_drawn = assay_crowd_draw_items(crowd, n);
    size_t *items = g_new(size_t, n + 1), at = 0;

    for (size_t i = 0; i < assay_crowd_n_items(crowd); i++) {
        if (is_drawn[i])
            items[at++] = i;
    }
    return items;
}

AssayCloseness *
assay_closeness_new(const AssayCrowd *crowd, size_t max_items, guint n_workers, GError **error)
{
    size_t n = MIN(assay_crowd_n_items(crowd), max_items), n_measured = 0;
    g_autoptr(AssayCloseness) self = g_new0(AssayCloseness, 1);
    g_autofree size_t *items = NULL;
    g_autofree AssayNearestItem *neighbours = NULL;
    g_autofree Measured *measured = g_new(Measured, n + 1);

    self->typical = self->smallest = (double)NAN;
    if (n > 0) {
        items = choose_items(crowd, n);
        neighbours = assay_closeness_search(crowd, items, n, n_workers, error);
        if (neighbours == NULL)
            return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        if (neighbours[i].item != G_MAXSIZE)
            measured[n_measured++] =
                (Measured){ neighbours[i].square, assay_crowd_group_id(crowd, items[i]) };
    }
    qsort(measured, n_measured, sizeof *measured, compare_measured);
    fill(self, crowd, measured, n_measured);
    return g_steal_pointer(&self);
}

double
assay_closeness_p(const AssayCloseness *self, double square)
{
    size_t low = 0, high = self->n_items;

    if (self->n_items == 0 || isnan(square))
        return (double)NAN;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (self->squares[middle] <= square)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? 1 / (double)(self->n_groups + 1) : self->ps[low - 1];
}
