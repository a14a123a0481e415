/* tests/unit/test-names.c - which files there are, in which order, and what their samples are
 * called.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/stream/names.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file-tree.h"

static const char *const midi[] = { ".mid", ".kar", NULL };

/* The test's own folder is the working directory. */
static char *folder;

static void
touch(const char *path)
{
    g_autofree char *parent = g_path_get_dirname(path);

    g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, "", 0, NULL));
}

/* "path=name" of each file, and what was passed over if anything was; operands are ended by NULL.
 */
static char *
list(const char *first, ...)
{
    g_autoptr(GPtrArray) operands = g_ptr_array_new();
    g_autoptr(AssayListing) listing = NULL;
    GString *text = g_string_new(NULL);
    va_list args;

    va_start(args, first);
    for (; first != NULL; first = va_arg(args, const char *))
        g_ptr_array_add(operands, (gpointer)first);
    va_end(args);
    g_ptr_array_add(operands, NULL);
    listing = assay_listing_new((const char *const *)operands->pdata, midi, FALSE);
    for (guint i = 0; i < listing->files->len; i++) {
        const AssayFile *file = g_ptr_array_index(listing->files, i);

        g_string_append_printf(text, "%s%s=%s", i > 0 ? " " : "", file->shown, file->name);
    }
    if (listing->passed_over > 0)
        g_string_append_printf(text, " +%" G_GSIZE_FORMAT " %s", listing->passed_over,
                               listing->first_passed_over);
    return g_string_free(text, FALSE);
}

#define assert_list(expected, ...)                                                                 \
    do {                                                                                           \
        g_autofree char *found = list(__VA_ARGS__, NULL);                                          \
        g_assert_cmpstr(found, ==, expected);                                                      \
    } while (0)

static void
test_names(void)
{
    assert_list("x.mid=x", "x.mid");
    assert_list("x=x", "x");
    assert_list("a.b.c.mid=a_b_c", "/v1.0/a.b.c.mid");
    assert_list(".mid=_mid", ".mid");
    assert_list("..mid=_", "..mid");
    assert_list("x.=x", "x.");
    assert_list("x.mid=x", "./x.mid");
    assert_list("x.mid=x", "../../x.mid");
    assert_list("x.mid=x", "/x.mid");
    assert_list("x.mid=x", "a//b///x.mid");
    assert_list("x.mid=x", "x.mid///");
    assert_list("standard input=stdin", "-");
    assert_list("=", ""); /* no file; opening it will say so */
    /* What streams keep for themselves. */
    assert_list("__x.mid=%5F_x", "__x.mid");
    assert_list("_x.mid=_x", "_x.mid");
    /* What would break a line, a name or a terminal. */
    assert_list("a%0Ab%25.mid=a%0Ab%25", "a\nb%.mid");
    assert_list("%FF%FE.mid=%FF%FE", "\xff\xfe.mid");
    assert_list("Pr\xc3\xa4ludium.mid=Pr\xc3\xa4ludium", "Pr\xc3\xa4ludium.mid");
}

static void
test_clashes(void)
{
    assert_list("x.mid=x x.jpg=x_jpg", "a/x.mid", "a/x.jpg");
    assert_list("x.mid=x x.jpg=x_jpg x_jpg.mid=x_jpg_mid", "x.mid", "x.jpg", "x_jpg.mid");
    assert_list("x_mid.kar=x_mid x.kar=x x.mid=x_mid_2", "x_mid.kar", "x.kar", "x.mid");
    assert_list("x.mid=x x.mid=x_mid x.mid=x_mid_2 x.mid=x_mid_3 x.kar=x_kar", "a/x.mid", "b/x.mid",
                "c/x.mid", "d/x.mid", "x.kar");
    assert_list("x_mid_2.mid=x_mid_2 x.mid=x x.mid=x_mid x.mid=x_mid_3", "x_mid_2.mid", "a/x.mid",
                "b/x.mid", "c/x.mid");
    assert_list("__x.mid=%5F_x __x.kar=%5F_x_kar", "__x.mid", "__x.kar");
    assert_list("standard input=stdin stdin.mid=stdin_mid", "-", "stdin.mid");
}

/* Where operands are sets, the same file has the same name in each. */
static void
test_sets(void)
{
    const char *const operands[] = { "a/x.mid", "b/x.mid", "a/x.mid", NULL };
    g_autoptr(AssayListing) listing = assay_listing_new(operands, midi, TRUE);

    g_assert_cmpuint(listing->files->len, ==, 3);
    for (guint i = 0; i < listing->files->len; i++)
        g_assert_cmpstr(((const AssayFile *)listing->files->pdata[i])->name, ==, "x");
}

/* A hundred thousand files of one name take no time. */
static void
test_many_clashes(void)
{
    enum { N = 100000 };
    g_autofree const char **operands = g_new0(const char *, N + 1);
    g_autoptr(AssayListing) listing = NULL;
    const AssayFile *last;

    for (size_t i = 0; i < N; i++)
        operands[i] = "none/x.mid";
    listing = assay_listing_new(operands, midi, FALSE);
    last = g_ptr_array_index(listing->files, N - 1);
    g_assert_cmpstr(last->name, ==, "x_mid_99999");
}

