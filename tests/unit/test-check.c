/* tests/unit/test-check.c - findings with their addresses, scores, and what cannot be judged.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/check/check.h>
#include <math.h>
#include <string.h>

#include "corpus.h"

enum { TRANSITION = ASSAY_RULE_TRANSITION, DURATION = ASSAY_RULE_DURATION };

static AssayVerdict *
check_with(const AssaySpec *spec, AssayCheckConfig config, AssaySample *sample)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayChecker) checker = assay_checker_new(spec, &config, &error);
    AssayVerdict *verdict = assay_checker_check(checker, own, &error);

    g_assert_no_error(error);
    return verdict;
}

/* "bar:beat voices found | context | instead n/groups", a line a finding. */
static char *
describe(const AssayVerdict *verdict)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < verdict->findings->len; i++) {
        const AssayFinding *at = &g_array_index(verdict->findings, AssayFinding, i);

        g_assert_cmpstr(at->kind, ==, "unattested");
        if (verdict->observation->has_items)
            g_string_append_printf(text, "[%d] ", (int)at->item);
        if (at->bar >= 0)
            g_string_append_printf(text, "%d:%g ", (int)at->bar, at->beat);
        else
            g_string_append_printf(text, "q%g ", at->time_q);
        if (at->voices != NULL)
            g_string_append_printf(text, "(%s) ", at->voices);
        g_string_append_printf(
            text, "%s | %s | %s %d/%u\n", at->found, at->context == NULL ? "-" : at->context,
            at->instead == NULL ? "-" : at->instead, (int)at->instead_n, at->instead_groups);
    }
    return g_string_free(text, FALSE);
}

static const AssayCheckConfig reading = { .min_groups = 1, .want_findings = TRUE, .context = 1 };

static void
check(const AssaySpec *spec, AssayCheckConfig config, AssaySample *sample, const char *expected)
{
    g_autoptr(AssayVerdict) verdict = check_with(spec, config, sample);
    g_autofree char *text = describe(verdict);

    g_assert_cmpstr(text, ==, expected);
}

static AssaySpec *
cadences(void)
{
    return corpus_mine(NULL, corpus_chroma("a", "C-E-G*2 F-A-C G-B-D C-E-G*2"),
                       corpus_chroma("b", "C-E-G G-B-D A-C-E F-A-C C-E-G"), NULL);
}

/* A known chord that is reached in a new way; a new chord, once; what follows it is told already.
 */
static void
test_transitions(void)
{
    g_autoptr(AssaySpec) spec = cadences();
    AssayCheckConfig wide = reading, steps = reading;

    check(spec, reading, corpus_chroma("t", "C-E-G*3 F-A-C C-E-G G-B-D"), "");
    check(spec, reading, corpus_chroma("t", "C-E-G*3 A-C-E*2 F-A-C"),
          "q0.75 C-E-G -> A-C-E | [C-E-G A-C-E] F-A-C | C-E-G -> F-A-C 1/1\n");
    check(spec, reading, corpus_chroma("t", "C-E-G*2 Db-F-Ab*4 C-E-G"),
          "q0.5 Db-F-Ab | C-E-G [Db-F-Ab] C-E-G | C-E-G -> F-A-C 1/1\n");
    /* Two new chords are two findings. */
    check(spec, reading, corpus_chroma("t", "C-E-G C-E-G-B C-E-G-Bb F-A-C"),
          "q0.25 C-E-G-B | C-E-G [C-E-G-B] C-E-G-Bb | C-E-G -> G-B-D 1/1\n"
          "q0.5 C-E-G-Bb | C-E-G-B [C-E-G-Bb] F-A-C | G-B-D -> C-E-G 1/1\n");
    wide.context = 9;
    check(spec, wide, corpus_chroma("t", "C-E-G G-B-D F-A-C G-B-D"),
          "q0.5 G-B-D -> F-A-C | C-E-G [G-B-D F-A-C] G-B-D | G-B-D -> A-C-E 1/1\n");
    wide.context = 0;
    check(spec, wide, corpus_chroma("t", "C-E-G G-B-D F-A-C G-B-D"),
          "q0.5 G-B-D -> F-A-C | [G-B-D F-A-C] | G-B-D -> A-C-E 1/1\n");
    /* Step by step each is told, held or not, and to and fro. */
    steps.every_step = TRUE;
    check(spec, steps, corpus_chroma("t", "C-E-G*2 F-A-C*2 D C-E-G"),
          "q0.75 F-A-C -> F-A-C | C-E-G [F-A-C F-A-C] D | A-C-E -> F-A-C 1/1\n"
          "q1 F-A-C -> D | F-A-C [F-A-C D] C-E-G | F-A-C -> G-B-D 1/1\n"
          "q1.25 D -> C-E-G | F-A-C [D C-E-G] | G-B-D -> C-E-G 1/1\n");
}

