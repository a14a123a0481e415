/* tests/unit/test-heard.c - pitch classes of sound: partials, tones, what begins and what ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/feature/chroma.h>
#include <assay/feature/pitches-private.h>
#include <assay/feature/sounding-private.h>
#include <assay/signal/stft.h>
#include <math.h>
#include <string.h>

enum { RATE = 16000, WINDOW = 3072, FFT = 4096 };

/* Adds a tone of @n partials at amplitudes @first / h. */
static void
add_tone(float *samples, size_t length, double hz, double first, int n)
{
    for (size_t j = 0; j < length; j++) {
        for (int h = 1; h <= n; h++)
            samples[j] += (float)(first / h * sin(2 * G_PI * h * hz * (double)j / RATE + h));
    }
}

static double
hz_of(double pitch)
{
    return 440 * exp2((pitch - 69) / 12);
}

static gboolean
keep_spectrum(gpointer user, const float *spectra, size_t n, GError **error)
{
    (void)n;
    (void)error;
    memcpy(user, spectra, (FFT / 2 + 1) * sizeof spectra[0]);
    return TRUE;
}

static void
transform(const float *samples, float *power)
{
    const AssayStftConfig config = { .window = WINDOW, .fft = FFT, .hop = WINDOW, .full_scale = 1 };
    g_autoptr(AssayStft) stft = assay_stft_new(&config, keep_spectrum, power);

    g_assert_true(assay_stft_push(stft, samples, WINDOW, NULL));
    g_assert_true(assay_stft_finish(stft, NULL));
}

/* The amplitude of a sine is found, wherever it lies between two bins, in its semitone. */
static void
test_partials(void)
{
    AssayPitches *pitches = assay_pitches_new((AssaySpan){ 28, 96 }, 440, RATE, WINDOW, FFT);
    float power[FFT / 2 + 1];
    size_t n;

    for (double pitch = 30; pitch < 131; pitch += 0.93) {
        float samples[WINDOW] = { 0 };
        const double *bands;
        size_t band = (size_t)(floor(pitch + 0.5) - 28);

        if (fabs(pitch - floor(pitch) - 0.5) < 0.1 || hz_of(pitch) > RATE / 2.0 - 20)
            continue; /* between two semitones */
        add_tone(samples, WINDOW, hz_of(pitch), 0.25, 1);
        transform(samples, power);
        bands = assay_pitches_bands(pitches, power, &n);
        /* To MIDI pitch 119, the last whose semitone lies below half the rate. */
        g_assert_cmpuint(n, ==, 120 - 28);
        if (band >= n)
            continue;
        g_assert_cmpfloat_with_epsilon(bands[band], 0.25, 0.01);
        for (size_t b = 0; b < n; b++)
            g_assert_true(b == band || bands[b] < 0.25 / 30);
    }
    assay_pitches_free(pitches);
}

/* Steps of the rule keep the sum of what is explained; overtones are no tones of their own. */
static void
test_tones(void)
{
    AssayPitches *pitches = assay_pitches_new((AssaySpan){ 40, 80 }, 440, RATE, WINDOW, FFT);
    float samples[WINDOW] = { 0 }, power[FFT / 2 + 1];
    double ratio = 1, weights = 0, heard = 0, explained = 0;
    const double *bands, *tones;
    size_t n;

    for (int h = 0; h < 8; h++, ratio *= 0.6)
        weights += ratio;
    add_tone(samples, WINDOW, hz_of(48), 0.2, 8);
    add_tone(samples, WINDOW, hz_of(64), 0.1, 8);
    transform(samples, power);
    tones = assay_pitches_fit(pitches, power);
    bands = assay_pitches_bands(pitches, power, &n);
    for (size_t b = 0; b < n; b++)
        heard += bands[b];
    for (size_t p = 0; p < 41; p++) {
        explained += tones[p] * weights; /* pitch 80 and 3 octaves are below half the rate */
        g_assert_true(p == 48 - 40 || p == 64 - 40 || tones[p] < 0.35 * tones[48 - 40]);
    }
    g_assert_cmpfloat_with_epsilon(explained, heard, 1e-6);
    g_assert_cmpfloat(tones[64 - 40], >, 0.35 * tones[48 - 40]);
    memset(power, 0, sizeof power);
    tones = assay_pitches_fit(pitches, power);
    for (size_t p = 0; p < 41; p++)
        g_assert_cmpfloat(tones[p], ==, 0);
    assay_pitches_free(pitches);
}

