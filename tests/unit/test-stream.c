/* tests/unit/test-stream.c - what is written is what is read, whole, cut short, joined and foreign.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "stream-file.h"

#define HEAD "{\"format\":\"assay-stream\",\"stages\":[],\"version\":1}"

static void
test_round_trip(void)
{
    g_autoptr(GBytes) first = stream_file_write("a", "x", "y/z", NULL),
                      again = stream_file_hand_on(first, NULL);
    g_autoptr(GBytes) twice = stream_file_write("a", "x", "y/z", NULL),
                      further = stream_file_hand_on(first, "b");

    stream_file_assert_holds(first, "x[roll] y/z[roll]");
    stream_file_assert_members(first,
                               "__stream__/head.json\nx.json\nx.roll.npy\ny/z.json\ny/z.roll.npy\n"
                               "__stream__/end.json\n");
    g_assert_true(g_bytes_equal(first, again));
    g_assert_true(g_bytes_equal(first, twice));
    g_assert_cmpuint(g_bytes_get_size(first) % 512, ==, 0);
    g_assert_cmpuint(
        stream_file_count_text(further, "\"stages\":[{\"tool\":\"a\"},{\"tool\":\"b\"}]"), ==, 1);
    stream_file_assert_holds(further, "x[roll] y/z[roll]");
}

/* Neither the locale nor its lack changes a byte. */
static void
test_locale(void)
{
    static const char name[] = "Pr\xc3\xa4ludium \xe2\x99\xad/\xf0\x9d\x84\x9e";
    g_autofree char *before = g_strdup(setlocale(LC_ALL, NULL));
    g_autoptr(GBytes) here = NULL, there = NULL;

    setlocale(LC_ALL, "C");
    here = stream_file_write("a", name, NULL);
    if (setlocale(LC_ALL, "C.UTF-8") == NULL)
        g_test_message("there is no C.UTF-8 here");
    there = stream_file_write("a", name, NULL);
    g_assert_true(g_bytes_equal(here, there));
    g_assert_cmpuint(stream_file_count_text(here, name), >=, 1);
    stream_file_assert_holds(there, "Pr\xc3\xa4ludium \xe2\x99\xad/\xf0\x9d\x84\x9e[roll]");
    setlocale(LC_ALL, "C");
    stream_file_assert_holds(there, "Pr\xc3\xa4ludium \xe2\x99\xad/\xf0\x9d\x84\x9e[roll]");
    setlocale(LC_ALL, before);
}

static void
test_long_names(void)
{
    for (size_t length = 80; length < 600; length += length < 110 ? 1 : 47) {
        GString *name = g_string_new(NULL);
        g_autofree char *expected = NULL;
        g_autoptr(GBytes) bytes = NULL, again = NULL;

        while (name->len < length)
            g_string_append_c(name, name->len % 70 == 69 ? '/' : 'x');
        bytes = stream_file_write("a", name->str, NULL);
        expected = g_strdup_printf("%s[roll]", name->str);
        stream_file_assert_holds(bytes, expected);
        again = stream_file_hand_on(bytes, NULL);
        g_assert_true(g_bytes_equal(bytes, again));
        g_string_free(name, TRUE);
    }
}

