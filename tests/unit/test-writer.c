/* tests/unit/test-writer.c - pieces, what is left out, and a disk that is full.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <glib/gstdio.h>
#include <string.h>

#include "stream-file.h"

static AssaySample *
new_piece(const char *name, size_t start, int count)
{
    AssaySample *sample =
        stream_file_sample(name, "array", stream_file_count("item,row", count, 3));

    assay_sample_take_field(sample, "weights", stream_file_count("row", 3), NULL);
    assay_sample_set_items(sample, start, (size_t)count);
    return sample;
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

    stream_file_put_new(file, "x");
    assay_writer_skip(file->writer, a);
    assay_writer_skip(file->writer, b);
    bytes = stream_file_finish(file);
    more = stream_file_write("a", "y", NULL);
    both = stream_file_join(bytes, more);
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

    handed = stream_file_hand_on(both, "b");
    g_assert_cmpuint(stream_file_count_text(handed, "p/a: byte 4: no"), ==, 1);
    g_assert_cmpuint(stream_file_count_text(handed, "\"accepted\":true"), ==, 1);
    stream_file_assert_holds(handed, "x[roll] y[roll]");
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
    stream_file_assert_members(bytes, "__stream__/head.json\n__stream__/end.json\n");
    stream_file_assert_holds(bytes, "");
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
    bytes = stream_file_end(tar);
    reader = stream_file_read(bytes, ASSAY_MAX_SAMPLE);
    sample = stream_file_next(reader);
    assay_sample_take_field(sample, "roll", stream_file_count("time,pitch", 2, 3), NULL);
    assay_sample_take_field(sample, "chroma", stream_file_count("time,class", 2, 12), NULL);
    assay_writer_only(file->writer, only);
    stream_file_put(file, sample);
    written = stream_file_finish(file);
    stream_file_assert_holds(written, "x[chroma]");
    g_assert_cmpuint(stream_file_count_text(written, "roll"), ==, 0);
    g_assert_cmpuint(stream_file_count_text(written, "\"source\":{\"path\":\"x\"}"), ==, 1);
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
        g_autoptr(AssaySample) piece = new_piece(pieces[i].name, pieces[i].start, pieces[i].count);

        stream_file_put(file, piece);
    }
    bytes = stream_file_finish(file);
    stream_file_assert_members(
        bytes, "__stream__/head.json\nx/000000.json\nx/000000.array.npy\nx/000000.weights.npy\n"
               "x/000001.json\nx/000001.array.npy\nx/000001.weights.npy\nx/000002.json\n"
               "x/000002.array.npy\nx/000002.weights.npy\ny/000000.json\ny/000000.array.npy\n"
               "y/000000.weights.npy\n__stream__/end.json\n" /* then another sample "y" */
               "__stream__/head.json\ny/000000.json\ny/000000.array.npy\n"
               "y/000000.weights.npy\n__stream__/end.json\n");
    stream_file_assert_holds(bytes,
                             "x[array,weights]{0+2} x[array,weights]{2+3} x[array,weights]{5+1} "
                             "y[array,weights]{0+1} y[array,weights]{0+0}");
    g_assert_cmpuint(stream_file_count_text(bytes, "{\"records\":4,\"samples\":2,\"skipped\":[]}"),
                     ==, 1);
    again = stream_file_hand_on(bytes, NULL);
    g_assert_true(g_bytes_equal(bytes, again));
}

/* Items may have been left out between pieces, which are of one sample all the same; unless they
 * begin before the last one ends, or are of no piece. */
static void
test_gaps(void)
{
    StreamFile *file = stream_file_new("a");
    g_autoptr(GBytes) bytes = NULL, again = NULL;
    const size_t starts[] = { 1, 4, 9, 10 };

    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
        g_autoptr(AssaySample) piece = new_piece("x", starts[i], 2);

        stream_file_put(file, piece);
    }
    bytes = stream_file_finish(file);
    stream_file_assert_holds(bytes, "x[array,weights]{1+2} x[array,weights]{4+2} "
                                    "x[array,weights]{9+2} x[array,weights]{10+2}");
    g_assert_cmpuint(stream_file_count_text(bytes, "{\"records\":4,\"samples\":2,"), ==, 1);
    g_assert_cmpuint(stream_file_count_text(bytes, "x/000002.json"), ==, 1);
    again = stream_file_hand_on(bytes, NULL);
    g_assert_true(g_bytes_equal(bytes, again));

    g_bytes_unref(bytes);
    g_bytes_unref(again);
    again = NULL;
    file = stream_file_new("a");
    stream_file_put_new(file, "x");
    {
        g_autoptr(AssaySample) piece = new_piece("x", 4, 2);

        stream_file_put(file, piece);
    }
    bytes = stream_file_finish(file);
    g_assert_cmpuint(stream_file_count_text(bytes, "{\"records\":2,\"samples\":2,"), ==, 1);
}

/* Of a skip it is known which items it is about. */
static void
test_skipped_items(void)
{
    StreamFile *file = stream_file_new("a");
    const AssaySkip skip = { "x", "x[3]: no", TRUE, 3, 2 };
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(AssayReader) reader = NULL;
    g_autoptr(GPtrArray) skips = NULL;

    assay_writer_skip(file->writer, &skip);
    bytes = stream_file_finish(file);
    reader = stream_file_read(bytes, ASSAY_MAX_SAMPLE);
    g_assert_null(stream_file_next(reader));
    skips = assay_reader_take_skips(reader);
    g_assert_cmpuint(skips->len, ==, 1);
    if (skips->len == 1) {
        const AssaySkip *found = skips->pdata[0];

        g_assert_cmpstr(found->name, ==, "x");
        g_assert_cmpstr(found->reason, ==, "x[3]: no");
        g_assert_true(found->accepted);
        g_assert_cmpuint(found->item_start, ==, 3);
        g_assert_cmpuint(found->n_items, ==, 2);
    }
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
    stream_file_put(file, sample);
    bytes = stream_file_finish(file);
    stream_file_assert_members(
        bytes, "__stream__/head.json\nx/000000.json\nx/000000.array.npy\nx/000001.json\n"
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
    stream_file_put(file, sample);
    bytes = stream_file_finish(file);
    stream_file_assert_holds(bytes, "x[weights]{0+1152921504606846976}");
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

    stream_file_put_new(file, "x");
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
    g_test_add_func("/writer/skips", test_skips);
    g_test_add_func("/writer/empty", test_empty);
    g_test_add_func("/writer/only", test_only);
    g_test_add_func("/writer/pieces", test_pieces);
    g_test_add_func("/writer/gaps", test_gaps);
    g_test_add_func("/writer/skipped-items", test_skipped_items);
    g_test_add_func("/writer/large-items", test_large_items);
    g_test_add_func("/writer/hollow-items", test_hollow_items);
    g_test_add_func("/writer/unequal-items", test_unequal_items);
    g_test_add_func("/writer/full-disk", test_full_disk);
    g_test_add_func("/writer/dropped", test_dropped);
    return g_test_run();
}
