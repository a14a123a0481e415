/* assay-baseline - noise in the shapes of a corpus, to be held against it.
 *
 * in:  a stream with "roll" or "chroma"
 * out: samples of the same names and shapes, with the field made anew
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
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

static gboolean
learn(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    (void)result;
    (void)operand;
    return assay_baseline_learn(user, sample, error);
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
    AssaySourceConfig source = { .streams = TRUE, .hint = "assay-roll makes one of MIDI files" };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayBaseline) baseline = NULL;
    g_autoptr(AssayWriter) writer = NULL;
    g_autoptr(AssayJson) stage = NULL;
    AssayOutput *output;
    int status;

    cli_begin(&tool, &argc, &argv);
    if (argc < 2 || strcmp(argv[1], "bernoulli") != 0)
        return cli_usage("which baseline? give bernoulli, as in assay-baseline bernoulli FILE");
    source.operands = cli_operands(argc - 1, argv + 1);
    source.max_bytes = cli.max_sample;
    baseline = assay_baseline_new(field != NULL ? field : "roll", (guint64)seed);
    if (!set_share(baseline, &status))
        return status;
    if ((output = assay_output_open(cli.output, &error)) == NULL)
        return cli_fail(error);
    stage = assay_json_object();
    writer = assay_writer_new(output, stage);
    if (!cli_run(
            &(CliRun){ .source = source, .consume = learn, .writer = writer, .user = baseline },
            &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status();
    assay_json_set_string(stage, "tool", "assay-baseline");
    assay_json_set_string(stage, "version", ASSAY_VERSION);
    assay_json_set_take(stage, "options", assay_baseline_options(baseline));
    if (!assay_baseline_write(baseline, writer, cli.jobs, &error) ||
        !assay_writer_close(writer, &error))
        return cli_fail(error);
    return cli_status();
}