/* A chord that nothing leads to, and a piece that is nothing but a new chord, are told as well; one
 * step is no event. */
static void
test_first_chord(void)
{
    g_autoptr(AssaySpec) spec = cadences();

    check(spec, reading, corpus_chroma("t", "F#*2 C-E-G F-A-C"),
          "q0 F# | [F#] C-E-G | F-A-C -> C-E-G 1/1\n");
    check(spec, reading, corpus_chroma("t", "F#*5"), "q0 F# | [F#] | C-E-G -> F-A-C 1/1\n");
    check(spec, reading, corpus_chroma("t", "F#"), "");
    check(spec, reading, corpus_chroma("t", "C-E-G"), "");
}

static void
test_items(void)
{
    g_autoptr(AssaySpec) spec = cadences();
    AssaySample *sample = corpus_chroma("t", "C-E-G*2|C-E-G F#|F-A-C A-C-E");

    assay_sample_set_items(sample, 40, 3);
    check(spec, reading, sample,
          "[41] q0.25 F# | C-E-G [F#] | C-E-G -> F-A-C 1/1\n"
          "[42] q0.25 F-A-C -> A-C-E | [F-A-C A-C-E] | F-A-C -> C-E-G 1/1\n");
}

/* With two groups, what one has is not allowed; how often it has it is said. */
static void
test_min_groups(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine(NULL, corpus_chroma("a", "D E F G F G"),
                                            corpus_chroma("b", "D E G F D E"), NULL);
    AssayCheckConfig two = reading;
    g_autoptr(AssayVerdict) verdict = NULL;
    const AssayFinding *finding;

    two.min_groups = 2;
    verdict = check_with(spec, two, corpus_chroma("t", "D E F G"));
    g_assert_cmpuint(verdict->findings->len, ==, 2);
    finding = &g_array_index(verdict->findings, AssayFinding, 1);
    g_assert_cmpstr(finding->found, ==, "F -> G");
    finding = &g_array_index(verdict->findings, AssayFinding, 0);
    g_assert_cmpstr(finding->found, ==, "E -> F");
    g_assert_cmpuint(finding->found_n, ==, 1);
    g_assert_cmpuint(finding->found_groups, ==, 1);
    g_assert_cmpstr(finding->instead, ==, "G -> F");
    g_assert_cmpuint(verdict->scores[TRANSITION].violations, ==, 2);
}

static AssayMidi *
in_key(AssayMidi *midi, int sharps)
{
    midi->keys = g_new0(AssayKey, 1);
    midi->keys[0].sharps = (gint8)sharps;
    midi->n_keys = 1;
    return midi;
}

/* A piece: bars and beats, voices, spelled by the key. */
static void
test_piece(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine(
        NULL, corpus_piece("a", corpus_midi(96, "0-96:65 0-96:69/1 96-192:67"), NULL), NULL);

    check(spec, reading,
          corpus_piece("t", in_key(corpus_midi(96, "0-96:65 0-96:69/1 96-192:70"), -1), NULL),
          "1:2 (1:Bb4) Bb | F-A [Bb] | F-A -> G 1/1\n");
    check(spec, reading,
          corpus_piece("t", in_key(corpus_midi(96, "0-96:65 0-96:69/1 96-192:70"), 5), NULL),
          "1:2 (1:A#4) A# | F-A [A#] | F-A -> F## 1/1\n");
}