static void
test_walk(void)
{
    touch("walk/b.mid");
    touch("walk/a.MID");
    touch("walk/B.mid");
    touch("walk/a/z.kar");
    touch("walk/a/.hidden.mid");
    touch("walk/.git/x.mid");
    touch("walk/README");
    touch("walk/a/notes.txt");
    touch("walk/.mid");
    touch("walk/\xc3\xa4.mid");
    touch("walk/x.mid/y.mid"); /* a folder with the suffix of a file */
    g_assert_cmpint(mkfifo("walk/fifo.mid", 0600), ==, 0);
    g_assert_cmpint(symlink("nowhere", "walk/broken.mid"), ==, 0);
    g_assert_cmpint(symlink("nowhere", "walk/broken"), ==, 0);
    g_assert_cmpint(symlink("../walk/a/z.kar", "walk/c.mid"), ==, 0);
    /* Byte order: capitals first, what is beyond ASCII last. */
    assert_list("walk/B.mid=walk/B walk/a/z.kar=walk/a/z walk/a.MID=walk/a walk/b.mid=walk/b "
                "walk/broken.mid=walk/broken walk/c.mid=walk/c walk/x.mid/y.mid=walk/x.mid/y "
                "walk/\xc3\xa4.mid=walk/\xc3\xa4 +4 walk/README",
                "walk");
    assert_list("a/z.kar=a/z +1 a/notes.txt", "walk/a/");
    assert_list("a/z.kar=a/z z.kar=z +1 a/notes.txt", "./walk//a", "walk/a/z.kar");
    g_assert_cmpint(chdir("walk/a"), ==, 0);
    assert_list("a/z.kar=a/z +1 a/notes.txt", ".");
    assert_list("a/z.kar=a/z +1 a/notes.txt", "./");
    assert_list("a/z.kar=a/z +1 a/notes.txt", "../a/.");
    g_assert_cmpint(chdir("../.."), ==, 0);
    file_tree_remove("walk");
}

static void
test_links(void)
{
    touch("links/a/x.mid");
    touch("links/b/y.mid");
    g_assert_cmpint(symlink("..", "links/a/up"), ==, 0);
    g_assert_cmpint(symlink(".", "links/b/self"), ==, 0);
    g_assert_cmpint(symlink("../b", "links/a/b"), ==, 0);
    /* links/a/up is links itself, links/b/self is links/b: entered once. links/a/b is another way
     * to links/b, and its files are there twice, as a user would say. */
    assert_list("links/a/b/y.mid=links/a/b/y links/a/x.mid=links/a/x links/b/y.mid=links/b/y",
                "links");
    file_tree_remove("links");
}

/* ".." is where the link leads, not where it lies. */
static void
test_dotdot(void)
{
    touch("one/inner/x.mid");
    touch("two/y.mid");
    g_assert_cmpint(symlink("../one/inner", "two/link"), ==, 0);
    assert_list("one/inner/x.mid=one/inner/x", "two/link/..");
    file_tree_remove("one");
    file_tree_remove("two");
}

/* Far deeper than anyone has folders. */
static void
test_deep(void)
{
    GString *path = g_string_new("deep");

    for (int i = 0; i < 300; i++)
        g_string_append(path, "/d");
    g_string_append(path, "/x.mid");
    touch(path->str);
    {
        g_autofree char *found = list("deep", NULL);

        g_assert_true(g_str_has_suffix(found, "/d/d/x"));
    }
    file_tree_remove("deep");
    g_string_free(path, TRUE);
}

static void
test_suffix(void)
{
    g_assert_true(assay_has_suffix("x.mid", midi));
    g_assert_true(assay_has_suffix("a/x.MiD", midi));
    g_assert_true(assay_has_suffix("x.tar.kar", midi));
    g_assert_false(assay_has_suffix(".mid", midi));
    g_assert_false(assay_has_suffix("xmid", midi));
    g_assert_false(assay_has_suffix("x.mid", NULL));
}

/* Of files and folders nothing has to be waited for, whatever else is in a folder. */
static void
test_waits(void)
{
    const struct {
        const char *operands[4];
        gboolean waits;
    } rows[] = {
        { { "w/a.mid", "w" }, FALSE },        { { "w/none.mid" }, FALSE },
        { { "w/a.mid", "w", "-" }, TRUE },    { { "w/pipe.mid" }, TRUE },
        { { "/dev/null", "w/a.mid" }, TRUE },
    };

    touch("w/a.mid");
    g_assert_cmpint(mkfifo("w/pipe.mid", 0600), ==, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(AssayListing) listing = assay_listing_new(rows[i].operands, midi, FALSE);

        g_assert_cmpint(listing->waits != FALSE, ==, rows[i].waits);
    }
    g_assert_cmpint(unlink("w/pipe.mid"), ==, 0);
}

int
main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    folder = g_dir_make_tmp("assay-test-XXXXXX", NULL);
    g_assert_cmpint(chdir(folder), ==, 0);
    g_test_add_func("/names/names", test_names);
    g_test_add_func("/names/clashes", test_clashes);
    g_test_add_func("/names/sets", test_sets);
    g_test_add_func("/names/many-clashes", test_many_clashes);
    g_test_add_func("/names/walk", test_walk);
    g_test_add_func("/names/links", test_links);
    g_test_add_func("/names/dotdot", test_dotdot);
    g_test_add_func("/names/deep", test_deep);
    g_test_add_func("/names/suffix", test_suffix);
    g_test_add_func("/names/waits", test_waits);
    status = g_test_run();
    file_tree_remove(folder);
    g_free(folder);
    return status;
}
