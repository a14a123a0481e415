/* tests/unit/test-locate.c - bar, beat, time, key and voices of a step.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/check/locate.h>
#include <assay/rule/chord.h>
#include <math.h>
#include <string.h>

#include "corpus.h"

static AssayLocator *
locator_of(AssaySample *sample)
{
    g_autoptr(GError) error = NULL;
    AssayLocator *locator = assay_locator_new(sample, &error);

    g_assert_no_error(error);
    return locator;
}

static void
check(const AssayLocator *locator, size_t item, size_t step, gint64 bar, double beat, double time_q,
      double time_s)
{
    AssayPlace place;

    assay_locator_step(locator, item, step, &place);
    g_assert_cmpint(place.bar, ==, bar);
    g_assert_cmpfloat_with_epsilon(place.beat, beat, 1e-12);
    g_assert_cmpfloat_with_epsilon(place.time_q, time_q, 1e-12);
    g_assert_cmpfloat_with_epsilon(place.time_s, time_s, 1e-9);
}

static void
set_meters(AssayMidi *midi, const AssayMeter *meters, gsize n)
{
    midi->meters = g_memdup2(meters, n * sizeof *meters);
    midi->n_meters = n;
}

static void
set_tempos(AssayMidi *midi, const AssayTempo *tempos, gsize n)
{
    midi->tempos = g_memdup2(tempos, n * sizeof *tempos);
    midi->n_tempos = n;
}

/* An upbeat of a quarter, then 3/4; 6/8 from the third bar on. A step is a sixteenth. */
static void
test_bars(void)
{
    static const AssayMeter meters[] = { { 0, 1, 4 }, { 96, 3, 4 }, { 672, 6, 8 } };
    AssayMidi *midi = corpus_midi(96, "0-96:60 96-1248:62");
    g_autoptr(AssaySample) sample = NULL;
    g_autoptr(AssayLocator) locator = NULL;

    set_meters(midi, meters, 3);
    sample = corpus_piece("a", midi, NULL);
    locator = locator_of(sample);
    check(locator, 0, 0, 0, 3, 0, 0); /* before 3/4: its third beat */
    check(locator, 0, 3, 0, 3.75, 0.75, 0.375);
    check(locator, 0, 4, 1, 1, 1, 0.5);
    check(locator, 0, 17, 2, 1.25, 4.25, 2.125);
    check(locator, 0, 28, 3, 1, 7, 3.5);
    check(locator, 0, 30, 3, 2, 7.5, 3.75); /* eighths are the beat */
    check(locator, 0, 40, 4, 1, 10, 5);
}

/* 120 quarters a minute for two quarters, 60 for one, 240 from then on. */
static void
test_tempos(void)
{
    static const AssayTempo tempos[] = { { 0, 500000 }, { 192, 1000000 }, { 288, 250000 } };
    AssayMidi *midi = corpus_midi(96, "0-960:60");
    g_autoptr(AssaySample) sample = NULL;
    g_autoptr(AssayLocator) locator = NULL;

    set_tempos(midi, tempos, 3);
    sample = corpus_piece("a", midi, NULL);
    locator = locator_of(sample);
    check(locator, 0, 8, 1, 3, 2, 1);
    check(locator, 0, 10, 1, 3.5, 2.5, 1.5);
    check(locator, 0, 12, 1, 4, 3, 2);
    check(locator, 0, 16, 2, 1, 4, 2.25);
}

#define RECIPE(options)                                                                            \
    "[{\"tool\":\"assay-roll\",\"options\":{" options "}},"                                        \
    "{\"tool\":\"assay-chroma\",\"options\":{}}]"

/* Steps that are no whole ticks: a sixty-fourth is 3/8 of a tick of division 6. What sounds at a
 * step is what the roll has there: a note that ends within the tick after it does. */
