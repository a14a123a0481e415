/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/parallel.h"
#include "nearest-private.h"
#include "tile-private.h"

enum { LANES = ASSAY_TILE_LANES, ROWS = ASSAY_TILE_ROWS, JOB_QUERIES = 64 };

/* Panels that are gone through again and again stay in a cache of the second level. */
#define BLOCK_BYTES ((size_t)512 << 10)

struct AssayNearest {
    size_t n_dims, width, n_items, block;
    GPtrArray *panels; /* float[n_dims][LANES]; the last one is filled up with zeros */
    GArray *digests;   /* AssayNearestDigest */
    GArray *groups;    /* guint32 */
    size_t *order;     /* where each dimension stands in panels and rows */
    double slack;      /* a sum in float is at most this times the true one */
    AssayTileKernel kernel;
};

AssayNearest *
assay_nearest_new_with(size_t n_dims, size_t width, size_t kernel)
{
    AssayNearest *self;

    g_return_val_if_fail(n_dims > 0 && n_dims <= ASSAY_NEAREST_MAX_DIMS, NULL);
    g_return_val_if_fail(width == 0 || n_dims % width == 0, NULL);
    self = g_new0(AssayNearest, 1);
    self->n_dims = n_dims;
    self->width = width;
    self->block = MAX(BLOCK_BYTES / (n_dims * LANES * sizeof(float)), 1);
    self->panels = g_ptr_array_new_with_free_func(free);
    self->digests = g_array_new(FALSE, FALSE, sizeof(AssayNearestDigest));
    self->groups = g_array_new(FALSE, FALSE, sizeof(guint32));
    self->order = g_new(size_t, n_dims);
    for (size_t k = 0; k < n_dims; k++)
        self->order[k] = k;
    /* n sums and three roundings a term, each by 2^-24 at most: N. J. Higham, Accuracy and
     * Stability of Numerical Algorithms, 2nd ed. 2002, section 3.1: gamma_n = n u / (1 - n u). */
    self->slack = (double)(n_dims + 8) * 0x1p-24;
    self->slack = 1 + self->slack / (1 - self->slack);
    self->kernel = assay_tile_kernels()[kernel];
    return self;
}

AssayNearest *
assay_nearest_new(size_t n_dims, size_t width)
{
    return assay_nearest_new_with(n_dims, width, 0);
}

void
assay_nearest_free(AssayNearest *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->panels);
    g_array_unref(self->digests);
    g_array_unref(self->groups);
    g_free(self->order);
    g_free(self);
}

gboolean
assay_nearest_add(AssayNearest *self, const float *values, const AssayNearestDigest *digest,
                  guint32 group, GError **error)
{
    size_t bytes = self->n_dims * LANES * sizeof(float), lane = self->n_items % LANES;
    float *panel;

    if (lane == 0) {
        panel =
            self->panels->len < ASSAY_NEAREST_MAX_BYTES / bytes ? aligned_alloc(64, bytes) : NULL;
        if (panel == NULL) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "no memory for more than %" G_GSIZE_FORMAT " items of %" G_GSIZE_FORMAT
                        " values, 4 bytes each; a part of them may do",
                        self->n_items, self->n_dims);
            return FALSE;
        }
        memset(panel, 0, bytes);
        g_ptr_array_add(self->panels, panel);
    }
    panel = g_ptr_array_index(self->panels, self->panels->len - 1);
    for (size_t k = 0; k < self->n_dims; k++)
        panel[self->order[k] * LANES + lane] = values[k];
    g_array_append_val(self->digests, *digest);
    g_array_append_val(self->groups, group);
    self->n_items++;
    return TRUE;
}

size_t
assay_nearest_n_items(const AssayNearest *self)
{
    return self->n_items;
}

guint32
assay_nearest_group(const AssayNearest *self, size_t item)
{
    return g_array_index(self->groups, guint32, item);
}

AssayNearestDigest
assay_nearest_digest(const AssayNearest *self, size_t item)
{
    return g_array_index(self->digests, AssayNearestDigest, item);
}

void
assay_nearest_values(const AssayNearest *self, size_t item, float *values)
{
    const float *panel = g_ptr_array_index(self->panels, item / LANES);

    for (size_t k = 0; k < self->n_dims; k++)
        values[k] = panel[self->order[k] * LANES + item % LANES];
}

typedef struct {
    double variance;
    size_t dim;
} Spread;

