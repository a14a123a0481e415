/* tests/unit/test-array-source.c - .npy, .npz, tables and raw bytes as samples, and their options.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stream/array-config.h>
#include <assay/stream/npz.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define NPZ ASSAY_SOURCE_DIR "/tests/fuzz/corpus/npz/"

/* Options as "key=value" words, blanks between. */
static AssayArrayConfig *
configure(const char *options, GError **error)
{
    g_autoptr(AssayArrayConfig) config = assay_array_config_new();
    g_auto(GStrv) words = g_strsplit(options, " ", -1);

    for (size_t i = 0; words[i] != NULL; i++) {
        char *equals = strchr(words[i], '=');

        *equals = '\0';
        if (!assay_array_config_set(config, words[i], equals + 1, error))
            return NULL;
    }
    return assay_array_config_check(config, error) ? g_steal_pointer(&config) : NULL;
}

/* All samples and pieces of a file in words: fields with shapes and first values; or the fault. */
static char *
read_file(const char *path, const char *options, size_t max_bytes)
{
    const char *const operands[] = { path, NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayArrayConfig) config = configure(options, &error);
    const AssaySourceConfig source_config = { .operands = operands,
                                              .max_bytes = max_bytes,
                                              .arrays = config };
    g_autoptr(AssaySource) source = NULL;
    GString *text = g_string_new(NULL);

    g_assert_no_error(error);
    source = assay_source_new(&source_config);
    for (;;) {
        g_autoptr(AssayArrival) arrival = NULL;
        g_autofree const char **fields = NULL;

        g_assert_true(assay_source_next(source, &arrival, &error));
        if (arrival == NULL)
            return g_string_free(text, FALSE);
        if (arrival->fault != NULL || !assay_arrival_open(arrival, &arrival->fault)) {
            g_string_append_printf(text, "!%d", arrival->fault->code);
            continue;
        }
        fields = assay_sample_fields(arrival->sample);
        if (assay_sample_has_items(arrival->sample))
            g_string_append_printf(text, "%" G_GSIZE_FORMAT "+",
                                   assay_sample_item_start(arrival->sample));
        for (size_t i = 0; fields[i] != NULL; i++) {
            const AssayArray *array = assay_sample_field(arrival->sample, fields[i], &error);

            g_assert_no_error(error);
            g_string_append_printf(text, "%s", fields[i]);
            for (size_t k = 0; k < array->n_axes; k++)
                g_string_append_printf(text, "%c%s%" G_GSIZE_FORMAT, k == 0 ? '[' : ',',
                                       array->axes[k], array->shape[k]);
            g_string_append_printf(text, "]%s", assay_type_name(array->type));
            for (size_t k = 0; k < MIN(assay_array_count(array), 4); k++)
                g_string_append_printf(text, " %g", assay_array_value(array, k));
            g_string_append_c(text, ';');
        }
    }
}

static void
assert_reads(const char *path, const char *options, size_t max_bytes, const char *expected)
{
    g_autofree char *found = read_file(path, options, max_bytes);

    g_assert_cmpstr(found, ==, expected);
}

static void
assert_bytes(const void *data, size_t size, const char *options, const char *expected)
{
    g_autoptr(GError) error = NULL;

    g_file_set_contents("x", data, (gssize)size, &error);
    g_assert_no_error(error);
    assert_reads("x", options, ASSAY_MAX_SAMPLE, expected);
    g_unlink("x");
}

