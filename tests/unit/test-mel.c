/* tests/unit/test-mel.c - resampling, spectra and mel bands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/signal/fft.h>
#include <assay/signal/mel.h>
#include <assay/signal/resample.h>
#include <math.h>
#include <string.h>

/* Spectra by their definition, for lengths that are halved and such that are not. */
static void
test_fft(void)
{
    static const size_t sizes[] = { 2, 3, 4, 5, 6, 7, 8, 15, 16, 30, 64, 101 };

    for (size_t s = 0; s < G_N_ELEMENTS(sizes); s++) {
        size_t n = sizes[s], length = n - n / 4;
        g_autoptr(AssayFft) fft = assay_fft_new(n);
        float frame[128], window[128], power[128];

        for (size_t j = 0; j < length; j++) {
            frame[j] = (float)((j * 37 + 11) % 23) - 11;
            window[j] = (float)(j % 5) / 4;
        }
        assay_fft_power(fft, frame, window, length, power);
        for (size_t k = 0; k <= n / 2; k++) {
            double re = 0, im = 0, sum = 0, want;

            for (size_t j = 0; j < length; j++) {
                double x = (double)frame[j] * (double)window[j];
                double angle = 2 * G_PI * (double)(j * k) / (double)n;

                sum += fabs(x);
                re += x * cos(angle);
                im -= x * sin(angle);
            }
            want = re * re + im * im;
            g_assert_cmpfloat_with_epsilon((double)power[k], want, 1e-6 * sum * sum);
        }
    }
}

typedef struct {
    size_t n_frames, n_bins, stride;
    double energy; /* of all spectra, negative frequencies included */
    float first[64];
} Spectra;

static gboolean
add_spectra(gpointer user, const float *spectra, size_t n, GError **error)
{
    Spectra *self = user;

    (void)error;
    for (size_t t = 0; t < n; t++) {
        const float *row = spectra + t * self->stride;

        if (self->n_frames++ == 0)
            memcpy(self->first, row, MIN(self->n_bins, 64) * sizeof row[0]);
        for (size_t k = 0; k < self->n_bins; k++)
            self->energy += (double)row[k] * (k == 0 || k == self->n_bins - 1 ? 1 : 2);
        g_assert_cmpfloat(row[self->n_bins], ==, 0); /* what lies behind a row */
    }
    return TRUE;
}

/* Parseval: with windows whose squares add up to a constant, the energy of all spectra is that of
 * the signal, times the constant and the length. */
static void
test_parseval(void)
{
    enum { N = 5000, FFT = 64, HOP = 16 };
    const AssayStftConfig config = {
        .window = FFT, .fft = FFT, .hop = HOP, .is_centred = TRUE, .full_scale = 1
    };
    Spectra spectra = { .n_bins = FFT / 2 + 1 };
    g_autoptr(AssayStft) stft = assay_stft_new(&config, add_spectra, &spectra);
    float samples[N] = { 0 };
    double energy = 0;

    spectra.stride = assay_stft_stride(stft);
    for (size_t i = 200; i < N - 200; i++) {
        samples[i] = (float)((i * 7919) % 1009) / 1009 - 0.5F;
        energy += (double)samples[i] * (double)samples[i];
    }
    for (size_t at = 0; at < N; at += 777)
        g_assert_true(assay_stft_push(stft, samples + at, MIN(777, N - at), NULL));
    g_assert_true(assay_stft_finish(stft, NULL));
    g_assert_cmpuint(spectra.n_frames, ==, 1 + N / HOP);
    /* Hann at a hop of a quarter: the squares add up to 3/2. */
    g_assert_cmpfloat_with_epsilon(spectra.energy / (energy * FFT * 1.5), 1, 1e-5);
}

