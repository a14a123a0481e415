/* tests/unit/test-difference.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/difference/difference.h>
#include <assay/stream/sample.h>
#include <math.h>
#include <string.h>

#include "stream-file.h"

static gboolean
collect(gpointer user, const char *line)
{
    g_string_append_printf(user, "%s\n", line);
    return TRUE;
}

static gboolean
stop(gpointer user, const char *line)
{
    (void)line;
    ++*(guint *)user;
    return FALSE;
}

static void
assert_differences(GBytes *a, GBytes *b, const AssayDifferenceConfig *config, const char *expected)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    AssayDifferenceCounts counts;
    guint n = 0;
    gboolean done =
        assay_difference_run(assay_input_from_bytes("a.tar", a), assay_input_from_bytes("b.tar", b),
                             config, collect, lines, &counts, &error);

    g_assert_no_error(error);
    g_assert_true(done);
    g_assert_cmpstr(lines->str, ==, expected);
    for (const char *at = lines->str; *at != '\0'; at++)
        n += *at == '\n';
    g_assert_cmpuint(counts.differences, ==, n);
}

/* A stream of one sample "s" with a field of floats. */
static GBytes *
floats(const float *values, int n)
{
    const size_t shape[] = { (size_t)n };
    const char *const axes[] = { "time", NULL };
    StreamFile *file = stream_file_new("assay-test");
    g_autoptr(AssaySample) sample = NULL;
    AssayArray *array = assay_array_new(ASSAY_F32, 1, shape, axes, G_MAXSIZE, NULL);

    memcpy(array->data, values, (size_t)n * sizeof *values);
    sample = stream_file_sample("s", "x", array);
    stream_file_put(file, sample);
    return stream_file_finish(file);
}

static void
test_numbers(void)
{
    static const float one[] = { 1, NAN, INFINITY, 0.0f, 100, -INFINITY };
    static const float same[] = { 1, NAN, INFINITY, -0.0f, 100, -INFINITY };
    static const float near[] = { 1.25f, NAN, INFINITY, 0, 101, -INFINITY };
    static const float far[] = { NAN, 1, -INFINITY, 0, 100, -INFINITY };
    AssayDifferenceConfig config = { .max_bytes = 1 << 20 };
    g_autoptr(GBytes) a = floats(one, 6), b = floats(same, 6), c = floats(near, 6);
    g_autoptr(GBytes) d = floats(far, 6);

    assert_differences(a, a, &config, "");
    assert_differences(a, b, &config, "");
    assert_differences(a, c, &config,
                       "s: field \"x\": [0]: 1 against 1.25, and 1 more of 6 values\n");
    assert_differences(a, d, &config,
                       "s: field \"x\": [0]: 1 against NaN, and 2 more of 6 values\n");
    config.tolerance = 0.5;
    assert_differences(a, c, &config, "s: field \"x\": [4]: 100 against 101\n");
    config.relative = 0.01;
    assert_differences(a, c, &config, "");
    assert_differences(a, d, &config,
                       "s: field \"x\": [0]: 1 against NaN, and 2 more of 6 values\n");
}

static void
test_names(void)
{
    const AssayDifferenceConfig config = { .max_bytes = 1 << 20 };
    g_autoptr(GBytes) all = stream_file_write("assay-test", "a", "b", "c", "d", NULL);
    g_autoptr(GBytes) ends = stream_file_write("assay-test", "a", "d", NULL);
    g_autoptr(GBytes) other = stream_file_write("assay-test", "a", "x", "c", "d", NULL);
    g_autoptr(GBytes) swapped = stream_file_write("assay-test", "b", "a", "c", "d", NULL);
    g_autoptr(GBytes) first = stream_file_write("assay-test", "a", NULL);

    assert_differences(all, ends, &config,
                       "b: in a.tar, and not in this place in b.tar\n"
                       "c: in a.tar, and not in this place in b.tar\n");
    assert_differences(ends, all, &config,
                       "b: in b.tar, and not in this place in a.tar\n"
                       "c: in b.tar, and not in this place in a.tar\n");
    assert_differences(all, other, &config,
                       "b: in a.tar, and not in this place in b.tar\n"
                       "x: in b.tar, and not in this place in a.tar\n");
    assert_differences(all, swapped, &config,
                       "b: in b.tar, and not in this place in a.tar\n"
                       "b: in a.tar, and not in this place in b.tar\n");
    assert_differences(first, ends, &config, "d: in b.tar, and not in this place in a.tar\n");
}

