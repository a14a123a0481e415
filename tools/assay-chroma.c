/* assay-chroma - add the pitch-class set of every step.
 *
 * in:  a stream with "roll" [time, pitch] uint8; or sound files, or a stream with "audio"
 * out: the same samples with "chroma" [time, class] uint8 0/1, C first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/chroma.h>
#include <assay/media/sound.h>

#include "cli.h"

static AssayChromaConfig config = ASSAY_CHROMA_CONFIG_DEFAULT;

/* What was typed, in the order of the options. */
static char *typed[13];

#define TEXT(i) 0, 0, G_OPTION_ARG_FILENAME, &typed[i]

static const GOptionEntry options[] = {
    { "from", TEXT(0), "what it is made of: roll or audio [roll]", "FIELD" },
    { "rate", TEXT(1), "of audio: resample to HZ, or keep the file's rate [16000]", "HZ" },
    { "channels", TEXT(2), "the mean of all channels, or channel N alone [mean]", "N" },
    { "truncated", TEXT(3), "skip or keep a file that breaks off [skip]", "WHAT" },
    { "input-rate", TEXT(4), "the rate of audio in a stream that does not say", "HZ" },
    { "window", TEXT(5), "samples of a frame, or milliseconds (192ms) [3072]", "N" },
    { "hop", TEXT(6), "samples of a step, or milliseconds [2000]", "N" },
    { "pitches", TEXT(7), "MIDI pitches that are sought [28:96]", "LO:HI" },
    { "tuning", TEXT(8), "the frequency of A4 [440]", "HZ" },
    { "threshold", TEXT(9), "a tone begins at this part of the strongest [0.35]", "X" },
    { "hold", TEXT(10), "and goes on at this part of it [0.2]", "X" },
    { "release", TEXT(11), "but ends below this part of what it was [0.45]", "X" },
    { "floor", TEXT(12), "no tone so many decibels below full scale [70]", "X" },
    G_OPTION_ENTRY_NULL,
};

static CliTool tool = {
    .name = "assay-chroma",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "Add the pitch-class set of every time step to the samples of a stream with rolls,\n"
               "or hear it in sound.",
    .example = "assay-roll bach/ | assay-chroma | assay-show",
    .options = options,
    .uses = CLI_READS | CLI_STREAM | CLI_FIELD,
};

/* Hands every text that was typed to the one place that reads it. */
static gboolean
configure(const char **of_audio, GError **error)
{
    for (const GOptionEntry *entry = options; entry->long_name != NULL; entry++) {
        const char *text = *(char **)entry->arg_data;

        if (text != NULL && !assay_chroma_config_set(&config, entry->long_name, text, error))
            return FALSE;
        if (text != NULL && entry != options)
            *of_audio = entry->long_name;
    }
    return assay_chroma_config_check(&config, error);
}

int
main(int argc, char **argv)
{
    const AssayMedium *const media[] = { &assay_sound_medium, NULL };
    AssaySourceConfig source = { .streams = TRUE };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayStage) stage = NULL;
    const char *of_audio = NULL;

    cli_begin(&tool, &argc, &argv);
    if (!configure(&of_audio, &error))
        return cli_usage("%s", error->message);
    if (config.origin == ASSAY_CHROMA_AUDIO) {
        source.media = media;
        tool.example = "assay-chroma --from=audio sounds/ | assay-show";
    } else if (of_audio != NULL) {
        return cli_usage("--%s is of sound: it needs --from=audio", of_audio);
    } else {
        source.hint = "assay-roll makes one of MIDI files, --from=audio hears sound files";
    }
    config.max_bytes = cli.max_sample;
    stage = assay_chroma_stage_of(&config);
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    return cli_convert(&source, stage);
}
