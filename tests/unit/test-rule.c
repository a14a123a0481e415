/* tests/unit/test-rule.c - what the events of a sample are, and how they are counted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <math.h>
#include <string.h>

#include "corpus.h"

/* "C-E-G -> F-A-C*2 1/2*3": the counts of item @item, in the order of the keys. */
static char *
describe(const AssayObservation *observation, size_t item, size_t rule)
{
    const AssayTally *tally = &observation->tallies[item * ASSAY_N_RULES + rule];
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < tally->n; i++) {
        g_autofree char *key = assay_rule_types[rule].describe_key(
            tally->counts[i].key,
            assay_rule_read_order(&assay_rule_types[rule], observation->conventions[rule]), 0);

        g_string_append_printf(text, "%s%s*%" G_GUINT64_FORMAT, i > 0 ? ", " : "", key,
                               tally->counts[i].count);
    }
    g_string_append_printf(text, " of %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, tally->events,
                           tally->changes);
    return g_string_free(text, FALSE);
}

static void
check(const AssayObservation *observation, size_t item, size_t rule, const char *expected)
{
    g_autofree char *text = describe(observation, item, rule);

    g_assert_cmpstr(text, ==, expected);
}

static AssayObservation *
observe(AssaySample *sample)
{
    g_autoptr(GError) error = NULL;
    AssayObservation *observation =
        assay_observe(sample, &(AssayObserveConfig)ASSAY_OBSERVE_CONFIG_DEFAULT, &error);

    g_assert_no_error(error);
    return observation;
}

static void
test_transitions(void)
{
    g_autoptr(AssaySample) sample =
        corpus_chroma("a/b", "C-E-G*3 F-A-C*2 C-E-G rest*2 C-E-G F-A-C");
    g_autoptr(AssayObservation) observation = observe(sample);

    g_assert_cmpstr(observation->name, ==, "a/b");
    g_assert_cmpstr(observation->path, ==, "a/b.mid");
    g_assert_cmpuint(strlen(observation->sha256), ==, 64);
    g_assert_true(observation->present[ASSAY_RULE_TRANSITION]);
    g_assert_false(observation->present[ASSAY_RULE_DURATION]);
    g_assert_false(observation->has_items);
    g_assert_cmpuint(observation->n_items, ==, 1);
    check(observation, 0, ASSAY_RULE_TRANSITION,
          "rest -> rest*1, rest -> C-E-G*1, C-E-G -> rest*1, C-E-G -> C-E-G*2, C-E-G -> F-A-C*2, "
          "F-A-C -> C-E-G*1, F-A-C -> F-A-C*1 of 9/5");
}

/* One step is no transition, and no steps are none either. */
static void
test_short(void)
{
    static const char *const chords[] = { "C-E-G", "" };

    for (size_t i = 0; i < G_N_ELEMENTS(chords); i++) {
        g_autoptr(AssaySample) sample = corpus_chroma("a", chords[i]);
        g_autoptr(AssayObservation) observation = observe(sample);

        check(observation, 0, ASSAY_RULE_TRANSITION, " of 0/0");
    }
}

/* Nothing leads from one item into the next. */
static void
test_items(void)
{
    g_autoptr(AssaySample) sample = corpus_chroma("a", "C-E-G*2 D|D*3|F-A-C D F-A-C");
    g_autoptr(AssayObservation) observation = observe(sample);
    g_autofree char *identity = assay_observation_identity(observation, 2);

    g_assert_true(observation->has_items && !observation->windows);
    g_assert_cmpuint(observation->n_items, ==, 3);
    g_assert_cmpstr(identity, ==, "a[2]");
    check(observation, 0, ASSAY_RULE_TRANSITION, "C-E-G -> D*1, C-E-G -> C-E-G*1 of 2/1");
    check(observation, 1, ASSAY_RULE_TRANSITION, "D -> D*2 of 2/0");
    check(observation, 2, ASSAY_RULE_TRANSITION, "D -> F-A-C*1, F-A-C -> D*1 of 2/2");
}

/* Ticks / division: a third of a quarter by 96, 480 or 3 ticks is one length. A note of no length
 * counts as 0; channel 10 does not count. */
