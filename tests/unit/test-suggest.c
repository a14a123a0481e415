/* tests/unit/test-suggest.c - what would have been allowed, and surprise in bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/check/suggest.h>
#include <math.h>

#include "corpus.h"

enum { TRANSITION = ASSAY_RULE_TRANSITION, DURATION = ASSAY_RULE_DURATION };

static void
check_bits(const AssaySuggest *suggest, size_t rule, const char *key, double p)
{
    g_assert_cmpfloat_with_epsilon(assay_suggest_bits(suggest, corpus_key(rule, key)), -log2(p),
                                   1e-12);
}

/* C F C G C F: C-F twice, F-C, C-G, G-C. Of five changes two go to F, two to C, one to G: N = 5,
 * T = 3. From C three go to two chords. */
static void
test_bits(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine(NULL, corpus_chroma("a", "C F C*4 G C F"), NULL);
    g_autoptr(AssaySuggest) changes = assay_suggest_new(spec, TRANSITION, 1, TRUE);
    g_autoptr(AssaySuggest) steps = assay_suggest_new(spec, TRANSITION, 1, FALSE);
    const double to_f = (2 + 3 / 4096.0) / 8, to_new = 3 / 4096.0 / 8;

    check_bits(changes, TRANSITION, "C F", (2 + 2 * to_f) / 5);
    check_bits(changes, TRANSITION, "C G", (1 + 2 * (1 + 3 / 4096.0) / 8) / 5);
    check_bits(changes, TRANSITION, "C D", 2 * to_new / 5);
    check_bits(changes, TRANSITION, "F C", (1 + (2 + 3 / 4096.0) / 8) / 2);
    check_bits(changes, TRANSITION, "F D", to_new / 2);
    check_bits(changes, TRANSITION, "D F", to_f); /* nothing is known to follow D */
    check_bits(changes, TRANSITION, "D E", to_new);
    /* Every step: three more from C to C. N = 8, T = 3; from C six to three chords. */
    check_bits(steps, TRANSITION, "C C", (3 + 3 * (5 + 3 / 4096.0) / 11) / 9);
    check_bits(steps, TRANSITION, "C F", (2 + 3 * (2 + 3 / 4096.0) / 11) / 9);
}

/* Probabilities of all that could follow add up to one. */
static void
test_sums(void)
{
    g_autoptr(AssaySpec) spec =
        corpus_mine(NULL, corpus_chroma("a", "C F C*4 G C F rest C-E-G C"), NULL);

    for (int changes = 0; changes < 2; changes++) {
        static const char *const from[] = { "C rest", "F rest", "rest rest", "D rest",
                                            "C-E-G rest" };
        g_autoptr(AssaySuggest) suggest = assay_suggest_new(spec, TRANSITION, 1, changes);

        for (size_t i = 0; i < G_N_ELEMENTS(from); i++) {
            guint64 key = corpus_key(TRANSITION, from[i]);
            double sum = 0;

            for (guint64 to = 0; to < 4096; to++)
                sum += exp2(-assay_suggest_bits(suggest, key + to));
            g_assert_cmpfloat_with_epsilon(sum, 1, 1e-9);
        }
    }
}

/* Three quarters and an eighth: N = 4, T = 2. */
static void
test_bits_of_lengths(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine(
        NULL, corpus_piece("a", corpus_midi(96, "0-96:60 96-192:60 192-240:60 240-336:60"), NULL),
        NULL);
    g_autoptr(AssaySuggest) suggest = assay_suggest_new(spec, DURATION, 1, TRUE);
    g_autoptr(AssaySpec) silent =
        corpus_mine(NULL, corpus_piece("a", corpus_midi(96, ""), NULL), NULL);
    g_autoptr(AssaySuggest) nothing = assay_suggest_new(silent, DURATION, 1, TRUE);

    check_bits(suggest, DURATION, "1", 3 / 6.0);
    check_bits(suggest, DURATION, "1/2", 1 / 6.0);
    check_bits(suggest, DURATION, "1/3", 2 / 6.0);
    g_assert_true(isnan(assay_suggest_bits(nothing, corpus_key(DURATION, "1"))));
    g_assert_null(assay_suggest_instead(nothing, corpus_key(DURATION, "1")));
}

static void
check(const AssaySuggest *suggest, size_t rule, const char *key, const char *expected)
{
    const AssayEntry *entry = assay_suggest_instead(suggest, corpus_key(rule, key));
    g_autofree char *name =
        entry == NULL ? g_strdup("none") : assay_rule_types[rule].describe_key(entry->key, 1, 0);

    g_assert_cmpstr(name, ==, expected);
}

