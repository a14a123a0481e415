/* assay-mel - sound into log-mel spectrograms.
 *
 * in:  sound files, or a stream with "audio" [frame] or [frame, channel] float32
 * out: samples with "mel" [time, mel] float32
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/media/sound.h>
#include <assay/signal/mel.h>

#include "cli.h"

static AssayMelConfig config = ASSAY_MEL_CONFIG_DEFAULT;

/* What was typed, in the order of the options. */
static char *typed[27];
static gboolean remove_mean, keep_audio, stft;

#define TEXT(i) 0, 0, G_OPTION_ARG_FILENAME, &typed[i]

static const GOptionEntry options[] = {
    { "compat", TEXT(0), "the options of another program: librosa, htk or kaldi", "NAME" },
    { "rate", TEXT(1), "resample to HZ, or keep the file's rate [16000]", "HZ" },
    { "channels", TEXT(2), "the mean of all channels, or channel N alone [mean]", "N" },
    { "truncated", TEXT(3), "skip or keep a file that breaks off [skip]", "WHAT" },
    { "input-rate", TEXT(4), "the rate of audio in a stream that does not say", "HZ" },
    { "window", TEXT(5), "samples of a frame, or milliseconds (25ms) [1024]", "N" },
    { "hop", TEXT(6), "samples from frame to frame, or milliseconds [160]", "N" },
    { "fft", TEXT(7), "samples of a transform, or power-of-two [window]", "N" },
    { "shape", TEXT(8), "of the window: hann, hamming, povey [hann]", "NAME" },
    { "frames", TEXT(9), "centred, or whole: within the sound alone [centred]", "HOW" },
    { "remove-mean", 0, 0, G_OPTION_ARG_NONE, &remove_mean, "of each frame", NULL },
    { "preemphasis", TEXT(10), "lessen each sample by X of the one before [0]", "X" },
    { "full-scale", TEXT(11), "what a sample at full scale counts [1]", "X" },
    { "trim", TEXT(25), "leave out ends more than X decibels below the peak [none]", "X" },
    { "level", TEXT(26), "bring sounds to X decibels below full scale (RMS) [none]", "X" },
    { "power", TEXT(12), "2, or 1 for magnitudes [2]", "N" },
    { "mels", TEXT(13), "bands [64]", "N" },
    { "fmin", TEXT(14), "the lower end of the lowest band [0]", "HZ" },
    { "fmax", TEXT(15), "the upper end of the highest band [half the rate]", "HZ" },
    { "scale", TEXT(16), "of mel: slaney or htk [slaney]", "NAME" },
    { "norm", TEXT(17), "bands of equal area, or none [area]", "NAME" },
    { "triangles", TEXT(18), "bands straight over hertz or mel [hertz]", "AXIS" },
    { "log", TEXT(19), "log1p, ln, db or none [log1p]", "NAME" },
    { "gain-constant", TEXT(20), "of log1p: the C of ln(1 + C M) [1000]", "C" },
    { "floor", TEXT(21), "of ln and db: the least value [1e-10]", "X" },
    { "top-db", TEXT(22), "of db: no value more than X below the largest [none]", "X" },
    { "window-frames", TEXT(23), "cut into patches of N steps, each an item", "N" },
    { "hop-frames", TEXT(24), "steps from patch to patch [the patch]", "N" },
    { "keep-audio", 0, 0, G_OPTION_ARG_NONE, &keep_audio, "hand on the sound as well", NULL },
    { "stft", 0, 0, G_OPTION_ARG_NONE, &stft, "hand on the spectra as well", NULL },
    G_OPTION_ENTRY_NULL,
};

/* Hands every text that was typed to the one place that reads it. */
static gboolean
configure(GError **error)
{
    for (const GOptionEntry *entry = options; entry->long_name != NULL; entry++) {
        const char *text = entry->arg == G_OPTION_ARG_NONE ? NULL : *(char **)entry->arg_data;

        if (text != NULL && !assay_mel_config_set(&config, entry->long_name, text, error))
            return FALSE;
    }
    config.removes_mean = config.removes_mean || remove_mean;
    config.keeps_audio = keep_audio;
    config.keeps_stft = stft;
    return TRUE;
}

static const CliTool tool = {
    .name = "assay-mel",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "Turn sound files, or the audio of a stream, into log-mel spectrograms.",
    .example = "assay-mel sounds/ | assay-show",
    .options = options,
    .uses = CLI_READS | CLI_STREAM | CLI_FIELD,
};

int
main(int argc, char **argv)
{
    const AssayMedium *const media[] = { &assay_sound_medium, NULL };
    AssaySourceConfig source = { .media = media, .streams = TRUE };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayStage) stage = NULL;

    cli_begin(&tool, &argc, &argv);
    if (!configure(&error))
        return cli_usage("%s", error->message);
    if (cli.only && (keep_audio || stft))
        return cli_usage("--only hands on mel alone; leave out %s",
                         keep_audio ? "--keep-audio" : "--stft");
    config.max_bytes = cli.max_sample;
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    stage = assay_mel_stage(&config, &error);
    if (stage == NULL)
        return cli_usage("%s", error->message);
    return cli_convert(&source, stage);
}
