/* fuzz/fuzz-spec.c - bytes as a spec; what is read is printed, read again as the same, merged,
 * intersected, and used.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/check/calibrate.h>
#include <assay/check/suggest.h>
#include <assay/show/spec-dot.h>
#include <assay/show/spec-text.h>
#include <assay/spec/intersect.h>
#include <assay/spec/recipe.h>
#include <assay/spec/set-difference.h>
#include <assay/spec/succession.h>
#include <assay/spec/walk.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_printed(const AssaySpec *spec)
{
    g_autoptr(GString) text = assay_spec_print(spec);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) again = assay_spec_parse(text->str, text->len, "printed", &error);
    g_autoptr(GString) text_again = NULL;

    g_assert_no_error(error);
    text_again = assay_spec_print(again);
    g_assert_cmpstr(text->str, ==, text_again->str);
}

/* With itself a derived spec has all in common: the intersection has the same bytes, and nothing is
 * in one alone. What a spec is without its items can be read back. */
static void
check_algebra(const uint8_t *data, size_t size, guint min_groups)
{
    static const char digest[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    g_autoptr(AssaySpec) spec = assay_spec_parse(data, size, "one", NULL);
    g_autoptr(AssaySpec) other = assay_spec_parse(data, size, "other", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) before = NULL, after = NULL;
    gboolean any = FALSE;

    assay_spec_derive(spec, digest);
    assay_spec_derive(other, digest);
    check_printed(spec);
    before = assay_spec_print(spec);
    for (size_t rule = 0; rule < ASSAY_N_RULES; rule++) {
        AssayOverlap overlap;
        g_autoptr(GArray) rows = NULL;

        if (!spec->rules[rule].present)
            continue;
        any = TRUE;
        rows = assay_spec_set_difference(spec, other, rule, min_groups, &overlap, NULL);
        g_assert(rows != NULL && rows->len == 0 && overlap.allowed[0] == overlap.both);
    }
    g_assert(assay_spec_intersect(spec, other, &error) == any);
    if (!any)
        return;
    assay_spec_sort(spec);
    after = assay_spec_print(spec);
    g_assert_cmpstr(after->str, ==, before->str);
}

/* What is known of its first chords, and the graph. */
static void
use_chords(const AssaySpec *spec, guint min_groups)
{
    const AssayRule *rule = &spec->rules[ASSAY_RULE_TRANSITION];
    g_autoptr(GString) graph = NULL;

    if (!rule->present)
        return;
    graph = assay_spec_dot(spec, 20, min_groups, NULL);
    for (guint i = 0; i < rule->entries->len && i < 5; i++) {
        const AssayEntry *entry = g_ptr_array_index(rule->entries, i);
        guint chords[ASSAY_MAX_ORDER];

        for (guint k = 0; k < rule->order; k++)
            chords[k] = ASSAY_TRANSITION_STATE(entry->key, rule->order - 1 - k);
        for (guint n = 1; n <= rule->order; n++) {
            g_autoptr(AssaySuccession) found =
                assay_succession_new(spec, chords + rule->order - n, n, min_groups);

            g_assert(found->steps > 0 && found->steps <= found->all_steps);
        }
    }
}

/* With itself it is refused, unless there is nothing in it; with an equal spec likewise. */
static void
check_merged(AssaySpec *spec, const uint8_t *data, size_t size)
{
    g_autoptr(AssaySpec) other = assay_spec_parse(data, size, "other", NULL);
    g_autoptr(GError) error = NULL;
    gboolean can_merge = spec->items->len == 0 && !assay_spec_is_derived(spec);
    gboolean merged = assay_spec_merge(spec, other, &error);

    g_assert(merged == can_merge);
    if (merged) {
        assay_spec_sort(spec);
        check_printed(spec);
    } else {
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC);
    }
}

