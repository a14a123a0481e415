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
put(StreamFile *file, AssaySample *sample)
{
    g_autoptr(GError) error = NULL;

    if (!assay_writer_put(file->writer, sample, &error))
        g_assert_no_error(error);
}

static void
put_new(StreamFile *file, const char *name)
{
    g_autoptr(AssaySample) sample =
        stream_file_sample(name, "roll", stream_file_count("time,pitch", 2, 3));

    put(file, sample);
}

/* A stream of these samples, ended by NULL, as a program called @tool writes it. */
static GBytes *
write_stream(const char *tool, ...)
{
    StreamFile *file = stream_file_new(tool);
    const char *name;
    va_list args;

    va_start(args, tool);
    while ((name = va_arg(args, const char *)) != NULL)
        put_new(file, name);
    va_end(args);
    return stream_file_finish(file);
}

/* Reads @bytes and writes what comes, as a program that adds nothing but its name; without one it
 * leaves no trace. */
static GBytes *
hand_on(GBytes *bytes, const char *tool)
{
    g_autoptr(AssayReader) reader = stream_file_read(bytes, ASSAY_MAX_SAMPLE);
    StreamFile *file = stream_file_new(tool);

    for (;;) {
        g_autoptr(AssaySample) sample = stream_file_next(reader);
        g_autoptr(GPtrArray) skips = assay_reader_take_skips(reader);

        if (sample != NULL)
            put(file, sample);
        for (guint i = 0; i < skips->len; i++)
            assay_writer_skip(file->writer, skips->pdata[i]);
        if (sample == NULL)
            return stream_file_finish(file);
    }
}

static GBytes *
join(GBytes *a, GBytes *b)
{
    GByteArray *both = g_byte_array_new();

    g_byte_array_append(both, g_bytes_get_data(a, NULL), (guint)g_bytes_get_size(a));
    g_byte_array_append(both, g_bytes_get_data(b, NULL), (guint)g_bytes_get_size(b));
    return g_byte_array_free_to_bytes(both);
}

static void
assert_holds(GBytes *bytes, const char *expected)
{
    g_autofree char *found = stream_file_describe(bytes);

    g_assert_cmpstr(found, ==, expected);
}

static void
assert_members(GBytes *bytes, const char *expected)
{
    g_autofree char *found = stream_file_members(bytes);

    g_assert_cmpstr(found, ==, expected);
}

/* How often @text occurs in @bytes. */
static guint
count_text(GBytes *bytes, const char *text)
{
    size_t size, n = strlen(text);
    const char *data = g_bytes_get_data(bytes, &size);
    guint count = 0;

    for (size_t i = 0; i + n <= size; i++)
        count += memcmp(data + i, text, n) == 0;
    return count;
}

static void
test_round_trip(void)
{
    g_autoptr(GBytes) first = write_stream("a", "x", "y/z", NULL), again = hand_on(first, NULL);
    g_autoptr(GBytes) twice = write_stream("a", "x", "y/z", NULL), further = hand_on(first, "b");

    assert_holds(first, "x[roll] y/z[roll]");
    assert_members(first, "__stream__/head.json\nx.json\nx.roll.npy\ny/z.json\ny/z.roll.npy\n"
                          "__stream__/end.json\n");
    g_assert_true(g_bytes_equal(first, again));
    g_assert_true(g_bytes_equal(first, twice));
    g_assert_cmpuint(g_bytes_get_size(first) % 512, ==, 0);
    g_assert_cmpuint(count_text(further, "\"stages\":[{\"tool\":\"a\"},{\"tool\":\"b\"}]"), ==, 1);
    assert_holds(further, "x[roll] y/z[roll]");
}

/* Neither the locale nor its lack changes a byte. */
static void
test_locale(void)
{
    static const char name[] = "Pr\xc3\xa4ludium \xe2\x99\xad/\xf0\x9d\x84\x9e";
    g_autofree char *before = g_strdup(setlocale(LC_ALL, NULL));
    g_autoptr(GBytes) here = NULL, there = NULL;

    setlocale(LC_ALL, "C");
    here = write_stream("a", name, NULL);
    if (setlocale(LC_ALL, "C.UTF-8") == NULL)
        g_test_message("there is no C.UTF-8 here");
    there = write_stream("a", name, NULL);
    g_assert_true(g_bytes_equal(here, there));
    g_assert_cmpuint(count_text(here, name), >=, 1);
    assert_holds(there, "Pr\xc3\xa4ludium \xe2\x99\xad/\xf0\x9d\x84\x9e[roll]");
    setlocale(LC_ALL, "C");
    assert_holds(there, "Pr\xc3\xa4ludium \xe2\x99\xad/\xf0\x9d\x84\x9e[roll]");
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
        bytes = write_stream("a", name->str, NULL);
        expected = g_strdup_printf("%s[roll]", name->str);
        assert_holds(bytes, expected);
        again = hand_on(bytes, NULL);
        g_assert_true(g_bytes_equal(bytes, again));
        g_string_free(name, TRUE);
    }
}

