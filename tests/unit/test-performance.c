/* tests/unit/test-performance.c - notes as events: when, in which order, and how long it lasts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/signal/performance.h>

#include "corpus.h"
#include "midi-file.h"

/* "0 program 0/0; 0 on 0/60 v64; 172 off 0/60 | 11025": block, channel from 0, key; then frames. */
static char *
describe(const AssayPerformance *self)
{
    GString *text = g_string_new("");

    for (gsize i = 0; i < self->n_events; i++) {
        const AssayPerformanceEvent *event = &self->events[i];

        g_string_append_printf(text, "%s%" G_GINT64_FORMAT " ", i > 0 ? "; " : "", event->block);
        if (event->kind == ASSAY_PERFORM_PROGRAM)
            g_string_append_printf(text, "program %u/%u", event->channel, event->value);
        else if (event->kind == ASSAY_PERFORM_ON)
            g_string_append_printf(text, "on %u/%u v%u", event->channel, event->key, event->value);
        else
            g_string_append_printf(text, "off %u/%u", event->channel, event->key);
    }
    g_string_append_printf(text, " | %" G_GINT64_FORMAT, self->n_frames);
    return g_string_free(text, FALSE);
}

/* At 1000 frames a second, in blocks of 10; 96 ticks a quarter note of half a second. */
static void
assert_plays(AssayMidi *midi, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayPerformance) performance = assay_performance_new(midi, 1000, 10, &error);
    g_autofree char *events = NULL;

    g_assert_no_error(error);
    events = describe(performance);
    g_assert_cmpstr(events, ==, expected);
    assay_midi_free(midi);
}

static void
test_order(void)
{
    assert_plays(corpus_midi(96, ""), " | 0");
    assert_plays(corpus_midi(96, "0-96:60 96-192:60"),
                 "0 program 0/0; 0 on 0/60 v64; 50 off 0/60; 50 on 0/60 v64; 100 off 0/60 | 1000");
    /* no length: struck first, then let go */
    assert_plays(corpus_midi(96, "96-96:60 0-96:62"),
                 "0 program 0/0; 0 on 0/62 v64; 50 off 0/62; 50 on 0/60 v64; 50 off 0/60 | 500");
    /* the last one to end lets go of a key, in its own channel */
    assert_plays(corpus_midi(96, "0-192:60 48-96:60/1"),
                 "0 program 0/0; 0 on 0/60 v64; 25 on 0/60 v64; 100 off 0/60 | 1000");
    assert_plays(corpus_midi(96, "0-192:60 48-96:60@10"),
                 "0 program 0/0; 0 on 0/60 v64; 25 program 9/0; 25 on 9/60 v64; 50 off 9/60; "
                 "100 off 0/60 | 1000");
}

static void
test_programs(void)
{
    AssayMidi *midi = corpus_midi(96, "0-96:60 0-96:64 96-192:60 96-192:67@2");

    midi->notes[1].program = 5;
    midi->notes[2].program = 5;
    midi->notes[3].program = 127;
    assert_plays(midi, "0 program 0/0; 0 on 0/60 v64; 0 program 0/5; 0 on 0/64 v64; 50 off 0/60; "
                       "50 off 0/64; 50 on 0/60 v64; 50 program 1/127; 50 on 1/67 v64; "
                       "100 off 0/60; 100 off 1/67 | 1000");
}

static void
set_tempo(AssayMidi *midi, gint64 tick, guint32 us_per_quarter)
{
    midi->tempos = g_renew(AssayTempo, midi->tempos, midi->n_tempos + 1);
    midi->tempos[midi->n_tempos++] = (AssayTempo){ tick, us_per_quarter };
}

/* The nearest block and frame, later where two are near; and tempos that change. */
static void
test_times(void)
{
    AssayMidi *midi = corpus_midi(500, "0-14:60 15-24:60 25-30:60");

    set_tempo(midi, 0, 500000); /* a tick is a frame */
    assert_plays(midi, "0 program 0/0; 0 on 0/60 v64; 1 off 0/60; 2 on 0/60 v64; 2 off 0/60; "
                       "3 on 0/60 v64; 3 off 0/60 | 30");
    midi = corpus_midi(2, "0-1:60 2-3:60");
    set_tempo(midi, 0, 1001); /* 0.5005 ms a tick */
    set_tempo(midi, 1, 2000000);
    assert_plays(midi, "0 program 0/0; 0 on 0/60 v64; 0 off 0/60; 100 on 0/60 v64; 200 off 0/60 | "
                       "2001");
    midi = corpus_midi(96, "0-96:60");
    midi->length = 960; /* silence at its end */
    assert_plays(midi, "0 program 0/0; 0 on 0/60 v64; 50 off 0/60 | 5000");
}

/* The longest and slowest piece that there can be is reckoned without overflow. */
static void
test_longest(void)
{
    g_autoptr(AssayMidi) midi = corpus_midi(1, "0-2147483647:60");
    g_autoptr(AssayPerformance) performance = NULL;
    g_autoptr(GError) error = NULL;

    set_tempo(midi, 0, 0xffffff);
    performance = assay_performance_new(midi, 96000, 64, &error);
    g_assert_no_error(error);
    /* 2147483647 * 16.777215 s * 96000 = 3458764306051498.08 frames, 42.08 into a block */
    g_assert_cmpint(performance->n_frames, ==, G_GINT64_CONSTANT(3458764306051498));
    g_assert_cmpint(performance->events[2].block, ==, G_GINT64_CONSTANT(3458764306051498) / 64 + 1);
}

static void
test_refused(void)
{
    g_autoptr(AssayMidi) midi = corpus_midi(96, "0-96:60");
    g_autoptr(GError) error = NULL;

    set_tempo(midi, 0, 0);
    g_assert_null(assay_performance_new(midi, 1000, 10, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "tempo");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/performance/order", test_order);
    g_test_add_func("/performance/programs", test_programs);
    g_test_add_func("/performance/times", test_times);
    g_test_add_func("/performance/longest", test_longest);
    g_test_add_func("/performance/refused", test_refused);
    return g_test_run();
}