/* Some keys that the rule has, with others beside them. */
static void
tally_some(AssayTally *tally, const AssaySpec *spec, size_t rule)
{
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(guint64));

    for (guint i = 0; i < spec->rules[rule].entries->len && i < 20; i++) {
        const AssayEntry *entry = g_ptr_array_index(spec->rules[rule].entries, i);
        guint64 other = entry->key ^ 1;

        g_array_append_val(keys, entry->key);
        if (i % 3 == 0)
            g_array_append_val(keys, other);
    }
    assay_tally_keys(tally, &assay_rule_types[rule], keys);
}

static void
use_rule(const AssaySpec *spec, size_t rule, guint min_groups, gboolean changes)
{
    g_autoptr(AssayCalibration) calibration =
        assay_calibration_new(spec, rule, min_groups, changes);
    g_autoptr(AssaySuggest) suggest = assay_suggest_new(spec, rule, min_groups, changes);
    double rate = assay_calibration_rate(calibration), p;
    AssayTally tally = { 0 };
    guint64 violations, events;

    g_assert(isnan(rate) || (rate >= 0 && rate <= 1));
    for (guint i = 0; i < spec->items->len; i++)
        g_assert_cmpuint(assay_calibration_violations(calibration, i), <=,
                         assay_calibration_events(calibration, i));
    tally_some(&tally, spec, rule);
    assay_calibration_count(calibration, &tally, &violations, &events);
    g_assert_cmpuint(violations, <=, events);
    p = assay_calibration_p(calibration, &tally);
    g_assert(events == 0 || assay_spec_is_derived(spec)
                 ? isnan(p)
                 : p >= 1 / (spec->n_groups + 1.0001) && p <= 1);
    for (size_t i = 0; i < tally.n; i++) {
        double bits = assay_suggest_bits(suggest, tally.counts[i].key);
        const AssayEntry *instead = assay_suggest_instead(suggest, tally.counts[i].key);

        g_assert(isnan(bits) || bits >= -1e-9);
        g_assert(instead == NULL || assay_calibration_allows(calibration, instead->key));
    }
    assay_tally_clear(&tally);
}

/* A walk breaks nothing of what it was made by. */
static void
walk_in(const AssaySpec *spec)
{
    const AssayWalkConfig config = { .n_items = 1, .max_steps = 64 };
    const AssayObserveConfig observe = { .order = spec->rules[ASSAY_RULE_TRANSITION].order };
    g_autoptr(AssayWalk) walk = assay_walk_new(spec, &config, NULL);
    g_autoptr(AssaySample) sample = walk == NULL ? NULL : assay_walk_make(walk, 0, NULL);
    g_autoptr(AssayObservation) observation =
        sample == NULL ? NULL : assay_observe(sample, &observe, NULL);

    if (observation != NULL) {
        const AssayTally *tally = &observation->tallies[ASSAY_RULE_TRANSITION];

        g_assert_cmpuint(tally->events + observe.order, <=, 64);
        for (size_t i = 0; i < tally->n; i++)
            g_assert_nonnull(
                assay_rule_entry(&spec->rules[ASSAY_RULE_TRANSITION], tally->counts[i].key));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) spec = assay_spec_parse(data, size, "fuzz", &error);
    g_autofree char *what = NULL;
    g_autoptr(AssayRecipe) recipe = NULL;
    g_autoptr(GString) text = NULL;

    if (spec == NULL) {
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC);
        g_assert(g_utf8_validate(error->message, -1, NULL));
        return 0;
    }
    check_printed(spec);
    what = assay_spec_describe(spec);
    recipe = assay_recipe_build(spec->recipe, "fuzz", NULL);
    text = assay_spec_text(spec, 3, 1 + size % ASSAY_OWNER_GROUPS);
    for (size_t rule = 0; rule < ASSAY_N_RULES; rule++) {
        if (!spec->rules[rule].present)
            continue;
        use_rule(spec, rule, 1, FALSE);
        use_rule(spec, rule, 1 + size % ASSAY_OWNER_GROUPS, TRUE);
    }
    walk_in(spec);
    use_chords(spec, 1 + size % ASSAY_OWNER_GROUPS);
    check_algebra(data, size, 1 + size % ASSAY_OWNER_GROUPS);
    check_merged(spec, data, size);
    return 0;
}
