/* tests/unit/test-excerpt.c - windows of pieces.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/media/notes.h>
#include <assay/transform/excerpt.h>
#include <string.h>

#include "any-field.h"
#include "corpus.h"
#include "midi-file.h"
#include "roll-stage.h"

static AssaySample *
new_sample(AssayMidi *midi)
{
    g_autoptr(AssayMidi) own = midi;
    g_autoptr(GError) error = NULL;
    AssaySample *sample = assay_sample_new("x");

    if (!assay_notes_put(sample, own, &error))
        g_assert_no_error(error);
    return sample;
}

static AssayArrangement
windows(const char *window, const char *hop)
{
    AssayArrangement arrangement = ASSAY_ARRANGEMENT_DEFAULT;

    if (!assay_arrangement_set(&arrangement, "window", window, NULL) ||
        (hop != NULL && !assay_arrangement_set(&arrangement, "hop", hop, NULL)))
        g_error("no window");
    return arrangement;
}

/* The windows as text, "NAME: notes" each on a line. */
static char *
cut(AssaySample *sample, const AssayArrangement *arrangement)
{
    g_autoptr(AssayExcerpts) excerpts = assay_excerpts_new(arrangement, sample);
    GString *text = g_string_new(NULL);

    for (;;) {
        g_autoptr(AssaySample) excerpt = NULL;
        g_autoptr(AssayMidi) midi = NULL;
        g_autoptr(GBytes) file = NULL;
        g_autoptr(GError) error = NULL;
        g_autofree char *notes = NULL;

        if (!assay_excerpts_next(excerpts, &excerpt, &error))
            g_assert_no_error(error);
        if (excerpt == NULL)
            return g_string_free(text, FALSE);
        midi = assay_notes_to_midi(excerpt, &error);
        g_assert_no_error(error);
        notes = midi_file_notes(midi);
        file = assay_midi_write(midi, &error);
        g_assert_no_error(error);
        g_string_append_printf(text, "%s: %s\n", assay_sample_name(excerpt), notes);
    }
}

static void
assert_cut(const char *notes, const char *window, const char *hop, const char *expected)
{
    const AssayArrangement arrangement = windows(window, hop);
    g_autoptr(AssaySample) sample = new_sample(corpus_midi(4, notes));
    g_autofree char *found = cut(sample, &arrangement);

    g_assert_cmpstr(found, ==, expected);
}

static void
test_notes(void)
{
    /* clipped at both ends; what only touches is out */
    assert_cut("0-4:60 2-10:61 8-12:62", "1", NULL,
               "x/w000000: 0-4 60 v64; 2-4 61 v64\n"
               "x/w000001: 0-4 61 v64\n"
               "x/w000002: 0-2 61 v64; 0-4 62 v64\n");
    /* a note of no length is where it stands, once */
    assert_cut("4-4:60 0-8:61", "1", NULL,
               "x/w000000: 0-4 61 v64\n"
               "x/w000001: 0-4 61 v64; 0-0 60 v64\n");
    /* in whatever order the rows are */
    assert_cut("8-12:62 2-10:61 0-4:60", "2", NULL, "x/w000000: 0-4 60 v64; 2-8 61 v64\n");
    /* windows that overlap, and windows with gaps */
    assert_cut("0-2:60 2-6:61", "1", "1/2",
               "x/w000000: 0-2 60 v64; 2-4 61 v64\n"
               "x/w000001: 0-4 61 v64\n");
    assert_cut("0-2:60 5-6:61 9-12:62", "1/2", "2",
               "x/w000000: 0-2 60 v64\n"
               "x/w000001: 1-2 62 v64\n");
    /* silence is a window; the rest is none */
    assert_cut("0-1:60 9-15:61", "1", NULL,
               "x/w000000: 0-1 60 v64\nx/w000001: \nx/w000002: 1-4 61 v64\n");
    assert_cut("0-3:60", "1", NULL, "");
    assert_cut("", "1", NULL, "");
    /* those that come together at the start are in order of their tracks, voices ranked anew */
    assert_cut("0-8:60/2 1-8:61/1 2-4:62", "1", NULL,
               "x/w000000: 0-4 60 v64 tr2 vo2; 1-4 61 v64 tr1 vo1; 2-4 62 v64\n"
               "x/w000001: 0-4 61 v64 tr1; 0-4 60 v64 tr2 vo1\n");
    /* a pile on one key ends in its own order */
    assert_cut("0-5:60 1-6:60 2-12:60", "1", NULL,
               "x/w000000: 0-4 60 v64; 1-4 60 v64; 2-4 60 v64\n"
               "x/w000001: 0-1 60 v64; 0-2 60 v64; 0-4 60 v64\n"
               "x/w000002: 0-4 60 v64\n");
}