/* Two pitches, 59 (B) and 60 (C), looking two steps back; by hand. */
static void
test_sounding(void)
{
    static const AssaySoundingConfig config = {
        .on = 0.5, .stay = 0.25, .release = 0.4, .floor = 0.001
    };
    static const struct {
        double strengths[2];
        guint state;
    } steps[] = {
        { { 0, 0 }, 0 },          /* silence */
        { { 0.001, 0.0009 }, 0 }, /* not above the floor */
        { { 1, 0.49 }, 0x800 },   /* 60 is not half as strong */
        { { 1, 0.5 }, 0x801 },    /* now it is */
        { { 1, 0.25 }, 0x801 },   /* and stays at a quarter: 0.25 >= 0.4 * 0.49 */
        { { 1, 0.24 }, 0x800 },   /* but not below */
        { { 1, 0.3 }, 0x800 },    /* nor does it come back there */
        { { 0.39, 0.4 }, 0x001 }, /* 59 fell from 1: let go; 60 rose */
        { { 0.39, 0.4 }, 0x001 }, /* that 1 was two steps ago as well */
        { { 0.39, 0.4 }, 0x801 }, /* and is forgotten */
    };
    AssaySounding *sounding = assay_sounding_new(&config, 2, 59, 2);

    for (int again = 0; again < 2; again++) {
        assay_sounding_begin(sounding);
        for (size_t t = 0; t < G_N_ELEMENTS(steps); t++)
            g_assert_cmphex(assay_sounding_step(sounding, steps[t].strengths), ==, steps[t].state);
    }
    assay_sounding_free(sounding);
}

/* A sample with "audio" of @n frames, an item where @items is not negative. */
static AssaySample *
new_audio(const float *samples, size_t n, int items, int rate_hz)
{
    static const char *const axes[] = { "item", "frame", NULL };
    const size_t shape[] = { (size_t)MAX(items, 0), n };
    AssayArray *audio = items >= 0
                            ? assay_array_new(ASSAY_F32, 2, shape, axes, G_MAXSIZE, NULL)
                            : assay_array_new(ASSAY_F32, 1, shape + 1, axes + 1, G_MAXSIZE, NULL);
    AssaySample *sample = assay_sample_new("x");
    AssayJson *meta = assay_json_object();

    for (int i = 0; i < MAX(items, 1); i++)
        memcpy((float *)audio->data + (size_t)i * n, samples, n * sizeof samples[0]);
    if (items >= 0)
        assay_sample_set_items(sample, 0, (size_t)items);
    assay_json_set_integer(meta, "rate_hz", rate_hz);
    assay_sample_take_field(sample, "audio", audio, meta);
    return sample;
}

static gboolean
hear(AssaySample *sample, const AssayChromaConfig *config, GError **error)
{
    g_autoptr(AssayStage) stage = assay_chroma_stage_of(config);
    gpointer state = stage->state_new != NULL ? stage->state_new(stage) : NULL;
    gboolean done = stage->apply(stage, state, sample, error);

    if (state != NULL)
        stage->state_free(state);
    return done;
}

