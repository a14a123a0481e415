/* signal/mel-config.c - the options of a mel spectrogram, read and written as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <float.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "../base/error.h"
#include "../base/settings.h"
#include "../base/text.h"
#include "fft.h"
#include "mel-private.h"

enum { MAX_RATE = ASSAY_RESAMPLE_MAX_HZ, MAX_MELS = 65536, MAX_STEPS = 1 << 30 };

#define AT(member) offsetof(AssayMelConfig, member)

static const AssaySetting options[] = {
    { "rate", ASSAY_SETTING_NUMBER, AT(rate_hz), ASSAY_RESAMPLE_MIN_HZ, MAX_RATE, "keep", NULL,
      "give a rate in Hz from 100 to 768000, or keep, as in 16000" },
    { "channels", ASSAY_SETTING_NUMBER, AT(channel), 1, 256, "mean", NULL,
      "give mean, or the number of one channel, the first being 1" },
    { "mels", ASSAY_SETTING_NUMBER, AT(n_mels), 1, MAX_MELS, NULL, NULL,
      "give a number of bands from 1 to 65536, as in 64" },
    { "window", ASSAY_SETTING_LENGTH, AT(window), 1, ASSAY_FFT_MAX, NULL, NULL,
      "give samples from 1 to 1048576, or milliseconds, as in 1024 or 25ms" },
    { "hop", ASSAY_SETTING_LENGTH, AT(hop), 1, MAX_STEPS, NULL, NULL,
      "give samples, at least 1, or milliseconds, as in 160 or 10ms" },
    { "fft", ASSAY_SETTING_NUMBER, AT(fft), 2, ASSAY_FFT_MAX, "window", NULL,
      "give samples from 2 to 1048576, window, or power-of-two" },
    { "shape", ASSAY_SETTING_CHOICE, AT(shape), 0, 0, NULL, "hann|hamming|povey",
      "give hann, hamming or povey" },
    { "frames", ASSAY_SETTING_CHOICE, AT(is_centred), 0, 0, NULL, "whole|centred",
      "give centred, or whole for frames within the sound alone" },
    { "remove-mean", ASSAY_SETTING_YES_NO, AT(removes_mean), 0, 0, NULL, NULL, "give yes or no" },
    { "preemphasis", ASSAY_SETTING_REAL, AT(preemphasis), 0, 1, NULL, NULL,
      "give a number from 0 to 1, as in 0.97" },
    { "full-scale", ASSAY_SETTING_REAL, AT(full_scale), 1e-6, 1e6, NULL, NULL,
      "give what samples at full scale count, as in 32768" },
    { "trim", ASSAY_SETTING_REAL, AT(trim_db), 1e-3, 300, "none", NULL,
      "give decibels below the peak, or none, as in 40" },
    { "level", ASSAY_SETTING_REAL, AT(level_db), 1e-3, 300, "none", NULL,
      "give decibels below full scale, or none, as in 26" },
    { "power", ASSAY_SETTING_CHOICE, AT(is_magnitude), 0, 0, NULL, "2|1",
      "give 2 for powers, 1 for magnitudes" },
    { "scale", ASSAY_SETTING_CHOICE, AT(scale), 0, 0, NULL, "slaney|htk", "give slaney or htk" },
    { "norm", ASSAY_SETTING_CHOICE, AT(is_area), 0, 0, NULL, "none|area",
      "give area for bands of equal area, or none" },
    { "triangles", ASSAY_SETTING_CHOICE, AT(is_straight_in_mel), 0, 0, NULL, "hertz|mel",
      "give hertz or mel, over which the bands are straight" },
    { "fmin", ASSAY_SETTING_REAL, AT(fmin_hz), 0, MAX_RATE, NULL, NULL,
      "give a frequency in Hz, as in 20" },
    { "fmax", ASSAY_SETTING_REAL, AT(fmax_hz), 1e-3, MAX_RATE, "half", NULL,
      "give a frequency in Hz, or half for half the rate, as in 8000" },
    { "log", ASSAY_SETTING_CHOICE, AT(log), 0, 0, NULL, "log1p|ln|db|none",
      "give log1p, ln, db or none" },
    { "gain-constant", ASSAY_SETTING_REAL, AT(gain_constant), 1e-6, 1e12, NULL, NULL,
      "give the C of ln(1 + C M), above 0, as in 1000" },
    { "floor", ASSAY_SETTING_REAL, AT(floor), (double)FLT_MIN, 1e12, NULL, NULL,
      "give the least value whose logarithm is taken, above 0, as in 1e-10" },
    { "top-db", ASSAY_SETTING_REAL, AT(top_db), 1e-3, 1e6, "none", NULL,
      "give decibels below the largest value, or none, as in 80" },
    { "window-frames", ASSAY_SETTING_NUMBER, AT(window_frames), 1, MAX_STEPS, NULL, NULL,
      "give a number of steps, at least 1, as in 64" },
    { "hop-frames", ASSAY_SETTING_NUMBER, AT(hop_frames), 1, MAX_STEPS, NULL, NULL,
      "give a number of steps, at least 1, as in 64" },
    { "input-rate", ASSAY_SETTING_NUMBER, AT(input_rate_hz), 1, G_MAXINT32, NULL, NULL,
      "give a rate in Hz, as in 16000" },
    { "truncated", ASSAY_SETTING_CHOICE, AT(keeps_truncated), 0, 0, NULL, "skip|keep",
      "give skip or keep" },
};

/* What other programs do, as far as it is not our default. Kaldi dithers; we do not. */
static const struct {
    const char *name;
    const char *settings; /* KEY=VALUE by blanks */
} programs[] = {
    { "librosa", "rate=22050 mels=128 window=2048 hop=512 log=db top-db=80" },
    { "htk", "rate=16000 mels=20 window=25ms hop=10ms fft=power-of-two shape=hamming frames=whole "
             "preemphasis=0.97 full-scale=32768 power=1 scale=htk norm=none triangles=mel log=ln "
             "floor=1" },
    { "kaldi", "rate=16000 mels=23 window=25ms hop=10ms fft=power-of-two shape=povey frames=whole "
               "remove-mean=yes preemphasis=0.97 full-scale=32768 power=2 scale=htk norm=none "
               "triangles=mel fmin=20 log=ln floor=1.1920928955078125e-07" },
};

