/* tests/unit/test-distribution-merge.c - the distributions of any parts, in any order, add up to
 * those of the whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/distribution/distributions.h>
#include <string.h>

#include "corpus.h"
#include "set-of-values.h"

/**
 * Corpus:
 * @values: of all items, @n a piece
 * @groups: a third of the items are in named groups, which have items of several sources
 */
typedef struct {
    AssayType type;
    const char *meta;
    size_t n_sources, n_items, n; /* items a source, values an item */
    double *values;
    AssayGroups *groups;
} Corpus;

static void
clear(Corpus *self)
{
    assay_groups_free(self->groups);
    g_free(self->values);
}

static double
random_value(GRand *random, AssayType type)
{
    if (type == ASSAY_U8)
        return g_rand_int_range(random, 0, 256);
    if (type == ASSAY_I8)
        return g_rand_int_range(random, -128, 128);
    if (type == ASSAY_U16)
        return g_rand_int_range(random, 0, 65536);
    return g_rand_int_range(random, 0, 3) == 0 ? g_rand_int_range(random, -1, 3)
                                               : g_rand_double_range(random, -0.5, 1.5);
}

static void
fill(Corpus *self, GRand *random)
{
    g_autoptr(GString) table = g_string_new(NULL);
    size_t n = self->n_sources * self->n_items;

    self->values = g_new(double, n * self->n);
    for (size_t i = 0; i < n * self->n; i++)
        self->values[i] = random_value(random, self->type);
    for (size_t i = 0; i < n; i++) {
        if (g_rand_int_range(random, 0, 3) == 0)
            g_string_append_printf(table, "s%" G_GSIZE_FORMAT "[%" G_GSIZE_FORMAT "]=g%d ",
                                   i / self->n_items, i % self->n_items,
                                   g_rand_int_range(random, 0, (gint32)(n / 8 + 1)));
    }
    self->groups = corpus_groups(table->str);
}

/* Items @first .. @first + @n - 1 of the corpus, which are of one source, as a piece of it. */
static void
add_piece(AssayDistributions *set, const Corpus *self, size_t first, size_t n)
{
    g_autofree char *name = g_strdup_printf("s%" G_GSIZE_FORMAT, first / self->n_items);
    AssaySample *sample =
        values_new(name, "x", self->type, n, self->n, self->values + first * self->n, self->meta);

    assay_sample_set_items(sample, first % self->n_items, n);
    set_add(set, sample, self->groups);
}

static void
shuffle(GRand *random, size_t *order, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)g_rand_int_range(random, 0, (gint32)i), swap = order[k];

        order[k] = order[i - 1];
        order[i - 1] = swap;
    }
}

/* Pieces of at most four items, dealt out to @n_parts sets in a random order. */
static char *
deal(const Corpus *self, GRand *random, size_t n_parts)
{
    g_autoptr(GPtrArray) parts =
        g_ptr_array_new_with_free_func((GDestroyNotify)(void (*)(void))assay_distributions_free);
    size_t n = self->n_sources * self->n_items, n_pieces = 0;
    g_autofree size_t *starts = g_new(size_t, n + 1);
    g_autofree size_t *order = g_new(size_t, n + 1);

    for (size_t i = 0; i < n; n_pieces++) {
        size_t left = self->n_items - i % self->n_items;
        size_t some = (size_t)g_rand_int_range(random, 1, 5);

        order[n_pieces] = n_pieces;
        starts[n_pieces] = i;
        i += MIN(left, some);
    }
    starts[n_pieces] = n;
    shuffle(random, order, n_pieces);
    for (size_t i = 0; i < n_parts; i++)
        g_ptr_array_add(parts, assay_distributions_new());
    for (size_t i = 0; i < n_pieces; i++)
        add_piece(g_ptr_array_index(parts, (guint)g_rand_int_range(random, 0, (gint32)n_parts)),
                  self, starts[order[i]], starts[order[i] + 1] - starts[order[i]]);
    while (parts->len > 1) {
        guint to = (guint)g_rand_int_range(random, 0, (gint32)parts->len - 1);
        g_autoptr(GError) error = NULL;
        gboolean done = assay_distributions_merge(g_ptr_array_index(parts, to),
                                                  g_ptr_array_index(parts, parts->len - 1), &error);

        g_assert_no_error(error);
        g_assert_true(done);
        g_ptr_array_set_size(parts, (gint)parts->len - 1);
    }
    return set_text(g_ptr_array_index(parts, 0));
}

static char *
add_all(const Corpus *self, AssayDistributions *set)
{
    for (size_t i = 0; i < self->n_sources; i++)
        add_piece(set, self, i * self->n_items, self->n_items);
    return set_text(set);
}

/* What is kept follows from the definition: with all groups at hand, the longest run that fits. */
static void
check_kept(const AssayDistributions *set)
{
    const AssayDistribution *x = assay_distributions_find(set, "x");
    size_t cells = 0;

    for (guint i = 0; i < x->groups->len; i++) {
        const AssayGroupCells *group = g_ptr_array_index(x->groups, i);
        guint64 n_items = assay_number_counts_get(set->hashes, group->hash);

        g_assert_cmpuint(group->hash, <, x->dropped_from);
        g_assert_cmpuint(group->n_items, ==, n_items);
        cells += group->n_cells;
    }
    g_assert_cmpuint(cells, ==, x->n_kept_cells);
    g_assert_cmpuint(cells, <=, ASSAY_DISTRIBUTION_CELLS);
    g_assert_cmpuint(x->groups->len, <=, ASSAY_DISTRIBUTION_GROUPS);
}

