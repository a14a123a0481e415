/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ranked-set-private.h"

#include <stdlib.h>

/* So many more rows than are wanted are held before they are sorted and cut. */
enum { SPARE = 64 };

static void
free_ranked(gpointer data)
{
    AssayRanked *self = data;

    g_free(self->row.set);
    g_free(self->row.item);
    g_free(self->row.note);
    g_free(self);
}

void
assay_ranked_set_init(AssayRankedSet *self, const char *label)
{
    self->label = g_strdup(label);
    self->n_items = 0;
    self->best = g_ptr_array_new_with_free_func(free_ranked);
    self->counts = g_hash_table_new_full(g_double_hash, g_double_equal, g_free, g_free);
}

void
assay_ranked_set_clear(AssayRankedSet *self)
{
    g_free(self->label);
    g_ptr_array_unref(self->best);
    g_hash_table_unref(self->counts);
}

static int
compare_doubles(double a, double b)
{
    return (a > b) - (a < b);
}

static int
compare_ranked(gconstpointer a, gconstpointer b)
{
    const AssayRanked *x = *(const AssayRanked *const *)a, *y = *(const AssayRanked *const *)b;
    int order = compare_doubles(x->row.p, y->row.p);

    if (order == 0)
        order = compare_doubles(y->row.deviation, x->row.deviation);
    if (order == 0)
        order = compare_doubles(y->score, x->score);
    return order != 0 ? order : (x->came > y->came) - (x->came < y->came);
}

static void
keep_best(AssayRankedSet *self, size_t n_rows)
{
    g_ptr_array_sort(self->best, compare_ranked);
    if (self->best->len > n_rows)
        g_ptr_array_set_size(self->best, (int)n_rows);
}

static void
count_p(AssayRankedSet *self, double p)
{
    guint64 *count = g_hash_table_lookup(self->counts, &p);

    if (count == NULL) {
        double *key = g_new(double, 1);

        *key = p;
        count = g_new0(guint64, 1);
        g_hash_table_insert(self->counts, key, count);
    }
    ++*count;
    self->n_items++;
}

void
assay_ranked_set_take(AssayRankedSet *self, AssayRanked *ranked, size_t n_rows)
{
    count_p(self, ranked->row.p);
    ranked->came = self->n_items;
    g_ptr_array_add(self->best, ranked);
    if (self->best->len >= 2 * n_rows + SPARE)
        keep_best(self, n_rows);
}

/* How many items have a p. */
typedef struct {
    double p;
    guint64 n;
} CountedP;

static int
compare_counted(const void *a, const void *b)
{
    return compare_doubles(((const CountedP *)a)->p, ((const CountedP *)b)->p);
}

static CountedP *
sort_counts(GHashTable *counts)
{
    CountedP *sorted = g_new(CountedP, g_hash_table_size(counts) + 1);
    GHashTableIter iter;
    gpointer p, n;
    size_t k = 0;

    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &p, &n))
        sorted[k++] = (CountedP){ *(const double *)p, *(const guint64 *)n };
    qsort(sorted, k, sizeof *sorted, compare_counted);
    return sorted;
}

/* As assay_multiple_bh() of the p of all items, of which there may be more than memory takes,
 * though few are different: from the largest down, the least of p m / rank so far, where the rank
 * of several alike is that of the last. */
static void
adjust(AssayRankedSet *self)
{
    size_t n = g_hash_table_size(self->counts);
    g_autofree CountedP *sorted = sort_counts(self->counts);
    guint64 rank = self->n_items;
    guint at = self->best->len;
    double q = 1;

    for (size_t i = n; i > 0; i--) {
        q = MIN(q, sorted[i - 1].p * ((double)self->n_items / (double)rank));
        rank -= sorted[i - 1].n;
        for (; at > 0; at--) {
            AssayRanked *ranked = g_ptr_array_index(self->best, at - 1);

            if (ranked->row.p < sorted[i - 1].p)
                break;
            ranked->row.q = q;
        }
    }
}

const GPtrArray *
assay_ranked_set_rows(AssayRankedSet *self, size_t n_rows)
{
    keep_best(self, n_rows);
    adjust(self);
    return self->best;
}
