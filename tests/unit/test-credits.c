/* tests/unit/test-credits.c - titles, composers, copyright and catalogue numbers of texts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/media/credits.h>
#include <assay/media/notes.h>
#include <string.h>

#include "midi-file.h"

/* The numbers in @text, with commas between. */
static void
assert_numbers(const char *text, const char *expected)
{
    AssayCredits credits = { 0 };
    g_autoptr(GString) found = g_string_new(NULL);

    assay_credits_read(&credits, ASSAY_TEXT_ANY, FALSE, text);
    for (guint i = 0; i < credits.n_numbers; i++)
        g_string_append_printf(found, "%s%s", i > 0 ? ", " : "", credits.numbers[i]);
    if (strcmp(found->str, expected) != 0)
        g_test_fail_printf("\"%s\" has \"%s\", not \"%s\"", text, found->str, expected);
    assay_credits_clear(&credits);
}

static void
test_numbers(void)
{
    static const char *const texts[][2] = {
        { "J.S.Bach 4 Part Chorale BWV424", "BWV 424" },
        { "Suite BWV 1007", "BWV 1007" },
        { "(BWV. 846-869)", "BWV 846-869" },
        { "Cantata, BWV 232a.", "BWV 232a" },
        { "Menuet BWV Anh. 114", "BWV Anh. 114" },
        { "BWV Anhang 114; BWV 253", "BWV Anh. 114, BWV 253" },
        { "BuxWV193", "BuxWV 193" },
        { "Messiah HWV 56", "HWV 56" },
        { "SWV 386 / TWV 40:2 / RV269", "SWV 386, TWV 40:2, RV 269" },
        { "Sonate KV 545 1. Satz", "KV 545" },
        { "Sonata in A, K. 331", "K. 331" },
        { "K.331/300i", "K. 331" },
        { "Winterreise, D. 911", "D. 911" },
        { "Hob. XVI:52, Hob.XVIIa/3", "Hob. XVI:52, Hob. XVIIa:3" },
        { "WoO 59", "WoO 59" },
        { "Nocturne in C minor Op.48-1", "Op. 48 No. 1" },
        { "op. 27 no. 2", "Op. 27 No. 2" },
        { "Op. 27, Nr. 2", "Op. 27 No. 2" },
        { "Op. 27 No.2", "Op. 27 No. 2" },
        { "op. 27/2", "Op. 27 No. 2" },
        { "Opus 3, No. 6", "Op. 3 No. 6" },
        { "Ballade, Op. 47 in A flat", "Op. 47" },
        { "BWV 253 and BWV253 again", "BWV 253" },
        { "M\xc3\xbcller BWV 1", "BWV 1" },
        /* what is none */
        { "BWV", "" },
        { "BWV x", "" },
        { "xBWV 253", "" },
        { "\xc3\xa4RV 253", "" },
        { "BWV 25x3", "" },
        { "BWV 12345", "" },
        { "bwv 253", "" },
        { "K 331", "" },
        { "K. 3", "" },
        { "in D 960", "" },
        { "vitamin D. 3", "" },
        { "Shop 12", "" },
        { "op 12", "" },
        { "No. 2", "" },
        { "DRV 5 SWVX 3", "" },
        { "Hob. 52", "" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_numbers(texts[i][0], texts[i][1]);
}

/* The first eight, each once. */
static void
test_bounded(void)
{
    AssayCredits credits = { 0 };

    for (int i = 0; i < 40; i++) {
        g_autofree char *text = g_strdup_printf("BWV %d", 100 + i / 2);

        assay_credits_read(&credits, ASSAY_TEXT_LYRIC, FALSE, text);
    }
    g_assert_cmpuint(credits.n_numbers, ==, ASSAY_CREDITS_MAX_NUMBERS);
    g_assert_cmpstr(credits.numbers[7], ==, "BWV 107");
    assay_credits_clear(&credits);
}

static void
test_texts(void)
{
    AssayCredits credits = { 0 };

    assay_credits_read(&credits, ASSAY_TEXT_NAME, TRUE, "Track 1");
    assay_credits_read(&credits, ASSAY_TEXT_NAME, TRUE, "control track");
    assay_credits_read(&credits, ASSAY_TEXT_NAME, TRUE, " \t\r\n ");
    assay_credits_read(&credits, ASSAY_TEXT_NAME, FALSE, "Violin");
    assay_credits_read(&credits, ASSAY_TEXT_ANY, TRUE, "no title");
    assay_credits_read(&credits, ASSAY_TEXT_ANY, TRUE, "By <Name>");
    assay_credits_read(&credits, ASSAY_TEXT_ANY, TRUE, "By Unregistered User");
    assay_credits_read(&credits, ASSAY_TEXT_ANY, TRUE, "By and by");
    assay_credits_read(&credits, ASSAY_TEXT_LYRIC, TRUE, "By Night");
    assay_credits_read(&credits, ASSAY_TEXT_COPYRIGHT, TRUE, "Copyright <Year> by <Name>");
    g_assert_null(credits.title);
    g_assert_null(credits.composer);
    g_assert_null(credits.copyright);
    assay_credits_read(&credits, ASSAY_TEXT_NAME, TRUE, "  Air\r\non\tthe \x01G string ");
    assay_credits_read(&credits, ASSAY_TEXT_NAME, TRUE, "Second");
    assay_credits_read(&credits, ASSAY_TEXT_ANY, FALSE, "Air\r\nBy A. Wilhelmj\r\nof J. S. Bach");
    assay_credits_read(&credits, ASSAY_TEXT_MARKER, FALSE, "Composer: J. S. Bach");
    assay_credits_read(&credits, ASSAY_TEXT_COPYRIGHT, FALSE, "(C) 1997\rAll rights reserved");
    g_assert_cmpstr(credits.title, ==, "Air on the %01G string");
    g_assert_cmpstr(credits.composer, ==, "A. Wilhelmj");
    g_assert_cmpstr(credits.copyright, ==, "(C) 1997 All rights reserved");
    assay_credits_clear(&credits);
    assay_credits_read(&credits, ASSAY_TEXT_MARKER, FALSE, "MUSIC BY: Nobody, words by Anon");
    g_assert_cmpstr(credits.composer, ==, "Nobody, words by Anon");
    assay_credits_clear(&credits);
}

static void
test_difference(void)
{
    AssayCredits a = { 0 }, b = { 0 };
    g_autofree char *none = assay_credits_difference(&a, &b), *one = NULL, *number = NULL;

    g_assert_null(none);
    assay_credits_read(&a, ASSAY_TEXT_NAME, TRUE, "RV 1");
    one = assay_credits_difference(&a, &b);
    g_assert_cmpstr(one, ==, "title \"RV 1\" and \"none\"");
    g_clear_pointer(&a.title, g_free);
    number = assay_credits_difference(&a, &b);
    g_assert_cmpstr(number, ==, "number \"RV 1\" and \"none\"");
    assay_credits_clear(&a);
}

/* Of a file: Latin-1, a long text cut after 127 bytes, by both parsers; and in the metadata. */
static void
test_file(void)
{
    GByteArray *file = midi_file_new(1, 2, 96);
    g_autofree char *first = NULL;
    g_autoptr(AssayMidi) midi = NULL;
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    first = g_strdup_printf("00 ff0306 'F' fc 'r E.' 00 ff02 817b '%0119d RV 12 BWV 253%0118d' "
                            "00 ff05 06 'KV 545' 00 ff2f00",
                            0, 0);
    midi_file_add_track(file, first);
    midi_file_add_track(file, "00 ff0306 'BWV 99' 00 ff2f00");
    midi = midi_file_agreed(file);
    g_assert_cmpstr(midi->credits.title, ==, "F\xc3\xbcr E.");
    g_assert_cmpuint(strlen(midi->credits.copyright), ==, 127);
    g_assert_cmpuint(midi->credits.n_numbers, ==, 3);
    assay_json_set_take(assay_sample_meta(sample), "source", assay_json_object());
    if (!assay_notes_from_midi(sample, midi, &error))
        g_assert_no_error(error);
    assay_json_print(text, assay_json_get(assay_sample_source(sample), "catalogue"));
    g_assert_cmpstr(text->str, ==, "[\"RV 12\",\"KV 545\",\"BWV 99\"]");
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(assay_sample_source(sample), "title")),
                    ==, "F\xc3\xbcr E.");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/credits/numbers", test_numbers);
    g_test_add_func("/credits/bounded", test_bounded);
    g_test_add_func("/credits/texts", test_texts);
    g_test_add_func("/credits/difference", test_difference);
    g_test_add_func("/credits/file", test_file);
    return g_test_run();
}
