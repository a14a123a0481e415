/* tests/unit/test-criterion.c - conditions on rows of a summary.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/check/criterion.h>
#include <math.h>

#include "corpus.h"

static const AssaySummaryRow row = { .rule = "duration",
                                     .items = 3,
                                     .groups = 2,
                                     .events = 1000,
                                     .violations = 7,
                                     .rate = 0.007,
                                     .expected = 0.0035,
                                     .ratio = 2,
                                     .p = 0.05,
                                     .flagged = 0.5 };

static void
test_holds(void)
{
    static const struct {
        const char *text;
        gboolean holds;
    } cases[] = {
        { "ratio>1.9", TRUE },
        { "ratio>2", FALSE },
        { "ratio>=2", TRUE },
        { "ratio<2", FALSE },
        { "ratio<=2", TRUE },
        { "ratio=2", TRUE },
        { "ratio=2.0001", FALSE },
        { " ratio >= 2 ", TRUE },
        { "items=3", TRUE },
        { "groups<3", TRUE },
        { "events>=1e3", TRUE },
        { "violations>0", TRUE },
        { "violations>7", FALSE },
        { "rate>.006", TRUE },
        { "expected>-1", TRUE },
        { "p<=0.05", TRUE },
        { "p<0.05", FALSE },
        { "flagged>0.05", TRUE },
        { "duration:violations>0", TRUE },
        { "chroma-transition:violations>0", FALSE },
        { "chroma-transition:violations<1e9", FALSE },
        { "duration : p < 1", TRUE },
        { "ratio<inf", TRUE },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayCriterion) criterion = assay_criterion_parse(cases[i].text, &error);

        g_assert_no_error(error);
        if (criterion != NULL && assay_criterion_holds(criterion, &row) != cases[i].holds)
            g_test_fail_printf("\"%s\" does %s hold", cases[i].text, cases[i].holds ? "not" : "");
    }
}

/* What is missing meets nothing. */
static void
test_missing(void)
{
    static const char *const texts[] = { "ratio>0", "ratio<=0", "ratio=0", "p<1", "p>=0" };
    AssaySummaryRow missing = row;

    missing.ratio = missing.p = (double)NAN;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(AssayCriterion) criterion = assay_criterion_parse(texts[i], NULL);

        g_assert_nonnull(criterion);
        g_assert_false(assay_criterion_holds(criterion, &missing));
    }
}

static void
test_refused(void)
{
    static const char *const texts[] = { "",         "ratio",     "ratio>",       ">2",
                                         "ratio>x",  "ratio>2x",  "ratio>nan",    "ratio=>2",
                                         "ratio==2", "ratio!2",   "rat>2",        "ratios>2",
                                         "set=x",    "rule>1",    "tempo:p<1",    ":p<1",
                                         "p<1,p>0",  "duration:", "p:duration<1", "ratio><2" };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayCriterion) criterion = assay_criterion_parse(texts[i], &error);
        g_autofree char *says = g_strdup_printf("--fail-on=%s: give a column", texts[i]);

        if (criterion != NULL)
            g_test_fail_printf("\"%s\" is read", texts[i]);
        else
            corpus_refused(&error, ASSAY_ERROR_USAGE, says);
    }
}

static void
test_described(void)
{
    static const struct {
        const char *text, *says;
    } cases[] = { { "ratio>1", "ratio of duration is 2" },
                  { "duration:rate>0", "rate of duration is 0.007" },
                  { "events>0", "events of duration is 1000" } };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(AssayCriterion) criterion = assay_criterion_parse(cases[i].text, NULL);
        g_autofree char *says = assay_criterion_describe(criterion, &row);

        g_assert_cmpstr(says, ==, cases[i].says);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/criterion/holds", test_holds);
    g_test_add_func("/criterion/missing", test_missing);
    g_test_add_func("/criterion/described", test_described);
    g_test_add_func("/criterion/refused", test_refused);
    return g_test_run();
}