static int
compare_spreads(const void *a, const void *b)
{
    const Spread *x = a, *y = b;

    if (x->variance > y->variance || x->variance < y->variance)
        return x->variance < y->variance ? 1 : -1;
    return (x->dim > y->dim) - (x->dim < y->dim);
}

/* Variances serve an order alone, so sums of squares do; NaN of what overflows counts as none. */
static Spread *
find_spreads(const AssayNearest *self)
{
    Spread *spreads = g_new(Spread, self->n_dims);

    for (size_t k = 0; k < self->n_dims; k++) {
        double sum = 0, squares = 0, n = (double)self->n_items;

        for (size_t i = 0; i < self->n_items; i++) {
            const float *panel = g_ptr_array_index(self->panels, i / LANES);
            double value = (double)panel[k * LANES + i % LANES];

            sum += value;
            squares += value * value;
        }
        spreads[k] = (Spread){ squares / n - sum / n * (sum / n), k };
        if (isnan(spreads[k].variance))
            spreads[k].variance = 0;
    }
    qsort(spreads, self->n_dims, sizeof *spreads, compare_spreads);
    return spreads;
}

void
assay_nearest_seal(AssayNearest *self)
{
    g_autofree Spread *spreads = NULL;
    g_autofree float *before = NULL;
    size_t lane_bytes = LANES * sizeof(float);

    if (self->n_items == 0)
        return;
    spreads = find_spreads(self);
    before = g_new(float, self->n_dims *LANES);
    for (guint p = 0; p < self->panels->len; p++) {
        float *panel = g_ptr_array_index(self->panels, p);

        memcpy(before, panel, self->n_dims * lane_bytes);
        for (size_t k = 0; k < self->n_dims; k++)
            memcpy(panel + k * LANES, before + spreads[k].dim * LANES, lane_bytes);
    }
    for (size_t k = 0; k < self->n_dims; k++)
        self->order[spreads[k].dim] = k;
}

/* A search under way: the queries of one job, in tiles of rows. */
typedef struct {
    const AssayNearest *index;
    const AssayNearestQuery *queries;
    AssayNearestItem *neighbours;
    size_t n, next; /* of the whole search: how many, and which is the first of the next job */
} Search;

typedef struct {
    size_t first, n;
} Job;

/* Row r of a job is query r, or where there are flipped ones too, query r / 2. */
static size_t
rows_of_query(const AssayNearest *self)
{
    return self->width > 0 ? 2 : 1;
}

static size_t
dim_of_row(const AssayNearest *self, size_t k, gboolean is_flipped)
{
    return is_flipped ? k - k % self->width + (self->width - 1 - k % self->width) : k;
}

static void
pack_rows(const Search *search, const Job *job, float *rows)
{
    const AssayNearest *self = search->index;
    size_t each = rows_of_query(self);

    for (size_t r = 0; r < job->n * each; r++) {
        const float *values = search->queries[job->first + r / each].values;
        float *tile = rows + r / ROWS * self->n_dims * ROWS;

        for (size_t k = 0; k < self->n_dims; k++)
            tile[self->order[k] * ROWS + r % ROWS] =
                values[dim_of_row(self, k, each == 2 && r % 2 == 1)];
    }
}

/* The true squared distance: in double, in the order of dimensions. */
static double
measure(const AssayNearest *self, const float *panel, size_t lane, const float *tile, size_t row)
{
    double sum = 0;

    for (size_t k = 0; k < self->n_dims; k++) {
        size_t at = self->order[k];
        double apart = (double)panel[at * LANES + lane] - (double)tile[at * ROWS + row];

        sum += apart * apart;
    }
    return sum;
}

static gboolean
is_before(const AssayNearestItem *a, const AssayNearestItem *b)
{
    if (a->square < b->square || a->square > b->square)
        return a->square < b->square;
    if (a->is_equal != b->is_equal)
        return a->is_equal;
    return a->item != b->item ? a->item < b->item : a->is_flipped < b->is_flipped;
}

static gboolean
digests_equal(const AssayNearestDigest *a, const AssayNearestDigest *b)
{
    return a->words[0] == b->words[0] && a->words[1] == b->words[1];
}

static void
try_item(const Search *search, size_t query_at, size_t item, double square, gboolean is_flipped)
{
    const AssayNearestQuery *query = &search->queries[query_at];
    AssayNearestItem *best = &search->neighbours[query_at];
    AssayNearestItem found = { item, square, FALSE, is_flipped };

    if (!(square > 0))
        found.is_equal =
            digests_equal(&g_array_index(search->index->digests, AssayNearestDigest, item),
                          is_flipped ? &query->flipped_digest : &query->digest);
    if (is_before(&found, best))
        *best = found;
}

