/* tests/unit/test-traits.c - which traits of files tell fakes from reals, and which do not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/learn/traits.h>

enum { LONG = 1000 };

/* A file of a format, and of a length unless that is 0. */
static void
count(AssayTraits *traits, guint32 set, gboolean is_fake, const char *format, gint64 length)
{
    g_autoptr(AssaySample) sample = assay_sample_new("1");
    const char *const axes[] = { "time", NULL };
    size_t shape = 1;
    AssayArray *array = assay_array_new(ASSAY_F32, 1, &shape, axes, LONG, NULL);
    AssayJson *source = assay_json_object();
    char **values;

    assay_sample_take_field(sample, "audio", array, NULL);
    assay_json_set_string(source, "path", "1");
    assay_json_set_string(source, "format", format);
    if (length != 0)
        assay_json_set_integer(source, "frames", length);
    assay_json_set_take(assay_sample_meta(sample), "source", source);
    values = assay_traits_read(sample, "audio");
    assay_traits_count(traits, values, set, is_fake, 1);
    assay_traits_clear(values);
}

static void
expect(const AssayTraits *traits, guint32 set, const char *text)
{
    g_autofree char *told = assay_traits_tell(traits, set);

    g_assert_cmpstr(told, ==, text);
}

/* Nine in ten of both do, eight do not; of all sets together it may be otherwise than of one. */
static void
test_share(void)
{
    g_autoptr(AssayTraits) traits = assay_traits_new();

    expect(traits, 1, NULL);
    for (int i = 0; i < 10; i++) {
        count(traits, 0, FALSE, i < 9 ? "PNG" : "JPEG", 0);
        count(traits, 1, TRUE, i < 9 ? "JPEG" : "PNG", 0);
        count(traits, 2, TRUE, i < 8 ? "JPEG" : "PNG", 0);
    }
    expect(traits, 0, NULL);
    expect(traits, 1, "format of reals mostly PNG, of fakes mostly JPEG");
    expect(traits, 2, NULL);
    expect(traits, G_MAXUINT32, NULL);
}

/* The reals of a set come before those of others. */
static void
test_own_reals(void)
{
    g_autoptr(AssayTraits) traits = assay_traits_new();

    for (int i = 0; i < 4; i++) {
        count(traits, 0, FALSE, "FLAC", 0);
        count(traits, 1, FALSE, "WAV", 0);
        count(traits, 1, TRUE, "FLAC", 0);
        count(traits, 2, TRUE, "AU", 0);
    }
    expect(traits, 1, "format of reals WAV, of fakes FLAC");
    expect(traits, 2, "format of reals various, of fakes AU");
    expect(traits, G_MAXUINT32, NULL);
}

/* That every file has a length of its own tells nothing, but it does against one of all. */
static void
test_various(void)
{
    g_autoptr(AssayTraits) both = assay_traits_new(), one = assay_traits_new();

    for (int i = 0; i < 8; i++) {
        count(both, 0, FALSE, "WAV", LONG + 2 * i);
        count(both, 1, TRUE, "WAV", LONG + 1 + 2 * i);
        count(one, 0, FALSE, "WAV", LONG + i);
        count(one, 1, TRUE, "WAV", 16384);
    }
    expect(both, 1, NULL);
    expect(one, 1,
           "length of reals various, of fakes 16384; length / 256 of reals not whole, of "
           "fakes whole");
}

/* What a stream says may be long, and no text. */
static void
test_foreign(void)
{
    g_autoptr(AssayTraits) traits = assay_traits_new();
    g_autofree char *text = g_strnfill(LONG, 'x');
    g_autofree char *told = NULL;

    count(traits, 0, FALSE, text, 0);
    count(traits, 1, TRUE, "a\nb", 0);
    told = assay_traits_tell(traits, 1);
    g_assert_cmpstr(told, ==,
                    "format of reals xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, of fakes a%0Ab");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/traits/share", test_share);
    g_test_add_func("/traits/own-reals", test_own_reals);
    g_test_add_func("/traits/various", test_various);
    g_test_add_func("/traits/foreign", test_foreign);
    return g_test_run();
}
