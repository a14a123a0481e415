/* tests/unit/test-synth.c - notes as sound, by a SoundFont of one sine of 440 Hz at key 69.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/media/notes.h>
#include <assay/synth/synth.h>
#include <math.h>
#include <string.h>

#include "corpus.h"

enum { RATE = 8000, BLOCK = 64 };

static const double pi = 3.14159265358979323846;

static AssayStage *
new_stage(const char *options)
{
    AssayRenderConfig config = ASSAY_RENDER_CONFIG_DEFAULT;
    g_auto(GStrv) words = g_strsplit(options, " ", 0);
    g_autofree char *path = g_build_filename(ASSAY_SOURCE_DIR, "tests/data/sine.sf2", NULL);
    g_autoptr(GError) error = NULL;
    AssaySoundfont *soundfont;
    AssayStage *stage;

    config.rate_hz = RATE;
    for (gsize i = 0; words[i] != NULL; i++) {
        char *value = strchr(words[i], '=');

        *value++ = '\0';
        if (!assay_render_config_set(&config, words[i], value, &error))
            g_assert_no_error(error);
    }
    soundfont = assay_soundfont_open(path, &error);
    g_assert_no_error(error);
    stage = assay_render_stage(&config, soundfont, &error);
    g_assert_no_error(error);
    return stage;
}

/* A sample with "notes": 100 ticks a quarter note of half a second, 80 blocks of 50 frames ... */
static AssaySample *
new_sample(const char *notes)
{
    AssaySample *sample = assay_sample_new("x");
    g_autoptr(AssayMidi) midi = corpus_midi(100, notes);
    g_autoptr(GError) error = NULL;

    if (!assay_notes_put(sample, midi, &error))
        g_assert_no_error(error);
    return sample;
}

/* What @stage makes of these notes, a worker's @state given or made: (transfer full). */
static AssaySample *
play(const AssayStage *stage, gpointer state, const char *notes)
{
    AssaySample *sample = new_sample(notes);
    gpointer own = state == NULL ? stage->state_new(stage) : NULL;
    g_autoptr(GError) error = NULL;

    if (!stage->apply(stage, state != NULL ? state : own, sample, &error))
        g_assert_no_error(error);
    if (own != NULL)
        stage->state_free(own);
    return sample;
}

static const AssayArray *
audio_of(AssaySample *sample)
{
    const AssayArray *audio = assay_sample_field(sample, "audio", NULL);

    g_assert_nonnull(audio);
    return audio;
}

/* The amplitude of a frequency between two frames of one channel, by a discrete Fourier sum with a
 * Hann window. */
static double
amplitude(const AssayArray *audio, double hz, gsize from, gsize to)
{
    const float *value = audio->data;
    double re = 0, im = 0, n = (double)(to - from);

    for (gsize i = from; i < to; i++) {
        double window = 1 - cos(2 * pi * (double)(i - from) / n);
        double phase = 2 * pi * hz * (double)i / RATE;

        re += window * (double)value[i] * cos(phase);
        im += window * (double)value[i] * sin(phase);
    }
    return 2 * sqrt(re * re + im * im) / n;
}

static void
test_pitch(void)
{
    g_autoptr(AssayStage) stage = new_stage("mono=yes");
    static const struct {
        const char *notes;
        double hz;
    } cases[] = { { "0-400:69", 440 },
                  { "0-400:57", 220 },
                  { "0-400:81", 880 },
                  { "0-400:60", 261.6255653005986 } };

    for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
        g_autoptr(AssaySample) sample = play(stage, NULL, cases[k].notes);
        const AssayArray *audio = audio_of(sample);
        double best = 0, best_hz = 0;

        for (double off = -5; off <= 5; off += 0.125) {
            double there = amplitude(audio, cases[k].hz + off, 1000, 15000);

            if (there > best) {
                best = there;
                best_hz = cases[k].hz + off;
            }
        }
        g_assert_cmpfloat_with_epsilon(best_hz, cases[k].hz, 0.2);
        g_assert_cmpfloat(best, >, 100 * amplitude(audio, cases[k].hz * 1.5, 1000, 15000));
    }
}

static gsize
first_sound(const AssayArray *audio)
{
    const float *value = audio->data;
    gsize i = 0;

    while (i < audio->shape[0] && fabsf(value[i]) < 1e-7f)
        i++;
    return i;
}