static void
test_raw(void)
{
    static const guint8 bytes[] = { 0, 1, 2, 3, 4, 5, 6, 7 };

    assert_bytes(bytes, 8, "type=u8 shape=2,4 axes=a,b", "array[a2,b4]u8 0 1 2 3;");
    assert_bytes(bytes, 8, "type=u16 shape=*,2 axes=item,b",
                 "0+array[item2,b2]u16 256 770 1284 1798;");
    assert_bytes(bytes, 8, "type=u16 shape=4 axes=a big-endian=yes",
                 "array[a4]u16 1 515 1029 1543;");
    assert_bytes(bytes, 8, "type=bool shape=2,* axes=a,b", "array[a2,b4]u8 0 1 1 1;");
    assert_bytes(bytes, 0, "type=f64 shape=*,3 axes=item,b field=e", "0+e[item0,b3]f64;");
    assert_bytes(bytes, 8, "type=u8 shape=*,3 axes=a,b", "!1");
    assert_bytes(bytes, 8, "type=u8 shape=7 axes=a", "!1");
    assert_bytes(bytes, 8, "type=u8 shape=9 axes=a", "!6");
    assert_bytes(bytes, 8, "type=u8 shape=9223372036854775807,9 axes=a,b", "!1");
}

static void
test_tables(void)
{
    static const char table[] = "n\ta\tb\nx\t1\t2.5\ny\tNA\t-inf\n";

    assert_bytes(table, strlen(table), "names=n", "0+array[item2,column2]f64 1 2.5 nan -inf;");
    assert_bytes(table, strlen(table), "columns=b,a axes=c,d", "array[c2,d2]f64 2.5 1 -inf nan;");
    assert_bytes(table, strlen(table), "columns=b axes=item", "0+array[item2]f64 2.5 -inf;");
    assert_bytes(table, strlen(table), "columns=a,b axes=item", "!2");
    assert_bytes(table, strlen(table), "columns=q", "!2");
    assert_bytes(table, strlen(table), "unit=mm", "!1");
    assert_bytes("a\n9007199254740992\n", 19, "unit=mm", "0+array[item1,column1]f64 9.0072e+15;");
    assert_bytes("a\n9007199254740993\n", 19, "unit=mm", "!4");
    assert_bytes("a\n-9223372036854775808\n", 23, "unit=mm",
                 "0+array[item1,column1]f64 -9.22337e+18;");
    assert_bytes("a\n9223372036854775808\n", 22, "unit=mm", "!4");
}

/* Arrays of an .npz go in step, an item of each at a time. */
static void
test_npz(void)
{
    static const char *const forms[] = { "two",           "two-deflated", "pipe",
                                         "pipe-deflated", "pipe-zip64",   "zip64" };

    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *path = g_strconcat(NPZ, forms[i], NULL);

        assert_reads(path, "member=x axes=a,b", 100, "array[a2,b3]i16 0 1 2 3;");
        assert_reads(path, "member=y.npy member=x axes=item axes=item,b", 8,
                     "0+y[item1]u8 7;x[item1,b3]i16 0 1 2;1+y[item1]u8 8;x[item1,b3]i16 3 4 5;");
    }
    assert_reads(NPZ "floats", "axes=a field=f", 100, "f[a3]f32 0.5 nan -inf;");
    assert_reads(NPZ "two", "axes=a", 100, "!7");
    assert_reads(NPZ "two", "member=z axes=a", 100, "!2");
    assert_reads(NPZ "bomb", "axes=a", 299999, "!4");
    assert_reads(NPZ "longer", "axes=a", 100, "!1");
    assert_reads(NPZ "shorter", "axes=a,b", 100, "!6");
    assert_reads(NPZ "damaged", "axes=a,b", 100, "!1");
    assert_reads(NPZ "encrypted", "axes=a,b", 100, "!1");
    assert_reads(NPZ "miscounted", "member=x axes=a,b", 100, "!1");
    assert_reads(NPZ "cut-end", "member=x axes=a,b", 100, "!6");
}

/* A zip that is cut off anywhere is no zip. */
static void
test_cut(void)
{
    g_autofree char *bytes = NULL;
    size_t size;

    g_assert_true(g_file_get_contents(NPZ "two-deflated", &bytes, &size, NULL));
    for (size_t n = 4; n < size; n++) {
        g_autofree char *found = NULL;

        g_assert_true(g_file_set_contents("cut", bytes, (gssize)n, NULL));
        found = read_file("cut", "member=x axes=a,b", 100);
        g_assert_cmpint(found[0], ==, '!');
    }
    g_unlink("cut");
}

