/* tests/unit/test-walk.c - random walks in a spec: they break nothing, and are as the corpus is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/check/calibrate.h>
#include <assay/spec/walk.h>
#include <assay/transform/baseline.h>
#include <math.h>
#include <string.h>

#include "corpus.h"
#include "rounds.h"
#include "stream-file.h"

enum { TRANSITION = ASSAY_RULE_TRANSITION };

static AssayWalk *
new_walk(const AssaySpec *spec, guint64 seed, guint64 n_items, guint64 max_steps)
{
    const AssayWalkConfig config = { seed, n_items, max_steps };
    g_autoptr(GError) error = NULL;
    AssayWalk *walk = assay_walk_new(spec, &config, &error);

    g_assert_no_error(error);
    return walk;
}

static AssaySample *
make(const AssayWalk *walk, size_t index)
{
    g_autoptr(GError) error = NULL;
    AssaySample *sample = assay_walk_make(walk, index, &error);

    g_assert_no_error(error);
    return sample;
}

static AssayObservation *
observe(AssaySample *sample, guint order)
{
    const AssayObserveConfig config = { .order = order };
    g_autoptr(GError) error = NULL;
    AssayObservation *observation = assay_observe(sample, &config, &error);

    g_assert_no_error(error);
    return observation;
}

/* Violations of a walk's transitions of the spec's order. */
static guint64
count_violations(const AssaySpec *spec, AssaySample *sample)
{
    g_autoptr(AssayObservation) observation = observe(sample, spec->rules[TRANSITION].order);
    g_autoptr(AssayCalibration) calibration = assay_calibration_new(spec, TRANSITION, 1, FALSE);
    guint64 violations, events;

    assay_calibration_count(calibration, &observation->tallies[TRANSITION], &violations, &events);
    return violations;
}

/* Chords with some habits, so that an order more says more. */
static char *
random_chords(GRand *random)
{
    static const char *const chords[] = { "C-E-G", "F-A-C", "G-B-D", "A-C-E", "rest", "D-F-A" };
    GString *text = g_string_new(NULL);
    int at = g_rand_int_range(random, 0, 3);

    for (int i = g_rand_int_range(random, 0, 30); i > 0; i--) {
        g_string_append_printf(text, "%s ", chords[at]);
        if (g_rand_int_range(random, 0, 3) > 0)
            at = g_rand_int_range(random, 0, 4) > 0 ? (at + 1) % 5 : g_rand_int_range(random, 0, 6);
    }
    return g_string_free(text, FALSE);
}

static AssaySpec *
random_spec(guint32 seed, guint order, guint n)
{
    GRand *random = g_rand_new_with_seed(seed);
    const AssayObserveConfig config = { .order = order };
    AssaySpec *spec = assay_spec_new();

    for (guint i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf("p%03u", i);
        g_autofree char *chords = random_chords(random);
        g_autoptr(AssaySample) sample = corpus_chroma(name, chords);
        g_autoptr(AssayObservation) observation = assay_observe(sample, &config, NULL);

        g_assert_true(assay_spec_add(spec, observation, NULL, NULL, NULL));
    }
    assay_spec_sort(spec);
    g_rand_free(random);
    return spec;
}

/* Of its own order and of any below a walk breaks nothing; of one above, something. */
static void
test_law(void)
{
    for (guint32 seed = 0; seed < rounds(5); seed++) {
        AssaySpec *specs[ASSAY_MAX_ORDER];

        for (guint order = 1; order <= ASSAY_MAX_ORDER; order++)
            specs[order - 1] = random_spec(seed, order, 30);

        for (size_t own = 0; own < G_N_ELEMENTS(specs); own++) {
            g_autoptr(AssayWalk) walk = new_walk(specs[own], seed, 100, 0);
            guint64 above = 0;

            for (size_t i = 0; i < 100; i++) {
                g_autoptr(AssaySample) sample = make(walk, i);

                for (size_t other = 0; other <= own; other++)
                    g_assert_cmpuint(count_violations(specs[other], sample), ==, 0);
                if (own + 1 < G_N_ELEMENTS(specs))
                    above += count_violations(specs[own + 1], sample);
            }
            g_assert_true(above > 0 || own + 1 == G_N_ELEMENTS(specs));
        }
        for (size_t i = 0; i < G_N_ELEMENTS(specs); i++)
            assay_spec_free(specs[i]);
    }
}

