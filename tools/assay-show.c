/* assay-show - what is in a file: names, shapes, types, units; or the values themselves.
 *
 * in:  streams, MIDI files, pictures, arrays, TSV tables, specs and other JSON
 * out: text; with -f the values of a field, with --tsv a row for each sample and field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/show/show.h>
#include <assay/values/fields.h>
#include <assay/values/kind.h>
#include <assay/values/values.h>
#include <string.h>
#include <sys/ioctl.h>
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
    .summary = "Show what is in streams, MIDI files, pictures, arrays, tables and specs; or the\n"
               "values of a field.",
    .example = "assay-roll bach/ | assay-show",
    .options = options,
    .uses = CLI_OPERANDS | CLI_LIMIT,
};

static guint64 n_shown, n_left_out, n_faults; /* the last: accepted or not */

static void
left_out(gpointer user, const char *message, gboolean accepted)
{
    assay_output_flush(user, NULL); /* what was said before stands before the message */
    n_faults++;
    n_left_out += !(accepted || cli.skip_bad);
    cli_warn("%s", message);
}

static void
sample_fault(gpointer user, const char *name, const GError *error)
{
    (void)name;
    left_out(user, error->message, FALSE);
}

static int
finish(AssayOutput *out)
{
    g_autoptr(GError) error = NULL;

    if (!assay_output_close(out, &error))
        return cli_fail(error);
    if (n_shown == 0 && n_left_out == 0)
        cli_warn("there was nothing to show: no file of a kind that is shown here");
    return n_shown == 0 ? CLI_FAILED : n_left_out > 0 ? CLI_SKIPPED : CLI_DONE;
}

