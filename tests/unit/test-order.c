/* tests/unit/test-order.c - transitions with more than one chord of history; what items start and
 * end with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/check/check.h>
#include <assay/check/suggest.h>
#include <math.h>
#include <string.h>

#include "corpus.h"

enum { TRANSITION = ASSAY_RULE_TRANSITION };

/* "C>D>E*2 ... of 5/4, C>D to D>E": the counts in the order of the keys, and the ends. */
static char *
describe(guint order, const char *chords)
{
    const AssayObserveConfig config = { .order = order };
    g_autoptr(AssaySample) sample = corpus_chroma("a", chords);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayObservation) observation = assay_observe(sample, &config, &error);
    const AssayTally *tally = &observation->tallies[TRANSITION];
    GString *text = g_string_new(NULL);

    g_assert_no_error(error);
    for (size_t i = 0; i < tally->n; i++) {
        g_autofree char *key =
            assay_rule_types[TRANSITION].describe_key(tally->counts[i].key, order, 0);

        g_string_append_printf(text, "%s*%" G_GUINT64_FORMAT " ", key, tally->counts[i].count);
    }
    g_string_append_printf(text, "of %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, tally->events,
                           tally->changes);
    if (tally->ends.known) {
        g_autofree char *first = assay_history_describe(tally->ends.first, order, 0);
        g_autofree char *last = assay_history_describe(tally->ends.last, order, 0);

        g_string_append_printf(text, ", %s to %s", first, last);
    }
    g_string_replace(text, " -> ", ">", 0);
    g_assert_cmpuint(
        assay_rule_read_order(&assay_rule_types[TRANSITION], observation->conventions[TRANSITION]),
        ==, order);
    return g_string_free(text, FALSE);
}

