/* tests/unit/test-source.c - files, arrays and streams as one sequence of samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stream/source.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "file-tree.h"
#include "stream-file.h"

/* A medium of texts that begin with "TEXT"; "TEXT bad" cannot be decoded. */
static gboolean
text_sniff(const void *data, size_t size)
{
    return size >= 4 && memcmp(data, "TEXT", 4) == 0;
}

static gboolean
text_decode(AssaySample *sample, GBytes *bytes, size_t max_bytes, GError **error)
{
    size_t size;
    const char *data = g_bytes_get_data(bytes, &size);

    (void)max_bytes;
    if (size < 4 || (size >= 8 && memcmp(data, "TEXT bad", 8) == 0)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "byte 5: bad");
        return FALSE;
    }
    assay_sample_take_field(sample, "text", stream_file_count("time", (int)size), NULL);
    return TRUE;
}

static const char *const text_suffixes[] = { ".txt", NULL };
static const AssayMedium text_medium = { "TEXT", text_suffixes, text_sniff, text_decode };
static const AssayMedium *const media[] = { &text_medium, NULL };

static void
write_file(const char *path, const void *data, size_t size)
{
    g_autoptr(GError) error = NULL;

    g_file_set_contents(path, data, (gssize)size, &error);
    g_assert_no_error(error);
}

static void
write_npy(const char *path, const char *header, const void *data, size_t size)
{
    g_autoptr(GBytes) npy = stream_file_npy(header, data, size);

    write_file(path, g_bytes_get_data(npy, NULL), g_bytes_get_size(npy));
}

/* What arrives, in words: "x[text]", "x[array]{0+2}", "file!code: message", "^name" for a skip of
 * an end record; "!!code" for what ends it all. Operands and axes are parted by blanks and commas.
 */
static char *
read_all(const char *operands, const char *axes, size_t max_bytes)
{
    g_auto(GStrv) list = g_strsplit(operands, " ", -1);
    g_auto(GStrv) names = axes == NULL ? NULL : g_strsplit(axes, ",", -1);
    const AssaySourceConfig config = {
        .operands = (const char *const *)list,
        .media = media,
        .streams = TRUE,
        .array_axes = (const char *const *)names,
        .array_hint = "name the axes",
        .max_bytes = max_bytes,
    };
    g_autoptr(AssaySource) source = assay_source_new(&config);
    GString *text = g_string_new(NULL);

    for (;;) {
        g_autoptr(AssayArrival) arrival = NULL;
        g_autoptr(GError) error = NULL;
        AssayMember member;

        if (!assay_source_next(source, &arrival, &error)) {
            g_string_append_printf(text, "!!%d ", error->code);
            break;
        }
        if (arrival == NULL)
            break;
        g_assert_cmpuint(assay_arrival_bytes(arrival), >, 0);
        if (arrival->upstream != NULL) {
            g_string_append_printf(text, "^%s ", arrival->upstream->name);
            continue;
        }
        if (arrival->fault != NULL || !assay_arrival_open(arrival, &arrival->fault)) {
            g_string_append_printf(text, "%s!%d: %s\n", arrival->name, arrival->fault->code,
                                   arrival->fault->message);
            continue;
        }
        g_string_append_printf(text, "%s[", assay_sample_name(arrival->sample));
        for (size_t i = 0; assay_sample_member(arrival->sample, i, &member); i++)
            g_string_append_printf(text, "%s%s", i > 0 ? "," : "", member.suffix);
        g_string_append_c(text, ']');
        if (assay_sample_has_items(arrival->sample))
            g_string_append_printf(text, "{%" G_GSIZE_FORMAT "+%" G_GSIZE_FORMAT "}",
                                   assay_sample_item_start(arrival->sample),
                                   assay_sample_n_items(arrival->sample));
        g_string_append_c(text, ' ');
    }
    g_strchomp(text->str);
    return g_string_free(text, FALSE);
}

static void
assert_reads(const char *operands, const char *axes, const char *expected)
{
    g_autofree char *found = read_all(operands, axes, ASSAY_MAX_SAMPLE);

    g_assert_cmpstr(found, ==, expected);
}

