/* tests/unit/test-meter.c - bars, beats and microseconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/media/meter.h>

#define QUARTER 480

typedef struct {
    gint64 tick;
    gint64 bar;
    double beat;
} Place;

static void
assert_places(const AssayMeter *meters, gsize n, const Place *places, gsize n_places)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMeterMap) map = assay_meter_map_new(meters, n, QUARTER, &error);
    gsize i;

    g_assert_no_error(error);
    for (i = 0; i < n_places; i++) {
        gint64 bar;
        double beat;

        assay_meter_map_locate(map, places[i].tick, &bar, &beat);
        if (bar != places[i].bar || beat != places[i].beat)
            g_test_message("at tick %" G_GINT64_FORMAT, places[i].tick);
        g_assert_cmpint(bar, ==, places[i].bar);
        g_assert_cmpfloat(beat, ==, places[i].beat);
    }
}

static void
test_default(void)
{
    const Place places[] = {
        { 0, 1, 1 },
        { QUARTER, 1, 2 },
        { 4 * QUARTER - 1, 1, 5 - 1.0 / QUARTER },
        { 4 * QUARTER, 2, 1 },
        { 7 * QUARTER + QUARTER / 4, 2, 4.25 },
        { -5, 1, 1 },
    };

    assert_places(NULL, 0, places, G_N_ELEMENTS(places));
}

static void
test_beat_is_the_denominator(void)
{
    const AssayMeter meters[] = { { 0, 6, 8 } };
    const Place places[] = {
        { 0, 1, 1 },
        { QUARTER / 2, 1, 2 },
        { QUARTER, 1, 3 },
        { 3 * QUARTER, 2, 1 },
        { 3 * QUARTER + QUARTER / 4, 2, 1.5 },
    };

    assert_places(meters, G_N_ELEMENTS(meters), places, G_N_ELEMENTS(places));
}

static void
test_change(void)
{
    /* Two bars of 3/4, one of 2/2, one of 7/8 cut short by an eighth, then 3/4 again. */
    const AssayMeter meters[] = {
        { 0, 3, 4 },
        { 6 * QUARTER, 2, 2 },
        { 10 * QUARTER, 7, 8 },
        { 13 * QUARTER, 3, 4 },
    };
    const Place places[] = {
        { 5 * QUARTER, 2, 3 },           { 6 * QUARTER, 3, 1 },  { 8 * QUARTER, 3, 2 },
        { 9 * QUARTER, 3, 2.5 },         { 10 * QUARTER, 4, 1 }, { 12 * QUARTER, 4, 5 },
        { 13 * QUARTER - 240, 4, 6 },    { 13 * QUARTER, 5, 1 }, { 16 * QUARTER, 6, 1 },
        { 3 * QUARTER * 1000, 1000, 3 },
    };

    assert_places(meters, G_N_ELEMENTS(meters), places, G_N_ELEMENTS(places));
}

static void
test_upbeat(void)
{
    const AssayMeter quarter[] = { { 0, 1, 4 }, { QUARTER, 4, 4 } };
    const Place at_quarter[] = {
        { 0, 0, 4 },           { QUARTER / 2, 0, 4.5 }, { QUARTER, 1, 1 },
        { 2 * QUARTER, 1, 2 }, { 5 * QUARTER, 2, 1 },
    };
    /* Half a beat before 3/4, as some programs write it: the meter itself, and again. */
    const AssayMeter again[] = { { 0, 3, 4 }, { QUARTER / 2, 3, 4 } };
    const Place at_again[] = { { 0, 0, 3.5 }, { QUARTER / 2, 1, 1 }, { 4 * QUARTER, 2, 1.5 } };
    /* Nothing is said of the time before the first meter. */
    const AssayMeter late[] = { { QUARTER, 3, 4 } };
    const Place at_late[] = { { 0, 0, 3 }, { QUARTER, 1, 1 }, { 4 * QUARTER, 2, 1 } };
    /* Three eighths before 6/8. */
    const AssayMeter eighths[] = { { 0, 3, 8 }, { 3 * QUARTER / 2, 6, 8 } };
    const Place at_eighths[] = { { 0, 0, 4 }, { QUARTER, 0, 6 }, { 3 * QUARTER / 2, 1, 1 } };

    assert_places(quarter, G_N_ELEMENTS(quarter), at_quarter, G_N_ELEMENTS(at_quarter));
    assert_places(again, G_N_ELEMENTS(again), at_again, G_N_ELEMENTS(at_again));
    assert_places(late, G_N_ELEMENTS(late), at_late, G_N_ELEMENTS(at_late));
    assert_places(eighths, G_N_ELEMENTS(eighths), at_eighths, G_N_ELEMENTS(at_eighths));
}

static void
test_no_upbeat(void)
{
    const AssayMeter full[] = { { 0, 4, 4 }, { 4 * QUARTER, 3, 4 } };
    const Place at_full[] = { { 0, 1, 1 }, { 4 * QUARTER, 2, 1 }, { 7 * QUARTER, 3, 1 } };
    const AssayMeter late[] = { { 8 * QUARTER, 3, 4 } };
    const Place at_late[] = { { 0, 1, 1 }, { 8 * QUARTER, 3, 1 }, { 11 * QUARTER, 4, 1 } };

    assert_places(full, G_N_ELEMENTS(full), at_full, G_N_ELEMENTS(at_full));
    assert_places(late, G_N_ELEMENTS(late), at_late, G_N_ELEMENTS(at_late));
}

