/* learn/kmeans.c - clusters, found without labels and named by them.
 *
 * S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28,
 * 1982; the first centres as D. Arthur and S. Vassilvitskii draw them, "k-means++: the advantages
 * of careful seeding", SODA 2007. Of several starts that with the least sum of squares is taken. A
 * cluster is one of fakes if the share of fakes in it is larger than among all items; where none
 * has a larger share, one of the largest is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/random.h"
#include "machine-private.h"
#include "numbers-private.h"

enum { STARTS = 10, ROUNDS = 300 };

/* @centres: a row each */
typedef struct {
    size_t n, n_inputs;
    double *centres;
    gboolean *is_fake;
} KMeans;

static double
distance(const double *a, const double *b, size_t n)
{
    double sum = 0;

    for (size_t k = 0; k < n; k++)
        sum += (a[k] - b[k]) * (a[k] - b[k]);
    return sum;
}

static size_t
nearest(const KMeans *self, const double *inputs, double *squares)
{
    size_t best = 0;

    *squares = (double)INFINITY;
    for (size_t c = 0; c < self->n; c++) {
        double square = distance(self->centres + c * self->n_inputs, inputs, self->n_inputs);

        if (square < *squares) {
            *squares = square;
            best = c;
        }
    }
    return best;
}

static KMeans *
new_kmeans(size_t n, size_t n_inputs)
{
    KMeans *self = g_new0(KMeans, 1);

    self->n = n;
    self->n_inputs = n_inputs;
    self->centres = g_new0(double, n *n_inputs + 1);
    self->is_fake = g_new0(gboolean, n + 1);
    return self;
}

void
assay_kmeans_free(gpointer machine)
{
    KMeans *self = machine;

    if (self == NULL)
        return;
    g_free(self->centres);
    g_free(self->is_fake);
    g_free(self);
}

/* The first centre is any item; each further one an item with a chance that goes by the square of
 * its distance from the centres so far. */
static void
draw_centres(KMeans *self, const AssayLesson *lesson, AssayRandom *random, double *squares)
{
    size_t d = self->n_inputs, at = (size_t)assay_random_below(random, lesson->n);

    for (size_t i = 0; i < lesson->n; i++)
        squares[i] = (double)INFINITY;
    for (size_t c = 0; c < self->n; c++) {
        double sum = 0, rest;

        memcpy(self->centres + c * d, lesson->inputs + at * d, d * sizeof(double));
        for (size_t i = 0; i < lesson->n; i++) {
            double square = distance(lesson->inputs + i * d, self->centres + c * d, d);

            squares[i] = MIN(squares[i], square);
            sum += squares[i];
        }
        rest = assay_random_double(random) * sum;
        for (at = 0; at + 1 < lesson->n && rest >= squares[at]; at++)
            rest -= squares[at];
    }
}

/* Every item to its nearest centre, every centre to the mean of its items; an empty one stays.
 * Returns the sum of squares before that; sets whether any item went elsewhere. */
static double
go_round(KMeans *self, const AssayLesson *lesson, size_t *cluster_of, gboolean *is_moved)
{
    size_t d = self->n_inputs;
    g_autofree double *sums = g_new0(double, self->n *d + 1);
    g_autofree size_t *counts = g_new0(size_t, self->n + 1);
    double total = 0;

    *is_moved = FALSE;
    for (size_t i = 0; i < lesson->n; i++) {
        double squares;
        size_t c = nearest(self, lesson->inputs + i * d, &squares);

        *is_moved = *is_moved || c != cluster_of[i];
        cluster_of[i] = c;
        counts[c]++;
        total += squares;
        for (size_t k = 0; k < d; k++)
            sums[c * d + k] += lesson->inputs[i * d + k];
    }
    for (size_t c = 0; c < self->n; c++) {
        for (size_t k = 0; counts[c] > 0 && k < d; k++)
            self->centres[c * d + k] = sums[c * d + k] / (double)counts[c];
    }
    return total;
}

static void
name_clusters(KMeans *self, const AssayLesson *lesson, const size_t *cluster_of)
{
    g_autofree double *counts = g_new0(double, 2 * self->n);
    double fakes = 0, all = (double)lesson->n;
    size_t n_fake = 0, most = 0;

    for (size_t i = 0; i < lesson->n; i++) {
        counts[2 * cluster_of[i]] += 1;
        counts[2 * cluster_of[i] + 1] += lesson->is_fake[i];
        fakes += lesson->is_fake[i];
    }
    for (size_t c = 0; c < self->n; c++) {
        self->is_fake[c] = counts[2 * c + 1] * all > counts[2 * c] * fakes;
        n_fake += self->is_fake[c] ? 1 : 0;
        if (counts[2 * c + 1] * counts[2 * most] > counts[2 * most + 1] * counts[2 * c])
            most = c;
    }
    if (n_fake == 0)
        self->is_fake[most] = TRUE;
}

