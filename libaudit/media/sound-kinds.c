/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sound-kinds-private.h"

#include <math.h>
#include <string.h>

static const struct {
    int major;
    const char *name;
} formats[] = {
    { SF_FORMAT_WAV, "WAV" },   { SF_FORMAT_WAVEX, "WAV" }, { SF_FORMAT_RF64, "RF64" },
    { SF_FORMAT_W64, "W64" },   { SF_FORMAT_AIFF, "AIFF" }, { SF_FORMAT_AU, "AU" },
    { SF_FORMAT_CAF, "CAF" },   { SF_FORMAT_FLAC, "FLAC" }, { SF_FORMAT_OGG, "Ogg" },
    { SF_FORMAT_MPEG, "MPEG" },
};

static const struct {
    int subtype;
    const char *name;
    guint bits;
} encodings[] = {
    { SF_FORMAT_PCM_S8, "PCM", 8 },
    { SF_FORMAT_PCM_U8, "PCM", 8 },
    { SF_FORMAT_PCM_16, "PCM", 16 },
    { SF_FORMAT_PCM_24, "PCM", 24 },
    { SF_FORMAT_PCM_32, "PCM", 32 },
    { SF_FORMAT_FLOAT, "float", 32 },
    { SF_FORMAT_DOUBLE, "float", 64 },
    { SF_FORMAT_ULAW, "mu-law", 8 },
    { SF_FORMAT_ALAW, "A-law", 8 },
    { SF_FORMAT_IMA_ADPCM, "IMA ADPCM", 0 },
    { SF_FORMAT_MS_ADPCM, "Microsoft ADPCM", 0 },
    { SF_FORMAT_GSM610, "GSM 6.10", 0 },
    { SF_FORMAT_ALAC_16, "ALAC", 16 },
    { SF_FORMAT_ALAC_20, "ALAC", 20 },
    { SF_FORMAT_ALAC_24, "ALAC", 24 },
    { SF_FORMAT_ALAC_32, "ALAC", 32 },
    { SF_FORMAT_VORBIS, "Vorbis", 0 },
    { SF_FORMAT_OPUS, "Opus", 0 },
    { SF_FORMAT_MPEG_LAYER_I, "MP1", 0 },
    { SF_FORMAT_MPEG_LAYER_II, "MP2", 0 },
    { SF_FORMAT_MPEG_LAYER_III, "MP3", 0 },
};

gboolean
assay_sound_describe(AssaySoundFacts *facts, const SF_INFO *info)
{
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (formats[i].major == (info->format & SF_FORMAT_TYPEMASK))
            facts->format = formats[i].name;
    }
    facts->encoding = "other";
    for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++) {
        if (encodings[i].subtype == (info->format & SF_FORMAT_SUBMASK)) {
            facts->encoding = encodings[i].name;
            facts->bits = encodings[i].bits;
        }
    }
    facts->rate_hz = (guint)info->samplerate;
    facts->n_channels = (guint)info->channels;
    return facts->format != NULL;
}

float
assay_sound_full_scale(const AssaySoundFacts *facts)
{
    gboolean is_integer =
        strcmp(facts->encoding, "PCM") == 0 || strcmp(facts->encoding, "ALAC") == 0;

    return is_integer && facts->bits <= 24 ? 1 - ldexpf(1, 1 - (int)facts->bits) : 1;
}
