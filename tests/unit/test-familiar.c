/* tests/unit/test-familiar.c - what a model keeps of the files it has learnt from, and what it says
 * of others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/learn/familiar.h>
#include <assay/learn/traits-private.h>
#include <string.h>

enum { FORMAT = 1, LENGTH = 9 };

/* Files of one item each that have a value of a trait. */
static void
count(AssayTraits *traits, gboolean is_fake, size_t trait, const char *value, size_t n)
{
    char *values[ASSAY_N_TRAITS] = { NULL };

    values[trait] = (char *)value;
    for (size_t i = 0; i < n; i++)
        assay_traits_count(traits, values, is_fake ? 1 : 0, is_fake, 1);
}

static void
expect(const AssayFamiliar *familiar, const AssayTraits *items, const char *text)
{
    g_autofree char *told = assay_familiar_tell(familiar, items);

    g_assert_cmpstr(told, ==, text);
}

static void
expect_json(const AssayFamiliar *familiar, const char *expected)
{
    g_autoptr(AssayJson) json = assay_familiar_to_json(familiar);
    g_autoptr(GString) text = g_string_new(NULL);

    assay_json_print(text, json);
    g_assert_cmpstr(text->str, ==, expected);
}

/* A twentieth is kept, less is not; a fifth of others is told, less is not. */
static void
test_shares(void)
{
    g_autoptr(AssayTraits) learnt = assay_traits_new(), judged = assay_traits_new();
    g_autoptr(AssayFamiliar) familiar = NULL;

    g_assert_cmpstr(assay_trait_name(FORMAT), ==, "format");
    g_assert_cmpstr(assay_trait_name(LENGTH), ==, "length");
    count(learnt, FALSE, FORMAT, "PNG", 91);
    count(learnt, FALSE, FORMAT, "GIF", 5);
    count(learnt, FALSE, FORMAT, "BMP", 4);
    count(learnt, TRUE, FORMAT, "PGM", 3);
    familiar = assay_familiar_new(learnt);
    expect_json(familiar,
                "{\"fake\":{\"format\":[\"PGM\"]},\"real\":{\"format\":[\"PNG\",\"GIF\"]}}");
    expect(familiar, judged, NULL);
    count(judged, FALSE, FORMAT, "GIF", 5);
    count(judged, TRUE, FORMAT, "PGM", 4);
    count(judged, FALSE, FORMAT, "BMP", 2);
    expect(familiar, judged, NULL);
    count(judged, FALSE, FORMAT, "PNG", 5);
    count(judged, TRUE, FORMAT, "J\nP", 1);
    expect(familiar, judged, NULL);
    count(judged, FALSE, FORMAT, "BMP", 1);
    count(judged, FALSE, FORMAT, "PNG", 2);
    expect(familiar, judged, "format PNG or GIF or PGM, here BMP (4 of 20)");
    count(judged, TRUE, FORMAT, "J\nP", 2);
    expect(familiar, judged, "format PNG or GIF or PGM, here various (6 of 22)");
}

/* Of files of all lengths nothing is kept but that: no length is strange to them then. */
static void
test_various(void)
{
    g_autoptr(AssayTraits) learnt = assay_traits_new(), judged = assay_traits_new();
    g_autoptr(AssayFamiliar) familiar = NULL;
    char length[] = "100";

    for (char i = '0'; i <= '9'; i++) {
        length[0] = i;
        count(learnt, FALSE, LENGTH, length, 1);
    }
    count(learnt, TRUE, LENGTH, "16384", 10);
    count(learnt, TRUE, FORMAT, "WAV", 10);
    familiar = assay_familiar_new(learnt);
    expect_json(familiar, "{\"fake\":{\"format\":[\"WAV\"],\"length\":[\"16384\"]},"
                          "\"real\":{\"length\":[]}}");
    count(judged, FALSE, LENGTH, "7", 1);
    expect(familiar, judged, NULL);
    count(judged, FALSE, FORMAT, "FLAC", 1);
    expect(familiar, judged, "format WAV, here FLAC");
}

/* Less than nine tenths among what is kept is as good as nothing. */
static void
test_covered(void)
{
    g_autoptr(AssayTraits) most = assay_traits_new(), few = assay_traits_new();
    g_autoptr(AssayFamiliar) kept = NULL, varied = NULL;

    count(most, FALSE, LENGTH, "1", 90);
    count(few, FALSE, LENGTH, "1", 89);
    for (char i = 'a'; i < 'a' + 11; i++) {
        const char value[] = { i, '\0' };

        if (i < 'a' + 10)
            count(most, FALSE, LENGTH, value, 1);
        count(few, FALSE, LENGTH, value, 1);
    }
    kept = assay_familiar_new(most);
    varied = assay_familiar_new(few);
    expect_json(kept, "{\"fake\":{},\"real\":{\"length\":[\"1\"]}}");
    expect_json(varied, "{\"fake\":{},\"real\":{\"length\":[]}}");
}

static void
parse(const char *text, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayJson) json = assay_json_parse(text, strlen(text), "t", &error);
    const AssayJsonAt root = { .key = "t", .value = json };
    g_autoptr(AssayFamiliar) familiar = NULL;

    g_assert_no_error(error);
    familiar = assay_familiar_from_json(&root, &error);
    if (message == NULL) {
        g_assert_no_error(error);
        expect_json(familiar, text);
    } else {
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC);
        g_assert_cmpstr(error->message, ==, message);
    }
}

static void
test_parse(void)
{
    g_autoptr(GString) many = g_string_new("{\"fake\":{\"length\":[");

    parse("{\"fake\":{},\"real\":{\"format\":[\"PNG\",\"GIF\"],\"length\":[]}}", NULL);
    parse("{\"real\":{}}", "t: /fake: is missing");
    parse("{\"fake\":{},\"real\":{\"taste\":[]}}",
          "t: /real/taste: is a trait of files that this version does not know");
    parse("{\"fake\":{},\"real\":{\"format\":[\"A\",\"A\"]}}",
          "t: /real/format/1: is a second \"A\"");
    parse("{\"fake\":{},\"real\":{\"format\":\"A\"}}",
          "t: /real/format: is a string, not an array");
    parse("{\"fake\":{},\"real\":{\"format\":[1]}}",
          "t: /real/format/0: is an integer, not a string");
    parse("{\"fake\":{},\"real\":{\"format\":[\"12345678901234567890123456789012345678901\"]}}",
          "t: /real/format/0: is longer than 40 characters");
    for (int i = 0; i < 21; i++)
        g_string_append_printf(many, "%s\"%d\"", i == 0 ? "" : ",", i);
    g_string_append(many, "]},\"real\":{}}");
    parse(many->str, "t: /fake/length: has 21 values, not at most 20");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/familiar/shares", test_shares);
    g_test_add_func("/familiar/various", test_various);
    g_test_add_func("/familiar/covered", test_covered);
    g_test_add_func("/familiar/parse", test_parse);
    return g_test_run();
}