/* The fewest pitch classes changed, in either chord. */
static void
test_instead(void)
{
    g_autoptr(AssaySpec) spec =
        corpus_mine(NULL, corpus_chroma("a", "C-E-G*2 F-A-C G-B-D C-E-G F-A-C D-F-A"), NULL);
    g_autoptr(AssaySuggest) suggest = assay_suggest_new(spec, TRANSITION, 1, TRUE);

    /* F for F sharp: two classes. */
    check(suggest, TRANSITION, "C-E-G F#-A-C", "C-E-G -> F-A-C");
    check(suggest, TRANSITION, "C-E-G-Bb F-A-C", "C-E-G -> F-A-C");
    check(suggest, TRANSITION, "C-E-G#-B F-A-C", "C-E-G -> F-A-C");
    check(suggest, TRANSITION, "F-A-C D-F-A-C", "F-A-C -> D-F-A");
    /* Held chords are no suggestion where changes are read; else they are. */
    check(suggest, TRANSITION, "C-E-G C-E-G", "C-E-G -> F-A-C");
    {
        g_autoptr(AssaySuggest) steps = assay_suggest_new(spec, TRANSITION, 1, FALSE);

        check(steps, TRANSITION, "C-E-G-Bb C-E-G", "C-E-G -> C-E-G");
    }
}

/* Ties: one that keeps the first chord, then one that goes on, then the most frequent, then the
 * lowest key. */
static void
test_ties(void)
{
    g_autoptr(AssaySpec) keeps = corpus_mine(NULL, corpus_chroma("a", "D E A B A B A B"), NULL);
    g_autoptr(AssaySuggest) suggest = assay_suggest_new(keeps, TRANSITION, 1, TRUE);
    g_autoptr(AssaySpec) rests = corpus_mine(NULL, corpus_chroma("a", "D rest D rest D E-F"), NULL);
    g_autoptr(AssaySuggest) goes_on = assay_suggest_new(rests, TRANSITION, 1, TRUE);
    g_autoptr(AssaySpec) equal = corpus_mine(NULL, corpus_chroma("a", "D E D F D G D G D A"), NULL);
    g_autoptr(AssaySuggest) frequent = assay_suggest_new(equal, TRANSITION, 1, TRUE);
    g_autoptr(AssaySpec) once = corpus_mine(NULL, corpus_chroma("a", "D A D G D F D E"), NULL);
    g_autoptr(AssaySuggest) lowest = assay_suggest_new(once, TRANSITION, 1, TRUE);

    /* D-E and A-B differ from D-B by one note each; D-E keeps D, though it is rarer. */
    check(suggest, TRANSITION, "D B", "D -> E");
    check(suggest, TRANSITION, "F B", "A -> B");
    check(goes_on, TRANSITION, "D E", "D -> E-F");
    check(goes_on, TRANSITION, "D C", "D -> rest"); /* one class; E-F are three */
    check(frequent, TRANSITION, "D B", "D -> G");
    check(lowest, TRANSITION, "D B", "D -> E");
}

static void
test_lengths(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine(
        NULL, corpus_piece("a", corpus_midi(96, "0-96:60 96-288:60 288-480:60 480-504:60"), NULL),
        NULL);
    g_autoptr(AssaySuggest) suggest = assay_suggest_new(spec, DURATION, 1, TRUE);

    check(suggest, DURATION, "7/4", "2");
    check(suggest, DURATION, "5/4", "1");
    check(suggest, DURATION, "3/2", "2");   /* as far as 1, more frequent */
    check(suggest, DURATION, "5/8", "1/4"); /* as far as 1, as rare: the shorter */
    check(suggest, DURATION, "100", "2");
    check(suggest, DURATION, "0", "1/4");
}

/* With M groups, only what M groups have is suggested; and only such chords are known. */
static void
test_min_groups(void)
{
    g_autoptr(AssaySpec) spec =
        corpus_mine(NULL, corpus_chroma("a", "D E F F"), corpus_chroma("b", "D E G G"), NULL);
    g_autoptr(AssaySuggest) one = assay_suggest_new(spec, TRANSITION, 1, TRUE);
    g_autoptr(AssaySuggest) two = assay_suggest_new(spec, TRANSITION, 2, TRUE);
    g_autoptr(AssaySuggest) three = assay_suggest_new(spec, TRANSITION, 3, TRUE);
    static const guint d = 1 << 2, e = 1 << 4, f = 1 << 5, g = 1 << 7;

    check(one, TRANSITION, "E F-A", "E -> F");
    check(two, TRANSITION, "E F-A", "D -> E");
    check(three, TRANSITION, "E F-A", "none");
    g_assert_true(assay_suggest_knows(one, f, 1) && assay_suggest_knows(one, g, 1));
    g_assert_true(assay_suggest_knows(two, d, 1) && assay_suggest_knows(two, e, 1));
    g_assert_false(assay_suggest_knows(two, f, 1) || assay_suggest_knows(two, g, 1));
    g_assert_false(assay_suggest_knows(three, d, 1) || assay_suggest_knows(one, 0, 1));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/suggest/bits", test_bits);
    g_test_add_func("/suggest/sums", test_sums);
    g_test_add_func("/suggest/bits-of-lengths", test_bits_of_lengths);
    g_test_add_func("/suggest/instead", test_instead);
    g_test_add_func("/suggest/ties", test_ties);
    g_test_add_func("/suggest/lengths", test_lengths);
    g_test_add_func("/suggest/min-groups", test_min_groups);
    return g_test_run();
}
