/* tests/unit/test-near.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/near.h>
#include <string.h>

static void
test_distance(void)
{
    static const struct {
        const char *a, *b;
        guint distance;
    } rows[] = {
        { "", "", 0 },
        { "", "abc", 3 },
        { "roll", "roll", 0 },
        { "ROLL", "roll", 0 },
        { "rol", "roll", 1 },
        { "rool", "roll", 1 },
        { "chorma", "chroma", 1 }, /* neighbours exchanged */
        { "kitten", "sitting", 3 },
        { "ca", "abc", 3 }, /* no edit within an exchange */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_cmpuint(assay_near_distance(rows[i].a, rows[i].b), ==, rows[i].distance);
        g_assert_cmpuint(assay_near_distance(rows[i].b, rows[i].a), ==, rows[i].distance);
    }
}

static void
test_long_names(void)
{
    g_autofree char *a = g_strnfill(5000, 'a');
    g_autofree char *b = g_strnfill(300, 'a');

    g_assert_cmpuint(assay_near_distance(a, b), ==, 0); /* the last 256 bytes */
    b[299] = 'b';
    g_assert_cmpuint(assay_near_distance(a, b), ==, 1);
}

/* What is near @wanted among names parted by blanks. */
static void
assert_near(const char *wanted, const char *names, const char *expected)
{
    g_autoptr(AssayNear) near = assay_near_new(wanted);
    g_auto(GStrv) list = g_strsplit(names, " ", -1);
    g_autofree char *text = NULL;

    for (size_t i = 0; list[i] != NULL; i++)
        assay_near_offer(near, list[i]);
    text = assay_near_text(near);
    g_assert_cmpstr(text, ==, expected);
}

static void
test_names(void)
{
    assert_near("chor01", "bach/chor001 bach/chor002", NULL);
    assert_near("bach/chor01", "bach/chor002 bach/chor001 bach/chor101",
                "bach/chor001, bach/chor101 or bach/chor002");
    assert_near("chor001", "x/chor0012 x/chor001 chor002", "x/chor001 or x/chor0012");
    assert_near("chek", "roll chroma baseline mine spec check show diff", "check");
    assert_near("xyzzy", "roll chroma", NULL);
    assert_near("", "roll chroma", NULL);
    assert_near("aaa", "aab aac aad aae", "aab, aac or aad");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/near/distance", test_distance);
    g_test_add_func("/near/long-names", test_long_names);
    g_test_add_func("/near/names", test_names);
    return g_test_run();
}
