/* assay-show - what is in a file: names, shapes, types, units; or the values themselves.
 *
 * in:  streams, MIDI files, .npy arrays, TSV tables, specs and other JSON
 * out: text; with -f the values of a field, with --tsv a row for each sample and field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/show/fields.h>
#include <assay/show/show.h>
#include <assay/show/values.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static char *field, *raw;
static gboolean as_npy, as_tsv, is_long;
static int limit;

static const GOptionEntry options[] = {
    { "long", 'l', 0, G_OPTION_ARG_NONE, &is_long, "all metadata of every sample", NULL },
    { "number", 'n', 0, G_OPTION_ARG_INT, &limit, "the first N samples only", "N" },
    { "tsv", 0, 0, G_OPTION_ARG_NONE, &as_tsv, "a table: a row for each sample and field", NULL },
    { "field", 'f', 0, G_OPTION_ARG_STRING, &field, "the values of FIELD, as a table", "FIELD" },
    { "raw", 0, 0, G_OPTION_ARG_STRING, &raw, "with -f: as bytes: f32, f64, or same as it lies",
      "TYPE" },
    { "npy", 0, 0, G_OPTION_ARG_NONE, &as_npy, "with -f: as one .npy", NULL },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-show",
    .synopsis = "[OPTION]... [FILE]...\n"
                "       assay-show -f FIELD [OPTION]... [FILE]... [NAME]...",
    .summary =
        "Show what is in streams, MIDI files, .npy arrays, tables and specs; or the values of "
        "a field.",
    .example = "assay-roll bach/ | assay-show",
    .options = options,
    .uses = CLI_READS,
};

static guint64 n_shown, n_left_out;
static gboolean has_failed;

/* Something was left out, and the text says so too. */
static void
left_out(gpointer user, const char *message, gboolean accepted)
{
    (void)user;
    n_left_out += !(accepted || cli.skip_bad);
    cli_warn("%s", message);
}

static void
sample_fault(gpointer user, const char *name, const GError *error)
{
    (void)name;
    left_out(user, error->message, FALSE);
}

/* A file that breaks off or is none of ours: the next one is still shown. */
static void
file_fault(const GError *error)
{
    cli_warn("%s", error->message);
    if (g_error_matches(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED) ||
        !g_error_matches(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT))
        has_failed = TRUE;
    n_left_out += !cli.skip_bad;
}

static CliStatus
finish(AssayOutput *out)
{
    g_autoptr(GError) error = NULL;

    if (!assay_output_close(out, &error))
        return cli_fail(error);
    if (has_failed || n_shown == 0)
        return CLI_FAILED;
    return n_left_out > 0 ? CLI_SKIPPED : CLI_DONE;
}