/* A note is heard from the block on that is nearest to its time. */
static void
test_onset(void)
{
    static const struct {
        const char *notes;
        gsize frame, block;
    } cases[] = { { "0-100:69", 0, 0 },
                  { "1-100:69", 40, 1 },
                  { "16-100:69", 640, 10 },
                  { "50-100:69", 2000, 31 },
                  { "4-100:69", 160, 3 } };
    g_autoptr(AssayStage) stage = new_stage("mono=yes");

    for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
        g_autoptr(AssaySample) sample = play(stage, NULL, cases[k].notes);
        gsize first = first_sound(audio_of(sample));

        g_assert_cmpuint(first, >=, cases[k].block * BLOCK);
        g_assert_cmpuint(first, <=, cases[k].block * BLOCK + 4);
        g_assert_cmpuint(MAX(first, cases[k].frame) - MIN(first, cases[k].frame), <=,
                         BLOCK / 2 + 4);
    }
}

static double
level(const AssayArray *audio)
{
    const float *value = audio->data;
    double sum = 0;

    for (gsize i = 0; i < audio->shape[0]; i++)
        sum += (double)value[i] * (double)value[i];
    return sqrt(sum / (double)audio->shape[0]);
}

static void
test_velocity(void)
{
    g_autoptr(AssayStage) stage = new_stage("mono=yes tail=0");
    gpointer state = stage->state_new(stage);
    double before = 0;

    for (guint8 velocity = 1; velocity <= 127; velocity++) {
        g_autoptr(AssayMidi) midi = corpus_midi(100, "0-100:69");
        g_autoptr(AssaySample) sample = assay_sample_new("x");
        double now;

        midi->notes[0].velocity = velocity;
        g_assert_true(assay_notes_put(sample, midi, NULL));
        g_assert_true(stage->apply(stage, state, sample, NULL));
        now = level(audio_of(sample));
        g_assert_cmpfloat(now, >, before);
        before = now;
    }
    stage->state_free(state);
}

static void
assert_equal(const AssayArray *a, const AssayArray *b)
{
    g_assert_cmpuint(a->shape[0], ==, b->shape[0]);
    g_assert_true(memcmp(a->data, b->data, assay_array_bytes(a)) == 0);
}

/* What was played before leaves no trace, with effects neither; and so any thread will do. */
static void
test_again(void)
{
    static const char *const options[] = { "effects=no", "effects=yes", "mono=yes" };

    for (gsize k = 0; k < G_N_ELEMENTS(options); k++) {
        g_autoptr(AssayStage) stage = new_stage(options[k]);
        gpointer state = stage->state_new(stage);
        g_autoptr(AssaySample) first =
            play(stage, state, "0-100:60 0-150:64 100-177:67 90-91:72@10");
        g_autoptr(AssaySample) other = play(stage, state, "0-30:40 1-31:41 2-32:42@3 7-77:99@10");
        g_autoptr(AssaySample) again =
            play(stage, state, "0-100:60 0-150:64 100-177:67 90-91:72@10");
        g_autoptr(AssaySample) elsewhere =
            play(stage, NULL, "0-100:60 0-150:64 100-177:67 90-91:72@10");
        const AssayArray *a = audio_of(first), *b = audio_of(again), *c = audio_of(elsewhere);

        assert_equal(a, b);
        assert_equal(a, c);
        g_assert_cmpuint(audio_of(other)->shape[0], !=, 0);
        stage->state_free(state);
    }
}

static void
test_mono(void)
{
    g_autoptr(AssayStage) stereo = new_stage("gain=1"), mono = new_stage("gain=1 mono=yes");
    g_autoptr(AssaySample) two = play(stereo, NULL, "0-100:60 10-50:65");
    g_autoptr(AssaySample) one = play(mono, NULL, "0-100:60 10-50:65");
    const AssayArray *a = audio_of(two), *b = audio_of(one);
    const float *x = a->data, *y = b->data;

    g_assert_cmpuint(a->n_axes, ==, 2);
    g_assert_cmpuint(b->n_axes, ==, 1);
    g_assert_cmpstr(a->axes[0], ==, "frame");
    g_assert_cmpstr(a->axes[1], ==, "channel");
    g_assert_cmpuint(a->shape[0], ==, b->shape[0]);
    for (gsize i = 0; i < b->shape[0]; i++)
        g_assert_cmpfloat(y[i], ==, (x[2 * i] + x[2 * i + 1]) / 2);
}

