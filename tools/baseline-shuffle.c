/* assay-baseline shuffle - the samples of a stream, out of order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/transform/shuffle.h>

#include "baseline-verbs.h"

static char *field, *axis;
static gint64 seed;
static gboolean midi;

static const GOptionEntry options[] = {
    { "field", 0, 0, G_OPTION_ARG_FILENAME, &field, "which field [the one that has the axes]",
      "NAME" },
    { "axis", 0, 0, G_OPTION_ARG_FILENAME, &axis, "along which to permute, as in time,pitch [time]",
      "AXES" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the random numbers [0]", "N" },
    BASELINE_MIDI_OPTION(&midi),
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-baseline shuffle",
    .synopsis = "[OPTION]... [FILE]...",
    .summary =
        "Permute the steps of each item at random, or what lies along another axis: whatever\n"
        "does not depend on their order stays. What a check does not find broken in this,\n"
        "it does not know by order.",
    .example = "assay-roll bach/ | assay-baseline shuffle | assay-chroma | assay-show",
    .options = options,
    .uses = CLI_READS | CLI_STREAM,
};

typedef struct {
    AssayShuffle *shuffle;
    BaselineOutput output;
} Shuffle;

/* What a worker made; the sample is handed on, the rest is freed with the arrival. */
typedef struct {
    AssaySample *sample;
} Made;

static gpointer
make(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    const Shuffle *self = user;
    AssaySample *shuffled = assay_shuffle_make(self->shuffle, sample, error);
    Made *made = shuffled == NULL ? NULL : g_new(Made, 1);

    (void)operand;
    if (made != NULL)
        made->sample = shuffled;
    return made;
}

static void
free_made(gpointer data)
{
    Made *made = data;

    assay_sample_free(made->sample);
    g_free(made);
}

static gboolean
put(gpointer user, AssaySample *sample, GError **error)
{
    Shuffle *self = user;
    g_autofree const char **fields = assay_sample_fields(sample);

    baseline_describe(&self->output, assay_shuffle_options(self->shuffle, fields[0]));
    return baseline_put(&self->output, sample, error);
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Shuffle *self = user;
    Made *made = result;

    (void)sample;
    (void)operand;
    return assay_shuffle_take(self->shuffle, g_steal_pointer(&made->sample), put, self, error);
}

static int
run(Shuffle *self, const AssaySourceConfig *source)
{
    g_autoptr(GError) error = NULL;

    if (!cli_run(&(CliRun){ .source = *source,
                            .analyse = make,
                            .free_result = free_made,
                            .consume = consume,
                            .writer = self->output.writer,
                            .user = self },
                 &error) ||
        !assay_shuffle_take(self->shuffle, NULL, put, self, &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status();
    return baseline_close(&self->output, &error) ? cli_status() : cli_fail(error);
}

int
baseline_shuffle(int argc, char **argv)
{
    AssaySourceConfig source = { .streams = TRUE, .hint = "assay-roll makes one of MIDI files" };
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) axes = NULL;
    Shuffle self = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    axes = g_strsplit(axis != NULL ? axis : "time", ",", -1);
    if (axes[0] == NULL)
        return cli_usage("--axis=: name one or more, as in --axis=time,pitch");
    self.shuffle =
        assay_shuffle_new(field, (const char *const *)axes, (guint64)seed, cli.max_sample, &error);
    if (self.shuffle == NULL)
        return cli_usage("--axis=%s: %s", axis, error->message);
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    baseline_open(&self.output, midi, field);
    status = run(&self, &source);
    baseline_clear(&self.output);
    assay_shuffle_free(self.shuffle);
    return status;
}
