/* tools/cli-run.c - a run over the operands: skips, progress, exit status.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/text.h>
#include <unistd.h>

#include "cli-private.h"
#include "cli.h"

typedef struct {
    const CliRun *run;
    size_t n_files;
    gint64 started;
} Run;

static AssayIntake intake; /* of all runs */
static guint64 n_unaccepted;

static char *kinds;      /* that are read; NULL: streams alone */
static const char *hint; /* how what it takes is made; or NULL */

static void
progress(gpointer user, size_t files_begun)
{
    const Run *self = user;

    cli_progress_show(self->started, files_begun, self->n_files);
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    const Run *self = user;

    return self->run->consume(self->run->user, sample, result, operand, error);
}

static void
skipped(gpointer user, const AssaySkip *skip, gboolean upstream, size_t operand)
{
    const Run *self = user;
    AssaySkip told = *skip;

    (void)operand;
    told.accepted = upstream ? skip->accepted : cli.skip_bad;
    n_unaccepted += !(told.accepted || cli.skip_bad);
    if (self->run->writer != NULL)
        assay_writer_skip(self->run->writer, &told);
    if (!upstream)
        cli_warn("%s", skip->reason);
    else if (self->run->writer == NULL) /* where the stream ends, all of it is told */
        cli_warn("left out before: %s", skip->reason);
}

static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    const CliRun *run = ((const Run *)user)->run;

    return run->analyse(run->user, sample, operand, error);
}

/* Of folders; files that are named have been looked at. */
static gboolean
check_listing(const AssayListing *listing, GError **error)
{
    g_autofree char *output = g_path_get_basename(cli.output);

    for (guint i = 0; i < listing->files->len; i++) {
        const AssayFile *file = listing->files->pdata[i];

        if (g_str_has_suffix(file->path, output) && cli_is_output(file->path)) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "%s: is read, and -o would write over it: name another file", file->shown);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean
cli_run(const CliRun *run, GError **error)
{
    AssaySourceConfig config = run->source;
    g_autoptr(AssaySource) source = NULL;
    Run self = { .run = run };
    gboolean on_terminal = isatty(STDERR_FILENO) && !cli.quiet, done;
    AssayPipeline pipeline;

    g_clear_pointer(&kinds, g_free);
    if (run->source.media != NULL || run->source.arrays != NULL)
        kinds = assay_source_kinds(&run->source);
    hint = kinds != NULL ? NULL : run->source.hint;
    config.spool_folder = g_get_tmp_dir();
    config.has_threads = cli.jobs > 1;
    source = assay_source_new(&config);
    if (!check_listing(assay_source_listing(source), error))
        return FALSE;
    self.n_files = assay_source_n_files(source);
    self.started = g_get_monotonic_time();
    pipeline = (AssayPipeline){
        .source = source,
        .before = run->before,
        .stages = run->stages,
        .missing_only = run->missing_only,
        .n_workers = cli.jobs,
        .max_bytes = ASSAY_PIPELINE_BYTES,
        .analyse = run->analyse != NULL ? analyse : NULL,
        .free_result = run->free_result,
        .consume = consume,
        .skipped = skipped,
        .intake = &intake,
        .progress = on_terminal ? progress : NULL,
        .user = &self,
    };
    done = assay_pipeline_run(&pipeline, error);
    cli_progress_clear();
    cli_note_passed_over(assay_source_listing(source));
    return done;
}

void
cli_note_passed_over(const AssayListing *listing)
{
    char count[ASSAY_TEXT_NUMBER_SIZE];

    if (listing->passed_over == 1)
        cli_note("passed over a file of another kind: %s", listing->first_passed_over);
    else if (listing->passed_over > 1)
        cli_note("passed over %s files of another kind, the first %s",
                 assay_text_count(count, listing->passed_over), listing->first_passed_over);
}

void
cli_leave_out(const GError *error)
{
    n_unaccepted += !cli.skip_bad;
    if (assay_intake_withdraw(&intake)) /* the other pieces of a sample are so as well */
        cli_warn("%s", error->message);
}

guint64
cli_n_consumed(void)
{
    return intake.n_inputs;
}

/* "left out 2 of 7 inputs, and 3 of 20000 items of the others" */
static void
note_left_out(void)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (intake.n_left_out > 0)
        g_string_append_printf(text, "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " inputs",
                               intake.n_left_out, intake.n_left_out + intake.n_inputs);
    if (intake.n_items_left_out > 0)
        assay_text_join(text, ", and ", "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " items%s",
                        intake.n_items_left_out, intake.n_items,
                        intake.n_left_out > 0 ? " of the others" : "");
    if (text->len > 0)
        cli_note("left out %s", text->str);
}

int
cli_status(void)
{
    if (intake.n_inputs == 0) {
        if (intake.n_left_out == 0 && kinds != NULL)
            cli_warn("there was nothing to read: no %s, or one without samples; for example: %s",
                     kinds, cli_example());
        else if (intake.n_left_out == 0)
            cli_warn("there was nothing to read: this program takes a sample stream%s%s; for "
                     "example: %s",
                     hint != NULL ? "; " : "", hint != NULL ? hint : "", cli_example());
        else
            cli_warn("nothing could be used: %s", intake.n_left_out == 1
                                                      ? "the one input was left out"
                                                      : "all inputs were left out");
        return CLI_FAILED;
    }
    note_left_out();
    return n_unaccepted > 0 ? CLI_SKIPPED : CLI_DONE;
}

int
cli_status_lacking(int status, gboolean lacks)
{
    return lacks && !cli.skip_bad && status == CLI_DONE ? CLI_SKIPPED : status;
}