/* The metadata of window @index as JSON, without what all have. */
static char *
meta_of(AssaySample *sample, const AssayArrangement *arrangement, int index)
{
    g_autoptr(AssayExcerpts) excerpts = assay_excerpts_new(arrangement, sample);
    g_autoptr(AssaySample) excerpt = NULL;
    GString *text = g_string_new(NULL);
    const AssayJson *notes;

    for (int i = 0; i <= index; i++) {
        g_clear_pointer(&excerpt, assay_sample_free);
        if (!assay_excerpts_next(excerpts, &excerpt, NULL) || excerpt == NULL)
            return g_string_free(text, FALSE);
    }
    notes = assay_sample_field_meta(excerpt, "notes");
    for (size_t i = 0; i < 5; i++) {
        static const char *const keys[] = { "tempos", "meters", "keys", "length", "cut_ticks" };
        const AssayJson *value = assay_json_get(notes, keys[i]);

        g_string_append(text, i > 0 ? " " : "");
        if (value != NULL)
            assay_json_print(text, value);
    }
    g_string_append_c(text, ' ');
    assay_json_print(text, assay_json_get(assay_sample_meta(excerpt), "cut"));
    return g_string_free(text, FALSE);
}

static void
test_maps(void)
{
    static const AssayTempo tempos[] = { { 0, 1 }, { 2, 2 }, { 4, 3 }, { 7, 4 } };
    static const AssayMeter meters[] = { { 5, 3, 4 } };
    static const AssayKey keys[] = { { 3, 1, 0 }, { 8, 2, 1 } };
    const AssayArrangement arrangement = windows("1", NULL);
    AssayMidi *midi = corpus_midi(4, "0-10:60");
    g_autoptr(AssaySample) sample = NULL;
    static const char *const expected[] = {
        "[[0,1],[2,2]] [] [[3,1,\"major\"]] 4  "
        "{\"from\":\"x\",\"index\":0,\"start_q\":0,\"window_q\":1}",
        "[[0,3],[3,4]] [[1,3,4]] [[0,1,\"major\"]] 4 2 "
        "{\"from\":\"x\",\"index\":1,\"start_q\":1,\"window_q\":1}",
        "",
    };

    midi->tempos = g_memdup2(tempos, sizeof tempos);
    midi->n_tempos = G_N_ELEMENTS(tempos);
    midi->meters = g_memdup2(meters, sizeof meters);
    midi->n_meters = G_N_ELEMENTS(meters);
    midi->keys = g_memdup2(keys, sizeof keys);
    midi->n_keys = G_N_ELEMENTS(keys);
    sample = new_sample(midi);
    for (int i = 0; i < 3; i++) {
        g_autofree char *meta = meta_of(sample, &arrangement, i);

        g_assert_cmpstr(meta, ==, expected[i]);
    }
}

/* A window of a window tells of the first whole. */
static void
test_twice(void)
{
    const AssayArrangement wide = windows("3", "2"), narrow = windows("1", NULL);
    g_autoptr(AssaySample) sample = new_sample(corpus_midi(4, "0-40:60")), second = NULL;
    g_autoptr(AssayExcerpts) excerpts = assay_excerpts_new(&wide, sample);
    g_autofree char *meta = NULL;

    for (int i = 0; i < 2; i++) {
        g_clear_pointer(&second, assay_sample_free);
        g_assert_true(assay_excerpts_next(excerpts, &second, NULL));
    }
    meta = meta_of(second, &narrow, 2);
    g_assert_cmpstr(meta, ==,
                    "[] [] [] 4  {\"from\":\"x\",\"index\":2,\"start_q\":4,\"window_q\":1}");
}

/* A piece that has a length of its own is cut to its end, silence included. */
static void
test_length(void)
{
    const AssayArrangement arrangement = windows("1", NULL);
    AssayMidi *midi = corpus_midi(4, "0-1:60");
    g_autoptr(AssaySample) sample = NULL;
    g_autofree char *found = NULL;

    midi->length = 8;
    sample = new_sample(midi);
    found = cut(sample, &arrangement);
    g_assert_cmpstr(found, ==, "x/w000000: 0-1 60 v64\nx/w000001: \n");
}

static void
test_refused(void)
{
    const AssayArrangement third = windows("1/3", NULL), hop = windows("1", "5/7");
    g_autoptr(AssaySample) sample = new_sample(corpus_midi(4, "0-8:60")), excerpt = NULL;
    g_autoptr(AssayExcerpts) a = assay_excerpts_new(&third, sample);
    g_autoptr(AssayExcerpts) b = assay_excerpts_new(&hop, sample);
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_excerpts_next(a, &excerpt, &error));
    corpus_refused(&error, ASSAY_ERROR_META,
                   "x: --window=1/3 is no whole number of ticks; give a multiple of 1/4");
    g_assert_false(assay_excerpts_next(b, &excerpt, &error));
    corpus_refused(&error, ASSAY_ERROR_META, "x: --hop=5/7 is no whole number of ticks");
}