static void
test_observe(void)
{
    static const struct {
        guint order;
        const char *chords, *expected;
    } cases[] = {
        { 1, "C D D C D", "C>D*2 D>C*1 D>D*1 of 4/3, C to D" },
        { 2, "C D D C D", "C>D>D*1 D>C>D*1 D>D>C*1 of 3/2, C>D to C>D" },
        { 3, "C D D C D", "C>D>D>C*1 D>D>C>D*1 of 2/2, C>D>D to D>C>D" },
        { 4, "C D D C D", "C>D>D>C>D*1 of 1/1, C>D>D>C to D>D>C>D" },
        { 2, "C*4", "C>C>C*2 of 2/0, C>C to C>C" },
        { 2, "rest*3 C", "rest>rest>rest*1 rest>rest>C*1 of 2/1, rest>rest to rest>C" },
        /* As many steps as the history is long: it is begun and ended with, and left never. */
        { 1, "C", "of 0/0, C to C" },
        { 2, "C D", "of 0/0, C>D to C>D" },
        { 4, "C D E F", "of 0/0, C>D>E>F to C>D>E>F" },
        /* Fewer. */
        { 1, "", "of 0/0" },
        { 2, "C", "of 0/0" },
        { 4, "C D E", "of 0/0" },
        /* All states are kept whole. */
        { 4, "C-C#-D-Eb-E-F-F#-G-G#-A-Bb-B*5",
          "A-C-Eb-F#-G-Bb-C#-E-F-G#-B-D>A-C-Eb-F#-G-Bb-C#-E-F-G#-B-D>A-C-Eb-F#-G-Bb-C#-E-F-G#-B-D>"
          "A-C-Eb-F#-G-Bb-C#-E-F-G#-B-D>A-C-Eb-F#-G-Bb-C#-E-F-G#-B-D*1 of 1/0" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = describe(cases[i].order, cases[i].chords);

        if (i + 1 == G_N_ELEMENTS(cases))
            g_assert_true(strstr(text, "*1 of 1/0") != NULL);
        else
            g_assert_cmpstr(text, ==, cases[i].expected);
    }
}

/* What is printed of a spec of order 3, by hand. */
static void
test_print(void)
{
    static const char expected[] =
        "\"chroma-transition\":{\"columns\":[\"from3\",\"from2\",\"from\",\"to\",\"occurrences\","
        "\"items\",\"groups\",\"owners\"],\"convention\":{\"drums\":false,\"order\":3,"
        "\"pitch_high\":127,\"pitch_low\":0,\"step_q\":0.25},\"ends\":[\n"
        "[\"C\",\"D\",\"E\",1],\n"
        "[\"C\",\"F\",\"E\",1],\n"
        "[\"D\",\"C\",\"D\",1]\n"
        "],\"kind\":\"transition\",\"rows\":[\n"
        "[\"C\",\"C\",\"D\",\"C\",2,2,2,[[0,1],[1,1]]],\n"
        "[\"C\",\"D\",\"C\",\"D\",1,1,1,[[0,1]]],\n"
        "[\"C\",\"D\",\"C\",\"F\",1,1,1,[[1,1]]],\n"
        "[\"D\",\"C\",\"F\",\"E\",1,1,1,[[1,1]]]\n"
        "],\"starts\":[\n"
        "[\"C\",\"C\",\"D\",2],\n"
        "[\"C\",\"D\",\"E\",1]\n"
        "]}";
    g_autoptr(AssaySpec) spec =
        corpus_mine_order(3, corpus_chroma("a", "C C D C D"), corpus_chroma("b", "C C D C F E"),
                          corpus_chroma("c", "C D E"), corpus_chroma("d", "C D"), NULL);
    g_autofree char *text = corpus_print(spec);

    if (strstr(text, expected) == NULL)
        g_test_fail_printf("%s", text);
    g_assert_cmpuint(
        assay_ends_count(spec->rules[TRANSITION].starts, corpus_key(TRANSITION, "C C D")), ==, 2);
    g_assert_cmpuint(
        assay_ends_count(spec->rules[TRANSITION].ends, corpus_key(TRANSITION, "C C D")), ==, 0);
}

/* Another order is another spec. */
static void
test_mixed(void)
{
    g_autoptr(AssaySpec) one = corpus_mine_order(1, corpus_chroma("a", "C D E"), NULL);
    g_autoptr(AssaySpec) two = corpus_mine_order(2, corpus_chroma("b", "C D E"), NULL);
    g_autoptr(AssaySpec) three = corpus_mine_order(3, corpus_chroma("c", "C D E"), NULL);
    const AssayObserveConfig config = { .order = 3 };
    g_autoptr(AssaySample) sample = corpus_chroma("d", "C D E");
    g_autoptr(AssayObservation) observation = assay_observe(sample, &config, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_spec_merge(one, two, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "rule chroma-transition: order is 2, not 1");
    g_assert_false(assay_spec_merge(two, three, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "rule chroma-transition: order is 3, not 2");
    g_assert_false(assay_spec_add(two, observation, NULL, NULL, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC,
                   "d: rule chroma-transition: otherwise than in the samples before it: order is "
                   "3, not 2");
}

/* Findings as "q<time> found | context | instead". */
static void
check(const AssaySpec *spec, gboolean every_step, const char *chords, const char *expected)
{
    AssayCheckConfig config = { .min_groups = 1, .want_findings = TRUE, .context = 1 };
    g_autoptr(AssaySample) sample = corpus_chroma("t", chords);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayChecker) checker = NULL;
    g_autoptr(AssayVerdict) verdict = NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    config.every_step = every_step;
    checker = assay_checker_new(spec, &config, &error);
    verdict = assay_checker_check(checker, sample, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < verdict->findings->len; i++) {
        const AssayFinding *at = &g_array_index(verdict->findings, AssayFinding, i);

        g_string_append_printf(text, "q%g %s | %s | %s\n", at->time_q, at->found, at->context,
                               at->instead);
    }
    g_assert_cmpstr(text->str, ==, expected);
}

/* Two chords of history. */
static void
test_findings(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine_order(2, corpus_chroma("a", "C D E F G C*3 D*3 E C"),
                                                  corpus_chroma("b", "G F E D C D E"), NULL);

    check(spec, FALSE, "C D E F G C", "");
    /* Each pair is known, the three are not. */
    check(spec, FALSE, "C D C D E F", "q0.5 C -> D -> C | [C D C] D | C -> D -> E\n");
    /* A pair that nobody has is told once, though two transitions hold it. */
    check(spec, FALSE, "C D G C C D", "q0.5 C -> D -> G | [C D G] C | C -> D -> E\n");
    /* A held chord in the history is a state like others: that G is held before C is new too. */
    check(spec, FALSE, "C C D D G G C C",
          "q1 D -> D -> G | C [D G] C | D -> D -> E\n"
          "q1.5 G -> G -> C | D [G C] | F -> G -> C\n");
    /* A new chord is told once, and nothing that has it in its history. */
    check(spec, FALSE, "D E A C D E", "q0.5 A | E [A] C | D -> E -> C\n");
    check(spec, FALSE, "D E A A C*3 D E", "q0.5 A | E [A] C | D -> E -> C\n");
    /* Also where there is no history yet. */
    check(spec, FALSE, "A C D E", "q0 A | [A] C | C -> C -> D\n");
    check(spec, FALSE, "C A A A D E", "q0.25 A | C [A] D | C -> C -> D\n");
    check(spec, FALSE, "A*5", "q0 A | [A] | C -> D -> E\n");
    /* Nothing is said of what is shorter. */
    check(spec, FALSE, "A B", "");
    /* Two pairs that nobody has, one after the other. */
    check(spec, FALSE, "C D G E F",
          "q0.5 C -> D -> G | [C D G] E | C -> D -> E\n"
          "q0.75 D -> G -> E | C [D G E] F | D -> D -> E\n");
}

/* Some of the first @n chords, held for a while. */
static char *
random_chords(GRand *random, int n)
{
    static const char *const chords[] = { "C", "D", "E", "F-A", "rest" };
    GString *text = g_string_new("D*2");

    for (int i = g_rand_int_range(random, 6, 40); i > 0; i--)
        g_string_append_printf(text, " %s*%d", chords[g_rand_int_range(random, 0, n)],
                               g_rand_int_range(random, 1, 4));
    return g_string_free(text, FALSE);
}

/* Every step's findings are the violations; by change something is told if and only if something
 * is broken, no step is told twice, and what is told breaks the rule. */
static void
test_complete(void)
{
    guint n_folded = 0;

    for (guint32 seed = 0; seed < 200; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        guint order = 2 + seed % 3;
        g_autofree char *a = random_chords(random, 4), *b = random_chords(random, 4);
        g_autofree char *c = random_chords(random, 5);
        g_autoptr(AssaySpec) spec =
            corpus_mine_order(order, corpus_chroma("a", a), corpus_chroma("b", b), NULL);
        g_autoptr(AssaySample) sample = corpus_chroma("t", c);
        AssayCheckConfig config = { .want_findings = TRUE };
        g_autoptr(AssayChecker) steps = NULL, changes = NULL;
        g_autoptr(AssayVerdict) by_step = NULL, by_change = NULL;
        guint n;

        config.min_groups = 1 + seed % 2;
        config.every_step = TRUE;
        steps = assay_checker_new(spec, &config, NULL);
        by_step = assay_checker_check(steps, sample, NULL);
        config.every_step = FALSE;
        config.count_changes = TRUE;
        changes = assay_checker_new(spec, &config, NULL);
        by_change = assay_checker_check(changes, sample, NULL);
        n = by_change->findings->len;
        g_assert_cmpuint(by_step->findings->len, ==, by_step->scores[TRANSITION].violations);
        g_assert_cmpuint(n, <=, by_change->scores[TRANSITION].violations + order);
        g_assert_true((n > 0) == (by_change->scores[TRANSITION].violations > 0));
        n_folded += n < by_change->scores[TRANSITION].violations;
        for (guint i = 1; i < n; i++)
            g_assert_cmpfloat(g_array_index(by_change->findings, AssayFinding, i - 1).time_q, <,
                              g_array_index(by_change->findings, AssayFinding, i).time_q);
        g_rand_free(random);
    }
    g_assert_cmpuint(n_folded, >, 50);
}

static void
check_bits(const AssaySuggest *suggest, const char *key, double p)
{
    g_assert_cmpfloat_with_epsilon(assay_suggest_bits(suggest, corpus_key(TRANSITION, key)),
                                   -log2(p), 1e-12);
}

/* C D E C D F D E: CDE, DEC, ECD, CDF, FDE, each once but CDE; D is followed by E twice and F once.
 */
static void
test_bits(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine_order(2, corpus_chroma("a", "C D E C D F D E"), NULL);
    g_autoptr(AssaySuggest) suggest = assay_suggest_new(spec, TRANSITION, 1, TRUE);
    /* N = 6: E, C, D, F, D, E; T = 4. */
    const double p_e = (2 + 4 / 4096.0) / 10, p_f = (1 + 4 / 4096.0) / 10, p_new = 4 / 4096.0 / 10;
    /* After D: E twice, F once. */
    const double d_e = (2 + 2 * p_e) / 5, d_f = (1 + 2 * p_f) / 5, d_new = 2 * p_new / 5;

    check_bits(suggest, "C D E", (1 + 2 * d_e) / 4); /* after C D: E and F, once each */
    check_bits(suggest, "C D F", (1 + 2 * d_f) / 4);
    check_bits(suggest, "F D E", (1 + 1 * d_e) / 2);
    check_bits(suggest, "F D F", 1 * d_f / 2);
    check_bits(suggest, "F D G", 1 * d_new / 2);
    check_bits(suggest, "G D E", d_e); /* nothing follows G D */
    check_bits(suggest, "C G E", p_e); /* nor G */
    check_bits(suggest, "C G A", p_new);
}

/* Probabilities of all that could follow add up to one. */
static void
test_sum_of_p(void)
{
    static const char *const histories[] = { "C D E", "G D E", "A B E", "A B G#", "C C C" };
    g_autoptr(AssaySpec) spec =
        corpus_mine_order(3, corpus_chroma("a", "C D E C*5 D E F D E C rest D E"), NULL);
    g_autoptr(AssaySuggest) suggest = assay_suggest_new(spec, TRANSITION, 1, FALSE);

    for (size_t i = 0; i < G_N_ELEMENTS(histories); i++) {
        guint64 history = corpus_key(TRANSITION, histories[i]);
        double sum = 0;

        for (guint64 state = 0; state < 4096; state++)
            sum += exp2(-assay_suggest_bits(suggest, history << ASSAY_STATE_BITS | state));
        g_assert_cmpfloat_with_epsilon(sum, 1, 1e-9);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/order/observe", test_observe);
    g_test_add_func("/order/print", test_print);
    g_test_add_func("/order/mixed", test_mixed);
    g_test_add_func("/order/findings", test_findings);
    g_test_add_func("/order/complete", test_complete);
    g_test_add_func("/order/bits", test_bits);
    g_test_add_func("/order/sum-of-p", test_sum_of_p);
    return g_test_run();
}