/* A WebDataset shard: members that are no arrays, arrays in any form, metadata of their own. */
static void
test_foreign(void)
{
    g_autoptr(GBytes) fortran =
        stream_file_npy("{'descr': '>f2', 'fortran_order': True, 'shape': (2, 1), }\n", "abcd", 4);
    GByteArray *tar = g_byte_array_new();
    g_autoptr(GBytes) bytes = NULL, ours = NULL, again = NULL;

    stream_file_add_text(tar, "__meta__/about.txt", "not a sample");
    stream_file_add_text(tar, "./000/a.b.jpg", "JPEG \1\2");
    stream_file_add_text(tar, "./000/a.json", "{\"label\": 1.50, \"fields\": {}}");
    stream_file_add(tar, "./000/a.npy", g_bytes_get_data(fortran, NULL), g_bytes_get_size(fortran));
    stream_file_add_text(tar, "README", "no suffix, no sample");
    stream_file_add_text(tar, ".hidden", "no name");
    stream_file_add_text(tar, "../000/b%.cls", "7");
    stream_file_add_text(tar, "__c__d/e.cls", "8");
    stream_file_add_text(tar, "/f/../g//h/./i.cls", "9");
    bytes = stream_file_end(tar);
    stream_file_assert_holds(bytes, "000/a[b.jpg,array] 000/b%25[cls] __c__d/e[cls] f/g/h/i[cls]");
    ours = stream_file_hand_on(bytes, "a");
    stream_file_assert_members(
        ours, "__stream__/head.json\n000/a.json\n000/a.b.jpg\n000/a.npy\n"
              "000/b%25.json\n000/b%25.cls\n__c__d/e.json\n__c__d/e.cls\nf/g/h/i.json\n"
              "f/g/h/i.cls\n__stream__/end.json\n");
    g_assert_cmpuint(stream_file_count_text(ours, "JPEG \1\2"), ==, 1);
    g_assert_cmpuint(stream_file_count_text(ours, "'descr': '>f2', 'fortran_order': True"), ==, 1);
    g_assert_cmpuint(stream_file_count_text(ours, "{\"fields\":{},\"label\":1.5}"), ==, 1);
    again = stream_file_hand_on(ours, NULL); /* names are escaped once */
    g_assert_true(g_bytes_equal(ours, again));
}

static void
test_bad_names(void)
{
    GByteArray *foreign = g_byte_array_new(), *own = g_byte_array_new();
    g_autoptr(GBytes) bytes = NULL, ours = NULL;

    stream_file_add_text(foreign, "a\nb\xff.x", "");
    stream_file_add_text(foreign,
                         "\xc2\x9b"
                         "c.x",
                         ""); /* a control that terminals obey */
    bytes = stream_file_end(foreign);
    stream_file_assert_holds(bytes, "a%0Ab%FF[x] %C2%9Bc[x]");

    stream_file_add_text(own, "__stream__/head.json", HEAD);
    stream_file_add_text(own, "a\nb\xff%0A.json", "{}");
    stream_file_add_text(own, "../../etc/x.json", "{}");
    stream_file_add_text(own, "__stream__/end.json", "{\"records\":2,\"skipped\":[]}");
    ours = stream_file_end(own);
    stream_file_assert_holds(ours, "a%0Ab%FF%0A[] etc/x[]");
}

static void
test_duplicates(void)
{
    GByteArray *tar = g_byte_array_new();
    g_autoptr(GBytes) bytes = NULL, one = stream_file_write("a", "x", NULL),
                      two = stream_file_join(one, one);
    g_autoptr(GBytes) handed = NULL, again = NULL;

    stream_file_add_text(tar, "a.jpg", "1");
    stream_file_add_text(tar, "a.jpg", "2");
    bytes = stream_file_end(tar);
    stream_file_assert_holds(bytes, "!1");

    /* Two streams with a sample of one name, joined, stay two samples. */
    stream_file_assert_holds(two, "x[roll] x[roll]");
    handed = stream_file_hand_on(two, "b");
    stream_file_assert_holds(handed, "x[roll] x[roll]");
    again = stream_file_hand_on(handed, "c");
    stream_file_assert_holds(again, "x[roll] x[roll]");
}

