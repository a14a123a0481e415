/* tests/unit/test-succession.c - what follows a chord and what precedes it, and the same as a
 * graph.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/rule/chord.h>
#include <assay/show/chord-view.h>
#include <assay/show/spec-dot.h>
#include <assay/spec/succession.h>
#include <string.h>

#include "corpus.h"

enum { N_PIECES = 6, N_STEPS = 40 };

static const char *const names[] = { "C-E-G", "F-A-C", "G-B-D", "rest" };

/* Pieces of chords at random, kept as what they are. */
typedef struct {
    guint states[N_PIECES][N_STEPS];
    guint n_steps[N_PIECES];
    AssaySpec *spec;
} Pieces;

static AssaySpec *
mine_order(guint order, AssaySample **samples)
{
    return corpus_mine_order(order, samples[0], samples[1], samples[2], samples[3], samples[4],
                             samples[5], NULL);
}

static Pieces
make_pieces(GRand *random, guint order)
{
    Pieces pieces = { .spec = NULL };
    AssaySample *samples[N_PIECES];

    for (guint p = 0; p < N_PIECES; p++) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_autofree char *name = g_strdup_printf("p%u", p);

        pieces.n_steps[p] = (guint)g_rand_int_range(random, 1, N_STEPS);
        for (guint t = 0; t < pieces.n_steps[p]; t++) {
            const char *chord = names[g_rand_int_range(random, 0, G_N_ELEMENTS(names))];

            g_assert_true(assay_chord_parse(chord, &pieces.states[p][t]));
            g_string_append_printf(text, "%s%s", t > 0 ? " " : "", chord);
        }
        samples[p] = corpus_chroma(name, text->str);
    }
    pieces.spec = mine_order(order, samples);
    return pieces;
}

static gboolean
stands(const Pieces *pieces, guint p, guint at, const guint *chords, guint n)
{
    if (at + n > pieces->n_steps[p])
        return FALSE;
    return memcmp(&pieces->states[p][at], chords, n * sizeof *chords) == 0;
}

/* How often, and in how many pieces, @next comes after the chords: transitions of which a spec of
 * this order knows, which are those K steps into a piece. Before them, where @is_before. */
static void
count(const Pieces *pieces, guint order, const guint *chords, guint n, guint next,
      gboolean is_before, guint64 *times, guint64 *items)
{
    *times = *items = 0;
    for (guint p = 0; p < N_PIECES; p++) {
        guint64 here = 0;

        for (guint to = order; to < pieces->n_steps[p]; to++) {
            if (is_before ? to >= n && stands(pieces, p, to + 1 - n, chords, n) &&
                                pieces->states[p][to - n] == next
                          : stands(pieces, p, to - n, chords, n) && pieces->states[p][to] == next)
                here++;
        }
        *times += here;
        *items += here > 0 ? 1 : 0;
    }
}

static void
check_list(const Pieces *pieces, guint order, const guint *chords, guint n, const GArray *list,
           gboolean is_before, guint64 all)
{
    guint64 sum = 0, last = G_MAXUINT64;

    for (guint i = 0; i < list->len; i++) {
        const AssayNeighbour *neighbour = &g_array_index(list, AssayNeighbour, i);
        guint64 times, items;

        count(pieces, order, chords, n, neighbour->state, is_before, &times, &items);
        g_assert_cmpuint(neighbour->n, ==, times);
        g_assert_cmpuint(neighbour->items, ==, items); /* few enough pieces: all owners are known */
        g_assert_cmpuint(neighbour->groups, ==, items);
        g_assert_false(neighbour->is_least);
        g_assert_cmpuint(neighbour->n, <=, last);
        g_assert_cmpuint(neighbour->state, !=, is_before ? chords[0] : chords[n - 1]);
        last = neighbour->n;
        sum += times;
    }
    g_assert_cmpuint(sum, ==, all);
}

static void
check_chords(const Pieces *pieces, guint order, const guint *chords, guint n)
{
    g_autoptr(AssaySuccession) found = assay_succession_new(pieces->spec, chords, n, 1);
    guint64 steps = 0, all = 0, runs = 0, begins = 0, ends = 0, held;

    for (guint p = 0; p < N_PIECES; p++) {
        guint length = pieces->n_steps[p];

        if (length < order)
            continue;
        all += length;
        begins += stands(pieces, p, 0, chords, n) ? 1 : 0;
        ends += stands(pieces, p, length - n, chords, n) ? 1 : 0;
        for (guint t = 0; t < length; t++) {
            steps += stands(pieces, p, t, chords, n) ? 1 : 0;
            runs += pieces->states[p][t] == chords[0] &&
                            (t == 0 || pieces->states[p][t - 1] != chords[0])
                        ? 1
                        : 0;
        }
    }
    g_assert_cmpuint(found->steps, ==, steps);
    g_assert_cmpuint(found->all_steps, ==, all);
    g_assert_cmpuint(found->begins, ==, begins);
    g_assert_cmpuint(found->ends, ==, ends);
    g_assert_cmpuint(found->runs, ==, n == 1 ? runs : 0);
    count(pieces, order, chords, n, chords[n - 1], FALSE, &held, &all);
    g_assert_cmpuint(found->held, ==, held);
    check_list(pieces, order, chords, n, found->after, FALSE, found->n_after);
    check_list(pieces, order, chords, n, found->before, TRUE, found->n_before);
}