/* A second of C major, half a second of nothing, a second of A4 and E5: steps of 1/4 s. */
static void
test_steps(void)
{
    static const guint want[] = { 0x091, 0x091, 0x091, 0x091, 0, 0, 0x210, 0x210, 0x210, 0x210 };
    AssayChromaConfig config = ASSAY_CHROMA_CONFIG_DEFAULT;
    g_autofree float *samples = g_new0(float, 40000);

    config.origin = ASSAY_CHROMA_AUDIO;
    config.hop = (AssayLength){ 0, 250 };
    add_tone(samples, 16000, hz_of(48), 0.1, 6);
    add_tone(samples, 16000, hz_of(64), 0.1, 6);
    add_tone(samples, 16000, hz_of(67), 0.1, 6);
    add_tone(samples + 24000, 16000, hz_of(69), 0.1, 6);
    add_tone(samples + 24000, 16000, hz_of(76), 0.1, 6);
    for (int items = -1; items <= 2; items += 3) {
        g_autoptr(AssaySample) sample = new_audio(samples, 40000, items, RATE);
        g_autoptr(GError) error = NULL;
        const AssayArray *chroma;

        g_assert_true(hear(sample, &config, &error));
        chroma = assay_sample_field(sample, "chroma", NULL);
        g_assert_cmpuint(assay_array_count(chroma), ==, 120 * (size_t)MAX(items, 1));
        for (size_t t = 0; t < assay_array_count(chroma) / 12; t++)
            g_assert_cmphex(assay_chroma_state((const guint8 *)chroma->data + 12 * t), ==,
                            want[t % 10]);
        g_assert_cmpfloat(assay_json_peek_real(
                              assay_json_get(assay_sample_field_meta(sample, "chroma"), "rate_hz")),
                          ==, 4);
    }
}

/* As many steps as hops are begun, whether a window is longer or shorter. */
static void
test_lengths(void)
{
    static const size_t lengths[][3] = { /* frames, hop, steps */
                                         { 1, 2000, 1 },    { 2000, 2000, 1 },  { 2001, 2000, 2 },
                                         { 9999, 2000, 5 }, { 9999, 100, 100 }, { 9999, 9000, 2 },
                                         { 1, 9000, 1 },    { 9999, 9999, 1 },  { 50, 3, 17 }
    };
    g_autofree float *samples = g_new0(float, 10000);

    add_tone(samples, 10000, 440, 0.5, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
        AssayChromaConfig config = ASSAY_CHROMA_CONFIG_DEFAULT;
        g_autoptr(AssaySample) sample = new_audio(samples, lengths[i][0], -1, RATE);
        const AssayArray *chroma;

        config.origin = ASSAY_CHROMA_AUDIO;
        config.hop = (AssayLength){ (guint32)lengths[i][1], 0 };
        g_assert_true(hear(sample, &config, NULL));
        chroma = assay_sample_field(sample, "chroma", NULL);
        g_assert_cmpuint(chroma->shape[0], ==, lengths[i][2]);
        g_assert_cmpuint(chroma->shape[1], ==, 12);
    }
}

/* The sets of @samples in steps of @hop, as many as @want has. */
static void
assert_heard(AssaySample *sample, guint32 hop, double floor_db, const guint *want, size_t n)
{
    AssayChromaConfig config = ASSAY_CHROMA_CONFIG_DEFAULT;
    const AssayArray *chroma;

    config.origin = ASSAY_CHROMA_AUDIO;
    config.hop = (AssayLength){ hop, 0 };
    config.floor_db = floor_db;
    g_assert_true(hear(sample, &config, NULL));
    chroma = assay_sample_field(sample, "chroma", NULL);
    g_assert_cmpuint(chroma->shape[0], ==, n);
    for (size_t t = 0; t < n; t++)
        g_assert_cmphex(assay_chroma_state((const guint8 *)chroma->data + 12 * t), ==, want[t]);
}

/* Of a long step the middle is heard, and not its ends. */
static void
test_middle(void)
{
    static const guint want[] = { 0x200, 0 };
    g_autofree float *samples = g_new0(float, 18000);
    g_autoptr(AssaySample) sample = NULL;

    add_tone(samples + 3300, 2400, 440, 0.5, 1);
    add_tone(samples + 9000, 2000, 440, 0.5, 1);
    add_tone(samples + 16000, 2000, 440, 0.5, 1);
    sample = new_audio(samples, 18000, -1, RATE);
    assert_heard(sample, 9000, 70, want, 2);
}

