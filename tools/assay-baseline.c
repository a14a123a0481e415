/* assay-baseline - noise in the shapes of a corpus, to be held against it.
 *
 * in:  a stream with "roll" or "chroma"
 * out: samples of the same names and shapes, with the field made anew
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/parallel.h>
#include <assay/transform/baseline.h>
#include <math.h>
#include <string.h>

#include "cli.h"

static char *field, *share;
static gint64 seed;

static const GOptionEntry options[] = {
    { "field", 0, 0, G_OPTION_ARG_FILENAME, &field, "which field to make [roll]", "NAME" },
    { "p", 0, 0, G_OPTION_ARG_FILENAME, &share, "a cell's probability to be on [the corpus' share]",
      "P" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the random numbers [0]", "N" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-baseline",
    .synopsis = "bernoulli [OPTION]... [FILE]...",
    .summary = "Make noise in the shapes of a stream's samples: bernoulli, each cell on with the\n"
               "same probability. What a check does not find broken in this, it cannot see.",
    .example = "assay-roll bach/ | assay-baseline bernoulli | assay-chroma | assay-show",
    .options = options,
    .uses = CLI_READS | CLI_STREAM,
};

typedef struct {
    AssayBaseline *baseline;
    AssayWriter *writer;
    size_t next;
} Baseline;

static gboolean
learn(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    const Baseline *self = user;

    (void)result;
    (void)operand;
    return assay_baseline_learn(self->baseline, sample, error);
}

static gboolean
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    Baseline *self = user;

    (void)bytes;
    (void)error;
    if (self->next < assay_baseline_n_samples(self->baseline))
        *job = GSIZE_TO_POINTER(++self->next);
    return TRUE;
}

static gpointer
make(gpointer worker, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    const Baseline *self = user;
    AssaySample *sample = assay_baseline_make(self->baseline, GPOINTER_TO_SIZE(job) - 1, error);

    (void)worker;
    *bytes = sample == NULL ? 0 : assay_sample_bytes(sample);
    return sample;
}

static gboolean
put(gpointer user, gpointer result, GError **error)
{
    const Baseline *self = user;

    return assay_writer_put(self->writer, result, error);
}

static void
free_sample(gpointer sample)
{
    assay_sample_free(sample);
}

static gboolean
write_noise(Baseline *self, GError **error)
{
    const AssayParallel parallel = { .n_workers = cli.jobs,
                                     .max_bytes = ASSAY_PIPELINE_BYTES,
                                     .produce = produce,
                                     .work = make,
                                     .consume = put,
                                     .free_result = free_sample };

    return assay_parallel_run(&parallel, self, error) && assay_writer_close(self->writer, error);
}

/* --p as typed; %FALSE with the status set where it is no probability. */
static gboolean
set_share(AssayBaseline *baseline, int *status)
{
    char *end = NULL;
    double value = share == NULL ? (double)NAN : g_ascii_strtod(share, &end);

    if (share != NULL) {
        if (end == share || *end != '\0' || !(value >= 0 && value <= 1)) {
            *status = cli_usage("--p=%s: give a probability from 0 to 1", share);
            return FALSE;
        }
        assay_baseline_set_share(baseline, value);
    }
    return TRUE;
}

int
main(int argc, char **argv)
{
    AssaySourceConfig source = { .streams = TRUE };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayBaseline) baseline = NULL;
    g_autoptr(AssayWriter) writer = NULL;
    g_autoptr(AssayJson) stage = assay_json_object();
    AssayOutput *output;
    Baseline self = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    if (argc < 2 || strcmp(argv[1], "bernoulli") != 0)
        return cli_usage("which baseline? give bernoulli, as in assay-baseline bernoulli FILE");
    source.operands = cli_operands(argc - 1, argv + 1);
    source.max_bytes = cli.max_sample;
    self.baseline = baseline = assay_baseline_new(field != NULL ? field : "roll", (guint64)seed);
    if (!set_share(baseline, &status))
        return status;
    if ((output = assay_output_open(cli.output, &error)) == NULL)
        return cli_fail(error);
    writer = assay_writer_new(output, stage);
    if (!cli_run(&(CliRun){ .source = source, .consume = learn, .writer = writer, .user = &self },
                 &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status();
    assay_json_set_string(stage, "tool", "assay-baseline");
    assay_json_set_string(stage, "version", ASSAY_VERSION);
    assay_json_set_take(stage, "options", assay_baseline_options(baseline));
    self.writer = writer;
    return write_noise(&self, &error) ? cli_status() : cli_fail(error);
}
