/* tests/unit/test-intake.c - inputs and items are counted for what they are, pieces for nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/stream/intake.h>

/* What is counted, as "inputs consumed/left out, items/left out of them". */
static void
assert_counts(const AssayIntake *self, const char *expected)
{
    g_autofree char *found = g_strdup_printf(
        "%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
        self->n_inputs, self->n_left_out, self->n_items, self->n_items_left_out);

    g_assert_cmpstr(found, ==, expected);
}

static void
test_whole(void)
{
    AssayIntake self = { .n_inputs = 0 };

    assay_intake_begin(&self);
    g_assert_false(assay_intake_consume(&self, "a", FALSE, 0, 1));
    g_assert_false(assay_intake_leave_out(&self, "b", FALSE, 0, 0));
    g_assert_false(assay_intake_consume(&self, "b", FALSE, 0, 1)); /* a file of that name again */
    assert_counts(&self, "2/1, 2/0");
    assay_intake_add_upstream(&self, 0);
    assert_counts(&self, "2/2, 2/0");
    assay_intake_add_upstream(&self, 3);
    assert_counts(&self, "2/2, 5/3");
    assay_intake_clear(&self);
}

static void
test_pieces(void)
{
    AssayIntake self = { .n_inputs = 0 };

    assay_intake_begin(&self);
    g_assert_false(assay_intake_leave_out(&self, "a", TRUE, 0, 10));
    g_assert_true(assay_intake_leave_out(&self, "a", TRUE, 10, 10));
    assert_counts(&self, "0/1, 0/0");
    g_assert_true(assay_intake_consume(&self, "a", TRUE, 20, 5));
    assert_counts(&self, "1/0, 25/20");
    g_assert_true(assay_intake_leave_out(&self, "a", TRUE, 25, 1));
    g_assert_true(assay_intake_consume(&self, "a", TRUE, 30, 5)); /* some were left out before */
    assert_counts(&self, "1/0, 31/21");
    g_assert_false(assay_intake_consume(&self, "b", TRUE, 35, 5));
    g_assert_false(assay_intake_consume(&self, "b", TRUE, 0, 5));
    assert_counts(&self, "3/0, 41/21");
    assay_intake_begin(&self);
    g_assert_false(assay_intake_consume(&self, "b", TRUE, 5, 5));
    assert_counts(&self, "4/0, 46/21");
    assay_intake_clear(&self);
}

static void
test_withdraw(void)
{
    AssayIntake self = { .n_inputs = 0 };

    assay_intake_begin(&self);
    g_assert_true(assay_intake_withdraw(&self));
    assert_counts(&self, "0/0, 0/0");
    assay_intake_consume(&self, "a", TRUE, 0, 10);
    g_assert_true(assay_intake_withdraw(&self));
    assert_counts(&self, "0/1, 0/0");
    assay_intake_consume(&self, "a", TRUE, 10, 4);
    assert_counts(&self, "1/0, 14/10");
    g_assert_false(assay_intake_withdraw(&self));
    assert_counts(&self, "0/1, 0/0");
    assay_intake_consume(&self, "b", FALSE, 0, 1);
    assert_counts(&self, "1/1, 1/0");
    g_assert_true(assay_intake_withdraw(&self));
    assert_counts(&self, "0/2, 0/0");
    assay_intake_clear(&self);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/intake/whole", test_whole);
    g_test_add_func("/intake/pieces", test_pieces);
    g_test_add_func("/intake/withdraw", test_withdraw);
    return g_test_run();
}