/* Every chord, and chords in a row, against the pieces themselves. */
static void
test_counts(void)
{
    for (guint32 seed = 0; seed < 20 && !g_test_failed(); seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        guint order = 1 + seed % ASSAY_MAX_ORDER;
        Pieces pieces = make_pieces(random, order);

        for (guint i = 0; i < 30; i++) {
            guint chords[ASSAY_MAX_ORDER];

            for (guint k = 0; k < order; k++)
                g_assert_true(assay_chord_parse(
                    names[g_rand_int_range(random, 0, G_N_ELEMENTS(names))], &chords[k]));
            for (guint n = 1; n <= order; n++)
                check_chords(&pieces, order, chords, n);
        }
        assay_spec_free(pieces.spec);
        g_rand_free(random);
    }
}

/* What fewer groups show is counted, not listed. */
static void
test_threshold(void)
{
    g_autoptr(AssaySpec) spec =
        corpus_mine(NULL, corpus_chroma("a", "C D C E"), corpus_chroma("b", "C D C D"), NULL);
    guint chord = 1;
    g_autoptr(AssaySuccession) found = assay_succession_new(spec, &chord, 1, 2);

    g_assert_cmpuint(found->after->len, ==, 1);
    g_assert_cmpuint(found->n_after, ==, 4);
    g_assert_cmpuint(found->rare_after, ==, 1);
}

static void
test_near(void)
{
    static const char *const heard[] = { "C-E",       "C-E-A", "C-F-A", "C-E-G-B",
                                         "C-E-G-B-D", "G",     "F-A-D", "rest" };
    g_autofree guint64 *steps = g_new0(guint64, 4096);
    g_autoptr(GArray) near = NULL, silent = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    guint state;

    for (guint i = 0; i < G_N_ELEMENTS(heard); i++) {
        g_assert_true(assay_chord_parse(heard[i], &state));
        steps[state] = 10 + i;
    }
    g_assert_true(assay_chord_parse("C-E-G", &state));
    near = assay_chords_near(steps, state);
    for (guint i = 0; i < near->len; i++) {
        g_autofree char *name = assay_chord_name(g_array_index(near, guint, i), 0);

        g_string_append_printf(text, "%s ", name);
    }
    g_assert_cmpstr(text->str, ==, "C-E-G-B C-E G D-E-G-B-C A-C-E ");
    silent = assay_chords_near(steps, 0);
    g_assert_cmpuint(silent->len, ==, 0);
}

static void
test_question(void)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        { "", "names no chord: give one" },
        { "C-E-H", "\"C-E-H\" is no chord" },
        { "C-E-G,", "\"\" is no chord" },
        { "C,D,E,F,G", "5 chords in a row: no spec knows more than 4" },
    };
    AssayChordQuestion question;
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_chord_question_parse(&question, "B#-Fb-g, rest", &error));
    g_assert_cmpuint(question.n_chords, ==, 2);
    g_assert_cmpuint(question.chords[0], ==, 1 | 1 << 4 | 1 << 7);
    g_assert_cmpuint(question.chords[1], ==, 0);
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(assay_chord_question_parse(&question, bad[i].text, &error));
        corpus_refused(&error, ASSAY_ERROR_USAGE, bad[i].says);
    }
}

/* Each edge of the graph is an entry, with its count; none is missing. */
static void
test_graph(void)
{
    for (guint order = 1; order <= 2; order++) {
        GRand *random = g_rand_new_with_seed(order);
        Pieces pieces = make_pieces(random, order);
        const AssayRule *rule = &pieces.spec->rules[ASSAY_RULE_TRANSITION];
        g_autoptr(GString) text = assay_spec_dot(pieces.spec, G_MAXUINT, 1, NULL);
        guint n = 0, n_edges = 0;

        for (guint i = 0; i < rule->entries->len; i++) {
            const AssayEntry *entry = g_ptr_array_index(rule->entries, i);
            guint64 before = ASSAY_TRANSITION_BEFORE(entry->key);
            guint64 after = ASSAY_TRANSITION_AFTER(entry->key, order);
            g_autofree char *from = assay_history_describe(before, order, 0);
            g_autofree char *to = assay_history_describe(after, order, 0);
            g_autofree char *edge = g_strdup_printf(
                "\"%s\" -> \"%s\" [label=\"%" G_GUINT64_FORMAT "\", ", from, to, entry->n);

            g_assert_true((strstr(text->str, edge) != NULL) == (before != after));
            n += before != after ? 1 : 0;
        }
        for (const char *at = text->str; (at = strstr(at, "penwidth=")) != NULL; at++)
            n_edges++;
        g_assert_cmpuint(n_edges, ==, n);
        assay_spec_free(pieces.spec);
        g_rand_free(random);
    }
}

/* A name may hold anything. */
static void
test_escapes(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine(NULL, corpus_chroma("a", "C D"), NULL);
    g_autoptr(GString) text = NULL;

    g_free(spec->name);
    spec->name = g_strdup("a \"b\" \\N\nc");
    text = assay_spec_dot(spec, 10, 1, NULL);
    g_assert_true(g_str_has_prefix(text->str, "digraph \"a \\\"b\\\" \\\\N%0Ac\" {\n"));
}

static void
test_no_transitions(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine(NULL, corpus_chroma("a", "C D"), NULL);
    g_autoptr(GError) error = NULL;
    AssayChordQuestion question = { .n_chords = 1 };

    spec->rules[ASSAY_RULE_TRANSITION].present = FALSE;
    g_assert_null(assay_spec_dot(spec, 10, 1, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "the spec has no rule chroma-transition");
    g_assert_false(assay_show_chord(NULL, spec, &question, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "the spec has no rule chroma-transition");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/succession/counts", test_counts);
    g_test_add_func("/succession/threshold", test_threshold);
    g_test_add_func("/succession/near", test_near);
    g_test_add_func("/succession/question", test_question);
    g_test_add_func("/succession/graph", test_graph);
    g_test_add_func("/succession/escapes", test_escapes);
    g_test_add_func("/succession/no-transitions", test_no_transitions);
    return g_test_run();
}
