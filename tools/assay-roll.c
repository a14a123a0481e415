/* assay-roll - music files into notes and piano rolls.
 *
 * in:  MIDI files, .npy rolls, or a stream with "notes"
 * out: samples with "notes" (of MIDI) and "roll" [time, pitch] uint8
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/signal/roll.h>

#include "cli-midi.h"

static AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
static char *step, *fps, *pitches, *window, *hop, *axes, *pitch_low, *threshold, *parser;
static gboolean drums;

#define TEXT 0, 0, G_OPTION_ARG_FILENAME

static const GOptionEntry options[] = {
    { "step", TEXT, &step, "a step, as a part of a whole note [1/16]", "RATIO" },
    { "fps", TEXT, &fps, "steps a second instead, by the file's tempos", "N" },
    { "pitches", TEXT, &pitches, "MIDI pitches of the roll [0:127]", "LOW:HIGH" },
    { "drums", 0, 0, G_OPTION_ARG_NONE, &drums, "leave channel 10 (percussion) in", NULL },
    { "window", TEXT, &window, "cut into windows of N steps, each an item", "N" },
    { "hop", TEXT, &hop, "steps from window to window [the window]", "N" },
    { "axes", TEXT, &axes, "of .npy rolls: item,pitch,time in their order", "NAMES" },
    { "pitch-low", TEXT, &pitch_low, "of .npy rolls: MIDI pitch of the lowest row [0]", "N" },
    { "threshold", TEXT, &threshold, "of .npy rolls: a cell is on strictly above X [0]", "X" },
    { "parser", TEXT, &parser, "what reads MIDI: assay or libsmf [assay]", "NAME" },
    G_OPTION_ENTRY_NULL,
};

/* Hands every text that was typed to the one place that reads it. */
static gboolean
configure(GError **error)
{
    for (const GOptionEntry *entry = options; entry->long_name != NULL; entry++) {
        const char *text =
            entry->arg == G_OPTION_ARG_NONE ? (drums ? "yes" : NULL) : *(char **)entry->arg_data;

        if (text != NULL && entry->arg_data != &parser &&
            !assay_roll_config_set(&config, entry->long_name, text, error))
            return FALSE;
    }
    return TRUE;
}

static const CliTool tool = {
    .name = "assay-roll",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "Turn MIDI files, .npy rolls, or the notes of a stream into piano rolls.",
    .example = "assay-roll bach/ | assay-chroma | assay-mine > bach.spec.json",
    .options = options,
    .uses = CLI_READS | CLI_STREAM | CLI_FIELD,
};

int
main(int argc, char **argv)
{
    const AssayMedium *media[] = { NULL, NULL };
    AssaySourceConfig source = { .media = media, .streams = TRUE };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayStage) stage = NULL;

    cli_begin(&tool, &argc, &argv);
    if (!configure(&error))
        return cli_usage("%s", error->message);
    media[0] = cli_midi_medium(parser);
    if (step != NULL && fps != NULL)
        return cli_usage("--step and --fps both say how long a step is: give one of them");
    if (config.hop > 0 && config.window == 0)
        return cli_usage("--hop needs --window");
    config.max_bytes = cli.max_sample;
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    source.array_axes = (const char *const *)config.axes;
    source.array_hint = "name them with --axes, as in --axes=item,pitch,time";
    stage = assay_roll_stage(&config);
    return cli_convert(&source, stage);
}
