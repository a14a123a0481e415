/* assay-render - notes into sound, by FluidSynth and a SoundFont.
 *
 * in:  MIDI files, or a stream with "notes"
 * out: samples with "audio" [frame, channel] float32, full scale = 1; or WAV or FLAC files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/synth/synth.h>
#include <string.h>

#include "cli-midi.h"
#include "render-files.h"

static char *soundfont, *rate, *gain, *tail, *bits, *parser;
static gboolean effects, mono, wav, flac;

#define TEXT 0, 0, G_OPTION_ARG_FILENAME
#define SWITCH 0, 0, G_OPTION_ARG_NONE

static const GOptionEntry options[] = {
    { "soundfont", 'f', 0, G_OPTION_ARG_FILENAME, &soundfont,
      "what sounds [$ASSAY_SOUNDFONT, or TimGM6mb.sf2]", "FILE" },
    { "rate", TEXT, &rate, "frames a second [44100]", "HZ" },
    { "mono", SWITCH, &mono, "one channel, the mean of left and right", NULL },
    { "effects", SWITCH, &effects, "with reverb and chorus", NULL },
    { "gain", TEXT, &gain, "loudness, above 0, up to 10 [0.2]", "X" },
    { "tail", TEXT, &tail, "at most so much sound after the last note [5]", "SECONDS" },
    { "wav", SWITCH, &wav, "write WAV files: -o DIR, or one to -o FILE.wav", NULL },
    { "flac", SWITCH, &flac, "write FLAC files: -o DIR, or one to -o FILE.flac", NULL },
    { "bits", TEXT, &bits, "of files: 16, 24, or 32 (float, WAV alone) [16]", "N" },
    { "parser", TEXT, &parser, "what reads MIDI: assay or libsmf [assay]", "NAME" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-render",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "Turn MIDI files, or the notes of a stream, into sound: a stream with audio, or WAV "
               "or\nFLAC files.",
    .example = "assay-render --wav -o sound bach/",
    .options = options,
    .uses = CLI_READS | CLI_STREAM | CLI_FIELD,
};

static gboolean
configure(AssayRenderConfig *config, GError **error)
{
    const struct {
        const char *key, *text;
    } texts[] = {
        { "rate", rate },
        { "gain", gain },
        { "tail", tail },
        { "effects", effects ? "yes" : NULL },
        { "mono", mono ? "yes" : NULL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (texts[i].text != NULL &&
            !assay_render_config_set(config, texts[i].key, texts[i].text, error))
            return FALSE;
    }
    config->max_bytes = cli.max_sample;
    return TRUE;
}

/* What sounds, where nothing else is named: the first that there is. One that any system may have
 * replaced by another comes last, so that equal notes sound alike on most of them. */
static const char *
find_soundfont(void)
{
    static const char *const places[] = {
        "/usr/share/sounds/sf2/TimGM6mb.sf2",
        "/usr/share/soundfonts/TimGM6mb.sf2",
        "/usr/share/sounds/sf2/default-GM.sf2",
        "/usr/share/soundfonts/default.sf2",
    };
    const char *named = g_getenv("ASSAY_SOUNDFONT");

    if (soundfont != NULL)
        return soundfont;
    if (named != NULL && named[0] != '\0')
        return named;
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        if (g_file_test(places[i], G_FILE_TEST_EXISTS))
            return places[i];
    }
    return NULL;
}

/* Which files are to be written, if any; %FALSE where the options do not go together. */
static gboolean
choose_format(const AssayRenderConfig *config, AssaySoundFormat *format)
{
    *format = (AssaySoundFormat){ config->rate_hz, config->mono ? 1 : 2, 16, flac };
    if (wav && flac) {
        cli_usage("--wav and --flac both say what files to write: give one of them");
        return FALSE;
    }
    if (bits == NULL)
        return TRUE;
    if (!wav && !flac) {
        cli_usage("--bits needs --wav or --flac");
        return FALSE;
    }
    format->bits = strcmp(bits, "16") == 0   ? 16
                   : strcmp(bits, "24") == 0 ? 24
                   : strcmp(bits, "32") == 0 ? 32
                                             : 0;
    if (format->bits == 0 || (flac && format->bits == 32)) {
        cli_usage("--bits=%s: give %s", bits, flac ? "16 or 24, which FLAC has" : "16, 24 or 32");
        return FALSE;
    }
    return TRUE;
}

int
main(int argc, char **argv)
{
    const AssayMedium *media[] = { NULL, NULL };
    AssaySourceConfig source = { .media = media, .streams = TRUE };
    AssayRenderConfig config = ASSAY_RENDER_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayStage) stage = NULL;
    AssaySoundfont *sounds;
    AssaySoundFormat format;
    const char *path;

    cli_begin(&tool, &argc, &argv);
    if (!configure(&config, &error))
        return cli_usage("%s", error->message);
    if (!choose_format(&config, &format))
        return CLI_USAGE;
    media[0] = cli_midi_medium(parser);
    path = find_soundfont();
    if (path == NULL)
        return cli_usage("no SoundFont is found: name one with -f FILE.sf2, or install Debian's "
                         "timgm6mb-soundfont");
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    source.hint = "assay-notes makes notes of rolls and chroma";
    if (strcmp(path, "-") == 0)
        cli_claim_input(path, "-f");
    sounds = assay_soundfont_open(path, &error);
    stage = sounds != NULL ? assay_render_stage(&config, sounds, &error) : NULL;
    if (stage == NULL)
        return cli_fail(error);
    return wav || flac ? render_files(&source, stage, &format) : cli_convert(&source, stage);
}