static void
test_head(void)
{
    AssayDifferenceConfig config = { .max_bytes = 1 << 20 };
    g_autoptr(GBytes) a = stream_file_write("assay-one", "s", NULL);
    g_autoptr(GBytes) b = stream_file_write("assay-two", "s", NULL);
    g_autoptr(GBytes) none = stream_file_write(NULL, "s", NULL);

    assert_differences(a, b, &config,
                       "head: /stages/0/tool: \"assay-one\" against \"assay-two\"\n");
    assert_differences(a, none, &config, "head: number of stages: 1 against 0\n");
    config.ignore_meta = TRUE;
    assert_differences(a, b, &config, "");
}

static GBytes *
one_sample(AssaySample *sample)
{
    StreamFile *file = stream_file_new("assay-test");

    stream_file_put(file, sample);
    assay_sample_free(sample);
    return stream_file_finish(file);
}

static void
test_shapes(void)
{
    AssayDifferenceConfig config = { .max_bytes = 1 << 20, .ignore_meta = TRUE };
    g_autoptr(GBytes) a =
        one_sample(stream_file_sample("s", "x", stream_file_count("time,pitch", 2, 3)));
    g_autoptr(GBytes) shape =
        one_sample(stream_file_sample("s", "x", stream_file_count("time,pitch", 3, 2)));
    g_autoptr(GBytes) axes =
        one_sample(stream_file_sample("s", "x", stream_file_count("pitch,time", 2, 3)));
    g_autoptr(GBytes) field =
        one_sample(stream_file_sample("s", "y", stream_file_count("time,pitch", 2, 3)));
    AssaySample *with_items = stream_file_sample("s", "x", stream_file_count("item,pitch", 2, 3));
    g_autoptr(GBytes) items = NULL;

    assay_sample_set_items(with_items, 0, 2);
    items = one_sample(with_items);
    assert_differences(a, shape, &config, "s: field \"x\": shape 2 x 3 against 3 x 2\n");
    assert_differences(a, axes, &config,
                       "s: field \"x\": axes [time, pitch] against [pitch, time]\n");
    assert_differences(a, field, &config,
                       "s: field \"x\": only in a.tar\ns: field \"y\": only in b.tar\n");
    assert_differences(a, items, &config, "s: has items in b.tar alone\n");
    assert_differences(items, items, &config, "");
}

static void
test_metadata(void)
{
    const AssayDifferenceConfig config = { .max_bytes = 1 << 20 };
    AssaySample *a = stream_file_sample("s", "x", stream_file_count("time", 2));
    AssaySample *b = stream_file_sample("s", "x", stream_file_count("time", 2));
    g_autoptr(GBytes) of_a = NULL, of_b = NULL;

    assay_json_set_string(assay_sample_meta(a), "only", "here");
    assay_json_set_real(assay_sample_meta(a), "number", 1);
    assay_json_set_real(assay_sample_meta(b), "number", 1.5);
    of_a = one_sample(a);
    of_b = one_sample(b);
    assert_differences(of_a, of_b, &config,
                       "s: metadata /number: 1 against 1.5\n"
                       "s: metadata /only: \"here\" against nothing\n");
}