static GBytes *
end(GByteArray *tar)
{
    stream_file_end(tar);
    return g_byte_array_free_to_bytes(tar);
}

/* A WebDataset shard: members that are no arrays, arrays in any form, metadata of their own. */
static void
test_foreign(void)
{
    g_autoptr(GBytes) fortran = stream_file_npy(
        "{'descr': '>f2', 'fortran_order': True, 'shape': (2, 1), }\n", "abcd", 4);
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
    bytes = end(tar);
    assert_holds(bytes, "000/a[b.jpg,array] 000/b%25[cls] __c__d/e[cls] f/g/h/i[cls]");
    ours = hand_on(bytes, "a");
    assert_members(ours, "__stream__/head.json\n000/a.json\n000/a.b.jpg\n000/a.npy\n"
                         "000/b%25.json\n000/b%25.cls\n__c__d/e.json\n__c__d/e.cls\nf/g/h/i.json\n"
                         "f/g/h/i.cls\n__stream__/end.json\n");
    g_assert_cmpuint(count_text(ours, "JPEG \1\2"), ==, 1);
    g_assert_cmpuint(count_text(ours, "'descr': '>f2', 'fortran_order': True"), ==, 1);
    g_assert_cmpuint(count_text(ours, "{\"fields\":{},\"label\":1.5}"), ==, 1);
    again = hand_on(ours, NULL); /* names are escaped once */
    g_assert_true(g_bytes_equal(ours, again));
}

static void
test_bad_names(void)
{
    GByteArray *foreign = g_byte_array_new(), *own = g_byte_array_new();
    g_autoptr(GBytes) bytes = NULL, ours = NULL;

    stream_file_add_text(foreign, "a\nb\xff.x", "");
    stream_file_add_text(foreign, "\xc2\x9b" "c.x", ""); /* a control that terminals obey */
    bytes = end(foreign);
    assert_holds(bytes, "a%0Ab%FF[x] %C2%9Bc[x]");

    stream_file_add_text(own, "__stream__/head.json", HEAD);
    stream_file_add_text(own, "a\nb\xff%0A.json", "{}");
    stream_file_add_text(own, "../../etc/x.json", "{}");
    stream_file_add_text(own, "__stream__/end.json", "{\"records\":2,\"skipped\":[]}");
    ours = end(own);
    assert_holds(ours, "a%0Ab%FF%0A[] etc/x[]");
}

static void
test_duplicates(void)
{
    GByteArray *tar = g_byte_array_new();
    g_autoptr(GBytes) bytes = NULL, one = write_stream("a", "x", NULL), two = join(one, one);
    g_autoptr(GBytes) handed = NULL, again = NULL;

    stream_file_add_text(tar, "a.jpg", "1");
    stream_file_add_text(tar, "a.jpg", "2");
    bytes = end(tar);
    assert_holds(bytes, "!1");

    /* Two streams with a sample of one name, joined, stay two samples. */
    assert_holds(two, "x[roll] x[roll]");
    handed = hand_on(two, "b");
    assert_holds(handed, "x[roll] x[roll]");
    again = hand_on(handed, "c");
    assert_holds(again, "x[roll] x[roll]");
}

