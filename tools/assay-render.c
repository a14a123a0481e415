/* assay-render - notes into sound, by FluidSynth and a SoundFont.
 *
 * in:  MIDI files, or a stream with "notes"
 * out: samples with "audio" [frame, channel] float32, full scale = 1; or WAV or FLAC files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/text.h>
#include <assay/media/sound-write.h>
#include <assay/synth/synth.h>
#include <string.h>

#include "cli-midi.h"

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

typedef struct {
    CliFiles *files;
    AssaySoundFormat format;
    guint64 n_clipped, n_clipped_files;
} Render;

typedef struct {
    GBytes *bytes;
    guint64 n_clipped;
} File;

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

static void
free_file(gpointer data)
{
    File *file = data;

    g_bytes_unref(file->bytes);
    g_free(file);
}

/* In a worker: the file of a sample; its sound goes, to make room. */
static gpointer
analyse(gpointer user, AssaySample *sample, GError **error)
{
    const Render *self = user;
    const char *name = assay_sample_name(sample);
    const AssayArray *audio;
    guint64 n_clipped = 0;
    GBytes *bytes;
    File *file;

    if (assay_sample_item_start(sample) > 0 || !cli_files_accept(self->files, name, error))
        return NULL;
    audio = assay_sample_field(sample, "audio", error);
    if (audio == NULL)
        return NULL;
    bytes = assay_sound_write(&self->format, audio->data, audio->shape[0], &n_clipped, error);
    if (bytes == NULL) {
        g_prefix_error(error, "%s: ", name);
        return NULL;
    }
    assay_sample_remove_field(sample, "audio");
    file = g_new(File, 1);
    *file = (File){ bytes, n_clipped };
    return file;
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Render *self = user;
    const File *file = result;

    (void)operand;
    if (file == NULL) /* a later part of a sample whose notes were heard */
        return TRUE;
    self->n_clipped += file->n_clipped;
    self->n_clipped_files += file->n_clipped > 0;
    return cli_files_put(self->files, assay_sample_name(sample), file->bytes, error);
}

static int
write_files(const AssaySourceConfig *source, const AssayStage *stage, Render *self)
{
    static const char *const wav_suffixes[] = { ".wav", ".wave", NULL };
    static const char *const flac_suffixes[] = { ".flac", NULL };
    static const CliFileKind kinds[] = {
        { "WAV file", "FILE.wav", ".wav", wav_suffixes },
        { "FLAC file", "FILE.flac", ".flac", flac_suffixes },
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(CliFiles) files = cli_files_new(&kinds[self->format.is_flac]);
    CliRun run = {
        .source = *source, .analyse = analyse, .free_result = free_file, .consume = consume
    };
    char values[ASSAY_TEXT_NUMBER_SIZE], samples[ASSAY_TEXT_NUMBER_SIZE];

    self->files = files;
    run.stages = (const AssayStage *const[]){ stage, NULL };
    run.user = self;
    if (!cli_run(&run, &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status();
    if (self->n_clipped > 0)
        cli_note("%s value%s beyond full scale in %s file%s: clipped; a lower --gain keeps them",
                 assay_text_count(values, self->n_clipped), self->n_clipped == 1 ? " is" : "s are",
                 assay_text_count(samples, self->n_clipped_files),
                 self->n_clipped_files == 1 ? "" : "s");
    return cli_files_close(files, &error) ? cli_status() : cli_fail(error);
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
    Render self = { 0 };
    const char *path;

    cli_begin(&tool, &argc, &argv);
    if (!configure(&config, &error))
        return cli_usage("%s", error->message);
    if (!choose_format(&config, &self.format))
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
    return wav || flac ? write_files(&source, stage, &self) : cli_convert(&source, stage);
}
