/* tests/unit/test-yield.c - what samples give to a spec, and which give nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/spec/yield.h>

#include "corpus.h"
#include "set-of-values.h"

static AssayYield *
take(AssaySample *taken, gboolean rules_only, GError **error)
{
    const AssayObserveConfig config = ASSAY_OBSERVE_CONFIG_DEFAULT;
    g_autoptr(AssaySample) sample = taken;

    return assay_yield_new(sample, &config, rules_only, error);
}

static AssaySample *
numbers(const char *field, AssayType type)
{
    const double values[] = { 1, 2 };

    return values_new("x", field, type, 0, 2, values, NULL);
}

/* Music has events and values; of rules alone no values are counted. */
static void
test_music(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayYield) all =
        take(corpus_piece("a", corpus_midi(96, "0-96:60"), NULL), FALSE, &error);
    g_autoptr(AssayYield) rules =
        take(corpus_piece("a", corpus_midi(96, "0-96:60"), NULL), TRUE, &error);

    g_assert_no_error(error);
    g_assert_true(all->observation->present[ASSAY_RULE_DURATION]);
    g_assert_cmpuint(assay_spread_n_variables(all->spread), >, 0);
    g_assert_true(rules->observation->present[ASSAY_RULE_DURATION]);
    g_assert_null(rules->spread);
}

/* Numbers have values and no events; with rules alone they are refused. */
static void
test_numbers(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayYield) yield = take(numbers("x", ASSAY_F64), FALSE, &error);

    g_assert_no_error(error);
    g_assert_false(yield->observation->present[ASSAY_RULE_DURATION]);
    g_assert_cmpuint(assay_spread_n_variables(yield->spread), ==, 1);
    g_assert_null(take(numbers("x", ASSAY_F64), TRUE, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
}

/* A spec has rules where a sample had events. */
static void
test_spec(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayYield) music =
        take(corpus_piece("a", corpus_midi(96, "0-96:60"), NULL), FALSE, &error);
    g_autoptr(AssayYield) plain = take(numbers("x", ASSAY_F64), FALSE, &error);
    AssayYield *const yields[] = { music, plain };

    for (size_t i = 0; i < 2; i++) {
        g_autoptr(AssaySpec) spec = assay_spec_new();

        g_assert_false(assay_spec_has_rules(spec));
        g_assert_true(
            assay_spec_add(spec, yields[i]->observation, yields[i]->spread, NULL, &error));
        g_assert_true(assay_spec_has_rules(spec) == (i == 0));
        g_assert_true(assay_spec_has_distributions(spec));
    }
}

static void
test_nothing(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(take(assay_sample_new("x"), FALSE, &error));
    corpus_refused(&error, ASSAY_ERROR_FIELD, "x: no field of numbers; it has none");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/yield/music", test_music);
    g_test_add_func("/yield/numbers", test_numbers);
    g_test_add_func("/yield/spec", test_spec);
    g_test_add_func("/yield/nothing", test_nothing);
    return g_test_run();
}