/* Columns of the terminal; 0 where there is none, or it does not say. */
static size_t
terminal_width(const AssayOutput *out)
{
    struct winsize size = { 0 };

    if (!assay_output_is_terminal(out) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

static int
show_files(AssayOutput *out, const AssayListing *listing, const char *const *operands)
{
    const AssayShowConfig config = {
        .utf8 = g_get_charset(NULL),
        .width = terminal_width(out),
        .is_long = is_long,
        .limit = (guint64)limit,
        .max_bytes = cli.max_sample,
    };
    g_autoptr(AssayShow) show = assay_show_new(out, &config);
    g_autoptr(GError) error = NULL;
    int status;

    assay_show_on_fault(show, sample_fault, out);
    for (guint i = 0; i < listing->files->len; i++) {
        const AssayFile *file = g_ptr_array_index(listing->files, i);
        gboolean walked = g_file_test(operands[file->operand], G_FILE_TEST_IS_DIR);
        AssayInput *input = assay_file_open(file, &error);

        if (input != NULL &&
            assay_show_input(show, input, walked ? file->shown : NULL, walked, &error))
            n_shown++;
        else
            left_out(out, error->message, FALSE);
        g_clear_error(&error);
    }
    if (!assay_show_finish(show, &error))
        return cli_fail(error);
    n_left_out += cli.skip_bad ? 0 : assay_show_left_out(show);
    status = finish(out);
    return status != CLI_USAGE && assay_show_has_broken(show) ? CLI_FAILED : status;
}

/* @take is given every file; FALSE ends all. @written says how many samples came of them: none is
 * fine where none was left out. */
static int
each_input(AssayOutput *out, const AssayListing *listing,
           gboolean (*take)(gpointer user, AssayInput *input, const AssayFile *file,
                            GError **error),
           gboolean (*end)(gpointer user, GError **error), guint64 (*written)(gpointer user),
           gpointer user)
{
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < listing->files->len; i++) {
        const AssayFile *file = g_ptr_array_index(listing->files, i);
        AssayInput *input = assay_file_open(file, &error);

        if (input == NULL) {
            left_out(out, error->message, FALSE);
            g_clear_error(&error);
            continue;
        }
        if (!take(user, input, file, &error))
            return cli_fail(error);
    }
    if (!end(user, &error)) {
        int status = cli_fail(error);

        return n_left_out > 0 ? CLI_FAILED : status; /* what it lacks may be in what was left out */
    }
    n_shown = written(user) + (n_faults == 0 ? listing->files->len : 0);
    return finish(out);
}

static gboolean
take_values(gpointer user, AssayInput *input, const AssayFile *file, GError **error)
{
    if (!assay_values_is_done(user))
        return assay_values_input(user, input, file->name, file->shown, error);
    assay_input_free(input);
    return TRUE;
}

static gboolean
end_values(gpointer user, GError **error)
{
    return assay_values_finish(user, error);
}

static guint64
count_values(gpointer user)
{
    return assay_values_written(user);
}

static gboolean
take_fields(gpointer user, AssayInput *input, const AssayFile *file, GError **error)
{
    return assay_fields_input(user, input, file->name, file->shown, error);
}

static gboolean
end_fields(gpointer user, GError **error)
{
    return assay_fields_finish(user, error);
}

static guint64
count_fields(gpointer user)
{
    return assay_fields_written(user);
}

static int
write_fields(AssayOutput *out, const AssayListing *listing)
{
    g_autoptr(AssayFields) fields = assay_fields_new(out, assay_output_is_terminal(out),
                                                     (guint64)limit, cli.max_sample, left_out, out);

    return each_input(out, listing, take_fields, end_fields, count_fields, fields);
}

static int
write_values(AssayOutput *out, const AssayListing *listing, const char *const *names)
{
    const AssayValuesConfig config = {
        .field = field,
        .names = names,
        .form = raw != NULL ? ASSAY_VALUES_RAW
                : as_npy    ? ASSAY_VALUES_NPY
                            : ASSAY_VALUES_TABLE,
        .is_only = listing->files->len == 1,
        .convert = raw != NULL && strcmp(raw, "same") != 0,
        .type = raw != NULL && strcmp(raw, "f64") == 0 ? ASSAY_F64 : ASSAY_F32,
        .is_aligned = assay_output_is_terminal(out),
        .limit = (guint64)limit,
        .max_bytes = cli.max_sample,
    };
    g_autoptr(AssayValues) values = assay_values_new(out, &config, left_out, out);

    return each_input(out, listing, take_values, end_values, count_values, values);
}

static gboolean
is_file(const char *operand)
{
    return strcmp(operand, "-") == 0 || g_file_test(operand, G_FILE_TEST_EXISTS);
}

/* With -f an operand that is no file is the name of a sample. Puts files first. */
static int
part_operands(int argc, char **argv, GPtrArray *names)
{
    int n = 1;

    for (int i = 1; i < argc; i++) {
        if (field == NULL || is_file(argv[i]))
            argv[n++] = argv[i];
        else
            g_ptr_array_add(names, argv[i]);
    }
    argv[n] = NULL;
    g_ptr_array_add(names, NULL);
    return n;
}

static int
check_options(void)
{
    if (limit < 0)
        return cli_usage("-n %d: give a number of samples", limit);
    if (field == NULL && (raw != NULL || as_npy))
        return cli_usage("%s needs -f FIELD: which values", raw != NULL ? "--raw" : "--npy");
    if (raw != NULL && as_npy)
        return cli_usage("--raw and --npy: choose one");
    if (as_tsv && (is_long || raw != NULL || as_npy))
        return cli_usage("--tsv goes with none of -l, --raw and --npy");
    if (is_long && field != NULL)
        return cli_usage("-l and -f: choose one");
    if (raw != NULL && strcmp(raw, "f32") != 0 && strcmp(raw, "f64") != 0 &&
        strcmp(raw, "same") != 0)
        return cli_usage("--raw=%s: give f32, f64, or same for the type that the field has", raw);
    if ((raw != NULL || as_npy) && strcmp(cli.output, "-") == 0 && isatty(STDOUT_FILENO))
        return cli_usage("bytes are not written to a terminal: hand them on with |, or name a file "
                         "with -o FILE");
    return CLI_DONE;
}

int
main(int argc, char **argv)
{
    g_autoptr(GPtrArray) names = NULL;
    g_autoptr(AssayListing) listing = NULL;
    g_autoptr(AssayOutput) out = NULL;
    const char *const *operands;
    int status;

    cli_begin(&tool, &argc, &argv);
    status = check_options();
    if (status != CLI_DONE)
        return status;
    names = g_ptr_array_new();
    operands = cli_operands(part_operands(argc, argv, names), argv);
    listing = assay_listing_new(operands, assay_kind_suffixes(), FALSE);
    out = cli_output();
    if (field != NULL)
        status = write_values(out, listing, (const char *const *)names->pdata);
    else if (as_tsv)
        status = write_fields(out, listing);
    else
        status = show_files(out, listing, operands);
    if (listing->passed_over > 0)
        cli_note("passed over %" G_GSIZE_FORMAT " file%s of another kind", listing->passed_over,
                 listing->passed_over == 1 ? "" : "s");
    return status;
}