/* Of a signal that is given up nothing comes with the next. */
static void
test_given_up(void)
{
    enum { N = 5000, FFT = 64, HOP = 16 };
    const AssayStftConfig config = {
        .window = FFT, .fft = FFT, .hop = HOP, .is_centred = TRUE, .full_scale = 1
    };
    Spectra spectra[2] = { { .n_bins = FFT / 2 + 1 }, { .n_bins = FFT / 2 + 1 } };
    float samples[N];

    for (size_t i = 0; i < N; i++)
        samples[i] = (float)((i * 37 + 11) % 23) - 11;
    for (size_t given_up = 0; given_up < 2; given_up++) {
        Spectra *self = &spectra[given_up];
        g_autoptr(AssayStft) stft = assay_stft_new(&config, add_spectra, self);

        self->stride = assay_stft_stride(stft);
        if (given_up > 0)
            g_assert_true(assay_stft_push(stft, samples + 700, 3001, NULL));
        *self = (Spectra){ .n_bins = self->n_bins, .stride = self->stride };
        assay_stft_begin(stft);
        g_assert_true(assay_stft_push(stft, samples, N, NULL));
        g_assert_true(assay_stft_finish(stft, NULL));
    }
    g_assert_cmpuint(spectra[0].n_frames, ==, spectra[1].n_frames);
    g_assert_cmpfloat(spectra[0].energy, ==, spectra[1].energy);
    g_assert_true(memcmp(spectra[0].first, spectra[1].first, sizeof spectra[0].first) == 0);
}

/* How many frames there are, for lengths about the window's, hops that overlap and hops that leave
 * samples out; the same for any blocks. */
static void
test_frames(void)
{
    static const size_t lengths[] = { 1, 15, 16, 17, 31, 32, 33, 100, 1000 };
    static const size_t hops[] = { 1, 5, 16, 50 };
    g_autofree float *samples = g_new0(float, 1000);

    samples[0] = 1;
    for (size_t i = 0; i < G_N_ELEMENTS(lengths) * G_N_ELEMENTS(hops) * 2; i++) {
        size_t n = lengths[i / 2 % G_N_ELEMENTS(lengths)];
        size_t hop = hops[i / 2 / G_N_ELEMENTS(lengths)];
        const AssayStftConfig config = {
            .window = 16, .fft = 32, .hop = hop, .full_scale = 1, .is_centred = i % 2 == 0
        };
        Spectra spectra = { .n_bins = 17 };
        g_autoptr(AssayStft) stft = assay_stft_new(&config, add_spectra, &spectra);

        spectra.stride = assay_stft_stride(stft);
        for (size_t at = 0; at < n; at += 7)
            g_assert_true(assay_stft_push(stft, samples + at, MIN(7, n - at), NULL));
        g_assert_true(assay_stft_finish(stft, NULL));
        g_assert_cmpuint(spectra.n_frames, ==,
                         config.is_centred ? 1 + n / hop
                         : n < 16          ? 0
                                           : 1 + (n - 16) / hop);
        /* The first sample is in the middle of the first frame, where the window is 1; or at its
         * start, where it is 0. */
        if (spectra.n_frames > 0)
            g_assert_cmpfloat_with_epsilon((double)spectra.first[3], config.is_centred, 1e-6);
    }
}

/* Edges of bands as librosa has them: the weight at a peak, nothing beyond the edges. */
static void
test_bank(void)
{
    const AssayMelBankConfig config = { 64, 0, 8000, ASSAY_MEL_SLANEY, TRUE, FALSE };
    g_autoptr(AssayMelBank) bank = assay_mel_bank_new(&config, 16000, 1024);
    double step = assay_mel_from_hz(ASSAY_MEL_SLANEY, 8000) / 65;

    g_assert_cmpfloat_with_epsilon(assay_mel_to_hz(ASSAY_MEL_SLANEY, step), 46.4058, 1e-4);
    g_assert_cmpfloat_with_epsilon(assay_mel_to_hz(ASSAY_MEL_SLANEY, 64 * step), 7626.1592, 1e-4);
    g_assert_cmpfloat_with_epsilon(assay_mel_to_hz(ASSAY_MEL_SLANEY, 63 * step), 7269.788, 1e-3);
    /* Bin 2 is at 31.25 Hz, on the way up of the first band. */
    g_assert_cmpfloat_with_epsilon(assay_mel_bank_weight(bank, 0, 2), 31.25 / 46.4058 * 0.021549037,
                                   1e-6);
    g_assert_cmpfloat(assay_mel_bank_weight(bank, 0, 0), ==, 0);
    g_assert_cmpfloat(assay_mel_bank_weight(bank, 0, 6), ==, 0);
    g_assert_cmpfloat(assay_mel_bank_weight(bank, 63, 512), ==, 0);
    g_assert_cmpuint(assay_mel_bank_n_empty(bank), ==, 0);
    for (double hz = 1; hz < 20000; hz *= 1.7) {
        for (AssayMelScale scale = ASSAY_MEL_SLANEY; scale <= ASSAY_MEL_HTK; scale++)
            g_assert_cmpfloat_with_epsilon(assay_mel_to_hz(scale, assay_mel_from_hz(scale, hz)), hz,
                                           1e-9 * hz);
    }
    g_assert_cmpfloat_with_epsilon(assay_mel_from_hz(ASSAY_MEL_HTK, 1000), 999.9855, 1e-3);
}