static void
test_between_ticks(void)
{
    g_autoptr(AssaySample) sample =
        corpus_piece("a", corpus_midi(6, "0-1:60 1-2:62 2-12:64"), RECIPE("\"step\":\"1/64\""));
    g_autoptr(AssayLocator) locator = locator_of(sample);

    check(locator, 0, 1, 1, 1, 1 / 16.0, 1 / 32.0);
    check(locator, 0, 3, 1, 1 + 1 / 6.0, 3 / 16.0, 3 / 32.0);
    check(locator, 0, 16, 1, 2, 1, 0.5);
    for (size_t step = 0; step < 32; step++) {
        g_autofree char *voices = NULL;
        AssayPlace place;
        double tick = (double)step * 6 / 16;

        assay_locator_step(locator, 0, step, &place);
        voices = assay_locator_voices(locator, 0, step, &place);
        g_assert_cmpstr(voices, ==, tick < 1 ? "1:C4" : tick < 2 ? "1:D4" : "1:E4");
    }
}

/* Thirds of a beat have no exact double; they are found all the same. */
static void
test_triplets(void)
{
    g_autoptr(AssaySample) sample =
        corpus_piece("a", corpus_midi(480, "0-48000:60"), RECIPE("\"step\":\"1/24\""));
    g_autoptr(AssayLocator) locator = locator_of(sample);

    for (size_t step = 0; step < 600; step++) {
        AssayPlace place;

        assay_locator_step(locator, 0, step, &place);
        g_assert_cmpint(place.tick, ==, (gint64)step * 80);
        g_assert_cmpfloat(place.time_q, ==, (double)(step * 80) / 480);
    }
}

/* Ten steps a second, by the tempos of the piece. */
static void
test_seconds(void)
{
    static const AssayTempo tempos[] = { { 0, 500000 }, { 96, 1000000 } };
    AssayMidi *midi = corpus_midi(96, "0-48:60 48-96:62 96-480:64");
    g_autoptr(AssaySample) sample = NULL;
    g_autoptr(AssayLocator) locator = NULL;

    set_tempos(midi, tempos, 2);
    sample = corpus_piece("a", midi, RECIPE("\"fps\":\"10\""));
    locator = locator_of(sample);
    for (size_t step = 0; step < 45; step++) {
        g_autofree char *voices = NULL;
        AssayPlace place;
        double seconds = (double)step / 10;
        double quarters = seconds < 0.5 ? seconds * 2 : 1 + (seconds - 0.5);

        assay_locator_step(locator, 0, step, &place);
        g_assert_cmpfloat(place.time_s, ==, seconds);
        g_assert_cmpfloat_with_epsilon(place.time_q, quarters, 1e-9);
        voices = assay_locator_voices(locator, 0, step, &place);
        g_assert_cmpstr(voices, ==, seconds < 0.25 ? "1:C4" : seconds < 0.5 ? "1:D4" : "1:E4");
    }
}

/* A step of a window is where the window was cut, in whichever piece of the sample it travels. */
static void
test_windows(void)
{
    g_autoptr(AssaySample) sample =
        corpus_piece("a", corpus_midi(96, "0-1920:60"),
                     RECIPE("\"step\":\"1/16\",\"window\":\"8\",\"hop\":\"4\""));
    g_autoptr(AssayLocator) first = locator_of(sample), second = NULL;

    check(first, 0, 2, 1, 1.5, 0.5, 0.25);
    check(first, 3, 2, 1, 4.5, 3.5, 1.75);
    assay_sample_set_items(sample, 10, assay_sample_n_items(sample));
    second = locator_of(sample);
    check(second, 3, 2, 4, 2.5, 13.5, 6.75);
}