static void
test_stop(void)
{
    const AssayDifferenceConfig config = { .max_bytes = 1 << 20 };
    g_autoptr(GBytes) a = stream_file_write("assay-test", "a", "b", "c", NULL);
    g_autoptr(GBytes) b = stream_file_write("assay-test", "x", "y", "z", NULL);
    g_autoptr(GError) error = NULL;
    AssayDifferenceCounts counts;
    guint n = 0;

    g_assert_true(assay_difference_run(assay_input_from_bytes("a", a),
                                       assay_input_from_bytes("b", b), &config, stop, &n, &counts,
                                       &error));
    g_assert_no_error(error);
    g_assert_cmpuint(n, ==, 1);
    g_assert_cmpuint(counts.differences, ==, 1);
}

static void
test_truncated(void)
{
    const AssayDifferenceConfig config = { .max_bytes = 1 << 20 };
    g_autoptr(GBytes) whole = stream_file_write("assay-test", "a", "b", NULL);
    size_t size;
    const char *data = g_bytes_get_data(whole, &size);

    for (size_t cut = 0; cut < size; cut += 512) {
        g_autoptr(GBytes) part = g_bytes_new(data, cut);
        g_autoptr(GString) lines = g_string_new(NULL);
        g_autoptr(GError) error = NULL;
        AssayDifferenceCounts counts;
        gboolean done = assay_difference_run(assay_input_from_bytes("whole", whole),
                                             assay_input_from_bytes("part", part), &config, collect,
                                             lines, &counts, &error);

        g_assert_true(done == (error == NULL));
        /* Behind the end record only the zero blocks of the tar are missing. */
        g_assert_true(!done || (counts.differences == 0 && cut > size / 2));
    }
}

/* A stream of one sample "s" that lacks items: of so many from each start. */
static GBytes *
items(const size_t *starts, const size_t *counts, size_t n)
{
    StreamFile *file = stream_file_new("assay-test");

    for (size_t i = 0; i < n; i++) {
        AssayArray *array = stream_file_count("item,row", (int)counts[i], 1);
        g_autoptr(AssaySample) piece = NULL;

        for (size_t k = 0; k < counts[i]; k++)
            ((guint8 *)array->data)[k] = (guint8)(starts[i] + k);
        piece = stream_file_sample("s", "x", array);
        assay_sample_set_items(piece, starts[i], counts[i]);
        stream_file_put(file, piece);
    }
    return stream_file_finish(file);
}

/* An item that one lacks parts the others from nothing. */
static void
test_gaps(void)
{
    const AssayDifferenceConfig config = { .max_bytes = ASSAY_MAX_SAMPLE };
    g_autoptr(GBytes) all = items((const size_t[]){ 0, 4 }, (const size_t[]){ 4, 6 }, 2);
    g_autoptr(GBytes) some = items((const size_t[]){ 0, 3, 7 }, (const size_t[]){ 2, 2, 3 }, 3);
    g_autoptr(GBytes) late = items((const size_t[]){ 2 }, (const size_t[]){ 8 }, 1);

    assert_differences(some, some, &config, "");
    assert_differences(late, late, &config, "");
    assert_differences(all, some, &config,
                       "s: item 2: not in b.tar\n"
                       "s: items 5 to 6: not in b.tar\n");
    assert_differences(some, all, &config,
                       "s: item 2: not in a.tar\n"
                       "s: items 5 to 6: not in a.tar\n");
    assert_differences(all, late, &config, "s: items 0 to 1: not in b.tar\n");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/difference/numbers", test_numbers);
    g_test_add_func("/difference/names", test_names);
    g_test_add_func("/difference/head", test_head);
    g_test_add_func("/difference/shapes", test_shapes);
    g_test_add_func("/difference/metadata", test_metadata);
    g_test_add_func("/difference/gaps", test_gaps);
    g_test_add_func("/difference/stop", test_stop);
    g_test_add_func("/difference/truncated", test_truncated);
    return g_test_run();
}