/* Bands of height 1 that are straight over mel add up to 1 everywhere between the outer tops. */
static void
test_bank_sum(void)
{
    const AssayMelBankConfig config = { 23, 20, 8000, ASSAY_MEL_HTK, FALSE, TRUE };
    g_autoptr(AssayMelBank) bank = assay_mel_bank_new(&config, 16000, 512);

    for (size_t k = 6; k < 220; k++) {
        double sum = 0;

        for (size_t m = 0; m < 23; m++)
            sum += assay_mel_bank_weight(bank, m, k);
        g_assert_cmpfloat_with_epsilon(sum, 1, 1e-6);
    }
}

static void
test_empty_bands(void)
{
    const AssayMelBankConfig config = { 500, 0, 4000, ASSAY_MEL_SLANEY, TRUE, FALSE };
    g_autoptr(AssayMelBank) bank = assay_mel_bank_new(&config, 8000, 64);

    g_assert_cmpuint(assay_mel_bank_n_empty(bank), >, 400);
}

typedef struct {
    size_t n;
    double *values;
} Signal;

static gboolean
add_signal(gpointer user, const float *samples, size_t n, GError **error)
{
    Signal *self = user;

    (void)error;
    for (size_t i = 0; i < n; i++)
        self->values[self->n++] = (double)samples[i];
    return TRUE;
}

static void
resample(guint from, guint to, size_t n, double start_hz, double end_hz, Signal *out)
{
    g_autofree float *samples = g_new(float, n + 1);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayResampler) resampler = assay_resampler_new(from, to, add_signal, out, &error);
    double seconds = (double)n / from;

    g_assert_no_error(error);
    for (size_t i = 0; i < n; i++) {
        double t = (double)i / from;

        samples[i] =
            (float)sin(2 * G_PI * (start_hz * t + (end_hz - start_hz) / seconds * t * t / 2));
    }
    for (size_t at = 0; at < n; at += 1000)
        g_assert_true(assay_resampler_push(resampler, samples + at, MIN(1000, n - at), NULL));
    g_assert_true(assay_resampler_finish(resampler, NULL));
    g_assert_cmpuint(out->n, ==, (n * to + from - 1) / from);
}

/* A sweep keeps its place, and its level to soxr's 0.01 dB, below the new half rate; above it,
 * nothing comes through. */
static void
test_resample(void)
{
    enum { FROM = 44100, TO = 16000, N = 2 * FROM };
    Signal out = { 0, g_new(double, 3 * N) };
    double loudest = 0;

    resample(FROM, TO, N, 50, 7000, &out);
    for (size_t i = 500; i < out.n - 500; i++) {
        double t = (double)i / TO;
        double want = sin(2 * G_PI * (50 * t + 6950 / 2.0 * t * t / 2));

        g_assert_cmpfloat_with_epsilon(out.values[i], want, 1.2e-3); /* 0.01 dB */
    }
    out.n = 0;
    resample(FROM, TO, N, 8800, 20000, &out);
    for (size_t i = 500; i < out.n - 500; i++)
        loudest = MAX(loudest, fabs(out.values[i]));
    g_assert_cmpfloat(loudest, <, 1e-5); /* -100 dB */
    g_free(out.values);
}