/* It lasts as long as its notes and what they leave behind, at most for the tail. */
static void
test_length(void)
{
    static const struct {
        const char *options;
        gsize least, most;
    } cases[] = {
        { "tail=0 mono=yes", 4000, 4000 },       /* half a second */
        { "tail=0.005 mono=yes", 4040, 4040 },   /* within the release of 10 ms */
        { "tail=5 mono=yes", 4048, 4048 + 320 }, /* until it is over */
        { "tail=0.25 mono=yes effects=yes", 5000, 6000 },
    };

    for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
        g_autoptr(AssayStage) stage = new_stage(cases[k].options);
        g_autoptr(AssaySample) sample = play(stage, NULL, "0-100:69");
        const AssayArray *audio = audio_of(sample);
        const float *value = audio->data;

        g_assert_cmpuint(audio->shape[0], >=, cases[k].least);
        g_assert_cmpuint(audio->shape[0], <=, cases[k].most);
        if (k > 0)
            g_assert_cmpfloat(fabsf(value[audio->shape[0] - 1]), <, 1e-5f);
    }
}

static void
test_silent_end(void)
{
    g_autoptr(AssayStage) stage = new_stage("mono=yes");
    g_autoptr(AssayMidi) midi = corpus_midi(100, "0-100:69");
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    gpointer state = stage->state_new(stage);

    midi->length = 400;
    g_assert_true(assay_notes_put(sample, midi, NULL));
    g_assert_true(stage->apply(stage, state, sample, NULL));
    stage->state_free(state);
    g_assert_cmpuint(audio_of(sample)->shape[0], ==, 16000);
}

static void
test_meta(void)
{
    g_autoptr(AssayStage) stage = new_stage("gain=10");
    g_autoptr(AssaySample) sample = play(stage, NULL, "0-100:69 0-100:69/1 0-10:40@10");
    const AssayJson *meta = assay_sample_field_meta(sample, "audio");
    const AssayJson *soundfont = assay_json_get(meta, "soundfont");
    const char *digest = assay_json_peek_string(assay_json_get(soundfont, "sha256"));

    g_assert_cmpint(assay_json_peek_integer(assay_json_get(meta, "rate_hz")), ==, RATE);
    g_assert_cmpint(assay_json_peek_integer(assay_json_get(meta, "full_scale")), ==, 1);
    g_assert_cmpint(assay_json_peek_integer(assay_json_get(meta, "beyond")), >, 0);
    g_assert_cmpint(assay_json_peek_integer(assay_json_get(meta, "substituted")), ==, 1);
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(soundfont, "name")), ==, "sine.sf2");
    g_assert_cmpuint(strlen(digest), ==, 64);
    g_assert_cmpstr(digest, ==,
                    assay_json_peek_string(assay_json_get(stage->options, "soundfont-sha256")));
}

static void
refuse(const AssayStage *stage, AssaySample *sample, int code, const char *says)
{
    gpointer state = stage->state_new(stage);
    g_autoptr(GError) error = NULL;

    g_assert_false(stage->apply(stage, state, sample, &error));
    corpus_refused(&error, code, says);
    g_assert_false(assay_sample_has(sample, "audio"));
    stage->state_free(state);
    assay_sample_free(sample);
}

static void
test_refused(void)
{
    g_autoptr(AssayStage) stage = new_stage("mono=yes");
    AssayRenderConfig config = ASSAY_RENDER_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;

    refuse(stage, assay_sample_new("x"), ASSAY_ERROR_FIELD, "x: has no \"notes\"");
    refuse(stage, new_sample(""), ASSAY_ERROR_RANGE, "x: has no notes to play");
    refuse(stage, new_sample("0-100:100"), ASSAY_ERROR_RANGE, "x: is silent: the SoundFont");
    refuse(stage, new_sample("0-2147483647:60"), ASSAY_ERROR_RANGE, "x: lasts 2982:36:58, more");
    g_assert_false(assay_render_config_set(&config, "loud", "yes", &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "rendering has no option \"loud\"");
    g_assert_false(assay_render_config_set(&config, "mono", "maybe", &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "--mono=maybe: give yes or no");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/synth/pitch", test_pitch);
    g_test_add_func("/synth/onset", test_onset);
    g_test_add_func("/synth/velocity", test_velocity);
    g_test_add_func("/synth/again", test_again);
    g_test_add_func("/synth/mono", test_mono);
    g_test_add_func("/synth/length", test_length);
    g_test_add_func("/synth/silent-end", test_silent_end);
    g_test_add_func("/synth/meta", test_meta);
    g_test_add_func("/synth/refused", test_refused);
    return g_test_run();
}