static void
test_joined(void)
{
    g_autoptr(GBytes) a = write_stream("a", "x", "y", NULL), b = write_stream("b", "z", NULL);
    g_autoptr(GBytes) aa = write_stream("a", "v", "w", NULL), unlike = join(a, b), like = join(a, aa);
    g_autoptr(GBytes) all = join(unlike, like), handed = hand_on(all, "c"), same = hand_on(like, "c");
    GByteArray *foreign = g_byte_array_new();
    g_autoptr(GBytes) shard = NULL, before = NULL, after = NULL, both = NULL;

    assert_holds(all, "x[roll] y[roll] z[roll] x[roll] y[roll] v[roll] w[roll]");
    assert_holds(handed, "x[roll] y[roll] z[roll] x[roll] y[roll] v[roll] w[roll]");
    g_assert_cmpuint(count_text(handed, "\"stages\":[{\"tool\":\"a\"},{\"tool\":\"c\"}]"), ==, 2);
    g_assert_cmpuint(count_text(handed, "\"stages\":[{\"tool\":\"b\"},{\"tool\":\"c\"}]"), ==, 1);
    /* Streams of one origin become one, and their counts add up. */
    g_assert_cmpuint(count_text(same, "assay-stream"), ==, 1);
    g_assert_cmpuint(count_text(same, "{\"records\":4,\"samples\":4,\"skipped\":[]}"), ==, 1);

    /* With a foreign tar before, after and between. */
    stream_file_add_text(foreign, "f.jpg", "1");
    shard = end(foreign);
    before = join(shard, a);
    after = join(before, shard);
    assert_holds(after, "f[jpg] x[roll] y[roll] f[jpg]");
    both = hand_on(after, "c");
    assert_holds(both, "f[jpg] x[roll] y[roll] f[jpg]");
    g_assert_cmpuint(count_text(both, "assay-stream"), ==, 3);
}

/* Cut at any byte, it never passes for whole before its end record has come. */
static void
test_truncated(void)
{
    g_autoptr(GBytes) bytes = write_stream("a", "x", "y", NULL);
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
    return end(tar);
}

static void
assert_records(const char *head, const char *end_record, const char *expected)
{
    g_autoptr(GBytes) bytes = records(head, end_record);

    assert_holds(bytes, expected);
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
    bytes = end(tar);
    assert_holds(bytes, "!6");
}

static void
test_garbage(void)
{
    g_autoptr(GBytes) bytes = write_stream("a", "x", NULL);
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
        g_autoptr(GBytes) tail = g_bytes_new(junk, length), longer = join(bytes, tail);
        g_autoptr(GBytes) alone = g_bytes_new(junk, length);
        g_autofree char *found = stream_file_describe(alone);

        assert_holds(longer, length == 0    ? "x[roll]"
                             : length < 512 ? "x[roll] !6"
                                            : "x[roll] !1");
        g_assert_true(found[0] == '!');
    }
}

static void
test_skips(void)
{
    StreamFile *file = stream_file_new("a");
    g_autoptr(GBytes) bytes = NULL, more = NULL, both = NULL, handed = NULL;
    g_autoptr(AssayReader) reader = NULL;
    g_autoptr(GPtrArray) none = NULL, skips = NULL;
    g_autoptr(AssaySample) first = NULL, last = NULL;
    AssaySkip *a = assay_skip_new("p/a", "p/a: byte 4: no", FALSE);
    AssaySkip *b = assay_skip_new("p/b", "p/b: \"quoted\"", TRUE);

    put_new(file, "x");
    assay_writer_skip(file->writer, a);
    assay_writer_skip(file->writer, b);
    bytes = stream_file_finish(file);
    more = write_stream("a", "y", NULL);
    both = join(bytes, more);
    assay_skip_free(a);
    assay_skip_free(b);

    reader = stream_file_read(both, ASSAY_MAX_SAMPLE);
    first = stream_file_next(reader);
    skips = assay_reader_take_skips(reader);
    g_assert_cmpuint(skips->len, ==, 2);
    if (skips->len == 2) {
        g_assert_cmpstr(((AssaySkip *)skips->pdata[0])->name, ==, "p/a");
        g_assert_false(((AssaySkip *)skips->pdata[0])->accepted);
        g_assert_cmpstr(((AssaySkip *)skips->pdata[1])->reason, ==, "p/b: \"quoted\"");
        g_assert_true(((AssaySkip *)skips->pdata[1])->accepted);
    }
    last = stream_file_next(reader);
    g_assert_cmpstr(assay_sample_name(last), ==, "y");
    g_assert_null(stream_file_next(reader));
    none = assay_reader_take_skips(reader);
    g_assert_cmpuint(none->len, ==, 0);

    handed = hand_on(both, "b");
    g_assert_cmpuint(count_text(handed, "p/a: byte 4: no"), ==, 1);
    g_assert_cmpuint(count_text(handed, "\"accepted\":true"), ==, 1);
    assert_holds(handed, "x[roll] y[roll]");
}

/* No sample at all, and still a head and an end that tells of what was skipped. */
static void
test_empty(void)
{
    StreamFile *file = stream_file_new("a");
    AssaySkip *skip = assay_skip_new("a", "a: no", FALSE);
    g_autoptr(GBytes) bytes = NULL;

    assay_writer_skip(file->writer, skip);
    assay_skip_free(skip);
    bytes = stream_file_finish(file);
    assert_members(bytes, "__stream__/head.json\n__stream__/end.json\n");
    assert_holds(bytes, "");
}

