/* assay-notes - every symbolic file into notes: transposed, cut, written as MIDI.
 *
 * in:  MIDI files, or a stream with "notes", "roll" or "chroma"
 * out: samples with "notes" [note, column] float64; or MIDI files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli-midi.h"
#include "notes-write.h"

static char *transpose, *window, *hop, *parser;
static gboolean merge_repeats, midi;

#define TEXT 0, 0, G_OPTION_ARG_FILENAME

static const GOptionEntry options[] = {
    { "merge-repeats", 0, 0, G_OPTION_ARG_NONE, &merge_repeats,
      "make one note of repeats without a rest", NULL },
    { "transpose", TEXT, &transpose, "semitones up, or down where negative [0]", "N" },
    { "window", TEXT, &window, "cut into windows of Q quarter notes, each a sample", "Q" },
    { "hop", TEXT, &hop, "quarter notes from window to window [the window]", "Q" },
    { "midi", 0, 0, G_OPTION_ARG_NONE, &midi, "write MIDI files: -o DIR, or one to -o FILE.mid",
      NULL },
    { "parser", TEXT, &parser, "what reads MIDI: assay or libsmf [assay]", "NAME" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-notes",
    .synopsis = "[OPTION]... [FILE]...",
    .summary =
        "Turn MIDI files, or the notes, rolls or chroma of a stream, into notes or into MIDI\n"
        "files: as they are, transposed, or cut into windows.",
    .example = "assay-roll bach/ | assay-baseline bernoulli | assay-notes --midi -o noise",
    .options = options,
    .uses = CLI_READS | CLI_STREAM | CLI_FIELD,
};

static gboolean
configure(AssayArrangement *arrangement, GError **error)
{
    const struct {
        const char *key, *text;
    } texts[] = {
        { "merge-repeats", merge_repeats ? "yes" : NULL },
        { "transpose", transpose },
        { "window", window },
        { "hop", hop },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (texts[i].text != NULL &&
            !assay_arrangement_set(arrangement, texts[i].key, texts[i].text, error))
            return FALSE;
    }
    arrangement->replace = cli.replace;
    return TRUE;
}

int
main(int argc, char **argv)
{
    const AssayMedium *media[] = { NULL, NULL };
    AssaySourceConfig source = { .media = media, .streams = TRUE };
    AssayArrangement arrangement = ASSAY_ARRANGEMENT_DEFAULT;
    g_autoptr(GError) error = NULL;

    cli_begin(&tool, &argc, &argv);
    if (!configure(&arrangement, &error))
        return cli_usage("%s", error->message);
    if (hop != NULL && window == NULL)
        return cli_usage("--hop needs --window");
    media[0] = cli_midi_medium(parser);
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    source.array_hint =
        "assay-roll makes a roll of it, with --axes, and this program notes of that";
    return notes_write(&arrangement, &source, midi);
}