static void
test_joined(void)
{
    g_autoptr(GBytes) a = stream_file_write("a", "x", "y", NULL),
                      b = stream_file_write("b", "z", NULL);
    g_autoptr(GBytes) aa = stream_file_write("a", "v", "w", NULL), unlike = stream_file_join(a, b),
                      like = stream_file_join(a, aa);
    g_autoptr(GBytes) all = stream_file_join(unlike, like), handed = stream_file_hand_on(all, "c"),
                      same = stream_file_hand_on(like, "c");
    GByteArray *foreign = g_byte_array_new();
    g_autoptr(GBytes) shard = NULL, before = NULL, after = NULL, both = NULL;

    stream_file_assert_holds(all, "x[roll] y[roll] z[roll] x[roll] y[roll] v[roll] w[roll]");
    stream_file_assert_holds(handed, "x[roll] y[roll] z[roll] x[roll] y[roll] v[roll] w[roll]");
    g_assert_cmpuint(
        stream_file_count_text(handed, "\"stages\":[{\"tool\":\"a\"},{\"tool\":\"c\"}]"), ==, 2);
    g_assert_cmpuint(
        stream_file_count_text(handed, "\"stages\":[{\"tool\":\"b\"},{\"tool\":\"c\"}]"), ==, 1);
    /* Streams of one origin become one, and their counts add up. */
    g_assert_cmpuint(stream_file_count_text(same, "assay-stream"), ==, 1);
    g_assert_cmpuint(stream_file_count_text(same, "{\"records\":4,\"samples\":4,\"skipped\":[]}"),
                     ==, 1);

    /* With a foreign tar before, after and between. */
    stream_file_add_text(foreign, "f.jpg", "1");
    shard = stream_file_end(foreign);
    before = stream_file_join(shard, a);
    after = stream_file_join(before, shard);
    stream_file_assert_holds(after, "f[jpg] x[roll] y[roll] f[jpg]");
    both = stream_file_hand_on(after, "c");
    stream_file_assert_holds(both, "f[jpg] x[roll] y[roll] f[jpg]");
    g_assert_cmpuint(stream_file_count_text(both, "assay-stream"), ==, 3);
}

/* Cut at any byte, it never passes for whole before its end record has come. */
static void
test_truncated(void)
{
    g_autoptr(GBytes) bytes = stream_file_write("a", "x", "y", NULL);
    size_t size = g_bytes_get_size(bytes), whole = size - 1024;

    for (size_t cut = 0; cut < size; cut += cut % 512 == 0 || cut % 512 > 508 ? 1 : 101) {
        g_autoptr(GBytes) part = g_bytes_new_from_bytes(bytes, 0, cut);
        g_autofree char *found = stream_file_describe(part);
        gboolean complains = strchr(found, '!') != NULL;

        if (complains != (cut < whole || cut % 512 != 0))
            g_test_fail_printf("cut at %" G_GSIZE_FORMAT ": %s", cut, found);
        if (cut % 512 == 0 && cut >= 512 && cut < whole)
            g_assert_true(g_str_has_suffix(found, "!6")); /* ASSAY_ERROR_TRUNCATED */
    }
}

static GBytes *
records(const char *head, const char *end_record)
{
    GByteArray *tar = g_byte_array_new();

    if (head != NULL)
        stream_file_add_text(tar, "__stream__/head.json", head);
    stream_file_add_text(tar, "x.json", "{}");
    stream_file_add_text(tar, "__stream__/later.json", "of another version");
    if (end_record != NULL)
        stream_file_add_text(tar, "__stream__/end.json", end_record);
    return stream_file_end(tar);
}

static void
assert_records(const char *head, const char *end_record, const char *expected)
{
    g_autoptr(GBytes) bytes = records(head, end_record);

    stream_file_assert_holds(bytes, expected);
}

static void
test_records(void)
{
    const char *good = "{\"records\":1,\"skipped\":[]}";

    assert_records(HEAD, good, "x[]");
    assert_records(NULL, NULL, "x[]");
    assert_records(NULL, good, "x[] !1");
    assert_records(HEAD, NULL, "x[] !6");
    assert_records(HEAD, "{\"records\":2,\"skipped\":[]}", "x[] !1");
    assert_records(HEAD, "{\"records\":0,\"skipped\":[]}", "x[] !1");
    assert_records(HEAD, "{\"skipped\":[]}", "x[] !1");
    assert_records(HEAD, "{\"records\":1}", "x[] !1");
    assert_records(HEAD, "{\"records\":1,\"skipped\":[{\"name\":\"a\"}]}", "x[] !1");
    assert_records(HEAD, "{\"records\":1,\"skipped\":[7]}", "x[] !1");
    assert_records(HEAD, "{\"records\":", "x[] !1");
    assert_records(HEAD, "[]", "x[] !1");
    assert_records("{\"format\":\"assay-stream\",\"version\":2,\"stages\":[]}", good, "!1");
    assert_records("{\"format\":\"other\",\"version\":1,\"stages\":[]}", good, "!1");
    assert_records("{\"version\":1,\"stages\":[]}", good, "!1");
    assert_records("{\"format\":\"assay-stream\",\"version\":1}", good, "!1");
    assert_records("{", good, "!1");
}