gpointer
assay_kmeans_fit(const AssayLesson *lesson, GError **error)
{
    size_t n_clusters = lesson->config->clusters;
    g_autofree double *squares = g_new(double, lesson->n + 1);
    g_autofree size_t *cluster_of = g_new(size_t, lesson->n + 1);
    g_autofree size_t *best_of = g_new0(size_t, lesson->n + 1);
    KMeans *best = NULL;
    double least = (double)INFINITY;
    AssayRandom random;

    (void)error;
    assay_random_init(&random, lesson->config->seed, "k-means", "");
    for (int start = 0; start < STARTS; start++) {
        KMeans *self = new_kmeans(n_clusters, lesson->n_inputs);
        gboolean is_moved = TRUE;
        double total = 0;

        memset(cluster_of, 0xff, lesson->n * sizeof *cluster_of);
        draw_centres(self, lesson, &random, squares);
        for (int round = 0; is_moved && round < ROUNDS; round++)
            total = go_round(self, lesson, cluster_of, &is_moved);
        if (best == NULL || total < least) {
            KMeans *worse = best;

            least = total;
            best = self;
            self = worse;
            memcpy(best_of, cluster_of, lesson->n * sizeof *cluster_of);
        }
        assay_kmeans_free(self);
    }
    name_clusters(best, lesson, best_of);
    return best;
}

double
assay_kmeans_decide(gconstpointer machine, const double *inputs)
{
    const KMeans *self = machine;
    double least[2] = { (double)INFINITY, (double)INFINITY };

    for (size_t c = 0; c < self->n; c++) {
        double square = distance(self->centres + c * self->n_inputs, inputs, self->n_inputs);
        double *of = &least[self->is_fake[c] ? 1 : 0];

        *of = MIN(*of, square);
    }
    return least[0] - least[1];
}

void
assay_kmeans_write(gconstpointer machine, AssayJson *json)
{
    const KMeans *self = machine;
    AssayJson *clusters = assay_json_array();

    for (size_t c = 0; c < self->n; c++) {
        AssayJson *cluster = assay_json_object();

        assay_json_set_bool(cluster, "fake", self->is_fake[c]);
        assay_json_set_take(
            cluster, "centre",
            assay_numbers_to_json(self->centres + c * self->n_inputs, self->n_inputs));
        assay_json_append_take(clusters, cluster);
    }
    assay_json_set_take(json, "clusters", clusters);
}

static gboolean
read_cluster(KMeans *self, size_t c, const AssayJsonAt *at, GError **error)
{
    g_autofree double *centre = NULL;
    AssayJsonAt flag;

    if (!assay_json_at_member(at, "fake", &flag, error))
        return FALSE;
    self->is_fake[c] = assay_json_is_true(flag.value);
    if (!self->is_fake[c] && !assay_json_at_kind(&flag, ASSAY_JSON_FALSE, error))
        return FALSE;
    centre = assay_numbers_member(at, "centre", self->n_inputs, error);
    if (centre == NULL)
        return FALSE;
    memcpy(self->centres + c * self->n_inputs, centre, self->n_inputs * sizeof *centre);
    return TRUE;
}

gpointer
assay_kmeans_read(const AssayJsonAt *at, AssayModelKind kind, size_t n_inputs, GError **error)
{
    AssayJsonAt list;
    KMeans *self;
    size_t n, n_fake = 0;

    (void)kind;
    if (!assay_json_at_member(at, "clusters", &list, error) ||
        !assay_json_at_kind(&list, ASSAY_JSON_ARRAY, error))
        return NULL;
    n = assay_json_size(list.value);
    if (n < 2 || n > ASSAY_MODEL_MAX_CLUSTERS) {
        assay_json_at_error(&list, error, "has %" G_GSIZE_FORMAT " clusters, not 2 to %d", n,
                            ASSAY_MODEL_MAX_CLUSTERS);
        return NULL;
    }
    self = new_kmeans(n, n_inputs);
    for (size_t c = 0; c < n; c++) {
        AssayJsonAt element;

        if (!assay_json_at_element(&list, c, &element, error) ||
            !read_cluster(self, c, &element, error)) {
            assay_kmeans_free(self);
            return NULL;
        }
        n_fake += self->is_fake[c] ? 1 : 0;
    }
    if (n_fake > 0 && n_fake < n)
        return self;
    assay_kmeans_free(self);
    assay_json_at_error(&list, error, "has to have clusters of fakes and others");
    return NULL;
}