static gboolean
set_compat(AssayMelConfig *self, const char *value, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_auto(GStrv) settings = NULL;

        if (strcmp(programs[i].name, value) != 0)
            continue;
        settings = g_strsplit(programs[i].settings, " ", -1);
        for (size_t k = 0; settings[k] != NULL; k++) {
            char *text = strchr(settings[k], '=');

            *text++ = '\0';
            if (!assay_mel_config_set(self, settings[k], text, error))
                return FALSE;
        }
        return TRUE;
    }
    return assay_setting_refuse("compat", value, "give librosa, htk or kaldi", error);
}

gboolean
assay_mel_config_set(AssayMelConfig *self, const char *key, const char *value, GError **error)
{
    const AssaySetting *setting = assay_setting_find(options, G_N_ELEMENTS(options), key);

    if (strcmp(key, "compat") == 0)
        return set_compat(self, value, error);
    if (setting == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "a mel spectrogram has no option \"%s\"",
                    key);
        return FALSE;
    }
    if (strcmp(key, "fft") == 0)
        self->is_fft_power_of_two = strcmp(value, "power-of-two") == 0;
    if (strcmp(key, "fft") == 0 && self->is_fft_power_of_two) {
        self->fft = 0;
        return TRUE;
    }
    return assay_setting_read(setting, self, value, error);
}

/* (transfer full): what assay_mel_config_set() reads back; %NULL for an option that says nothing.
 */
static char *
print_option(const AssayMelConfig *self, const AssaySetting *option)
{
    return strcmp(option->key, "fft") == 0 && self->is_fft_power_of_two
               ? g_strdup("power-of-two")
               : assay_setting_print(option, self);
}

/* Whether an option has no say in the result, as the others are. */
static gboolean
is_idle(const AssayMelConfig *self, const char *key)
{
    return (strcmp(key, "gain-constant") == 0 && self->log != ASSAY_MEL_LOG1P) ||
           (strcmp(key, "floor") == 0 && self->log != ASSAY_MEL_LN && self->log != ASSAY_MEL_DB) ||
           (strcmp(key, "top-db") == 0 && self->log != ASSAY_MEL_DB) ||
           (strcmp(key, "trim") == 0 && self->trim_db == 0) ||
           (strcmp(key, "level") == 0 && self->level_db == 0) ||
           (strcmp(key, "truncated") == 0 && !self->keeps_truncated);
}

AssayJson *
assay_mel_config_options(const AssayMelConfig *self)
{
    AssayJson *list = assay_json_object();

    for (size_t i = 0; i < G_N_ELEMENTS(options); i++) {
        g_autofree char *text =
            is_idle(self, options[i].key) ? NULL : print_option(self, &options[i]);

        if (text != NULL)
            assay_json_set_string(list, options[i].key, text);
    }
    return list;
}

gboolean
assay_mel_config_check(const AssayMelConfig *self, GError **error)
{
    if (self->fft > 0 && self->window.n > self->fft) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--fft=%u is shorter than --window=%u; a transform holds a whole window",
                    self->fft, self->window.n);
        return FALSE;
    }
    if (self->fmax_hz > 0 && self->fmin_hz >= self->fmax_hz) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--fmin=%g is not below --fmax=%g",
                    self->fmin_hz, self->fmax_hz);
        return FALSE;
    }
    if (self->rate_hz > 0 && self->fmax_hz > self->rate_hz / 2.0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--fmax=%g is above half the rate, %g Hz; --rate says another", self->fmax_hz,
                    self->rate_hz / 2.0);
        return FALSE;
    }
    if (self->hop_frames > 0 && self->window_frames == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--hop-frames needs --window-frames");
        return FALSE;
    }
    return TRUE;
}

const char *
assay_mel_scale_name(AssayMelScale scale)
{
    return scale == ASSAY_MEL_HTK ? "htk" : "slaney";
}

char *
assay_mel_config_unit(const AssayMelConfig *self)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];

    switch (self->log) {
    case ASSAY_MEL_LOG1P:
        return g_strdup_printf("ln(1 + %s M)", assay_text_double(number, self->gain_constant));
    case ASSAY_MEL_LN:
        return g_strdup("ln M");
    case ASSAY_MEL_DB:
        return g_strdup("dB");
    default:
        return g_strdup(self->is_magnitude ? "magnitude" : "power");
    }
}