/* A quantity of walks, and what it should be on average. */
typedef struct {
    double expected, sum, sum_of_squares;
} Figure;

static void
add_figure(Figure *figure, double value)
{
    figure->sum += value;
    figure->sum_of_squares += value * value;
}

/* Within five standard errors of what is expected. */
static void
check_figure(const Figure *figure, size_t n)
{
    double mean = figure->sum / (double)n;
    double variance = figure->sum_of_squares / (double)n - mean * mean;
    double error = sqrt(MAX(variance, figure->expected) / (double)n);

    g_assert_cmpfloat(fabs(mean - figure->expected), <=, 5 * error);
}

/* Walks have each transition, each start and each end as often as the corpus has, and so are as
 * long. */
static void
test_frequencies(void)
{
    const size_t n_walks = rounds(20000);

    for (guint order = 1; order <= 3; order++) {
        g_autoptr(AssaySpec) spec = random_spec(7, order, 40);
        const AssayRule *rule = &spec->rules[TRANSITION];
        g_autoptr(AssayWalk) walk = new_walk(spec, 1, n_walks, 0);
        g_autoptr(AssayWalk) as_many = new_walk(spec, 1, 0, 0);
        g_autofree Figure *entries = g_new0(Figure, rule->entries->len);
        g_autoptr(GHashTable) index = g_hash_table_new(g_int64_hash, g_int64_equal);
        guint64 n_starts = 0, n_events = 0;
        Figure length = { 0 };
        GTreeNode *node;

        for (node = g_tree_node_first(rule->starts); node != NULL; node = g_tree_node_next(node))
            n_starts += ((const AssayCount *)g_tree_node_value(node))->count;
        g_assert_cmpuint(assay_walk_n_items(as_many), ==, n_starts);
        for (guint i = 0; i < rule->entries->len; i++) {
            AssayEntry *entry = g_ptr_array_index(rule->entries, i);

            entries[i].expected = (double)entry->n / (double)n_starts;
            g_hash_table_insert(index, &entry->key, GUINT_TO_POINTER(i + 1));
            n_events += entry->n;
        }
        length.expected = (double)n_events / (double)n_starts;
        for (size_t i = 0; i < n_walks; i++) {
            g_autoptr(AssaySample) sample = make(walk, i);
            g_autoptr(AssayObservation) observation = observe(sample, order);
            const AssayTally *tally = &observation->tallies[TRANSITION];

            g_assert_true(assay_ends_count(rule->starts, tally->ends.first) > 0);
            g_assert_true(assay_ends_count(rule->ends, tally->ends.last) > 0);
            add_figure(&length, (double)tally->events);
            for (size_t k = 0; k < tally->n; k++) {
                guint at = GPOINTER_TO_UINT(g_hash_table_lookup(index, &tally->counts[k].key));

                g_assert_cmpuint(at, >, 0);
                add_figure(&entries[at - 1], (double)tally->counts[k].count);
            }
        }
        check_figure(&length, n_walks);
        for (guint i = 0; i < rule->entries->len; i++)
            check_figure(&entries[i], n_walks);
    }
}

/* The chain itself, by hand: the expected number of transitions of a walk, summed over the steps it
 * may take, is that of an item, for any corpus. */
static void
test_mean(void)
{
    for (guint32 seed = 0; seed < rounds(12); seed++) {
        guint order = 1 + seed % 4;
        g_autoptr(AssaySpec) spec = random_spec(seed, order, 12);
        const AssayRule *rule = &spec->rules[TRANSITION];
        guint n = rule->entries->len;
        g_autofree double *now = g_new0(double, n), *next = g_new0(double, n);
        double transitions = 0, alive = 1, n_starts = 0, n_events = 0;
        GTreeNode *node;

        for (node = g_tree_node_first(rule->starts); node != NULL; node = g_tree_node_next(node))
            n_starts += (double)((const AssayCount *)g_tree_node_value(node))->count;
        /* now[i]: the probability to take transition i in this step. */
        for (guint step = 0; alive > 1e-13 && step < 100000; step++) {
            memset(next, 0, n * sizeof *next);
            for (guint i = 0; i < n; i++) {
                const AssayEntry *entry = g_ptr_array_index(rule->entries, i);
                guint64 history = ASSAY_TRANSITION_BEFORE(entry->key);
                double come =
                    step == 0 ? (double)assay_ends_count(rule->starts, history) / n_starts : 0;
                double out = (double)assay_ends_count(rule->ends, history);

                for (guint k = 0; k < n; k++) {
                    const AssayEntry *other = g_ptr_array_index(rule->entries, k);

                    if (ASSAY_TRANSITION_BEFORE(other->key) == history)
                        out += (double)other->n;
                    if (step > 0 && ASSAY_TRANSITION_AFTER(other->key, order) == history)
                        come += now[k];
                }
                next[i] = come * (double)entry->n / out;
            }
            memcpy(now, next, n * sizeof *now);
            alive = 0;
            for (guint i = 0; i < n; i++)
                alive += now[i];
            transitions += alive;
        }
        for (guint i = 0; i < spec->items->len; i++)
            n_events +=
                (double)((const AssayItem *)g_ptr_array_index(spec->items, i))->events[TRANSITION];
        g_assert_cmpfloat_with_epsilon(transitions, n_events / n_starts, 1e-9);
    }
}