/* The key in force spells. */
static void
test_keys(void)
{
    static const AssayKey keys[] = { { 96, -3, 0 }, { 192, 4, 1 } };
    static const struct {
        gint64 tick;
        int sharps;
    } places[] = { { 0, 0 }, { 95, 0 }, { 96, -3 }, { 191, -3 }, { 192, 4 }, { 9999, 4 } };
    AssayMidi *midi = corpus_midi(96, "0-384:68");
    g_autoptr(AssaySample) sample = NULL;
    g_autoptr(AssayLocator) locator = NULL;

    midi->keys = g_memdup2(keys, sizeof keys);
    midi->n_keys = 2;
    sample = corpus_piece("a", midi, NULL);
    locator = locator_of(sample);
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        AssayPlace place;

        assay_locator_tick(locator, places[i].tick, &place);
        g_assert_cmpint(place.sharps, ==, places[i].sharps);
    }
}

static void
check_voices(const AssayLocator *locator, size_t item, size_t step, const char *expected)
{
    g_autofree char *voices = NULL;
    AssayPlace place;

    assay_locator_step(locator, item, step, &place);
    voices = assay_locator_voices(locator, item, step, &place);
    g_assert_cmpstr(voices, ==, expected);
}

/* From high to low, by the track's name or the voice's number; unisons by voice; no percussion; a
 * note that ends at a step sounds there no more. */
static void
test_voices(void)
{
    AssayMidi *midi =
        corpus_midi(96, "0-96:60/2 0-384:48/3 0-192:72/0 0-192:72/1 0-960:40/4@10 96-192:70/2");
    g_autoptr(AssaySample) sample = NULL;
    g_autoptr(AssayLocator) locator = NULL;

    g_free(midi->tracks[0].name);
    midi->tracks[0].name = g_strdup("soprano");
    sample = corpus_piece("a", midi, NULL);
    locator = locator_of(sample);
    check_voices(locator, 0, 0, "soprano:C5 2:C5 3:C4 4:C3");
    check_voices(locator, 0, 4, "soprano:C5 2:C5 3:Bb4 4:C3");
    check_voices(locator, 0, 8, "4:C3");
    check_voices(locator, 0, 16, "");
    check_voices(locator, 0, 4000000, "");
}

/* Where the roll was made with percussion, the percussion is among what sounds. */
static void
test_drums(void)
{
    g_autoptr(AssaySample) sample =
        corpus_piece("a", corpus_midi(96, "0-960:40/1@10 0-96:60/0"), NULL);
    g_autoptr(AssayLocator) with = NULL;
    AssayJson *meta = (AssayJson *)assay_sample_field_meta(sample, "chroma");

    g_assert_nonnull(meta);
    assay_json_set_bool(meta, "drums", TRUE);
    with = locator_of(sample);
    check_voices(with, 0, 0, "1:C4 2:E2");
}

/* The tree of ends finds what a look at every note finds. */
static void
test_voices_at_random(void)
{
    for (guint32 seed = 0; seed < 40; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        AssayMidi *midi = corpus_midi(4, "");
        int n = g_rand_int_range(random, 0, 12);
        g_autoptr(AssaySample) sample = NULL;
        g_autoptr(AssayLocator) locator = NULL;
        g_autofree AssayNote *notes = g_new0(AssayNote, (gsize)n + 1);
        gint64 on = 0;

        for (int i = 0; i < n; i++) {
            on += g_rand_int_range(random, 0, 4);
            notes[i] = (AssayNote){ .on_tick = on,
                                    .off_tick = on + g_rand_int_range(random, 0, 12),
                                    .pitch = (guint8)(100 - i),
                                    .velocity = 64,
                                    .channel = 1 };
        }
        midi->notes = g_renew(AssayNote, midi->notes, n + 1);
        memcpy(midi->notes, notes, (gsize)n * sizeof *notes);
        midi->n_notes = (gsize)n;
        sample = corpus_piece("a", midi, NULL);
        locator = locator_of(sample);
        for (gint64 tick = 0; tick < 60; tick++) {
            g_autoptr(GString) expected = g_string_new("");
            g_autofree char *voices = NULL;
            AssayPlace place;
            guint state = 0;

            for (int i = 0; i < n; i++) {
                if (notes[i].on_tick <= tick && tick < notes[i].off_tick)
                    state |= 1u << notes[i].pitch % 12;
            }
            for (int i = 0; i < n; i++) {
                if (notes[i].on_tick <= tick && tick < notes[i].off_tick) {
                    g_autofree char *name =
                        assay_locator_note(locator, &notes[i], assay_chord_key(state, 0));

                    g_string_append_printf(expected, "%s%s", expected->len > 0 ? " " : "", name);
                }
            }
            assay_locator_tick(locator, tick, &place);
            voices = assay_locator_voices(locator, 0, 0, &place);
            g_assert_cmpstr(voices, ==, expected->str);
        }
        g_rand_free(random);
    }
}