/* A bar need not be a whole number of ticks. */
static void
test_smallest_bars(void)
{
    const AssayMeter meters[] = { { 0, 1, 128 } };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMeterMap) map = assay_meter_map_new(meters, 1, 1, &error);
    gint64 bar;
    double beat;

    g_assert_no_error(error);
    assay_meter_map_locate(map, 3, &bar, &beat);
    g_assert_cmpint(bar, ==, 97);
    g_assert_cmpfloat(beat, ==, 1.0);
    assay_meter_map_locate(map, G_MAXINT64, &bar, &beat);
    g_assert_cmpint(bar, ==, ASSAY_TICK_MAX * 32 + 1);
}

static void
assert_no_map(AssayMeter first, AssayMeter second, guint division, const char *message)
{
    const AssayMeter meters[] = { first, second };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMeterMap) map = assay_meter_map_new(meters, 2, division, &error);

    g_assert_null(map);
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    if (error != NULL)
        g_assert_cmpstr(error->message, ==, message);
}

static void
test_refused_meters(void)
{
    const AssayMeter good = { 0, 4, 4 }, next = { 96, 3, 4 };

    assert_no_map(good, next, 0, "division 0 is outside 1 .. 32767");
    assert_no_map(good, next, 32768, "division 32768 is outside 1 .. 32767");
    assert_no_map((AssayMeter){ -1, 4, 4 }, next, 96, "meter 0: tick -1 is out of range");
    assert_no_map(good, (AssayMeter){ G_MAXINT64, 4, 4 }, 96,
                  "meter 1: tick 9223372036854775807 is out of range");
    assert_no_map(good, good, 96, "meter 1: tick 0 does not come after the one before it");
    assert_no_map(good, (AssayMeter){ 96, 0, 4 }, 96, "meter 1: numerator 0 is out of range");
    assert_no_map(good, (AssayMeter){ 96, 4, 0 }, 96, "meter 1: denominator 0 is out of range");
    assert_no_map(good, (AssayMeter){ 96, 4, 6 }, 96, "meter 1: denominator 6 is out of range");
}

static void
test_tempo(void)
{
    const AssayTempo tempos[] = { { 96, 1000000 }, { 192, 250000 } };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayTempoMap) usual = assay_tempo_map_new(NULL, 0, &error);
    g_autoptr(AssayTempoMap) map = assay_tempo_map_new(tempos, 2, &error);

    g_assert_no_error(error);
    g_assert_cmpint(assay_tempo_map_us_num(usual, 0), ==, 0);
    g_assert_cmpint(assay_tempo_map_us_num(usual, 96), ==, 96 * 500000);
    g_assert_cmpint(assay_tempo_map_us_num(usual, -1), ==, 0);
    g_assert_cmpint(assay_tempo_map_us_num(map, 95), ==, 95 * 500000);
    g_assert_cmpint(assay_tempo_map_us_num(map, 96), ==, 96 * 500000);
    g_assert_cmpint(assay_tempo_map_us_num(map, 97), ==, 96 * 500000 + 1000000);
    g_assert_cmpint(assay_tempo_map_us_num(map, 200), ==, 96 * 1500000 + 8 * 250000);
}

static void
test_longest_tempo(void)
{
    const AssayTempo tempos[] = { { 0, 0xffffff } };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayTempoMap) map = assay_tempo_map_new(tempos, 1, &error);

    g_assert_no_error(error);
    g_assert_cmpint(assay_tempo_map_us_num(map, G_MAXINT64), ==, ASSAY_TICK_MAX * 0xffffff);
}

static void
test_refused_tempos(void)
{
    static const struct {
        AssayTempo tempo;
        const char *message;
    } rows[] = {
        { { 5, 500000 }, "tempo 1: tick 5 does not come after the one before it" },
        { { 6, 0 }, "tempo 1: us_per_quarter 0 is out of range" },
        { { 6, 0x1000000 }, "tempo 1: us_per_quarter 16777216 is out of range" },
        { { -7, 1 }, "tempo 1: tick -7 is out of range" },
    };
    gsize i;

    for (i = 0; i < G_N_ELEMENTS(rows); i++) {
        const AssayTempo tempos[] = { { 5, 500000 }, rows[i].tempo };
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayTempoMap) map = assay_tempo_map_new(tempos, 2, &error);

        g_assert_null(map);
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
        if (error != NULL)
            g_assert_cmpstr(error->message, ==, rows[i].message);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/meter/default", test_default);
    g_test_add_func("/meter/beat-is-the-denominator", test_beat_is_the_denominator);
    g_test_add_func("/meter/change", test_change);
    g_test_add_func("/meter/upbeat", test_upbeat);
    g_test_add_func("/meter/no-upbeat", test_no_upbeat);
    g_test_add_func("/meter/smallest-bars", test_smallest_bars);
    g_test_add_func("/meter/refused", test_refused_meters);
    g_test_add_func("/tempo/map", test_tempo);
    g_test_add_func("/tempo/longest", test_longest_tempo);
    g_test_add_func("/tempo/refused", test_refused_tempos);
    return g_test_run();
}