static gboolean
same_steps(AssaySample *a, AssaySample *b)
{
    const AssayArray *x = assay_sample_field(a, "chroma", NULL);
    const AssayArray *y = assay_sample_field(b, "chroma", NULL);

    return assay_array_bytes(x) == assay_array_bytes(y) &&
           memcmp(x->data, y->data, assay_array_bytes(x)) == 0;
}

/* A walk is its own: the same for any number of walks, another for another seed or number. */
static void
test_identity(void)
{
    g_autoptr(AssaySpec) spec = random_spec(3, 1, 30);
    g_autoptr(AssayWalk) few = new_walk(spec, 4, 3, 0), many = new_walk(spec, 4, 1000, 0);
    g_autoptr(AssayWalk) other = new_walk(spec, 5, 3, 0);
    guint n_other = 0;

    for (size_t i = 0; i < 3; i++) {
        g_autoptr(AssaySample) a = make(few, i), b = make(many, i), c = make(other, i);
        g_autofree char *name = g_strdup_printf("walk-%06u", (guint)i);

        g_assert_cmpstr(assay_sample_name(a), ==, name);
        g_assert_true(same_steps(a, b));
        n_other += !same_steps(a, c);
    }
    g_assert_cmpuint(n_other, >, 0);
}

/* The grid is the spec's; the source is none of its corpus. */
static void
test_sample(void)
{
    g_autoptr(AssaySpec) spec =
        corpus_mine_order(2, corpus_chroma("a", "C D E F"), corpus_chroma("b", "C D E G"), NULL);
    g_autoptr(AssayWalk) walk = new_walk(spec, 0, 0, 0);
    g_autoptr(AssaySample) sample = make(walk, 0), next = make(walk, 1);
    const AssayJson *meta = assay_sample_field_meta(sample, "chroma");
    const AssayArray *chroma = assay_sample_field(sample, "chroma", NULL);
    g_autoptr(AssayJson) options = assay_walk_options(walk);
    const char *one, *two;

    g_assert_cmpuint(assay_walk_n_items(walk), ==, 2);
    g_assert_cmpuint(chroma->shape[0], ==, 4);
    g_assert_cmpuint(chroma->shape[1], ==, 12);
    g_assert_cmpfloat(assay_json_peek_real(assay_json_get(meta, "step_q")), ==, 0.25);
    g_assert_null(assay_json_get(meta, "order"));
    g_assert_false(assay_walk_is_cut(sample));
    one = assay_json_peek_string(assay_json_get(assay_sample_source(sample), "sha256"));
    two = assay_json_peek_string(assay_json_get(assay_sample_source(next), "sha256"));
    g_assert_cmpuint(strlen(one), ==, 64);
    g_assert_cmpstr(one, !=, two);
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(options, "kind")), ==, "walk");
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(options, "max-steps")), ==, "65536");
}