/* Lengths: at the note, among those of its own voice; the nearest allowed. */
static void
test_durations(void)
{
    g_autoptr(AssaySpec) spec = corpus_mine(
        NULL, corpus_piece("a", corpus_midi(96, "0-96:60 96-144:60 144-240:60 240-432:60"), NULL),
        NULL);
    g_autoptr(AssayVerdict) verdict = NULL;
    g_autofree char *text = NULL;
    AssayCheckConfig wide = reading;

    check(
        spec, reading,
        corpus_piece("t",
                     corpus_midi(96, "0-96:60/0 0-200:60/1 96-128:60/0 96-100:36/2@10 128-224:60/0 "
                                     "200-296:60/1"),
                     NULL),
        "1:1 (2:C4) 25/12 | [25/12] 1 | 2 1/1\n"
        "1:2 (1:C4) 1/3 | 1 [1/3] 1 | 1/2 1/1\n");
    wide.context = 2;
    verdict = check_with(
        spec, wide,
        corpus_piece("t",
                     corpus_midi(96, "0-48:60 48-96:60 96-97:60 97-193:60 193-289:60 289-337:60"),
                     NULL));
    text = describe(verdict);
    g_assert_cmpstr(text, ==, "1:2 (1:C4) 1/96 | 1/2 1/2 [1/96] 1 1 | 1/2 1/1\n");
    g_assert_cmpuint(verdict->scores[DURATION].violations, ==, 1);
    g_assert_cmpuint(verdict->scores[DURATION].events, ==, 6);
}

#define WINDOWS                                                                                    \
    "[{\"tool\":\"assay-roll\",\"options\":{\"step\":\"1/16\",\"window\":\"8\"}},"                 \
    "{\"tool\":\"assay-chroma\",\"options\":{}}]"

/* Windows: lengths are runs of the roll, at the pitch and the step where they begin. */
static void
test_runs(void)
{
    g_autoptr(AssaySpec) spec =
        corpus_mine(NULL, corpus_piece("a", corpus_midi(96, "0-96:60 96-192:60"), WINDOWS), NULL);

    check(spec, reading, corpus_piece("t", corpus_midi(96, "0-192:60 216-384:60"), WINDOWS),
          "[1] 1:3 () rest | [rest] C | - 0/0\n"
          "[1] 1:3.25 (C4) 7/4 | - | 2 1/1\n");
}

/* Some of the first @n chords, held for a while. */
static char *
random_chords(GRand *random, int n)
{
    static const char *const chords[] = { "C", "D", "E", "F-A", "rest" };
    GString *text = g_string_new("D*2");

    for (int i = g_rand_int_range(random, 6, 18); i > 0; i--)
        g_string_append_printf(text, " %s*%d", chords[g_rand_int_range(random, 0, n)],
                               g_rand_int_range(random, 1, 4));
    return g_string_free(text, FALSE);
}

/* Every step's findings are the violations; where a change breaks a rule, it or one of its two
 * chords is told. */
static void
test_complete(void)
{
    for (guint32 seed = 0; seed < 100; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        g_autofree char *a = random_chords(random, 4), *b = random_chords(random, 4);
        g_autofree char *test = random_chords(random, 5);
        g_autoptr(AssaySpec) spec =
            corpus_mine(NULL, corpus_chroma("a", a), corpus_chroma("b", b), NULL);
        AssayCheckConfig steps = reading, changes = reading;
        g_autoptr(AssayVerdict) by_step = NULL, by_change = NULL;

        steps.every_step = TRUE;
        changes.count_changes = TRUE;
        steps.min_groups = changes.min_groups = 1 + seed % 2;
        by_step = check_with(spec, steps, corpus_chroma("t", test));
        by_change = check_with(spec, changes, corpus_chroma("t", test));
        g_assert_cmpuint(by_step->findings->len, ==, by_step->scores[TRANSITION].violations);
        g_assert_cmpuint(by_change->findings->len, <=,
                         by_change->scores[TRANSITION].violations + 1);
        g_assert_true((by_change->findings->len > 0) ==
                      (by_change->scores[TRANSITION].violations > 0));
        g_rand_free(random);
    }
}

/* A piece of the corpus breaks nothing, and is known for what it is by its bytes. */
static void
test_in_corpus(void)
{
    g_autoptr(AssaySpec) spec = cadences();
    g_autoptr(AssayVerdict) own =
        check_with(spec, reading, corpus_chroma("a", "C-E-G*2 F-A-C G-B-D C-E-G*2"));
    g_autoptr(AssayVerdict) other = check_with(spec, reading, corpus_chroma("x", "C-E-G*2 F-A-C"));

    g_assert_true(own->in_corpus);
    g_assert_cmpuint(own->scores[TRANSITION].violations, ==, 0);
    g_assert_cmpfloat(own->scores[TRANSITION].p, ==, 1);
    g_assert_false(other->in_corpus);
}

