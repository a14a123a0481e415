/* assay-baseline upconv - pictures reduced and brought back, as a generator makes them large.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/transform/upconv.h>

#include "baseline-verbs.h"

static AssayUpconvConfig config = ASSAY_UPCONV_CONFIG_DEFAULT;
static char *field, *method, *factor, *kernel;

#define TEXT 0, 0, G_OPTION_ARG_FILENAME

static const GOptionEntry options[] = {
    { "field", TEXT, &field, "which field [pixels]", "NAME" },
    { "method", TEXT, &method, "bed-of-nails, nearest or bilinear [bed-of-nails]", "NAME" },
    { "factor", TEXT, &factor, "by which pictures are reduced, and brought back [2]", "F" },
    { "kernel", TEXT, &kernel, "of a bed of nails: K by K equal weights, K odd [3]", "K" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-baseline upconv",
    .synopsis = "[OPTION]... [FILE]...",
    .summary =
        "Reduce pictures and bring them back to their size as the last layers of a generator\n"
        "do. What tells these from real ones knows up-sampling, and nothing else.",
    .example = "assay-image pictures/real | assay-baseline upconv | assay-show",
    .options = options,
    .uses = CLI_READS | CLI_STREAM,
};

/* Hands every text that was typed to the one place that reads it. */
static gboolean
configure(GError **error)
{
    for (const GOptionEntry *entry = options; entry->long_name != NULL; entry++) {
        const char *text = *(char **)entry->arg_data;

        if (text != NULL && !assay_upconv_config_set(&config, entry->long_name, text, error))
            return FALSE;
    }
    return TRUE;
}

static gpointer
make(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    (void)user;
    (void)operand;
    return assay_upconv_make(&config, sample, error);
}

static void
free_picture(gpointer data)
{
    assay_sample_free(data);
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    (void)sample;
    (void)operand;
    return baseline_put(user, result, error);
}

static int
run(BaselineOutput *output, const AssaySourceConfig *source)
{
    g_autoptr(GError) error = NULL;

    baseline_describe(output, assay_upconv_options(&config));
    if (!cli_run(&(CliRun){ .source = *source,
                            .analyse = make,
                            .free_result = free_picture,
                            .consume = consume,
                            .writer = output->writer,
                            .user = output },
                 &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status();
    return baseline_close(output, &error) ? cli_status() : cli_fail(error);
}

int
baseline_upconv(int argc, char **argv)
{
    AssaySourceConfig source = { .streams = TRUE, .hint = "assay-image makes one of pictures" };
    g_autoptr(GError) error = NULL;
    BaselineOutput output = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    if (!configure(&error))
        return cli_usage("%s", error->message);
    if (kernel != NULL && config.method != ASSAY_UPCONV_NAILS)
        return cli_usage("--kernel is of a bed of nails: --method=%s has none", method);
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    baseline_open(&output, FALSE, field);
    status = run(&output, &source);
    baseline_clear(&output);
    assay_upconv_config_clear(&config);
    return status;
}
