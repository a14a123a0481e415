/* tests/unit/test-array-ahead.c - files of arrays are the same whether the next is looked through
 * while one is read, or each in its turn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stream/source.h>
#include <assay/stream/stream.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "stream-file.h"

enum { ITEM = 1000, MANY = 3000, FEW = 5 }; /* MANY items are more than a piece */

/* Each item of a file has a value, which goes up by one: this is the first. */
static guint8
first_value(const char *name)
{
    return name[0] == 'a' ? 1 : name[0] == 'b' ? 2 : name[0] == 's' ? 3 : 4;
}

/* An array of @n items, without its last @lost bytes. */
static void
write_array(const char *path, size_t n, size_t lost)
{
    g_autofree char *header = g_strdup_printf(
        "{'descr': '|u1', 'fortran_order': False, 'shape': (%" G_GSIZE_FORMAT ", %d), }", n, ITEM);
    g_autofree guint8 *values = g_new(guint8, n * ITEM);
    g_autoptr(GBytes) npy = NULL;
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < n * ITEM; i++)
        values[i] = (guint8)(first_value(path) + i / ITEM);
    npy = stream_file_npy(header, values, n * ITEM - lost);
    g_file_set_contents(path, g_bytes_get_data(npy, NULL), (gssize)g_bytes_get_size(npy), &error);
    g_assert_no_error(error);
}

/* What is made of the files, in words; of the first @n_wanted samples. */
static char *
read_files(const char *const *operands, gboolean has_threads, size_t n_wanted)
{
    static const char *const axes[] = { "item", "value", NULL };
    const AssaySourceConfig config = { .operands = operands,
                                       .max_bytes = ASSAY_MAX_SAMPLE,
                                       .streams = TRUE,
                                       .array_axes = axes,
                                       .has_threads = has_threads };
    g_autoptr(AssaySource) source = assay_source_new(&config);
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < n_wanted; i++) {
        g_autoptr(AssayArrival) arrival = NULL;
        g_autoptr(GError) error = NULL;
        const AssayArray *array;

        g_assert_true(assay_source_next(source, &arrival, &error));
        g_assert_no_error(error);
        if (arrival == NULL)
            break;
        g_string_append_printf(text, "%" G_GSIZE_FORMAT " %s: ", arrival->file, arrival->name);
        if (arrival->fault != NULL || !assay_arrival_open(arrival, &arrival->fault)) {
            g_string_append_printf(text, "%s\n", arrival->fault->message);
            continue;
        }
        array = assay_sample_field(arrival->sample, "array", &error);
        g_assert_no_error(error);
        g_assert_cmpuint(
            (guint8)assay_array_value(array, 0), ==,
            (guint8)(first_value(arrival->name) + assay_sample_item_start(arrival->sample)));
        g_string_append_printf(
            text, "%" G_GSIZE_FORMAT "+%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " %g %s\n",
            assay_sample_item_start(arrival->sample), array->shape[0],
            assay_sample_whole(arrival->sample), assay_array_value(array, 0),
            assay_json_peek_string(assay_json_get(assay_sample_source(arrival->sample), "sha256")));
    }
    return g_string_free(text, FALSE);
}

/* Large ones and small ones, broken ones and what is none, in any order. */
static void
test_same(void)
{
    static const char *const files[] = { "a.npy",   "b.npy",    "short.npy",
                                         "few.npy", "none.npy", "text.npy" };
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    g_autofree char *text = g_strnfill(4 << 20, 'x');
    g_autoptr(GError) error = NULL;

    write_array("a.npy", MANY, 0);
    write_array("b.npy", MANY, 0);
    write_array("short.npy", MANY, 7);
    write_array("few.npy", FEW, 0);
    g_file_set_contents("text.npy", text, -1, &error);
    g_assert_no_error(error);
    for (int round = 0; round < 12; round++) {
        const char *operands[7] = { NULL };
        g_autofree char *one = NULL, *two = NULL, *some = NULL;

        for (size_t i = 0; i < 6; i++)
            operands[i] = files[g_rand_int_range(random, 0, G_N_ELEMENTS(files))];
        one = read_files(operands, FALSE, G_MAXSIZE);
        two = read_files(operands, TRUE, G_MAXSIZE);
        some = read_files(operands, TRUE, 1); /* and it is dropped */
        g_assert_cmpstr(two, ==, one);
        g_assert_true(g_str_has_prefix(one, some));
        g_assert_cmpuint(strlen(one), >, 0);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        g_unlink(files[i]);
}

int
main(int argc, char **argv)
{
    g_autofree char *folder = g_dir_make_tmp("assay-ahead-XXXXXX", NULL);
    int status;

    g_test_init(&argc, &argv, NULL);
    g_assert(folder != NULL && chdir(folder) == 0);
    g_test_add_func("/array-ahead/same", test_same);
    status = g_test_run();
    g_rmdir(folder);
    return status;
}