/* What the sample has no field for is not judged, nor lengths of runs by lengths of notes. */
static void
test_judged(void)
{
    g_autoptr(AssaySpec) spec =
        corpus_mine(NULL, corpus_piece("a", corpus_midi(96, "0-96:60 96-192:62"), NULL), NULL);
    AssaySample *sample = corpus_piece("t", corpus_midi(96, "0-96:60 96-192:62"), NULL);
    g_autoptr(AssayVerdict) verdict = NULL;

    assay_sample_remove_field(sample, "notes");
    verdict = check_with(spec, reading, sample);
    g_assert_true(verdict->judged[TRANSITION]);
    g_assert_false(verdict->judged[DURATION]);
    g_assert_cmpuint(verdict->scores[DURATION].events, ==, 0);
    g_assert_true(isnan(verdict->scores[DURATION].p));
    g_assert_cmpuint(verdict->scores[TRANSITION].events, ==, 7);
}

/* An item without an event has no p. */
static void
test_no_events(void)
{
    g_autoptr(AssaySpec) spec = cadences();
    g_autoptr(AssayVerdict) verdict = check_with(spec, reading, corpus_chroma("t", "C-E-G"));

    g_assert_true(verdict->judged[TRANSITION]);
    g_assert_cmpuint(verdict->scores[TRANSITION].events, ==, 0);
    g_assert_true(isnan(verdict->scores[TRANSITION].p));
}

static void
refused(const AssaySpec *spec, AssaySample *sample, int code, const char *says)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayChecker) checker = assay_checker_new(spec, &reading, &error);
    g_autoptr(AssayVerdict) verdict = assay_checker_check(checker, own, &error);

    g_assert_null(verdict);
    corpus_refused(&error, code, says);
}

static AssaySample *
with_meta(const char *key, double value)
{
    AssaySample *sample = corpus_chroma("t", "C D");

    assay_json_set_real((AssayJson *)assay_sample_field_meta(sample, "chroma"), key, value);
    return sample;
}

/* Cells that were cut otherwise: both values are named. */
static void
test_refused(void)
{
    g_autoptr(AssaySpec) spec = cadences();
    AssaySample *sample = corpus_chroma("t", "C D");

    refused(spec, with_meta("step_q", 0.125), ASSAY_ERROR_SPEC,
            "t: rule chroma-transition: step_q is 0.125, not 0.25");
    refused(spec, with_meta("pitch_low", 21), ASSAY_ERROR_SPEC, "pitch_low is 21, not 0");
    refused(spec, with_meta("pitch_high", 108), ASSAY_ERROR_SPEC, "pitch_high is 108, not 127");
    refused(spec, with_meta("rate_hz", 100), ASSAY_ERROR_SPEC, "rate_hz is given");
    assay_json_set_bool((AssayJson *)assay_sample_field_meta(sample, "chroma"), "drums", TRUE);
    refused(spec, sample, ASSAY_ERROR_SPEC, "drums is true, not false");
    sample = corpus_piece("t", corpus_midi(96, "0-96:60"), NULL);
    assay_sample_remove_field(sample, "chroma");
    refused(spec, sample, ASSAY_ERROR_FIELD, "t: has no field that a rule of the spec can judge");
}

static void
test_config(void)
{
    static const guint bad[] = { 0, ASSAY_OWNER_GROUPS + 1, G_MAXUINT };
    g_autoptr(AssaySpec) spec = cadences();

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        AssayCheckConfig config = ASSAY_CHECK_CONFIG_DEFAULT;
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayChecker) checker = NULL;
        g_autofree char *says = NULL;

        config.min_groups = bad[i];
        checker = assay_checker_new(spec, &config, &error);
        g_assert_null(checker);
        says = g_strdup_printf("a support threshold of %u groups: give 1 to %d", bad[i],
                               ASSAY_OWNER_GROUPS);
        corpus_refused(&error, ASSAY_ERROR_USAGE, says);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/check/transitions", test_transitions);
    g_test_add_func("/check/first-chord", test_first_chord);
    g_test_add_func("/check/items", test_items);
    g_test_add_func("/check/min-groups", test_min_groups);
    g_test_add_func("/check/piece", test_piece);
    g_test_add_func("/check/durations", test_durations);
    g_test_add_func("/check/runs", test_runs);
    g_test_add_func("/check/complete", test_complete);
    g_test_add_func("/check/in-corpus", test_in_corpus);
    g_test_add_func("/check/judged", test_judged);
    g_test_add_func("/check/no-events", test_no_events);
    g_test_add_func("/check/refused", test_refused);
    g_test_add_func("/check/config", test_config);
    return g_test_run();
}
