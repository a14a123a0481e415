/* tests/unit/test-digest.c - SHA-256 beside GLib's, and contents that are read at any place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/content.h>
#include <assay/base/digest.h>
#include <assay/base/error.h>
#include <glib/gstdio.h>
#include <string.h>

static void
fill(guint8 *data, size_t n)
{
    guint32 state = 1;

    for (size_t i = 0; i < n; i++) {
        state = state * 1664525 + 1013904223;
        data[i] = (guint8)(state >> 24);
    }
}

/* Every length about the ends of a block, in one piece and in two. */
static void
test_lengths(void)
{
    guint8 data[300];

    fill(data, sizeof data);
    for (size_t n = 0; n <= sizeof data; n++) {
        g_autofree char *want = g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, n);
        g_autoptr(GBytes) bytes = g_bytes_new_static(data, n);
        g_autofree char *whole = assay_digest_bytes(bytes);

        g_assert_cmpstr(whole, ==, want);
        for (size_t cut = 0; cut <= n; cut += 13) {
            g_autoptr(AssayDigest) digest = assay_digest_new();
            g_autofree char *got = NULL;

            assay_digest_update(digest, data, cut);
            assay_digest_update(digest, data + cut, n - cut);
            got = assay_digest_finish(digest);
            g_assert_cmpstr(got, ==, want);
        }
    }
}

/* FIPS 180-4, appendix: "abc". */
static void
test_known(void)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static("abc", 3);
    g_autofree char *got = assay_digest_bytes(bytes);

    g_assert_cmpstr(got, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* A file that stays where it is gives the same bytes as one in memory. */
static void
test_content(void)
{
    const size_t size = 300000;
    g_autofree guint8 *data = g_malloc(size);
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "assay-content-XXXXXX", NULL);
    g_autoptr(GError) error = NULL;
    char *digests[2];

    fill(data, size);
    g_close(g_mkstemp(path), NULL);
    g_file_set_contents(path, (const char *)data, (gssize)size, &error);
    g_assert_no_error(error);
    for (int large = 0; large < 2; large++) {
        g_autoptr(AssayInput) input = assay_input_open(path, NULL);
        g_autoptr(AssayContent) content =
            assay_content_from_input(input, path, large ? 1000 : size, size, &error);
        guint8 part[100];
        guint64 n;
        size_t got;

        g_assert_no_error(error);
        g_assert_cmpuint(assay_content_held(content), ==, large ? 0 : size);
        g_assert_true(assay_content_size(content, &n, NULL));
        g_assert_cmpuint(n, ==, size);
        g_assert_true(assay_content_read(content, 299950, part, sizeof part, &got, NULL));
        g_assert_true(got == 50 && memcmp(part, data + 299950, 50) == 0);
        g_assert_true(assay_content_read(content, G_MAXUINT64, part, sizeof part, &got, NULL));
        g_assert_cmpuint(got, ==, 0);
        digests[large] = assay_content_digest(content, NULL);
    }
    g_assert_cmpstr(digests[0], ==, digests[1]);
    g_free(digests[0]);
    g_free(digests[1]);
    g_unlink(path);
}

/* A file that is gone by the time it is read. */
static void
test_gone(void)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "assay-content-XXXXXX", NULL);
    g_autoptr(AssayInput) input = NULL;
    g_autoptr(AssayContent) content = NULL;
    g_autoptr(GError) error = NULL;
    guint64 size;

    g_close(g_mkstemp(path), NULL);
    g_file_set_contents(path, "0123456789", -1, NULL);
    input = assay_input_open(path, NULL);
    content = assay_content_from_input(input, path, 1, 100, NULL);
    g_unlink(path);
    g_assert_false(assay_content_size(content, &size, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/digest/lengths", test_lengths);
    g_test_add_func("/digest/known", test_known);
    g_test_add_func("/digest/content", test_content);
    g_test_add_func("/digest/gone", test_gone);
    return g_test_run();
}