/* A head within a segment: the one before it was cut off at a boundary, and another joined on. */
static void
test_head_in_segment(void)
{
    GByteArray *tar = g_byte_array_new();
    g_autoptr(GBytes) bytes = NULL;

    stream_file_add_text(tar, "__stream__/head.json", HEAD);
    stream_file_add_text(tar, "x.json", "{}");
    stream_file_add_text(tar, "__stream__/head.json", HEAD);
    stream_file_add_text(tar, "y.json", "{}");
    stream_file_add_text(tar, "__stream__/end.json", "{\"records\":1,\"skipped\":[]}");
    bytes = stream_file_end(tar);
    stream_file_assert_holds(bytes, "!6");
}

static void
test_garbage(void)
{
    g_autoptr(GBytes) bytes = stream_file_write("a", "x", NULL);
    g_autoptr(GRand) random = g_rand_new_with_seed(4);
    size_t size = g_bytes_get_size(bytes);

    for (int i = 0; i < 500; i++) {
        g_autofree guint8 *data = g_memdup2(g_bytes_get_data(bytes, NULL), size);
        g_autoptr(GBytes) garbled = NULL;
        g_autofree char *found = NULL;

        for (int k = 0; k < 1 + i % 20; k++)
            data[g_rand_int_range(random, 0, (gint32)size)] = (guint8)g_rand_int(random);
        garbled = g_bytes_new(data, size);
        found = stream_file_describe(garbled); /* whatever it says, it says it */
        g_assert_nonnull(found);
    }
    for (size_t length = 0; length < 2000; length += 100) {
        g_autofree char *junk = g_strnfill(length, 'j');
        g_autoptr(GBytes) tail = g_bytes_new(junk, length), longer = stream_file_join(bytes, tail);
        g_autoptr(GBytes) alone = g_bytes_new(junk, length);
        g_autofree char *found = stream_file_describe(alone);

        stream_file_assert_holds(longer, length == 0    ? "x[roll]"
                                         : length < 512 ? "x[roll] !6"
                                                        : "x[roll] !1");
        g_assert_true(found[0] == '!');
    }
}

static void
test_limit(void)
{
    g_autoptr(GBytes) bytes = stream_file_write("a", "x", NULL);
    g_autoptr(AssayReader) reader = stream_file_read(bytes, 1300);
    g_autoptr(AssaySample) sample = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_reader_next(reader, &sample, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_nonnull(strstr(error->message, "--max-sample"));
}

static void
test_sniff(void)
{
    g_autoptr(GBytes) bytes = stream_file_write("a", "x", NULL);
    const guint8 *data = g_bytes_get_data(bytes, NULL);
    static const guint8 gzip[] = { 0x1f, 0x8b }, zeros[512];

    g_assert_true(assay_stream_sniff(data, 512));
    g_assert_false(assay_stream_sniff(data, 261));
    g_assert_true(assay_stream_sniff(gzip, 2));
    g_assert_false(assay_stream_sniff(zeros, 512));
    g_assert_false(assay_stream_sniff(NULL, 0));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/stream/round-trip", test_round_trip);
    g_test_add_func("/stream/locale", test_locale);
    g_test_add_func("/stream/long-names", test_long_names);
    g_test_add_func("/stream/foreign", test_foreign);
    g_test_add_func("/stream/bad-names", test_bad_names);
    g_test_add_func("/stream/duplicates", test_duplicates);
    g_test_add_func("/stream/joined", test_joined);
    g_test_add_func("/stream/truncated", test_truncated);
    g_test_add_func("/stream/records", test_records);
    g_test_add_func("/stream/head-in-segment", test_head_in_segment);
    g_test_add_func("/stream/garbage", test_garbage);
    g_test_add_func("/stream/limit", test_limit);
    g_test_add_func("/stream/sniff", test_sniff);
    return g_test_run();
}
