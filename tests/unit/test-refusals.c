/* tests/unit/test-refusals.c - what is left out for one reason is told once, and which items.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stream/refusals-private.h>

/* @item: to blame, or -1 */
static GError *
new_fault(const char *message, int item)
{
    GError *fault = g_error_new_literal(ASSAY_ERROR, ASSAY_ERROR_RANGE, message);

    if (item >= 0)
        assay_error_blame_item(&fault, (size_t)item);
    return fault;
}

static AssayRefusal
new_refusal(const char *message, int item, size_t start, size_t n_items)
{
    return (AssayRefusal){ g_strdup("x"), TRUE, start, n_items, new_fault(message, item), 0 };
}

static void
assert_extends(const char *first, int first_item, size_t start, const char *next, int item,
               gboolean expected)
{
    AssayRefusal refusal = new_refusal(first, first_item, 5, 2);
    GError *fault = new_fault(next, item);

    g_assert_true(assay_refusal_extend(&refusal, start, 3, &fault) == expected);
    g_assert_true((fault == NULL) == expected);
    g_assert_cmpuint(refusal.n_items, ==, expected ? 5 : 2);
    g_assert_cmpstr(refusal.fault->message, ==, first);
    g_clear_error(&fault);
    assay_refusal_clear(&refusal);
}

static void
test_extend(void)
{
    AssayRefusal none = { .name = NULL };
    g_autoptr(GError) fault = new_fault("x", 0);

    g_assert_false(assay_refusal_extend(&none, 0, 1, &fault));
    assert_extends("x[5]: is -1", 5, 7, "x[7]: is 2.5e-3", 7, TRUE);
    assert_extends("x[5]: is -1", 5, 8, "x[8]: is -1", 8, FALSE); /* not in a row */
    assert_extends("x[5]: is -1", 5, 6, "x[6]: is -1", 6, FALSE);
    assert_extends("x[5]: is -1", 5, 7, "x[7]: is nan", 7, FALSE);
    assert_extends("x[5]: is", 5, 7, "x[7]: is so", 7, FALSE);
    assert_extends("x[5]: is so", 5, 7, "x[7]: is", 7, FALSE);
    assert_extends("x: no", -1, 7, "x: no", -1, TRUE);
    assert_extends("x: no", -1, 9, "x: no", -1, TRUE); /* whatever lacks between them */
    assert_extends("x: no", -1, 6, "x: no", -1, FALSE);
    assert_extends("x: no", -1, 7, "x: no", 7, FALSE);
}

static void
assert_text(int item, size_t start, size_t n_items, gboolean is_all, const char *expected)
{
    AssayRefusal refusal = new_refusal("no", item, start, n_items);
    g_autofree char *text = assay_refusal_text(&refusal, is_all);

    g_assert_cmpstr(text, ==, expected);
    assay_refusal_clear(&refusal);
}

static void
test_text(void)
{
    assert_text(5, 5, 1, FALSE, "no");
    assert_text(5, 5, 3, FALSE, "no; items 5 to 7 are left out");
    assert_text(0, 0, 3, TRUE, "no; items 0 to 2 are left out");
    assert_text(0, 0, 1, TRUE, "no");
    assert_text(-1, 0, 3, TRUE, "no");
    assert_text(-1, 0, 3, FALSE, "no; items 0 to 2 are left out");
    assert_text(-1, 4, 1, FALSE, "no; item 4 is left out");
    assert_text(-1, 0, 0, FALSE, "no");
}

static void
test_lacking(void)
{
    AssayRefusal refusal = new_refusal("no", -1, 2, 3);
    GError *fault = new_fault("no", -1);
    g_autofree char *text = NULL;

    g_assert_true(assay_refusal_extend(&refusal, 9, 1, &fault));
    text = assay_refusal_text(&refusal, FALSE);
    g_assert_cmpstr(text, ==, "no; items 2 to 9 are left out");
    g_assert_cmpuint(refusal.n_items, ==, 4); /* the others were counted where they went */
    fault = new_fault("no", -1);
    g_assert_false(assay_refusal_extend(&refusal, 9, 1, &fault));
    g_clear_error(&fault);
    assay_refusal_clear(&refusal);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/refusals/extend", test_extend);
    g_test_add_func("/refusals/text", test_text);
    g_test_add_func("/refusals/lacking", test_lacking);
    return g_test_run();
}
