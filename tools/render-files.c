/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render-files.h"

#include <assay/base/text.h>

#include "cli-files.h"

typedef struct {
    CliFiles *files;
    AssaySoundFormat format;
    guint64 n_clipped, n_clipped_files;
} Render;

typedef struct {
    GBytes *bytes;
    guint64 n_clipped;
} File;

static void
free_file(gpointer data)
{
    File *file = data;

    g_bytes_unref(file->bytes);
    g_free(file);
}

/* In a worker: the file of a sample; its sound goes, to make room. */
static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    const Render *self = user;
    const char *name = assay_sample_name(sample);
    const AssayArray *audio;
    guint64 n_clipped = 0;
    GBytes *bytes;
    File *file;

    (void)operand;
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

int
render_files(const AssaySourceConfig *source, const AssayStage *stage,
             const AssaySoundFormat *format)
{
    static const char *const wav_suffixes[] = { ".wav", ".wave", NULL };
    static const char *const flac_suffixes[] = { ".flac", NULL };
    static const CliFileKind kinds[] = {
        { "WAV file", "FILE.wav", ".wav", wav_suffixes },
        { "FLAC file", "FILE.flac", ".flac", flac_suffixes },
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(CliFiles) files = cli_files_new(&kinds[format->is_flac]);
    Render self = { .files = files, .format = *format };
    CliRun run = {
        .source = *source, .analyse = analyse, .free_result = free_file, .consume = consume
    };
    char values[ASSAY_TEXT_NUMBER_SIZE], samples[ASSAY_TEXT_NUMBER_SIZE];

    run.stages = (const AssayStage *const[]){ stage, NULL };
    run.user = &self;
    if (!cli_run(&run, &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status();
    if (self.n_clipped > 0)
        cli_note("%s value%s beyond full scale in %s file%s: clipped; a lower --gain keeps them",
                 assay_text_count(values, self.n_clipped), self.n_clipped == 1 ? " is" : "s are",
                 assay_text_count(samples, self.n_clipped_files),
                 self.n_clipped_files == 1 ? "" : "s");
    return cli_files_close(files, &error) ? cli_status() : cli_fail(error);
}
