/* feature/chroma-config.c - the options of a chroma, read and written as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>
#include <string.h>

#include "../base/error.h"
#include "../signal/fft.h"
#include "../signal/resample.h"
#include "chroma-private.h"

enum { MAX_HOP = 1 << 30, MIN_WINDOW = 16 };

#define AT(member) offsetof(AssayChromaConfig, member)

static const AssaySetting options[] = {
    { "from", ASSAY_SETTING_CHOICE, AT(origin), 0, 0, NULL, "any|roll|audio",
      "give roll or audio" },
    { "rate", ASSAY_SETTING_NUMBER, AT(rate_hz), ASSAY_RESAMPLE_MIN_HZ, ASSAY_RESAMPLE_MAX_HZ,
      "keep", NULL, "give a rate in Hz from 100 to 768000, or keep, as in 16000" },
    { "channels", ASSAY_SETTING_NUMBER, AT(channel), 1, 256, "mean", NULL,
      "give mean, or the number of one channel, the first being 1" },
    { "window", ASSAY_SETTING_LENGTH, AT(window), MIN_WINDOW, ASSAY_FFT_MAX, NULL, NULL,
      "give samples from 16 to 1048576, or milliseconds, as in 3072 or 200ms" },
    { "hop", ASSAY_SETTING_LENGTH, AT(hop), 1, MAX_HOP, NULL, NULL,
      "give samples, at least 1, or milliseconds, as in 2000 or 125ms" },
    { "pitches", ASSAY_SETTING_SPAN, AT(pitches), 0, 127, NULL, NULL,
      "give the lowest and the highest MIDI pitch, as in 28:96" },
    { "tuning", ASSAY_SETTING_REAL, AT(tuning_hz), 220, 880, NULL, NULL,
      "give the frequency of A4 in Hz, as in 442" },
    { "threshold", ASSAY_SETTING_REAL, AT(threshold), 0, 1, NULL, NULL,
      "give a part of the strongest tone, from 0 to 1, as in 0.35" },
    { "hold", ASSAY_SETTING_REAL, AT(hold), 0, 1, NULL, NULL,
      "give a part of the strongest tone, from 0 to 1, as in 0.2" },
    { "release", ASSAY_SETTING_REAL, AT(release), 0, 1, NULL, NULL,
      "give a part of what a tone was, from 0 to 1, as in 0.45" },
    { "floor", ASSAY_SETTING_REAL, AT(floor_db), 0, 300, NULL, NULL,
      "give decibels below full scale, as in 70" },
    { "input-rate", ASSAY_SETTING_NUMBER, AT(input_rate_hz), 1, G_MAXINT32, NULL, NULL,
      "give a rate in Hz, as in 16000" },
    { "truncated", ASSAY_SETTING_CHOICE, AT(keeps_truncated), 0, 0, NULL, "skip|keep",
      "give skip or keep" },
};

gboolean
assay_chroma_config_set(AssayChromaConfig *self, const char *key, const char *value, GError **error)
{
    const AssaySetting *setting = assay_setting_find(options, G_N_ELEMENTS(options), key);

    if (setting == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "a chroma has no option \"%s\"", key);
        return FALSE;
    }
    if (setting == options && strcmp(value, "any") == 0)
        return assay_setting_refuse(key, value, setting->advice, error);
    return assay_setting_read(setting, self, value, error);
}

gboolean
assay_chroma_config_check(const AssayChromaConfig *self, GError **error)
{
    if (self->hold <= self->threshold)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "--hold=%g is above --threshold=%g: a tone would end as it begins; give at most "
                "what it begins at",
                self->hold, self->threshold);
    return FALSE;
}

AssayJson *
assay_chroma_config_options(const AssayChromaConfig *self)
{
    AssayJson *list = assay_json_object();

    for (size_t i = 0; self->origin == ASSAY_CHROMA_AUDIO && i < G_N_ELEMENTS(options); i++) {
        g_autofree char *text = assay_setting_print(&options[i], self);

        if (text != NULL && (strcmp(options[i].key, "truncated") != 0 || self->keeps_truncated))
            assay_json_set_string(list, options[i].key, text);
    }
    return list;
}