/* Without notes there is the roll, without a roll nothing but time. */
static void
test_less(void)
{
    g_autoptr(AssaySample) sample =
        corpus_piece("a", corpus_midi(96, "0-96:60 48-96:64"), RECIPE("\"pitches\":\"40:90\""));
    g_autoptr(AssaySample) bare = corpus_chroma("b", "C D E|F G A");
    g_autoptr(AssayLocator) locator = NULL, none = locator_of(bare);
    AssayPlace place;

    assay_sample_remove_field(sample, "notes");
    locator = locator_of(sample);
    check_voices(locator, 0, 1, "C4");
    check_voices(locator, 0, 2, "E4 C4");
    check_voices(locator, 0, 99, NULL);
    g_assert_null(assay_locator_midi(locator));
    assay_locator_step(none, 1, 2, &place);
    g_assert_cmpint(place.bar, ==, -1);
    g_assert_true(isnan(place.beat) && isnan(place.time_s));
    g_assert_cmpfloat(place.time_q, ==, 0.5); /* within the item: nothing says where that was */
    check_voices(none, 1, 2, NULL);
}

static void
refused(AssaySample *sample, int code, const char *says)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayLocator) locator = assay_locator_new(own, &error);

    g_assert_null(locator);
    corpus_refused(&error, code, says);
}

static AssaySample *
with_meta(const char *key, const char *value)
{
    AssaySample *sample = corpus_piece("a", corpus_midi(96, "0-96:60"), NULL);
    g_autofree char *text = g_strdup_printf("[%s]", value);
    g_autoptr(AssayJson) json = assay_json_parse(text, strlen(text), "value", NULL);

    assay_json_set_take((AssayJson *)assay_sample_field_meta(sample, "notes"), key,
                        assay_json_ref(assay_json_nth(json, 0)));
    return sample;
}

/* Metadata of a stream may say anything. */
static void
test_refused(void)
{
    AssaySample *sample = corpus_piece("a", corpus_midi(96, "0-96:60"), NULL);

    refused(with_meta("division", "0"), ASSAY_ERROR_META, "a: ");
    refused(with_meta("meters", "[[96,4,4],[0,3,4]]"), ASSAY_ERROR_META,
            "a: field \"notes\": metadata");
    refused(with_meta("tempos", "[[96,1],[96,1]]"), ASSAY_ERROR_META,
            "a: field \"notes\": metadata");
    refused(with_meta("tempos", "[[96,0]]"), ASSAY_ERROR_META, "a: ");
    assay_sample_set_items(sample, 0, 3);
    refused(sample, ASSAY_ERROR_FIELD, "a: field \"roll\" has no axis \"item\"");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/locate/bars", test_bars);
    g_test_add_func("/locate/tempos", test_tempos);
    g_test_add_func("/locate/between-ticks", test_between_ticks);
    g_test_add_func("/locate/triplets", test_triplets);
    g_test_add_func("/locate/seconds", test_seconds);
    g_test_add_func("/locate/windows", test_windows);
    g_test_add_func("/locate/keys", test_keys);
    g_test_add_func("/locate/voices", test_voices);
    g_test_add_func("/locate/drums", test_drums);
    g_test_add_func("/locate/voices-at-random", test_voices_at_random);
    g_test_add_func("/locate/less", test_less);
    g_test_add_func("/locate/refused", test_refused);
    return g_test_run();
}