static void
test_media(void)
{
    write_file("a.txt", "TEXT", 4);
    write_file("b.dat", "TEXT good", 9); /* known by its bytes */
    write_file("c.txt", "oops", 3);      /* known by its name, and wrong */
    write_file("d.txt", "TEXT bad", 8);
    write_file("e.dat", "other", 5);
    write_file("f.dat", "", 0);
    write_file("g.txt", "", 0);
    write_file("h.txt", "<HTML>", 6);
    write_file("i.txt", "<htm", 4);
    assert_reads("a.txt b.dat", NULL, "a[text.npy] b[text.npy]");
    assert_reads("c.txt", NULL, "c!1: c.txt: byte 5: bad");
    assert_reads("d.txt a.txt", NULL, "d!1: d.txt: byte 5: bad\na[text.npy]");
    assert_reads("e.dat", NULL, "e!1: e.dat: is no TEXT or sample stream");
    assert_reads("e.dat", "time", "e!1: e.dat: is no TEXT or .npy or sample stream");
    assert_reads("f.dat", NULL, "f!6: f.dat: is empty");
    assert_reads("g.txt", NULL, "g!1: g.txt: byte 5: bad");
    assert_reads("h.txt", NULL,
                 "h!1: h.txt: is no TEXT or sample stream but a page of the web, as a failed "
                 "download leaves one");
    assert_reads("i.txt", NULL, "i[text.npy]");
    assert_reads("none.txt", NULL, "none!0: none.txt: cannot open: No such file or directory");
}

static void
test_source_meta(void)
{
    const char *const operands[] = { "s.txt", NULL };
    const AssaySourceConfig config = {
        .operands = operands, .media = media, .streams = TRUE, .max_bytes = 100
    };
    g_autoptr(AssaySource) source = NULL;
    g_autoptr(AssayArrival) arrival = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    write_file("s.txt", "TEXT", 4);
    source = assay_source_new(&config);
    g_assert_cmpuint(assay_source_n_files(source), ==, 1);
    g_assert_true(assay_source_next(source, &arrival, &error));
    g_assert_true(assay_arrival_open(arrival, &error));
    assay_json_print(text, assay_sample_source(arrival->sample));
    g_assert_cmpstr(text->str, ==,
                    "{\"format\":\"TEXT\",\"path\":\"s.txt\",\"sha256\":"
                    "\"e4ba216b53e675d3ce45a8584de79ecc013718ef83ebd53f29d47d97af594386\"}");
}

#define U8(order, shape) "{'descr': '|u1', 'fortran_order': " order ", 'shape': " shape ", }\n"

static void
test_arrays(void)
{
    static const guint8 values[] = { 0, 1, 2, 3, 4, 5 };

    write_npy("c.npy", U8("False", "(3, 2)"), values, 6);
    write_npy("f.npy", U8("True", "(3, 2)"), values, 6);
    write_npy("none.npy", U8("False", "(0, 2)"), "", 0);
    write_npy("hollow.npy", U8("False", "(1000000000000, 0)"), "", 0);
    write_npy("short.npy", U8("False", "(4, 2)"), values, 6);
    write_npy("long.npy", U8("False", "(2, 2)"), values, 6);
    write_npy("lies.npy", U8("False", "(1000000000000, 2)"), values, 6);
    write_npy("object.npy", "{'descr': '|O', 'fortran_order': False, 'shape': (3, 2), }\n", values,
              6);
    assert_reads("c.npy", "time,pitch", "c[array.npy]");
    assert_reads("c.npy", "item,time", "c[array.npy]{0+3}");
    assert_reads("f.npy", "item,time", "f[array.npy]{0+3}");
    assert_reads("none.npy", "item,time", "none[array.npy]{0+0}");
    assert_reads("c.npy", NULL, "c!7: c.npy: is an array of 2 axes; name the axes");
    assert_reads("c.npy", "item,pitch,time",
                 "c!2: c.npy: has 2 axes, --axes names 3 (item,pitch,time)");
    assert_reads("hollow.npy", "item,time",
                 "hollow!1: hollow.npy: has 1000000000000 items, and no value in them");
    assert_reads("hollow.npy", "time,pitch", "hollow[array.npy]");
    assert_reads("short.npy", "item,time",
                 "short!6: short.npy: its header promises 8 bytes of values, 6 are there");
    assert_reads("long.npy", "item,time",
                 "long!1: long.npy: bytes follow its last value, from byte 74 on");
    assert_reads("lies.npy", "time,pitch",
                 "lies!4: lies.npy: a sample would take 2000000000000 bytes; --max-sample raises "
                 "the limit");
    assert_reads("lies.npy", "item,pitch",
                 "lies!6: lies.npy: its header promises 2000000000000 bytes of values, 6 are "
                 "there");
    assert_reads("object.npy c.npy", "item,time",
                 "object!1: object.npy: holds Python objects; save it as numbers, as in "
                 "numpy.save(f, a.astype(\"float32\"))\nc[array.npy]{0+3}");
}