/* Channels are heard by their mean: one that is alone is half as loud. */
static void
test_channels(void)
{
    static const guint quiet[] = { 0 }, loud[] = { 0x200 };
    static const char *const axes[] = { "frame", "channel", NULL };
    const size_t shape[] = { 4000, 2 };

    for (int floor_db = 40; floor_db <= 50; floor_db += 10) {
        AssayArray *audio = assay_array_new(ASSAY_F32, 2, shape, axes, G_MAXSIZE, NULL);
        g_autoptr(AssaySample) sample = assay_sample_new("x");
        AssayJson *meta = assay_json_object();
        float samples[4000] = { 0 };

        add_tone(samples, 4000, 440, 0.025, 1);
        for (size_t i = 0; i < 4000; i++)
            ((float *)audio->data)[2 * i] = samples[i];
        assay_json_set_integer(meta, "rate_hz", RATE);
        assay_sample_take_field(sample, "audio", audio, meta);
        assert_heard(sample, 4000, floor_db, floor_db == 40 ? quiet : loud, 1);
    }
}

static void
assert_refused(const AssayChromaConfig *config, AssaySample *sample, int code, const char *says)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(hear(sample, config, &error));
    g_assert_error(error, ASSAY_ERROR, code);
    g_assert_cmpstr(error->message, ==, says);
    g_assert_false(assay_sample_has(sample, "chroma"));
}

static void
test_refused(void)
{
    const float samples[100] = { 0 };
    AssayChromaConfig config = ASSAY_CHROMA_CONFIG_DEFAULT;
    g_autoptr(AssaySample) sample = new_audio(samples, 100, -1, RATE);
    g_autoptr(AssaySample) none = assay_sample_new("x");
    g_autofree float *huge = g_new0(float, 4000);
    g_autoptr(AssaySample) loud = NULL;

    huge[3900] = 3e38F;
    huge[3000] = -3e38F;
    loud = new_audio(huge, 4000, -1, RATE);

    assert_refused(&config, sample, ASSAY_ERROR_FIELD,
                   "x: has sound and no roll: --from=audio hears which pitches sound");
    config.origin = ASSAY_CHROMA_AUDIO;
    config.rate_hz = 4000;
    assert_refused(&config, sample, ASSAY_ERROR_RANGE,
                   "x: pitch 96 is 2093 Hz, not below half the rate of 4000 Hz; --rate or "
                   "--pitches says another");
    config.rate_hz = 0;
    config.hop = (AssayLength){ 2, 0 };
    assert_refused(&config, sample, ASSAY_ERROR_RANGE,
                   "x: at 16000 Hz steps of 2 samples are too short to hear what ends; --hop gives "
                   "longer ones");
    config.hop = (AssayLength){ 2000, 0 };
    assert_refused(&config, loud, ASSAY_ERROR_RANGE,
                   "x: step 1: the power is not finite, the samples are too large");
    config.window = (AssayLength){ 0, 0.5 };
    assert_refused(&config, sample, ASSAY_ERROR_RANGE,
                   "x: at 16000 Hz the window is 8 samples, the hop 2000; give --window and --hop "
                   "in samples");
    assert_refused(&config, none, ASSAY_ERROR_FIELD, "x: no field \"audio\"; it has none");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/heard/partials", test_partials);
    g_test_add_func("/heard/tones", test_tones);
    g_test_add_func("/heard/sounding", test_sounding);
    g_test_add_func("/heard/steps", test_steps);
    g_test_add_func("/heard/middle", test_middle);
    g_test_add_func("/heard/channels", test_channels);
    g_test_add_func("/heard/lengths", test_lengths);
    g_test_add_func("/heard/refused", test_refused);
    return g_test_run();
}
