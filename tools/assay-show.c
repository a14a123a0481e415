/* assay-show - what is in a file: names, shapes, types, units; or the values themselves.
 *
 * in:  streams, MIDI files, pictures, arrays, TSV tables, specs and other JSON
 * out: text; with -f the values of a field, with --tsv a row for each sample and field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/show/show.h>
#include <assay/values/kind.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "show-values.h"

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

static void
sample_fault(gpointer user, const char *name, const GError *error)
{
    (void)name;
    show_leave_out(user, error->message, FALSE);
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
show_files(ShowRun *self, const char *const *operands)
{
    const AssayShowConfig config = {
        .utf8 = g_get_charset(NULL),
        .width = terminal_width(self->out),
        .is_long = is_long,
        .limit = (guint64)limit,
        .max_bytes = cli.max_sample,
    };
    g_autoptr(AssayShow) show = assay_show_new(self->out, &config);
    g_autoptr(GError) error = NULL;
    int status;

    assay_show_on_fault(show, sample_fault, self);
    for (guint i = 0; i < self->listing->files->len; i++) {
        const AssayFile *file = g_ptr_array_index(self->listing->files, i);
        gboolean walked = g_file_test(operands[file->operand], G_FILE_TEST_IS_DIR);
        AssayInput *input = assay_file_open(file, &error);

        if (input != NULL &&
            assay_show_input(show, input, walked ? file->shown : NULL, walked, &error))
            self->n_shown++;
        else
            show_leave_out(self, error->message, FALSE);
        g_clear_error(&error);
    }
    if (!assay_show_finish(show, &error))
        return cli_fail(error);
    self->n_left_out += cli.skip_bad ? 0 : assay_show_left_out(show);
    status = show_finish(self);
    return status != CLI_USAGE && assay_show_has_broken(show) ? CLI_FAILED : status;
}

static int
write_values(ShowRun *self, const char *const *names)
{
    const AssayValuesConfig config = {
        .field = field,
        .names = names,
        .form = raw != NULL ? ASSAY_VALUES_RAW
                : as_npy    ? ASSAY_VALUES_NPY
                            : ASSAY_VALUES_TABLE,
        .is_only = self->listing->files->len == 1,
        .convert = raw != NULL && strcmp(raw, "same") != 0,
        .type = raw != NULL && strcmp(raw, "f64") == 0 ? ASSAY_F64 : ASSAY_F32,
        .is_aligned = assay_output_is_terminal(self->out),
        .limit = (guint64)limit,
        .max_bytes = cli.max_sample,
    };

    return show_values(self, &config);
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
    ShowRun self = { 0 };
    const char *const *operands;
    int status;

    cli_begin(&tool, &argc, &argv);
    status = check_options();
    if (status != CLI_DONE)
        return status;
    names = g_ptr_array_new();
    operands = cli_operands(part_operands(argc, argv, names), argv);
    self.listing = assay_listing_new(operands, assay_kind_suffixes(), FALSE);
    self.out = cli_output();
    if (field != NULL)
        status = write_values(&self, (const char *const *)names->pdata);
    else if (as_tsv)
        status = show_fields(&self, (guint64)limit);
    else
        status = show_files(&self, operands);
    cli_note_passed_over(self.listing);
    assay_listing_free(self.listing);
    assay_output_free(self.out);
    return status;
}
