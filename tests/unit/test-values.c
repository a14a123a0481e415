/* tests/unit/test-values.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stream/npy.h>
#include <assay/values/values.h>
#include <math.h>
#include <string.h>

#include "show-file.h"
#include "stream-file.h"

static guint n_faults;

static void
count_fault(gpointer user, const char *message, gboolean accepted)
{
    (void)user;
    (void)message;
    (void)accepted;
    n_faults++;
}

/* What the values of @bytes are under @config; or NULL and the error's message. */
static char *
write_values(const AssayValuesConfig *config, GBytes *bytes, size_t *size, char **message)
{
    ShowFile *file = show_file_new();
    g_autoptr(AssayValues) values = assay_values_new(file->out, config, count_fault, NULL);
    g_autoptr(GError) error = NULL;
    char *text;

    n_faults = 0;
    if (assay_values_input(values, assay_input_from_bytes("x", bytes), "x", "x.npy", &error))
        (void)!assay_values_finish(values, &error);
    text = show_file_finish(file, size);
    if (error == NULL)
        return text;
    if (message != NULL)
        *message = g_strdup(error->message);
    g_free(text);
    return NULL;
}

static void
assert_table(GBytes *bytes, const char *field, const char *const *names, const char *expected)
{
    const AssayValuesConfig config = {
        .field = field, .names = names, .is_only = TRUE, .max_bytes = 1 << 20
    };
    g_autofree char *text = write_values(&config, bytes, NULL, NULL);

    g_assert_cmpstr(text, ==, expected);
}

static void
assert_message(GBytes *bytes, AssayValuesForm form, const char *field, const char *const *names,
               const char *expected)
{
    const AssayValuesConfig config = {
        .field = field, .names = names, .form = form, .max_bytes = 1 << 20
    };
    g_autofree char *message = NULL;
    g_autofree char *text = write_values(&config, bytes, NULL, &message);

    g_assert_null(text);
    g_assert_cmpstr(message, ==, expected);
}

static void
test_types(void)
{
    static const float floats[] = { 0.1f, -3.0f, NAN, INFINITY, 16777216.0f };
    static const guint64 large[] = { 18446744073709551615u, 9007199254740993u };
    static const gint64 negative[] = { G_MININT64 };
    static const guint8 none[1] = { 0 };
    g_autoptr(GBytes) f32 = stream_file_npy("{'descr': '<f4', 'fortran_order': False, "
                                            "'shape': (5,), }\n",
                                            floats, sizeof floats);
    g_autoptr(GBytes) u64 = stream_file_npy("{'descr': '<u8', 'fortran_order': False, "
                                            "'shape': (2, 1), }\n",
                                            large, sizeof large);
    g_autoptr(GBytes) i64 = stream_file_npy("{'descr': '<i8', 'fortran_order': False, "
                                            "'shape': (), }\n",
                                            negative, sizeof negative);
    g_autoptr(GBytes) wide = stream_file_npy("{'descr': '|u1', 'fortran_order': False, "
                                             "'shape': (0, 3), }\n",
                                             none, 0);
    g_autoptr(GBytes) narrow = stream_file_npy("{'descr': '|u1', 'fortran_order': False, "
                                               "'shape': (3, 0), }\n",
                                               none, 0);

    assert_table(f32, "array", NULL, "array\n0.1\n-3\nNA\ninf\n16777216\n");
    assert_table(u64, "array", NULL, "0\n18446744073709551615\n9007199254740993\n");
    assert_table(i64, "array", NULL, "array\n-9223372036854775808\n");
    assert_table(wide, "array", NULL, "0\t1\t2\n");
    assert_table(narrow, "array", NULL, "array\n");
}