static void
check(Corpus *corpus, GRand *random, int n_rounds, gboolean is_full)
{
    g_autoptr(AssayDistributions) set = assay_distributions_new();
    g_autofree char *whole = NULL;
    const AssayDistribution *x;

    fill(corpus, random);
    whole = add_all(corpus, set);
    check_kept(set);
    x = assay_distributions_find(set, "x");
    g_assert_true((x->dropped_from != ASSAY_DROPPED_NONE) == is_full);
    g_assert_true(is_full || x->groups->len == set->n_groups);
    for (int i = 0; i < n_rounds; i++) {
        g_autofree char *sum = deal(corpus, random, (size_t)g_rand_int_range(random, 1, 7));

        if (strcmp(sum, whole) != 0)
            g_test_fail_printf("round %d: the parts are not the whole", i);
    }
    clear(corpus);
}

static void
test_small(void)
{
    static const AssayType types[] = { ASSAY_U8, ASSAY_F32, ASSAY_F64, ASSAY_U16 };
    g_autoptr(GRand) random = g_rand_new_with_seed(2);

    for (size_t i = 0; i < 12; i++) {
        Corpus corpus = { .type = types[i % G_N_ELEMENTS(types)],
                          .meta = i % 2 == 0 ? NULL : "{\"full_scale\":1,\"range\":[0,1]}",
                          .n_sources = 1 + i % 3,
                          .n_items = 1 + 3 * i,
                          .n = 1 + i };

        check(&corpus, random, 4, FALSE);
    }
}

static void
test_many_groups(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    Corpus corpus = { .type = ASSAY_U8, .n_sources = 3, .n_items = 2500, .n = 3 };

    check(&corpus, random, 3, TRUE);
}

static void
test_many_cells(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(4);
    Corpus corpus = { .type = ASSAY_U16, .n_sources = 2, .n_items = 30, .n = 40000 };

    check(&corpus, random, 2, TRUE);
}

/* What is known while a piece is counted: nothing, what was dropped some pieces before, or how many
 * items there will be as well. */
typedef enum { UNTOLD, TOLD, TOLD_ALL } Told;

/* Pieces of a source one after the other. */
static char *
add_told(const Corpus *self, Told told)
{
    enum { PIECE = 300, LATE = 3 };
    g_autoptr(AssayDistributions) set = assay_distributions_new();
    AssayDistributionConfig config = { .skips_moments = TRUE };
    guint64 dropped_from[LATE] = { ASSAY_DROPPED_NONE, ASSAY_DROPPED_NONE, ASSAY_DROPPED_NONE };

    for (size_t i = 0; i < self->n_items; i += PIECE) {
        size_t n = MIN(PIECE, self->n_items - i);
        AssaySample *sample =
            values_new("s", "x", self->type, n, self->n, self->values + i * self->n, self->meta);

        assay_sample_set_items(sample, i, n);
        if (told == TOLD_ALL)
            assay_sample_set_whole(sample, self->n_items);
        if (told != UNTOLD)
            config.dropped_from = dropped_from[i / PIECE % LATE];
        set_add_some(set, sample, &config);
        dropped_from[i / PIECE % LATE] = assay_distributions_dropped_from(set);
    }
    check_kept(set);
    g_assert_cmphex(assay_distributions_dropped_from(set), <, ASSAY_DROPPED_NONE);
    return set_text(set);
}

/* Few bytes an item, and many; runs of more than counts of 16 bits take; what are no bytes. */
static void
test_told(void)
{
    static const struct {
        AssayType type;
        size_t n_items, n;
    } kinds[] = { { ASSAY_U8, 6000, 3 },   { ASSAY_U8, 12000, 260 }, { ASSAY_I8, 5000, 256 },
                  { ASSAY_U8, 4200, 700 }, { ASSAY_U16, 10500, 3 },  { ASSAY_F32, 11000, 3 } };
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        Corpus corpus = {
            kinds[i].type, "{\"full_scale\":255}", 1, kinds[i].n_items, kinds[i].n, NULL, NULL
        };
        g_autofree char *untold = NULL, *told = NULL, *told_all = NULL;

        fill(&corpus, random);
        untold = add_told(&corpus, UNTOLD);
        told = add_told(&corpus, TOLD);
        told_all = add_told(&corpus, TOLD_ALL);
        g_assert_true(strcmp(told, untold) == 0);
        g_assert_true(strcmp(told_all, untold) == 0);
        clear(&corpus);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/distribution-merge/small", test_small);
    g_test_add_func("/distribution-merge/many-groups", test_many_groups);
    g_test_add_func("/distribution-merge/many-cells", test_many_cells);
    g_test_add_func("/distribution-merge/told", test_told);
    return g_test_run();
}