/* What does not end is cut; what ends just there is not. */
static void
test_cut(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine_order(1, corpus_chroma("a", "C*2000"), NULL);
    g_autoptr(AssaySpec) line = corpus_mine_order(2, corpus_chroma("a", "C D E F G"), NULL);
    g_autoptr(AssayWalk) walk = new_walk(spec, 0, 40, 10), whole = new_walk(line, 0, 1, 5);
    g_autoptr(AssayWalk) shorter = new_walk(line, 0, 1, 4), start = new_walk(line, 0, 1, 2);
    g_autoptr(AssaySample) five = make(whole, 0), four = make(shorter, 0), two = make(start, 0);
    guint n_cut = 0;

    for (size_t i = 0; i < 40; i++) {
        g_autoptr(AssaySample) sample = make(walk, i);

        g_assert_cmpuint(assay_sample_field(sample, "chroma", NULL)->shape[0], <=, 10);
        n_cut += assay_walk_is_cut(sample) ? 1 : 0;
    }
    g_assert_cmpuint(n_cut, >, 35);
    g_assert_cmpuint(assay_sample_field(five, "chroma", NULL)->shape[0], ==, 5);
    g_assert_false(assay_walk_is_cut(five));
    g_assert_cmpuint(assay_sample_field(four, "chroma", NULL)->shape[0], ==, 4);
    g_assert_true(assay_walk_is_cut(four));
    g_assert_cmpuint(assay_sample_field(two, "chroma", NULL)->shape[0], ==, 2);
    g_assert_true(assay_walk_is_cut(two));
}

/* Where counts are no corpus's, a walk ends where no way leads on; and counts may be huge. */
static void
test_unbalanced(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine_order(1, corpus_chroma("a", "C D E"), NULL);
    GPtrArray *entries = spec->rules[TRANSITION].entries;
    g_autoptr(AssayWalk) walk = NULL, far = NULL;
    g_autoptr(AssaySample) sample = NULL, longer = NULL;

    g_ptr_array_set_size(entries, 1); /* C to D */
    ((AssayEntry *)g_ptr_array_index(entries, 0))->n = G_MAXINT64;
    walk = new_walk(spec, 0, 3, 0);
    sample = make(walk, 2);
    g_assert_cmpuint(assay_sample_field(sample, "chroma", NULL)->shape[0], ==, 2);
    g_assert_false(assay_walk_is_cut(sample));
    ((AssayEntry *)g_ptr_array_index(entries, 0))->key = corpus_key(TRANSITION, "C C");
    far = new_walk(spec, 0, 1, 100);
    longer = make(far, 0);
    g_assert_true(assay_walk_is_cut(longer));
}

static gboolean
put(gpointer writer, AssaySample *sample, GError **error)
{
    return assay_writer_put(writer, sample, error);
}

static void
test_workers(void)
{
    g_autoptr(AssaySpec) spec = random_spec(9, 2, 20);
    g_autoptr(AssayWalk) walk = new_walk(spec, 0, 200, 0);
    g_autoptr(GBytes) first = NULL;

    for (guint n = 1; n <= 3; n++) {
        StreamFile *file = stream_file_new("test");
        const AssayBaselineRun run = { 200, assay_walk_make, walk, put, file->writer };
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) bytes = NULL;

        if (!assay_baseline_run(&run, n, &error))
            g_assert_no_error(error);
        bytes = stream_file_finish(file);
        if (first == NULL)
            first = g_bytes_ref(bytes);
        g_assert_true(g_bytes_equal(bytes, first));
    }
}

static void
refused(AssaySpec *spec, guint64 max_steps, int code, const char *says)
{
    const AssayWalkConfig config = { .max_steps = max_steps };
    g_autoptr(AssaySpec) own = spec;
    g_autoptr(GError) error = NULL;

    g_assert_null(assay_walk_new(own, &config, &error));
    corpus_refused(&error, code, says);
}

static void
test_refused(void)
{
    AssaySample *notes = corpus_piece("a", corpus_midi(96, "0-96:60"), NULL);

    assay_sample_remove_field(notes, "chroma");
    refused(corpus_mine(NULL, notes, NULL), 0, ASSAY_ERROR_SPEC,
            "the spec has no rule chroma-transition to walk in");
    refused(corpus_mine_order(3, corpus_chroma("a", "C D"), NULL), 0, ASSAY_ERROR_SPEC,
            "no item of it is as long as the history of its transitions, 3 steps");
    refused(corpus_mine_order(3, corpus_chroma("a", "C D E"), NULL), 2, ASSAY_ERROR_USAGE,
            "walks of 2 steps: a start of this spec has 3");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/walk/law", test_law);
    g_test_add_func("/walk/frequencies", test_frequencies);
    g_test_add_func("/walk/mean", test_mean);
    g_test_add_func("/walk/identity", test_identity);
    g_test_add_func("/walk/sample", test_sample);
    g_test_add_func("/walk/cut", test_cut);
    g_test_add_func("/walk/unbalanced", test_unbalanced);
    g_test_add_func("/walk/workers", test_workers);
    g_test_add_func("/walk/refused", test_refused);
    return g_test_run();
}
