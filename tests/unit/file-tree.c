/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-tree.h"

#include <assay/base/output.h>
#include <glib/gstdio.h>

void
file_tree_remove(const char *path)
{
    if (!g_file_test(path, G_FILE_TEST_IS_SYMLINK) && g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
        const char *name;

        while ((name = g_dir_read_name(dir)) != NULL) {
            g_autofree char *full = g_build_filename(path, name, NULL);

            file_tree_remove(full);
        }
    }
    g_assert_cmpint(g_remove(path), ==, 0);
}

void
file_tree_write(const char *path, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayOutput) output = assay_output_open(path, &error);

    g_assert_no_error(error);
    g_assert_true(assay_output_puts(output, text, &error));
    g_assert_true(assay_output_close(output, &error));
    g_assert_no_error(error);
}

void
file_tree_assert(const char *path, const char *expected)
{
    g_autofree char *content = NULL;

    g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
    g_assert_cmpstr(content, ==, expected);
}