static void
test_only(void)
{
    static const char *const only[] = { "chroma", NULL };
    GByteArray *tar = g_byte_array_new();
    g_autoptr(GBytes) bytes = NULL, written = NULL;
    g_autoptr(AssayReader) reader = NULL;
    g_autoptr(AssaySample) sample = NULL;
    StreamFile *file = stream_file_new("a");

    stream_file_add_text(tar, "x.jpg", "picture");
    stream_file_add_text(tar, "x.json", "{\"fields\":{\"roll\":{}},\"source\":{\"path\":\"x\"}}");
    bytes = end(tar);
    reader = stream_file_read(bytes, ASSAY_MAX_SAMPLE);
    sample = stream_file_next(reader);
    assay_sample_take_field(sample, "roll", stream_file_count("time,pitch", 2, 3), NULL);
    assay_sample_take_field(sample, "chroma", stream_file_count("time,class", 2, 12), NULL);
    assay_writer_only(file->writer, only);
    put(file, sample);
    written = stream_file_finish(file);
    assert_holds(written, "x[chroma]");
    g_assert_cmpuint(count_text(written, "roll"), ==, 0);
    g_assert_cmpuint(count_text(written, "\"source\":{\"path\":\"x\"}"), ==, 1);
}

static AssaySample *
new_piece(const char *name, size_t start, int count)
{
    AssaySample *sample =
        stream_file_sample(name, "array", stream_file_count("item,row", count, 3));

    assay_sample_take_field(sample, "weights", stream_file_count("row", 3), NULL);
    assay_sample_set_items(sample, start, (size_t)count);
    return sample;
}

/* Pieces that come one after the other are numbered on, and count as one sample. */
static void
test_pieces(void)
{
    static const struct {
        const char *name;
        size_t start;
        int count;
    } pieces[] = { { "x", 0, 2 }, { "x", 2, 3 }, { "x", 5, 1 }, { "y", 0, 1 }, { "y", 0, 0 } };
    StreamFile *file = stream_file_new("a");
    g_autoptr(GBytes) bytes = NULL, again = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(AssaySample) piece =
            new_piece(pieces[i].name, pieces[i].start, pieces[i].count);

        put(file, piece);
    }
    bytes = stream_file_finish(file);
    assert_members(bytes,
                   "__stream__/head.json\nx/000000.json\nx/000000.array.npy\nx/000000.weights.npy\n"
                   "x/000001.json\nx/000001.array.npy\nx/000001.weights.npy\nx/000002.json\n"
                   "x/000002.array.npy\nx/000002.weights.npy\ny/000000.json\ny/000000.array.npy\n"
                   "y/000000.weights.npy\n__stream__/end.json\n" /* then another sample "y" */
                   "__stream__/head.json\ny/000000.json\ny/000000.array.npy\n"
                   "y/000000.weights.npy\n__stream__/end.json\n");
    assert_holds(bytes, "x[array,weights]{0+2} x[array,weights]{2+3} x[array,weights]{5+1} "
                        "y[array,weights]{0+1} y[array,weights]{0+0}");
    g_assert_cmpuint(count_text(bytes, "{\"records\":4,\"samples\":2,\"skipped\":[]}"), ==, 1);
    again = hand_on(bytes, NULL);
    g_assert_true(g_bytes_equal(bytes, again));
}

/* Items of 40 MiB: more than a piece holds, so each is one; cut where the sample comes whole. */
static void
test_large_items(void)
{
    const size_t shape[] = { 3, (size_t)40 << 20 };
    static const char *const axes[] = { "item", "row", NULL };
    g_autoptr(GError) error = NULL;
    AssayArray *array = assay_array_new(ASSAY_U8, 2, shape, axes, G_MAXSIZE, &error);
    g_autoptr(AssaySample) sample = NULL;
    g_autoptr(AssayReader) reader = NULL;
    g_autoptr(GBytes) bytes = NULL;
    StreamFile *file = stream_file_new("a");

    for (size_t i = 0; i < 3; i++)
        memset((guint8 *)array->data + i * shape[1], (int)i + 1, 100);
    sample = stream_file_sample("x", "array", array);
    assay_sample_set_items(sample, 0, 3);
    put(file, sample);
    bytes = stream_file_finish(file);
    assert_members(bytes, "__stream__/head.json\nx/000000.json\nx/000000.array.npy\nx/000001.json\n"
                          "x/000001.array.npy\nx/000002.json\nx/000002.array.npy\n"
                          "__stream__/end.json\n");
    reader = stream_file_read(bytes, ASSAY_MAX_SAMPLE);
    for (size_t i = 0; i < 3; i++) {
        g_autoptr(AssaySample) piece = stream_file_next(reader);
        const AssayArray *found = assay_sample_field(piece, "array", &error);

        g_assert_no_error(error);
        g_assert_cmpuint(assay_sample_item_start(piece), ==, i);
        g_assert_cmpuint(found->shape[0], ==, 1);
        g_assert_cmpuint(((guint8 *)found->data)[99], ==, i + 1);
        g_assert_cmpuint(((guint8 *)found->data)[100], ==, 0);
    }
    g_assert_null(stream_file_next(reader));
}

