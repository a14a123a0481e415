/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notes-write.h"

#include <assay/base/text.h>
#include <assay/transform/excerpt.h>

#include "cli-midi.h"

typedef struct {
    const AssayArrangement *arrangement;
    AssayWriter *writer; /* or */
    CliFiles *midi;
    guint64 n_written, n_short;
} Notes;

/* Whether a sample goes on as it came, its notes apart. */
static gboolean
hands_on(const Notes *self)
{
    return self->midi == NULL && self->arrangement->window_num == 0 &&
           !assay_arrangement_changes(self->arrangement);
}

static gboolean
can_write(gpointer user, AssaySample *sample, GError **error)
{
    g_autoptr(GBytes) file = cli_midi_make(user, sample, error);

    return file != NULL;
}

/* In a worker: the file of a sample that is one, or a look at what it is cut into. */
static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    const Notes *self = user;

    (void)operand;
    if (!hands_on(self) && assay_arrangement_is_repeat(self->arrangement, sample))
        return NULL;
    if (!assay_arrangement_expands(self->arrangement, sample))
        return self->midi != NULL ? cli_midi_make(self->midi, sample, error) : NULL;
    (void)!assay_excerpts_check(self->arrangement, sample, self->midi != NULL ? can_write : NULL,
                                self->midi, error);
    return NULL;
}

static gboolean
write_one(Notes *self, AssaySample *sample, GBytes *file, GError **error)
{
    g_autoptr(GBytes) own = NULL;

    self->n_written++;
    if (self->midi == NULL)
        return assay_writer_put(self->writer, sample, error);
    if (file == NULL)
        file = own = cli_midi_make(self->midi, sample, error);
    return file != NULL && cli_files_put(self->midi, assay_sample_name(sample), file, error);
}

static gboolean
write_excerpt(gpointer user, AssaySample *excerpt, GError **error)
{
    return write_one(user, excerpt, NULL, error);
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Notes *self = user;
    guint64 before = self->n_written;

    (void)operand;
    if (!hands_on(self) && assay_arrangement_is_repeat(self->arrangement, sample))
        return TRUE;
    if (!assay_arrangement_expands(self->arrangement, sample))
        return write_one(self, sample, result, error);
    if (!assay_excerpts_each(self->arrangement, sample, write_excerpt, self, error))
        return FALSE;
    self->n_short += self->n_written == before;
    return TRUE;
}

static void
free_file(gpointer file)
{
    g_bytes_unref(file);
}

/* The end of a run over inputs of which some could be used. */
static int
finish(Notes *self)
{
    g_autoptr(GError) error = NULL;
    char number[ASSAY_TEXT_NUMBER_SIZE];

    if (self->n_written == 0) {
        cli_warn("nothing came out: %s", self->arrangement->window_num != 0
                                             ? "every piece is shorter than a window"
                                             : "no sample has an item");
        return CLI_FAILED;
    }
    if (self->n_short > 0)
        cli_note("%s sample%s shorter than a window: nothing of %s is written",
                 assay_text_count(number, self->n_short), self->n_short == 1 ? " is" : "s are",
                 self->n_short == 1 ? "it" : "them");
    if (self->midi != NULL ? !cli_files_close(self->midi, &error)
                           : !assay_writer_close(self->writer, &error))
        return cli_fail(error);
    return cli_status();
}

int
notes_write(const AssayArrangement *arrangement, const AssaySourceConfig *source, gboolean is_midi)
{
    static const char *const only[] = { "notes", NULL };
    g_autoptr(AssayStage) stage = assay_arrange_stage(arrangement);
    Notes self = { .arrangement = arrangement };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayJson) record = NULL;
    g_autoptr(AssayWriter) writer = NULL;
    g_autoptr(CliFiles) files = NULL;
    CliRun run = {
        .source = *source, .analyse = analyse, .free_result = free_file, .consume = consume
    };

    if (is_midi) {
        self.midi = files = cli_midi_new();
    } else {
        record = assay_stage_record(stage);
        self.writer = run.writer = writer = assay_writer_new(cli_output(), record);
        if (cli.only)
            assay_writer_only(writer, only);
    }
    run.stages = (const AssayStage *const[]){ stage, NULL };
    run.user = &self;
    if (!cli_run(&run, &error))
        return cli_fail(error);
    return cli_n_consumed() == 0 ? cli_status() : finish(&self);
}