/* Fortran order makes no difference to what is in it. */
static void
test_fortran(void)
{
    static const guint8 values[] = { 0, 1, 2, 3, 4, 5 };
    const char *const operands[] = { "t.npy", NULL }, *const axes[] = { "item", "time", NULL };
    const AssaySourceConfig config = { .operands = operands, .array_axes = axes, .max_bytes = 100 };
    g_autoptr(AssaySource) source = NULL;
    g_autoptr(AssayArrival) arrival = NULL;
    g_autoptr(GError) error = NULL;
    const AssayArray *array;

    write_npy("t.npy", U8("True", "(3, 2)"), values, 6);
    source = assay_source_new(&config);
    g_assert_true(assay_source_next(source, &arrival, &error));
    array = assay_sample_field(arrival->sample, "array", &error);
    g_assert_no_error(error);
    g_assert_cmpint(memcmp(array->data, "\0\3\1\4\2\5", 6), ==, 0);
    g_assert_cmpstr(array->axes[0], ==, "item");
}

/* An array of items comes in pieces of at most 1 MiB, and all of its items come. */
static void
test_pieces(void)
{
    enum { ITEM = 15 << 15 };
    g_autofree char *zeros = g_malloc0((size_t)5 * ITEM);

    zeros[4 * (size_t)ITEM] = 1;
    write_npy("p.npy", U8("False", "(5, 491520)"), zeros, (size_t)5 * ITEM);
    assert_reads("p.npy", "item,time", "p[array.npy]{0+2} p[array.npy]{2+2} p[array.npy]{4+1}");
    g_unlink("p.npy");
}

static void
test_limits(void)
{
    static const guint8 values[6];
    g_autofree char *item = NULL, *whole = NULL, *fortran = NULL, *text = NULL;

    write_npy("l.npy", U8("False", "(3, 2)"), values, 6);
    write_npy("m.npy", U8("True", "(3, 2)"), values, 6);
    write_file("l.txt", "TEXT is too long", 16);
    item = read_all("l.npy", "item,time", 2);
    g_assert_cmpstr(item, ==, "l[array.npy]{0+1} l[array.npy]{1+1} l[array.npy]{2+1}");
    whole = read_all("l.npy", "time,pitch", 5);
    g_assert_cmpstr(whole, ==,
                    "l!4: l.npy: a sample would take 6 bytes; --max-sample raises the limit");
    fortran = read_all("m.npy", "item,time", 5);
    g_assert_cmpstr(fortran, ==,
                    "m!4: m.npy: a sample would take 6 bytes; --max-sample raises the limit");
    text = read_all("l.txt l.npy", "item,time", 10);
    g_assert_true(g_str_has_prefix(text, "l!4: l.txt: is larger than 10 bytes"));
    g_assert_true(g_str_has_suffix(text, "l_npy[array.npy]{0+3}"));
}

/* Skips of an end record come after the samples of their segment and before those of the next. */
static void
test_streams(void)
{
    StreamFile *file = stream_file_new("a"), *other = stream_file_new("b");
    AssaySkip *skip = assay_skip_new("p", "p: no", FALSE);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) first = NULL, second = NULL;
    g_autoptr(GByteArray) joined = g_byte_array_new();

    for (int i = 0; i < 2; i++) {
        StreamFile *to = i == 0 ? file : other;
        g_autoptr(AssaySample) sample =
            stream_file_sample(i == 0 ? "x" : "y", "roll", stream_file_count("time,pitch", 2, 3));

        if (!assay_writer_put(to->writer, sample, &error))
            g_assert_no_error(error);
        assay_writer_skip(to->writer, skip);
    }
    assay_skip_free(skip);
    first = stream_file_finish(file);
    second = stream_file_finish(other);
    g_byte_array_append(joined, g_bytes_get_data(first, NULL), (guint)g_bytes_get_size(first));
    g_byte_array_append(joined, g_bytes_get_data(second, NULL), (guint)g_bytes_get_size(second));
    write_file("j.tar", joined->data, joined->len);
    write_file("half.tar", joined->data, g_bytes_get_size(first) / 2 / 512 * 512);
    assert_reads("j.tar a.txt", NULL, "x[roll.npy] ^p y[roll.npy] ^p a[text.npy]");
    /* A stream that breaks ends it all. */
    assert_reads("a.txt half.tar a.txt", NULL, "a[text.npy] !!6");
}

static char *folder;

int
main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    folder = g_dir_make_tmp("assay-test-XXXXXX", NULL);
    g_assert_cmpint(chdir(folder), ==, 0);
    g_test_add_func("/source/media", test_media);
    g_test_add_func("/source/meta", test_source_meta);
    g_test_add_func("/source/arrays", test_arrays);
    g_test_add_func("/source/fortran", test_fortran);
    g_test_add_func("/source/pieces", test_pieces);
    g_test_add_func("/source/limits", test_limits);
    g_test_add_func("/source/streams", test_streams);
    status = g_test_run();
    file_tree_remove(folder);
    g_free(folder);
    return status;
}