/* What a sum in float can be at most where the pair may be the nearest, or as near. The constant is
 * for what underflows. */
static float
limit_of(const AssayNearest *self, const AssayNearestItem *best)
{
    double limit = best->square * self->slack;

    return limit < (double)FLT_MAX ? nextafterf((float)limit, INFINITY) + FLT_MIN : (float)INFINITY;
}

static void
try_panel(const Search *search, const Job *job, size_t panel_at, const float *tile, size_t tile_at)
{
    const AssayNearest *self = search->index;
    const float *panel = g_ptr_array_index(self->panels, panel_at);
    size_t each = rows_of_query(self), n_rows = job->n * each - tile_at * ROWS;
    float limits[ROWS], sums[ROWS][LANES];

    for (size_t r = 0; r < ROWS; r++)
        limits[r] =
            r < n_rows
                ? limit_of(self, &search->neighbours[job->first + (tile_at * ROWS + r) / each])
                : -1.0F;
    if (!self->kernel(panel, tile, self->n_dims, limits, sums[0]))
        return;
    for (size_t r = 0; r < MIN(n_rows, ROWS); r++) {
        size_t row = tile_at * ROWS + r, query = job->first + row / each;

        for (size_t l = 0; l < LANES && panel_at * LANES + l < self->n_items; l++) {
            size_t item = panel_at * LANES + l;

            if (sums[r][l] > limits[r] ||
                (search->queries[query].group != ASSAY_NO_GROUP &&
                 g_array_index(self->groups, guint32, item) == search->queries[query].group))
                continue;
            try_item(search, query, item, measure(self, panel, l, tile, r),
                     each == 2 && row % 2 == 1);
        }
    }
}

static void
search_block(const Search *search, const Job *job, const float *rows, size_t from, size_t end)
{
    const AssayNearest *self = search->index;
    size_t n_tiles = (job->n * rows_of_query(self) + ROWS - 1) / ROWS;

    for (size_t t = 0; t < n_tiles; t++) {
        for (size_t p = from; p < end; p++)
            try_panel(search, job, p, rows + t * self->n_dims * ROWS, t);
    }
}

static gboolean
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    Search *self = user;
    Job *next;

    (void)bytes;
    (void)error;
    if (self->next == self->n)
        return TRUE;
    next = g_new(Job, 1);
    *next = (Job){ self->next, MIN(JOB_QUERIES, self->n - self->next) };
    self->next += next->n;
    *job = next;
    return TRUE;
}

static gpointer
work(gpointer worker, gpointer user, gpointer data, size_t *bytes, GError **error)
{
    const Search *search = user;
    const AssayNearest *self = search->index;
    const Job *job = data;
    size_t n_tiles = (job->n * rows_of_query(self) + ROWS - 1) / ROWS;
    float *rows = g_try_new0(float, n_tiles * self->n_dims * ROWS);

    (void)worker;
    (void)bytes;
    if (rows == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory to search for %" G_GSIZE_FORMAT " items of %" G_GSIZE_FORMAT
                    " values",
                    job->n, self->n_dims);
        return NULL;
    }
    pack_rows(search, job, rows);
    for (size_t p = 0; p < self->panels->len; p += self->block)
        search_block(search, job, rows, p, MIN(p + self->block, self->panels->len));
    g_free(rows);
    return data;
}

static gboolean
consume(gpointer user, gpointer result, GError **error)
{
    (void)user; /* it is in its place already */
    (void)result;
    (void)error;
    return TRUE;
}

gboolean
assay_nearest_search(const AssayNearest *self, const AssayNearestQuery *queries, size_t n,
                     guint n_workers, AssayNearestItem *neighbours, GError **error)
{
    Search search = { self, queries, neighbours, n, 0 };
    const AssayParallel parallel = { .n_workers = n_workers,
                                     .max_bytes = (size_t)1 << 20,
                                     .produce = produce,
                                     .work = work,
                                     .consume = consume,
                                     .free_job = g_free,
                                     .free_result = g_free };

    for (size_t i = 0; i < n; i++)
        neighbours[i] = (AssayNearestItem){ G_MAXSIZE, (double)INFINITY, FALSE, FALSE };
    return assay_parallel_run(&parallel, &search, error);
}
