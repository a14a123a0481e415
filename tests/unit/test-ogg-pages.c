/* tests/unit/test-ogg-pages.c - pages that are damaged, missing, or cut.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/media/ogg-pages-private.h>
#include <string.h>

enum { FIRST = 2, LAST = 4 };

/* The checksum bit by bit, as a division of polynomials. */
static guint32
divide(const guint8 *bytes, size_t n)
{
    guint32 rest = 0;

    for (size_t i = 0; i < 8 * n; i++) {
        gboolean out = rest >> 31 != (guint32)(bytes[i / 8] >> (7 - i % 8) & 1);

        rest = rest << 1 ^ (out ? 0x04c11db7U : 0);
    }
    return rest;
}

static void
put_number(guint8 *at, guint32 value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (guint8)(value >> 8 * i);
}

/* Appends a page with @n bytes in it. */
static void
add_page(GByteArray *file, int flags, guint32 serial, guint32 number, size_t n)
{
    size_t start = file->len, n_segments = n / 255 + 1;
    guint8 head[27] = "OggS", segment, byte;

    head[5] = (guint8)flags;
    put_number(head + 14, serial);
    put_number(head + 18, number);
    head[26] = (guint8)n_segments;
    g_byte_array_append(file, head, sizeof head);
    for (size_t i = 0; i < n_segments; i++) {
        segment = (guint8)(i + 1 < n_segments ? 255 : n % 255);
        g_byte_array_append(file, &segment, 1);
    }
    for (size_t i = 0; i < n; i++) {
        byte = (guint8)(i * 7 + number);
        g_byte_array_append(file, &byte, 1);
    }
    put_number(file->data + start + 22, divide(file->data + start, file->len - start));
}

static gboolean
check(const guint8 *data, size_t size, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(AssayContent) content = assay_content_from_bytes("x", bytes);

    return assay_ogg_check(content, error);
}

static void
assert_refused(const guint8 *data, size_t size, int code, const char *what, size_t at)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *says = g_strdup_printf(
        "%s (the Ogg page at byte %" G_GSIZE_FORMAT
        "); assay-mel and assay-chroma take what can be decoded by --truncated=keep",
        what, at);

    g_assert_false(check(data, size, &error));
    g_assert_error(error, ASSAY_ERROR, code);
    g_assert_cmpstr(error->message, ==, says);
}

/* Three pages of one stream; the second is at byte 33, the third at 33 + 228. */
static GByteArray *
make_file(void)
{
    GByteArray *file = g_byte_array_new();

    add_page(file, FIRST, 9, 0, 5);
    add_page(file, 0, 9, 1, 200);
    add_page(file, LAST, 9, 2, 255);
    g_assert_cmpuint(file->len, ==, 33 + 228 + 27 + 2 + 255);
    return file;
}

static void
test_sound(void)
{
    g_autoptr(GByteArray) file = make_file();

    g_assert_true(check(file->data, file->len, NULL));
    g_byte_array_append(file, (const guint8 *)"TAG behind the end of all streams", 33);
    g_assert_true(check(file->data, file->len, NULL));
}

/* Whatever bit is turned, of any page. */
static void
test_damaged(void)
{
    g_autoptr(GByteArray) file = make_file();
    const size_t second = 33, third = 33 + 228;

    for (size_t i = 1; i < file->len; i += 13) {
        g_autoptr(GError) error = NULL;

        file->data[i] ^= 0x10;
        g_assert_false(check(file->data, file->len, &error));
        g_assert_true(g_error_matches(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT) ||
                      g_error_matches(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED));
        file->data[i] ^= 0x10;
    }
    file->data[second + 100] ^= 1;
    assert_refused(file->data, file->len, ASSAY_ERROR_FORMAT, "is damaged", second);
    file->data[second + 100] ^= 1;
    file->data[third] = 'o';
    assert_refused(file->data, file->len, ASSAY_ERROR_FORMAT, "is damaged", third);
}

static void
test_missing(void)
{
    g_autoptr(GByteArray) file = make_file();

    g_byte_array_remove_range(file, 33, 228);
    assert_refused(file->data, file->len, ASSAY_ERROR_FORMAT, "lacks a part of its sound", 33);
}

/* Cut anywhere, within a page and between two. */
static void
test_cut(void)
{
    g_autoptr(GByteArray) file = make_file();

    assert_refused(file->data, 33, ASSAY_ERROR_TRUNCATED, "breaks off, without its last page", 33);
    assert_refused(file->data, 33 + 228, ASSAY_ERROR_TRUNCATED, "breaks off, without its last page",
                   33 + 228);
    assert_refused(file->data, 34, ASSAY_ERROR_TRUNCATED, "breaks off", 33);
    assert_refused(file->data, 33 + 27, ASSAY_ERROR_TRUNCATED, "breaks off", 33);
    assert_refused(file->data, 33 + 227, ASSAY_ERROR_TRUNCATED, "breaks off", 33);
    assert_refused(file->data, file->len - 1, ASSAY_ERROR_TRUNCATED, "breaks off", 33 + 228);
}

/* Streams one in another, and one behind another; numbers are of each. */
static void
test_streams(void)
{
    g_autoptr(GByteArray) file = g_byte_array_new();
    size_t at;

    add_page(file, FIRST, 1, 0, 10);
    add_page(file, FIRST, 2, 0, 10);
    add_page(file, LAST, 1, 1, 10);
    add_page(file, 0, 2, 1, 10);
    add_page(file, LAST, 2, 2, 10);
    add_page(file, FIRST, 1, 7, 10);
    add_page(file, 0, 1, 8, 10);
    at = file->len;
    add_page(file, LAST, 1, 9, 10);
    g_assert_true(check(file->data, file->len, NULL));
    g_byte_array_set_size(file, (guint)at);
    add_page(file, 0, 1, 10, 10);
    assert_refused(file->data, file->len, ASSAY_ERROR_FORMAT, "lacks a part of its sound", at);
    g_byte_array_set_size(file, 0);
    for (guint32 serial = 0; serial < 20; serial++) /* more than are followed */
        add_page(file, FIRST, serial, 0, 1);
    for (guint32 serial = 0; serial < 20; serial++)
        add_page(file, LAST, serial, serial < 16 ? 1 : 5, 1);
    g_assert_true(check(file->data, file->len, NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ogg-pages/sound", test_sound);
    g_test_add_func("/ogg-pages/damaged", test_damaged);
    g_test_add_func("/ogg-pages/missing", test_missing);
    g_test_add_func("/ogg-pages/cut", test_cut);
    g_test_add_func("/ogg-pages/streams", test_streams);
    return g_test_run();
}