static void
test_resample_lengths(void)
{
    static const guint rates[] = { 100, 8000, 11025, 22050, 768000 };
    g_autofree double *values = g_new(double, 3000 * 160);

    for (size_t i = 0; i < G_N_ELEMENTS(rates); i++) {
        for (size_t n = 0; n < 3000; n = n * 3 + 1) {
            Signal out = { 0, values };

            resample(rates[i], 16000, n, 0, 1, &out);
        }
    }
    g_assert_null(assay_resampler_new(99, 16000, add_signal, NULL, NULL));
}

/* Silence is 0 in each band: ln(1 + C 0). */
static void
test_silence(void)
{
    static const char *const axes[] = { "frame", NULL };
    const AssayMelConfig config = ASSAY_MEL_CONFIG_DEFAULT;
    const size_t shape[] = { 1600 };
    g_autoptr(AssayStage) stage = assay_mel_stage(&config, NULL);
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    gpointer state = stage->state_new(stage);
    AssayJson *meta = assay_json_object();
    const AssayArray *mel;

    assay_json_set_integer(meta, "rate_hz", 16000);
    assay_sample_take_field(sample, "audio",
                            assay_array_new(ASSAY_F32, 1, shape, axes, G_MAXSIZE, NULL), meta);
    g_assert_true(stage->apply(stage, state, sample, NULL));
    stage->state_free(state);
    mel = assay_sample_field(sample, "mel", NULL);
    g_assert_cmpuint(assay_array_count(mel), ==, 11 * 64);
    for (size_t i = 0; i < assay_array_count(mel); i++)
        g_assert_cmpfloat(((const float *)mel->data)[i], ==, 0);
}

static void
test_config(void)
{
    AssayMelConfig config = ASSAY_MEL_CONFIG_DEFAULT;
    g_autoptr(AssayStage) stage = assay_mel_stage(&config, NULL);
    g_autofree const char **keys = assay_json_keys(stage->options);
    g_autoptr(GError) error = NULL;

    /* What a stage says of itself makes the same stage again. */
    for (const char *const *compat = (const char *const[]){ "librosa", "htk", "kaldi", NULL };
         *compat != NULL; compat++) {
        AssayMelConfig one = ASSAY_MEL_CONFIG_DEFAULT, two = ASSAY_MEL_CONFIG_DEFAULT;
        g_autoptr(AssayStage) first = NULL, second = NULL;
        g_autofree const char **names = NULL;

        g_assert_true(assay_mel_config_set(&one, "compat", *compat, NULL));
        first = assay_mel_stage(&one, NULL);
        names = assay_json_keys(first->options);
        for (size_t i = 0; names[i] != NULL; i++)
            g_assert_true(assay_mel_config_set(
                &two, names[i], assay_json_peek_string(assay_json_get(first->options, names[i])),
                NULL));
        second = assay_mel_stage(&two, NULL);
        g_assert_true(assay_json_equal(first->options, second->options));
    }
    g_assert_false(assay_mel_config_set(&config, "colour", "red", &error));
    g_assert_cmpstr(error->message, ==, "a mel spectrogram has no option \"colour\"");
    g_assert_cmpstr(keys[0], ==, "channels");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/mel/fft", test_fft);
    g_test_add_func("/mel/parseval", test_parseval);
    g_test_add_func("/mel/given-up", test_given_up);
    g_test_add_func("/mel/frames", test_frames);
    g_test_add_func("/mel/bank", test_bank);
    g_test_add_func("/mel/bank-sum", test_bank_sum);
    g_test_add_func("/mel/empty-bands", test_empty_bands);
    g_test_add_func("/mel/resample", test_resample);
    g_test_add_func("/mel/resample-lengths", test_resample_lengths);
    g_test_add_func("/mel/silence", test_silence);
    g_test_add_func("/mel/config", test_config);
    return g_test_run();
}
