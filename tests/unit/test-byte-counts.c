/* tests/unit/test-byte-counts.c - counts of bytes, beside one by one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/byte-counts-private.h>
#include <assay/base/byte-counts.h>
#include <string.h>

#include "rounds.h"

/* Any number of bytes, from anywhere, of which so many of 256 are 0. */
static void
check(GRand *random, size_t n, int n_black)
{
    g_autofree guint8 *bytes = g_malloc(n + 1);
    guint16 expected[256] = { 0 }, counts[256], plain[256];
    size_t first = (size_t)g_rand_int_range(random, 0, 2);

    n -= MIN(n, first);
    for (size_t i = 0; i < n; i++) {
        bytes[first + i] = g_rand_int_range(random, 0, 256) < n_black
                               ? 0
                               : (guint8)g_rand_int_range(random, 0, 256);
        expected[bytes[first + i]]++;
    }
    memset(counts, 0xff, sizeof counts);
    memset(plain, 0xff, sizeof plain);
    assay_byte_counts(bytes + first, n, counts);
    assay_byte_counts_plain(bytes + first, n, plain);
    g_assert_cmpint(memcmp(counts, expected, sizeof expected), ==, 0);
    g_assert_cmpint(memcmp(plain, expected, sizeof expected), ==, 0);
    if (!assay_byte_counts_is_native())
        return;
    assay_byte_counts_native(bytes + first, n, counts);
    g_assert_cmpint(memcmp(counts, expected, sizeof expected), ==, 0);
}

static void
test_random(void)
{
    static const size_t sizes[] = { 0, 1, 7, 63, 64, 65, 784, 4095, 4096, 4161, 8192 };
    g_autoptr(GRand) random = g_rand_new_with_seed(3);

    for (guint round = 0; round < rounds(16); round++) {
        for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
            check(random, sizes[i], 0);
            check(random, sizes[i], 128);
            check(random, sizes[i], 250);
        }
        check(random, (size_t)g_rand_int_range(random, 0, 20000), 200);
    }
}

/* As many as there may be, all alike. */
static void
test_most(void)
{
    g_autofree guint8 *bytes = g_malloc0(ASSAY_BYTE_COUNTS_MOST);
    guint16 counts[256];

    for (int value = 0; value < 256; value += 85) {
        memset(bytes, value, ASSAY_BYTE_COUNTS_MOST);
        assay_byte_counts(bytes, ASSAY_BYTE_COUNTS_MOST, counts);
        g_assert_cmpuint(counts[value], ==, ASSAY_BYTE_COUNTS_MOST);
        g_assert_cmpuint(counts[value ^ 1], ==, 0);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/byte-counts/random", test_random);
    g_test_add_func("/byte-counts/most", test_most);
    return g_test_run();
}
