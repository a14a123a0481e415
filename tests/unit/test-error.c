/* tests/unit/test-error.c - an error says which item is to blame, wherever it is carried.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>

static void
test_item(void)
{
    g_autoptr(GError) error = NULL, copy = NULL, moved = NULL;
    size_t item = 7;

    g_assert_false(assay_error_item(NULL, &item));
    assay_error_blame_item(NULL, 3);
    assay_error_blame_item(&error, 3);
    g_assert_null(error);

    g_set_error(&error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "is %d", 3);
    g_assert_false(assay_error_item(error, &item));
    assay_error_blame_item(&error, 3);
    g_prefix_error(&error, "x[%d]: ", 3);
    copy = g_error_copy(error);
    g_propagate_error(&moved, g_steal_pointer(&error));
    g_assert_true(assay_error_item(moved, &item));
    g_assert_cmpuint(item, ==, 3);
    item = 7;
    g_assert_true(assay_error_item(copy, &item));
    g_assert_cmpuint(item, ==, 3);
    g_assert_cmpstr(copy->message, ==, "x[3]: is 3");
}

static void
test_other_domain(void)
{
    g_autoptr(GError) error = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_IO, "no");
    size_t item;

    assay_error_blame_item(&error, 3);
    g_assert_false(assay_error_item(error, &item));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/error/item", test_item);
    g_test_add_func("/error/other-domain", test_other_domain);
    return g_test_run();
}