/* However many items metadata claim, they are written once. */
static void
test_hollow_items(void)
{
    g_autoptr(AssaySample) sample = new_piece("x", 0, 0);
    StreamFile *file = stream_file_new("a");
    g_autoptr(GBytes) bytes = NULL;

    assay_sample_remove_field(sample, "array");
    assay_sample_set_items(sample, 0, (size_t)1 << 60);
    put(file, sample);
    bytes = stream_file_finish(file);
    assert_holds(bytes, "x[weights]{0+1152921504606846976}");
}

static void
test_unequal_items(void)
{
    g_autoptr(AssaySample) sample = new_piece("x", 0, 2);
    g_autoptr(GError) error = NULL;
    StreamFile *file = stream_file_new("a");
    g_autoptr(GBytes) bytes = NULL;

    assay_sample_take_field(sample, "more", stream_file_count("item", 3), NULL);
    g_assert_false(assay_writer_put(file->writer, sample, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
    bytes = stream_file_finish(file);
}

static void
test_limit(void)
{
    g_autoptr(GBytes) bytes = write_stream("a", "x", NULL);
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
    g_autoptr(GBytes) bytes = write_stream("a", "x", NULL);
    const guint8 *data = g_bytes_get_data(bytes, NULL);
    static const guint8 gzip[] = { 0x1f, 0x8b }, zeros[512];

    g_assert_true(assay_stream_sniff(data, 512));
    g_assert_false(assay_stream_sniff(data, 261));
    g_assert_true(assay_stream_sniff(gzip, 2));
    g_assert_false(assay_stream_sniff(zeros, 512));
    g_assert_false(assay_stream_sniff(NULL, 0));
}

/* A disk that fills up is an error, at once or at the close, and never a crash or a leak. */
static void
test_full_disk(void)
{
    for (int n = 1; n < 60; n += 29) {
        g_autoptr(GError) error = NULL;
        AssayOutput *output = assay_output_open("/dev/full", &error);
        g_autoptr(AssayWriter) writer = NULL;
        gboolean written = TRUE;

        if (output == NULL) {
            g_test_skip("there is no /dev/full");
            return;
        }
        writer = assay_writer_new(output, NULL);
        for (int i = 0; i < n && written; i++) {
            g_autoptr(AssaySample) sample =
                stream_file_sample("x", "roll", stream_file_count("time,pitch", 100, 128));

            written = assay_writer_put(writer, sample, &error);
        }
        g_assert_false(written && assay_writer_close(writer, &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
        g_assert_nonnull(strstr(error->message, "No space left"));
    }
}

/* A writer that is dropped leaves nothing behind, in the middle of a large member as well. */
static void
test_dropped(void)
{
    StreamFile *file = stream_file_new("a");

    put_new(file, "x");
    assay_writer_free(file->writer);
    g_assert_false(g_file_test(file->path, G_FILE_TEST_EXISTS));
    g_assert_cmpint(g_rmdir(file->folder), ==, 0); /* nothing is left in it */
    g_free(file->path);
    g_free(file->folder);
    g_free(file);
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
    g_test_add_func("/stream/skips", test_skips);
    g_test_add_func("/stream/empty", test_empty);
    g_test_add_func("/stream/only", test_only);
    g_test_add_func("/stream/pieces", test_pieces);
    g_test_add_func("/stream/large-items", test_large_items);
    g_test_add_func("/stream/hollow-items", test_hollow_items);
    g_test_add_func("/stream/unequal-items", test_unequal_items);
    g_test_add_func("/stream/limit", test_limit);
    g_test_add_func("/stream/sniff", test_sniff);
    g_test_add_func("/stream/full-disk", test_full_disk);
    g_test_add_func("/stream/dropped", test_dropped);
    return g_test_run();
}
