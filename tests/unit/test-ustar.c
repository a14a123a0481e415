/* tests/unit/test-ustar.c - headers of members of a tar, and a tar with names of all kinds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/stream/archive-private.h>
#include <assay/stream/ustar-private.h>
#include <glib/gstdio.h>
#include <string.h>

/* As libarchive 3.6 wrote them. */
static void
test_header(void)
{
    static const struct {
        const char *path;
        guint64 size;
        const char *digits, *checksum;
    } members[] = { { "__stream__/head.json", 0205, "00000000205 ", "013045" },
                    { "one/1.json", 0524, "00000000524 ", "011002" } };

    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        guint8 block[ASSAY_TAR_BLOCK], expected[ASSAY_TAR_BLOCK] = { 0 };

        memcpy(expected, members[i].path, strlen(members[i].path));
        memcpy(&expected[100],
               "000644 \0"
               "000000 \0"
               "000000 ",
               23);
        memcpy(&expected[124], members[i].digits, 12);
        memcpy(&expected[136], "00000000000 ", 12);
        memcpy(&expected[148], members[i].checksum, 6);
        memcpy(&expected[155], " 0", 2);
        memcpy(&expected[257],
               "ustar\0"
               "00",
               8);
        memcpy(&expected[329],
               "000000 \0"
               "000000 ",
               15);
        g_assert_true(assay_ustar_header(block, members[i].path, members[i].size));
        g_assert_true(memcmp(block, expected, sizeof block) == 0);
    }
}

static void
test_refused(void)
{
    guint8 block[ASSAY_TAR_BLOCK];
    g_autofree char *long_name = g_strnfill(99, 'x'), *longer = g_strnfill(100, 'x');

    g_assert_true(assay_ustar_header(block, long_name, 1));
    g_assert_false(assay_ustar_header(block, longer, 1));
    g_assert_false(assay_ustar_header(block, "", 1));
    g_assert_false(assay_ustar_header(block, "a\tb", 1));
    g_assert_false(assay_ustar_header(block, "Pr\xc3\xa4ludium", 1));
    g_assert_true(assay_ustar_header(block, "a", (G_GUINT64_CONSTANT(1) << 33) - 1));
    g_assert_true(memcmp(&block[124], "77777777777 ", 12) == 0);
    g_assert_false(assay_ustar_header(block, "a", G_GUINT64_CONSTANT(1) << 33));
}

/* Writes members of such sizes, each byte of which is the last one of its size. */
static void
write_members(const char *file, const char *const *names, const size_t *sizes, size_t n)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayOutput) output = assay_output_open(file, &error);
    AssayTarWriter *writer = assay_tar_writer_new(output);

    g_assert_no_error(error);
    for (size_t i = 0; i < n; i++) {
        g_autofree char *data = g_strnfill(sizes[i], (char)sizes[i]);

        g_assert_true(assay_tar_writer_begin(writer, names[i], sizes[i], &error));
        g_assert_true(assay_tar_writer_data(writer, data, sizes[i] / 2, &error));
        g_assert_true(assay_tar_writer_data(writer, data, sizes[i] - sizes[i] / 2, &error));
    }
    g_assert_true(assay_tar_writer_end(writer, &error));
    assay_tar_writer_free(writer);
    g_assert_true(assay_output_close(output, &error));
}

static void
test_members(void)
{
    g_autofree char *long_name = g_strnfill(300, 'y');
    const char *const names[] = { "a.json", "Pr\xc3\xa4ludium.npy", long_name, "b c", "d/e.f" };
    const size_t sizes[] = { 0, 511, 512, 513, 70000 };
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("ustar-XXXXXX", &error);
    g_autofree char *file = g_build_filename(folder, "x.tar", NULL);
    AssayArchiveReader *reader;
    const char *path;

    write_members(file, names, sizes, G_N_ELEMENTS(names));
    reader = assay_archive_reader_new(assay_input_open(file, &error), ASSAY_ARCHIVE_TAR, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GBytes) bytes = NULL;
        const char *data;
        gsize size;

        g_assert_true(assay_archive_reader_next(reader, &path, &error));
        g_assert_cmpstr(path, ==, names[i]);
        bytes = assay_archive_reader_bytes(reader, 100000, &error);
        g_assert_no_error(error);
        data = g_bytes_get_data(bytes, &size);
        g_assert_cmpuint(size, ==, sizes[i]);
        for (size_t k = 0; k < size; k++)
            g_assert_cmpint(data[k], ==, (char)sizes[i]);
    }
    g_assert_true(assay_archive_reader_next(reader, &path, &error));
    g_assert_null(path);
    assay_archive_reader_free(reader);
    g_unlink(file);
    g_rmdir(folder);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/ustar/header", test_header);
    g_test_add_func("/ustar/refused", test_refused);
    g_test_add_func("/ustar/members", test_members);
    return g_test_run();
}