static void
test_find(void)
{
    g_autofree char *data = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(AssayInput) input = NULL;
    g_autoptr(GError) error = NULL;
    AssayNpyHeader header;
    size_t size;
    AssayNpz *npz;

    g_assert_true(g_file_get_contents(NPZ "two", &data, &size, NULL));
    bytes = g_bytes_new(data, size);
    npz = assay_npz_new(assay_input_from_bytes("n", bytes), "n", &error);
    input = assay_npz_find(npz, "y", &error);
    g_assert_no_error(error);
    g_assert_true(assay_npy_read_header(input, "y", &header, &error));
    g_assert_cmpuint(header.shape[0], ==, 2);
    g_clear_pointer(&input, assay_input_free);
    npz = assay_npz_new(assay_input_from_bytes("n", bytes), "n", &error);
    g_assert_null(assay_npz_find(npz, "z", &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
    g_assert_cmpstr(error->message, ==, "n: has no array \"z\"; there are x, y");
}

static void
test_meta(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayArrayConfig) config =
        configure("meta=a=1 meta=b=0.5 meta=c=true meta=d=null meta=e=x meta=f=[1] meta=g=1,2 "
                  "meta=h=\"q\" meta=i= unit=mm",
                  &error);
    g_autoptr(GString) text = g_string_new(NULL);

    g_assert_no_error(error);
    assay_json_print(text, config->meta);
    g_assert_cmpstr(text->str, ==,
                    "{\"a\":1,\"b\":0.5,\"c\":true,\"d\":null,\"e\":\"x\",\"f\":\"[1]\","
                    "\"g\":\"1,2\",\"h\":\"q\",\"i\":\"\",\"unit\":\"mm\"}");
}

/* Half floats, floats and doubles of either byte order. */
static void
test_non_finite(void)
{
    static const guint8 half[] = { 0, 0x7c, 1, 0xfc, 0xff, 0x7b, 0, 0x3c };
    static const guint8 single[] = { 0x7f, 0x80, 0, 0, 0x7f, 0x7f, 0xff, 0xff };
    static const guint8 real[] = { 0, 0, 0, 0, 0, 0, 0xf0, 0xff, 0, 0, 0, 0, 0, 0, 0xe0, 0x7f };
    const AssayNpyHeader f2 = { .type = ASSAY_F32, .file_size = 2, .half = TRUE };
    const AssayNpyHeader f4 = { .type = ASSAY_F32, .file_size = 4, .swapped = TRUE };
    const AssayNpyHeader f8 = { .type = ASSAY_F64, .file_size = 8 };
    const AssayNpyHeader u8 = { .type = ASSAY_U8, .file_size = 1 };

    g_assert_cmpuint(assay_npy_count_non_finite(&f2, half, 4), ==, 2);
    g_assert_cmpuint(assay_npy_count_non_finite(&f4, single, 2), ==, 1);
    g_assert_cmpuint(assay_npy_count_non_finite(&f8, real, 2), ==, 1);
    g_assert_cmpuint(assay_npy_count_non_finite(&u8, real, 16), ==, 0);
}

int
main(int argc, char **argv)
{
    g_autofree char *folder = g_dir_make_tmp("assay-array-XXXXXX", NULL);
    int status;

    g_test_init(&argc, &argv, NULL);
    g_assert(folder != NULL && chdir(folder) == 0);
    g_test_add_func("/array-source/raw", test_raw);
    g_test_add_func("/array-source/tables", test_tables);
    g_test_add_func("/array-source/npz", test_npz);
    g_test_add_func("/array-source/cut", test_cut);
    g_test_add_func("/array-source/find", test_find);
    g_test_add_func("/array-source/meta", test_meta);
    g_test_add_func("/array-source/non-finite", test_non_finite);
    status = g_test_run();
    g_rmdir(folder);
    return status;
}
