/* tests/unit/test-record.c - samples that are made ready to be written, and samples that are not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/stream/sample-private.h>

#include "stream-file.h"

static const char *const only[] = { "chroma", NULL };

static AssaySample *
new_sample(const char *name, int n_pitches)
{
    AssaySample *sample =
        stream_file_sample(name, "roll", stream_file_count("time,pitch", 9, n_pitches));

    assay_sample_take_field(sample, "chroma", stream_file_count("time,class", 2, 12), NULL);
    assay_sample_set_source(sample, "a\"b", "MIDI", "0123");
    return sample;
}

/* The same as a reader has it: members that came as bytes, and one that is no field. */
static AssaySample *
read_sample(const char *name, int n_pitches)
{
    g_autoptr(AssaySample) sample = new_sample(name, n_pitches);
    StreamFile *file = stream_file_new("a");
    GByteArray *tar = g_byte_array_new();
    g_autoptr(GBytes) bytes = NULL, foreign = NULL, both = NULL;
    g_autoptr(AssayReader) reader = NULL;

    stream_file_put(file, sample);
    bytes = stream_file_finish(file);
    stream_file_add_text(tar, "other.jpg", "picture");
    stream_file_add_text(tar, "other.json", "{\"b\":1.0,\"a\":[2]}");
    foreign = stream_file_end(tar);
    both = stream_file_join(bytes, foreign);
    reader = stream_file_read(both, ASSAY_MAX_SAMPLE);
    g_clear_pointer(&sample, assay_sample_free);
    sample = stream_file_next(reader);
    g_clear_pointer(&sample, assay_sample_free);
    sample = stream_file_next(reader);
    g_assert_cmpstr(assay_sample_name(sample), ==, "other");
    return g_steal_pointer(&sample);
}

/* A stream of two samples of a kind, which are made ready or not. */
static GBytes *
write_two(AssaySample *(*new)(const char *, int), const char *name, int n_pitches,
          gboolean has_only, gboolean is_prepared, gboolean expected)
{
    StreamFile *file = stream_file_new("b");

    if (has_only)
        assay_writer_only(file->writer, only);
    for (int i = 0; i < 2; i++) {
        g_autoptr(AssaySample) sample = new (name, n_pitches + i);

        if (is_prepared) {
            assay_writer_prepare(file->writer, sample);
            g_assert_cmpint(sample->record != NULL, ==, expected);
            if (expected)
                g_assert_cmpuint(assay_sample_bytes(sample), >, sample->record->len);
        }
        stream_file_put(file, sample);
    }
    return stream_file_finish(file);
}

static void
assert_same(AssaySample *(*new)(const char *, int), const char *name, int n_pitches,
            gboolean has_only, gboolean expected)
{
    g_autoptr(GBytes) a = write_two(new, name, n_pitches, has_only, FALSE, FALSE);
    g_autoptr(GBytes) b = write_two(new, name, n_pitches, has_only, TRUE, expected);

    g_assert_true(g_bytes_equal(a, b));
}

static void
test_small(void)
{
    assert_same(new_sample, "a/b", 7, FALSE, TRUE);
    assert_same(new_sample, "a/b", 7, TRUE, TRUE);
    assert_same(new_sample, "x", 384, FALSE, TRUE); /* seven blocks */
    assert_same(read_sample, "x", 7, FALSE, TRUE);
    assert_same(read_sample, "x", 7, TRUE, TRUE);
}

/* These are written in parts. */
static void
test_others(void)
{
    g_autofree char *longest = g_strnfill(99 - strlen(".chroma.npy"), 'n');
    g_autofree char *longer = g_strnfill(100 - strlen(".chroma.npy"), 'n');
    g_autofree char *very_long = g_strnfill(300, 'n');

    assert_same(new_sample, longest, 7, FALSE, TRUE);
    assert_same(new_sample, longer, 7, FALSE, FALSE);
    assert_same(new_sample, very_long, 7, FALSE, FALSE);
    assert_same(new_sample, "Pr\xc3\xa4ludium", 7, FALSE, FALSE);
    assert_same(new_sample, "large", 8000, FALSE, FALSE);
    assert_same(new_sample, "large", 8000, TRUE, TRUE); /* but for a field that is not written */
}

static void
test_items(void)
{
    g_autoptr(AssaySample) sample =
        stream_file_sample("x", "array", stream_file_count("item,row", 4, 3));

    assay_sample_set_items(sample, 0, 4);
    for (int i = 0; i < 2; i++) {
        StreamFile *file = stream_file_new("a");
        g_autoptr(GBytes) bytes = NULL;

        if (i > 0)
            assay_writer_prepare(file->writer, sample);
        stream_file_put(file, sample);
        bytes = stream_file_finish(file);
        stream_file_assert_holds(bytes, "x[array]{0+4}");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/record/small", test_small);
    g_test_add_func("/record/others", test_others);
    g_test_add_func("/record/items", test_items);
    return g_test_run();
}