static void
test_notes(void)
{
    static const struct {
        guint division;
        const char *notes;
    } pieces[] = {
        { 96, "0-32:60 32-64:62 64-64:64 64-208:65/1 0-96:36@10 200-201:60" },
        { 480, "0-160:60 160-320:62 320-320:64 320-1040:65/1 0-480:36@10 1000-1005:60" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(AssaySample) sample =
            corpus_piece("a", corpus_midi(pieces[i].division, pieces[i].notes), NULL);
        g_autoptr(AssayObservation) observation = observe(sample);

        check(observation, 0, ASSAY_RULE_DURATION, "0*1, 1/96*1, 1/3*2, 3/2*1 of 5/5");
    }
}

/* By hand: a piece of two quarters, 8 steps; C4 for four steps, E4 from the third to the sixth. */
static void
test_piece(void)
{
    g_autoptr(AssaySample) sample =
        corpus_piece("a", corpus_midi(480, "0-480:60 240-720:64"), NULL);
    g_autoptr(AssayObservation) observation = observe(sample);

    check(observation, 0, ASSAY_RULE_TRANSITION,
          "C -> C*1, C -> C-E*1, E -> E*1, C-E -> E*1, "
          "C-E -> C-E*1 of 5/2");
    check(observation, 0, ASSAY_RULE_DURATION, "1*2 of 2/2");
}

#define ROLL(options)                                                                              \
    "[{\"tool\":\"assay-roll\",\"options\":{" options "}},"                                        \
    "{\"tool\":\"assay-chroma\",\"options\":{}}]"

/* Where a piece is cut, lengths are runs of the roll: a note that goes on is two. */
static void
test_windows(void)
{
    g_autoptr(AssaySample) sample =
        corpus_piece("a", corpus_midi(480, "0-480:60 240-720:64 720-960:72"),
                     ROLL("\"step\":\"1/16\",\"window\":\"3\""));
    g_autoptr(AssayObservation) observation = observe(sample);

    g_assert_true(observation->has_items && observation->windows);
    g_assert_cmpuint(observation->n_items, ==, 2); /* two of eight steps are cut */
    check(observation, 0, ASSAY_RULE_DURATION, "1/4*1, 3/4*1 of 2/2");
    check(observation, 1, ASSAY_RULE_DURATION, "1/4*1, 3/4*1 of 2/2");
    check(observation, 0, ASSAY_RULE_TRANSITION, "C -> C*1, C -> C-E*1 of 2/1");
}

/* Steps in seconds: lengths are seconds where they come from the roll. */
static void
test_seconds(void)
{
    g_autoptr(AssaySample) sample =
        corpus_piece("a", corpus_midi(480, "0-480:60"), ROLL("\"fps\":\"8\",\"window\":\"4\""));
    g_autoptr(AssayObservation) observation = observe(sample);
    AssayJson *convention = observation->conventions[ASSAY_RULE_DURATION];

    check(observation, 0, ASSAY_RULE_DURATION, "1/2*1 of 1/1"); /* 120 quarters a minute */
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(convention, "unit")), ==, "seconds");
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(convention, "from")), ==, "roll");
}

/* A field of u8 with these axes, all zeros; "step_q" in its metadata. */
static void
add_cells(AssaySample *sample, const char *field, const char *axes, size_t a, size_t b, size_t c)
{
    g_auto(GStrv) names = g_strsplit(axes, ",", -1);
    const size_t shape[] = { a, b, c };
    AssayJson *meta = assay_json_object();
    AssayArray *array = assay_array_new(ASSAY_U8, g_strv_length(names), shape,
                                        (const char *const *)names, G_MAXSIZE, NULL);

    assay_json_set_real(meta, "step_q", 0.25);
    assay_sample_take_field(sample, field, array, meta);
}

static void
refused(AssaySample *sample, int code, const char *says)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayObservation) observation =
        assay_observe(own, &(AssayObserveConfig)ASSAY_OBSERVE_CONFIG_DEFAULT, &error);

    g_assert_null(observation);
    corpus_refused(&error, code, says);
}

/* A stream may say anything; no array is read beyond its end. */
static void
test_refused(void)
{
    AssaySample *sample = assay_sample_new("s");

    refused(sample, ASSAY_ERROR_FIELD,
            "s: no field that a rule reads (chroma, notes, roll); it has "
            "none");
    sample = assay_sample_new("s");
    add_cells(sample, "chroma", "time,class", 5, 11, 0);
    refused(sample, ASSAY_ERROR_FIELD, "s: field \"chroma\" has 11 classes, not 12");
    sample = assay_sample_new("s");
    add_cells(sample, "chroma", "time,pitch", 5, 12, 0);
    refused(sample, ASSAY_ERROR_FIELD, "field \"chroma\" is [time, pitch] of u8; needed is");
    /* Three items here, none there. */
    sample = assay_sample_new("s");
    add_cells(sample, "chroma", "item,time,class", 3, 2, 12);
    add_cells(sample, "roll", "time,pitch", 2, 3, 0);
    refused(sample, ASSAY_ERROR_FIELD, "s: field \"roll\" has no axis \"item\"");
    sample = assay_sample_new("s");
    add_cells(sample, "chroma", "time,class", 2, 12, 0);
    add_cells(sample, "roll", "item,time,pitch", 3, 2, 3);
    refused(sample, ASSAY_ERROR_FIELD, "s: field \"chroma\" has no axis \"item\"");
    /* Items in a roll that no rule would read, since there are notes. */
    sample = corpus_piece("s", corpus_midi(96, "0-96:60"), NULL);
    add_cells(sample, "roll", "item,time,pitch", 0, 2, 3);
    refused(sample, ASSAY_ERROR_FIELD, "s: field \"chroma\" has no axis \"item\"");
    sample = assay_sample_new("s");
    add_cells(sample, "chroma", "item,time,class", 3, 2, 12);
    add_cells(sample, "roll", "item,time,pitch", 2, 2, 3);
    refused(sample, ASSAY_ERROR_FIELD, "has 2 items, the sample 3");
    sample = assay_sample_new("s");
    add_cells(sample, "chroma", "item,time,class", G_MAXUINT32, 0, 12);
    refused(sample, ASSAY_ERROR_FIELD, "items, and no value in them");
    sample = corpus_piece("s", corpus_midi(96, "0-96:60"), NULL);
    assay_sample_remove_field(sample, "chroma");
    assay_sample_remove_field(sample, "roll");
    assay_sample_set_items(sample, 0, 2);
    refused(sample, ASSAY_ERROR_FIELD,
            "s: has items by its metadata, and no field of cells that would have them");
    sample = assay_sample_new("s");
    assay_sample_set_items(sample, 0, 0);
    refused(sample, ASSAY_ERROR_FIELD, "s: has no items");
    sample = assay_sample_new("s");
    add_cells(sample, "roll", "time,pitch", 2, 3, 0);
    assay_json_unset((AssayJson *)assay_sample_field_meta(sample, "roll"), "step_q");
    refused(sample, ASSAY_ERROR_META, "s: field \"roll\": neither step_q nor rate_hz");
}

