/* tests/unit/test-chord.c - names of pitch-class sets and pitches.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/rule/chord.h>

/* The name of the pitch classes of @text, however it spells them. */
static void
check(const char *text, int sharps, const char *expected)
{
    g_autofree char *name = NULL;
    guint state = 0;

    g_assert_true(assay_chord_parse(text, &state));
    name = assay_chord_name(state, sharps);
    g_assert_cmpstr(name, ==, expected);
}

/* What the key says, or a near one that keeps the chord together. */
static void
test_spelling(void)
{
    check("D-F-A#", -1, "Bb-D-F"); /* F major */
    check("D-F-A#", 0, "Bb-D-F");
    check("D-F-A#", 5, "A#-D-E#"); /* B major: E# is in its reach, Bb is four keys away */
    check("C#-F-G#", -1, "Db-F-Ab");
    check("F#-A#-C#", 0, "F#-A#-C#");
    check("F#-G-Bb-C#", 0, "F#-G-Bb-C#"); /* of no scale: as the key says */
    check("Ab-B-E", 0, "E-G#-B");         /* A minor's dominant */
    check("Ab-C-Eb", -3, "Ab-C-Eb");
    check("G#-C-Eb", 0, "Ab-C-Eb"); /* one flat away */
    check("C-E-G", -7, "C-E-G");    /* three away */
    check("Ab-C-Eb", 7, "G#-B#-D#");
    check("C-E-G", 7, "B#-E-F##");
    check("B-D-F", 3, "B-D-F");
    check("B-D-F", -6, "B-D-F");
}

/* From the root, whatever the order; the closest where there are no thirds. */
static void
test_order(void)
{
    check("G-E-C", 0, "C-E-G");
    check("C-F-A", 0, "F-A-C");
    check("C-E-A", 0, "A-C-E");
    check("G-B-D-F", 0, "G-B-D-F");
    check("F-G-B-D", 0, "G-B-D-F");
    check("C-E-G-B", 0, "C-E-G-B");
    check("D-F-A-C", 0, "D-F-A-C");             /* F6, D minor 7: three thirds from D */
    check("C-D-E-F-G-A-B", 0, "D-E-F-G-A-B-C"); /* ten semitones, as from B or E or A */
    check("C-G", 0, "G-C");                     /* a fourth is narrower than a fifth */
    check("G-A-C", 0, "G-A-C");
    check("C-E-G#", 0, "C-E-G#"); /* all rotations alike: the lowest */
    check("Eb-F#-A-C", 0, "C-Eb-F#-A");
    check("E", 0, "E");
    check("A-Bb", 0, "A-Bb");
}

static void
test_cluster(void)
{
    g_autofree char *name = assay_chord_name(4095, 0);
    g_autofree char *none = assay_chord_name(0, 3);

    g_assert_cmpstr(name, ==, "C-C#-D-Eb-E-F-F#-G-G#-A-Bb-B");
    g_assert_cmpstr(none, ==, "rest");
}

/* Every set, in every key, is read back from its name; names without a key are all different. */
static void
test_round(void)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (int sharps = -7; sharps <= 7; sharps++) {
        for (guint state = 0; state < 4096; state++) {
            char *name = assay_chord_name(state, sharps);
            guint back = 4096;

            g_assert_true(assay_chord_parse(name, &back));
            g_assert_cmpuint(back, ==, state);
            if (sharps == 0)
                g_hash_table_add(names, name);
            else
                g_free(name);
        }
    }
    g_assert_cmpuint(g_hash_table_size(names), ==, 4096);
}

static void
test_parse(void)
{
    static const char *const bad[] = { "",    "-",   "H",    "C-",         "-C",     "C--E",
                                       "C E", "C4",  "C-E ", "REST",       "rest-C", "C-rest",
                                       "#",   "c,e", "Cx",   "C-\xc3\xa9", "C-E\tG" };
    guint state = 4711;

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        if (assay_chord_parse(bad[i], &state))
            g_test_fail_printf("\"%s\" is taken for a chord", bad[i]);
    }
    g_assert_cmpuint(state, ==, 4711);
    g_assert_true(assay_chord_parse("B#", &state));
    g_assert_cmpuint(state, ==, 1);
    g_assert_true(assay_chord_parse("Cb", &state));
    g_assert_cmpuint(state, ==, 1 << 11);
    g_assert_true(assay_chord_parse("F##-Abb-G", &state));
    g_assert_cmpuint(state, ==, 1 << 7);
    g_assert_true(assay_chord_parse("c-eb", &state));
    g_assert_cmpuint(state, ==, 1 << 0 | 1 << 3);
}

static void
check_pitch(int pitch, int sharps, const char *expected)
{
    g_autofree char *name = assay_pitch_name(pitch, sharps);

    g_assert_cmpstr(name, ==, expected);
}

/* The octave is the letter's. */
static void
test_pitches(void)
{
    check_pitch(60, 0, "C4");
    check_pitch(69, 0, "A4");
    check_pitch(70, -1, "Bb4");
    check_pitch(70, 4, "A#4");
    check_pitch(60, 4, "B#3"); /* C sharp minor's leading note */
    check_pitch(59, -6, "Cb4");
    check_pitch(59, -3, "B3");
    check_pitch(0, 0, "C-1");
    check_pitch(0, 7, "B#-2");
    check_pitch(127, 0, "G9");
    check_pitch(127, 7, "F##9");
    check_pitch(11, -7, "Cb0");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/chord/spelling", test_spelling);
    g_test_add_func("/chord/order", test_order);
    g_test_add_func("/chord/cluster", test_cluster);
    g_test_add_func("/chord/round", test_round);
    g_test_add_func("/chord/parse", test_parse);
    g_test_add_func("/chord/pitches", test_pitches);
    return g_test_run();
}