/* Axes before the last two become columns with an index. */
static void
test_axes(void)
{
    static const guint8 values[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    g_autoptr(GBytes) cube = stream_file_npy("{'descr': '|u1', 'fortran_order': False, "
                                             "'shape': (2, 1, 2, 2), }\n",
                                             values, sizeof values);

    assert_table(cube, "array", NULL,
                 "axis0\taxis1\t0\t1\n0\t0\t0\t1\n0\t0\t2\t3\n1\t0\t4\t5\n1\t0\t6\t7\n");
}

static GBytes *
write_stream(void)
{
    StreamFile *file = stream_file_new("assay-test");
    g_autoptr(AssaySample) a = stream_file_sample("a", "x", stream_file_count("time,k", 2, 2));
    g_autoptr(AssaySample) b = stream_file_sample("b", "x", stream_file_count("time,k", 1, 2));
    g_autoptr(AssaySample) c = stream_file_sample("c", "y", stream_file_count("time", 1));
    g_autoptr(AssaySample) d = stream_file_sample("d", "x", stream_file_count("item,time", 3, 2));

    assay_sample_set_items(d, 0, 3);
    stream_file_put(file, a);
    stream_file_put(file, b);
    stream_file_put(file, c);
    stream_file_put(file, d);
    return stream_file_finish(file);
}

static void
test_names(void)
{
    g_autoptr(GBytes) stream = write_stream();
    const char *const one[] = { "a", NULL }, *const two[] = { "b", "a", NULL };
    const char *const item[] = { "d[1]", NULL }, *const items[] = { "d[2]", "d[0]", NULL };
    const char *const typo[] = { "a", "dd", NULL }, *const beyond[] = { "d[3]", NULL };
    const char *const pattern[] = { "?", NULL };

    assert_table(stream, "x", one, "0\t1\n0\t1\n2\t3\n");
    g_assert_cmpuint(n_faults, ==, 0);
    assert_table(stream, "x", two, "item\t0\t1\na\t0\t1\na\t2\t3\nb\t0\t1\n");
    assert_table(stream, "x", item, "x\n2\n3\n");
    assert_table(stream, "x", items, "item\tx\nd[2]\t4\nd[2]\t5\nd[0]\t0\nd[0]\t1\n");
    assert_message(stream, ASSAY_VALUES_TABLE, "y", typo,
                   "dd: neither a file nor a sample; near it is d");
    assert_message(stream, ASSAY_VALUES_TABLE, "x", beyond,
                   "d[3]: that sample has 3 items, 0 to 2");
    assert_message(
        stream, ASSAY_VALUES_TABLE, "x", pattern,
        "d: field \"x\" has other columns than in the samples before; name those that go "
        "together");
    assert_message(stream, ASSAY_VALUES_TABLE, "z", NULL, "no field \"z\"; there is x");
    assert_message(stream, ASSAY_VALUES_NPY, "x", NULL,
                   "--npy holds one array, and b is a further one; name one sample");
}

/* A sample in pieces is one .npy again. */
static void
test_pieces(void)
{
    AssayValuesConfig config = { .field = "x",
                                 .form = ASSAY_VALUES_NPY,
                                 .max_bytes = (size_t)1 << 30 };
    const size_t n = 3, row = (size_t)30 << 20;
    StreamFile *file = stream_file_new("assay-test");
    g_autoptr(AssaySample) sample =
        stream_file_sample("big", "x", stream_file_count("item,byte", (int)n, (int)row));
    g_autoptr(GBytes) stream = NULL;
    g_autoptr(AssayArray) array = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *npy = NULL;
    g_autofree char *message = NULL;
    size_t size;

    assay_sample_set_items(sample, 0, n);
    stream_file_put(file, sample);
    stream = stream_file_finish(file);
    g_assert_cmpuint(stream_file_count_text(stream, "big/00000"), >, 2); /* pieces, two members */
    npy = write_values(&config, stream, &size, NULL);
    g_assert_nonnull(npy);
    array = assay_npy_parse(npy, size, "x", G_MAXSSIZE, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(array->n_axes, ==, 2);
    g_assert_cmpuint(array->shape[0], ==, n);
    g_assert_cmpuint(array->shape[1], ==, row);
    config.max_bytes = 2 * row + (row >> 1); /* a piece fits, all of them do not */
    g_assert_null(write_values(&config, stream, NULL, &message));
    g_assert_cmpstr(
        message, ==,
        "big: field \"x\" is larger than 78643200 bytes; --max-sample raises the limit");
    for (size_t i = 0; i < n * row; i += row / 2 + 7)
        g_assert_cmpuint(((const guint8 *)array->data)[i], ==, i & 0xff);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/values/types", test_types);
    g_test_add_func("/values/axes", test_axes);
    g_test_add_func("/values/names", test_names);
    g_test_add_func("/values/pieces", test_pieces);
    return g_test_run();
}
