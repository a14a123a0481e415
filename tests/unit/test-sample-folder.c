/* tests/unit/test-sample-folder.c - files called as samples, and in their folder whatever those
 * say.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stream/sample-folder.h>
#include <glib/gstdio.h>
#include <string.h>

#include "corpus.h"

static void
assert_name(const char *name, const char *says)
{
    g_autoptr(AssaySampleFolder) folder = assay_sample_folder_new("out", ".mid");
    g_autoptr(GError) error = NULL;

    if (assay_sample_folder_accepts(folder, name, &error) != (says == NULL))
        g_test_fail_printf("\"%.40s\" is %s", name, says == NULL ? error->message : "taken");
    if (says != NULL)
        corpus_refused(&error, ASSAY_ERROR_RANGE, says);
}

static void
test_names(void)
{
    g_autofree char *longest = g_strnfill(251, 'x'), *longer = g_strnfill(252, 'x');
    g_autofree char *deep = g_strnfill(4096, 'd');

    for (size_t i = 1; i < 4096; i += 2)
        deep[i] = '/';
    deep[4095] = 'd';
    assert_name("a", NULL);
    assert_name("a/b/c d", NULL);
    assert_name("a/..b", NULL);
    assert_name("...", NULL);
    assert_name("a%2F..", NULL);
    assert_name(longest, NULL);
    assert_name("", "\"\": cannot be the name of a file: it is empty");
    assert_name("/a", "a part between slashes is empty");
    assert_name("a/", "is empty");
    assert_name("a//b", "is empty");
    assert_name("/", "is empty");
    assert_name("..", "it would lead out of its folder");
    assert_name("../a", "lead out");
    assert_name("a/../../x", "lead out");
    assert_name("a/./x", "lead out");
    assert_name("a/..", "lead out");
    assert_name(longer, "...: cannot be the name of a file: a part of it is longer than 251 bytes");
    assert_name(deep, "the path is too long");
    assert_name("\x1b[2J/..", "%1B[2J/..: cannot");
}

static char *
content(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;

    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

static void
put(AssaySampleFolder *folder, const char *name, const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(GError) error = NULL;

    if (!assay_sample_folder_put(folder, name, bytes, &error))
        g_assert_no_error(error);
}

static void
test_put(void)
{
    g_autofree char *scratch = g_dir_make_tmp(NULL, NULL);
    g_autofree char *path = g_build_filename(scratch, "new", "out//", NULL);
    g_autoptr(AssaySampleFolder) folder = assay_sample_folder_new(path, ".mid");
    g_autoptr(AssaySampleFolder) later = assay_sample_folder_new(path, ".mid");
    g_autoptr(GBytes) bytes = g_bytes_new("x", 1);
    g_autoptr(GError) error = NULL;
    g_autofree char *a = NULL, *b = NULL, *again = NULL;

    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    put(folder, "a", "one");
    put(folder, "b/c", "two");
    a = content(path, "a.mid");
    b = content(path, "b/c.mid");
    g_assert_cmpstr(a, ==, "one");
    g_assert_cmpstr(b, ==, "two");
    g_assert_false(assay_sample_folder_put(folder, "a", bytes, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "a: a second sample of this name would replace");
    g_assert_false(assay_sample_folder_put(folder, "../x", bytes, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "lead out");
    g_assert_false(assay_sample_folder_put(folder, "a.mid/x", bytes, &error));
    corpus_refused(&error, ASSAY_ERROR_IO, "a.mid: cannot make the folder: ");
    put(later, "a", "three");
    again = content(path, "a.mid");
    g_assert_cmpstr(again, ==, "three");
    for (size_t i = 0; i < 5; i++) {
        static const char *const made[] = { "new/out/a.mid", "new/out/b/c.mid", "new/out/b",
                                            "new/out", "new" };
        g_autofree char *full = g_build_filename(scratch, made[i], NULL);

        g_assert_cmpint(g_remove(full), ==, 0);
    }
    g_assert_cmpint(g_rmdir(scratch), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/sample-folder/names", test_names);
    g_test_add_func("/sample-folder/put", test_put);
    return g_test_run();
}