/* Window k of the notes of random pieces, rolled, is item k of the roll. */
static void
test_rolls(void)
{
    const AssayArrangement arrangement = windows("2", "3/2");
    g_autoptr(AssayStage) items = roll_stage_new("step", "1/16", "window", "8", "hop", "6", NULL);
    g_autoptr(AssayStage) whole = roll_stage_new("step", "1/16", NULL);
    g_autoptr(GRand) random = g_rand_new_with_seed(2);

    for (int i = 0; i < 100; i++) {
        g_autoptr(GString) notes = g_string_new(NULL);
        g_autoptr(AssaySample) sample = NULL, rolled = NULL;
        g_autoptr(AssayExcerpts) excerpts = NULL;
        const AssayArray *roll;
        gint32 tick = 0;

        for (int k = g_rand_int_range(random, 0, 30); k > 0; k--) {
            tick += g_rand_int_range(random, 0, 9);
            g_string_append_printf(notes, "%d-%d:%d ", tick, tick + g_rand_int_range(random, 0, 40),
                                   g_rand_int_range(random, 0, 128));
        }
        /* both end with a step */
        g_string_append_printf(notes, "%d-%d:1", tick, (tick + 60) / 3 * 3);
        sample = new_sample(corpus_midi(12, notes->str));
        rolled = new_sample(corpus_midi(12, notes->str));
        roll = roll_stage_apply(items, rolled);
        excerpts = assay_excerpts_new(&arrangement, sample);
        for (size_t k = 0;; k++) {
            g_autoptr(AssaySample) excerpt = NULL;
            const AssayArray *window;

            if (!assay_excerpts_next(excerpts, &excerpt, NULL))
                g_test_fail();
            if (excerpt == NULL) {
                g_assert_cmpuint(k, ==, roll->shape[0]);
                break;
            }
            window = roll_stage_apply(whole, excerpt);
            g_assert_cmpuint(window->shape[0], ==, 8);
            g_assert_true(k < roll->shape[0] &&
                          memcmp(window->data, (guint8 *)roll->data + k * 8 * 128, 8 * 128) == 0);
        }
    }
}

/* Notes the names of what is looked at; refuses the one called "x/i000001". */
static gboolean
look(gpointer user, AssaySample *excerpt, GError **error)
{
    g_string_append_printf(user, "%s ", assay_sample_name(excerpt));
    if (strcmp(assay_sample_name(excerpt), "x/i000001") != 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "no");
    return FALSE;
}

static void
assert_looked(AssaySample *taken, const AssayArrangement *arrangement, gboolean passes,
              const char *expected)
{
    g_autoptr(AssaySample) sample = taken;
    g_autoptr(GString) seen = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_excerpts_check(arrangement, sample, look, seen, &error) == passes);
    g_assert_true((error == NULL) == passes);
    g_assert_cmpstr(seen->str, ==, expected);
}

/* The whole and its first window; of items each, until one is refused. */
static void
test_check(void)
{
    const AssayArrangement window = windows("1", NULL), fraction = windows("1/3", NULL);
    const AssayArrangement none = ASSAY_ARRANGEMENT_DEFAULT;
    g_autoptr(AssaySample) sample = new_sample(corpus_midi(4, "0-8:60"));
    g_autoptr(GError) error = NULL;
    AssaySample *items = assay_sample_new("x");

    assert_looked(new_sample(corpus_midi(4, "0-16:60")), &window, TRUE, "x x/w000000 ");
    assert_looked(new_sample(corpus_midi(4, "0-2:60")), &window, TRUE, "x ");
    any_field_add(items, "roll", ASSAY_U8, "item,time,pitch", (const size_t[]){ 3, 1, 128 },
                  "{\"step_q\":0.25,\"pitch_low\":0}");
    assay_sample_set_items(items, 0, 3);
    assert_looked(items, &none, FALSE, "x/i000000 x/i000001 ");
    g_assert_false(assay_excerpts_check(&fraction, sample, NULL, NULL, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_META);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/excerpt/notes", test_notes);
    g_test_add_func("/excerpt/maps", test_maps);
    g_test_add_func("/excerpt/twice", test_twice);
    g_test_add_func("/excerpt/length", test_length);
    g_test_add_func("/excerpt/refused", test_refused);
    g_test_add_func("/excerpt/rolls", test_rolls);
    g_test_add_func("/excerpt/check", test_check);
    return g_test_run();
}