static AssaySample *
with_note(double duration, size_t n_columns)
{
    static const char *const axes[] = { "note", "column", NULL };
    AssaySample *sample = assay_sample_new("s");
    AssayArray *array =
        assay_array_new(ASSAY_F64, 2, (const size_t[]){ 2, n_columns }, axes, G_MAXSIZE, NULL);

    ((double *)array->data)[n_columns + 1] = duration;
    assay_sample_take_field(sample, "notes", array, NULL);
    return sample;
}

static void
test_bad_notes(void)
{
    g_autoptr(AssaySample) sample = with_note(-0.0, 8);
    g_autoptr(AssayObservation) observation = observe(sample);

    check(observation, 0, ASSAY_RULE_DURATION, "0*2 of 2/2"); /* -0 is 0 */
    refused(with_note(-0.25, 8), ASSAY_ERROR_FIELD,
            "s: field \"notes\": note 1: duration_q is -0.25");
    refused(with_note((double)NAN, 8), ASSAY_ERROR_FIELD, "note 1: duration_q is nan");
    refused(with_note((double)INFINITY, 8), ASSAY_ERROR_FIELD, "note 1: duration_q is inf");
    refused(with_note(1, 7), ASSAY_ERROR_FIELD, "s: field \"notes\" has 7 columns, not 8");
}

/* Keys of lengths are in the order of the lengths, and come back from what is printed. */
static void
test_keys(void)
{
    static const double lengths[] = {
        0, 5e-324, 1e-9, 1 / 12.0, 0.25, 1 / 3.0, 1, 1.5, 1e17, 1e300
    };
    static const char *const words[] = { "0",   NULL, NULL,  "1/12", "1/4",
                                         "1/3", "1",  "3/2", NULL,   NULL };
    const AssayRuleType *type = &assay_rule_types[ASSAY_RULE_DURATION];

    for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
        guint64 key = assay_duration_key(lengths[i]), back = 0;
        g_autoptr(AssayJson) row = assay_json_array();
        g_autoptr(AssayJson) again = NULL;
        g_autoptr(GString) text = g_string_new(NULL);
        g_autoptr(GError) error = NULL;
        g_autofree char *name = type->describe_key(key, 1, 0);
        AssayJsonAt at;

        g_assert_cmpfloat(assay_duration_value(key), ==, lengths[i]);
        g_assert_true(i == 0 || key > assay_duration_key(lengths[i - 1]));
        type->print_key(key, 1, row);
        assay_json_print(text, row);
        again = assay_json_parse(text->str, text->len, "row", &error);
        g_assert_no_error(error);
        at = (AssayJsonAt){ NULL, "row", 0, again };
        g_assert_true(type->read_key(&at, 1, &back, &error));
        g_assert_no_error(error);
        g_assert_cmpuint(back, ==, key);
        if (words[i] != NULL)
            g_assert_cmpstr(name, ==, words[i]);
    }
}

static void
test_table(void)
{
    g_assert_cmpint(assay_rule_find("chroma-transition"), ==, ASSAY_RULE_TRANSITION);
    g_assert_cmpint(assay_rule_find("duration"), ==, ASSAY_RULE_DURATION);
    g_assert_cmpint(assay_rule_find("chroma"), ==, -1);
    /* Specs print rules in the order of the table, which is to be that of their names. */
    for (size_t r = 1; r < ASSAY_N_RULES; r++)
        g_assert_cmpstr(assay_rule_types[r - 1].name, <, assay_rule_types[r].name);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/rule/transitions", test_transitions);
    g_test_add_func("/rule/short", test_short);
    g_test_add_func("/rule/items", test_items);
    g_test_add_func("/rule/notes", test_notes);
    g_test_add_func("/rule/piece", test_piece);
    g_test_add_func("/rule/windows", test_windows);
    g_test_add_func("/rule/seconds", test_seconds);
    g_test_add_func("/rule/refused", test_refused);
    g_test_add_func("/rule/bad-notes", test_bad_notes);
    g_test_add_func("/rule/keys", test_keys);
    g_test_add_func("/rule/table", test_table);
    return g_test_run();
}
