/* assay-array - arrays of other programs into samples.
 *
 * in:  .npy, .npz, TSV tables, or raw bytes with --type and --shape
 * out: samples with "array", or whatever --field calls it, its axes named
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/stream/array-config.h>
#include <string.h>

#include "cli.h"

static char *field, **axes, **members, *type, *shape, *unit, **meta, *columns, *names, *name;
static gboolean big_endian;

#define TEXT 0, 0, G_OPTION_ARG_FILENAME
#define LIST 0, 0, G_OPTION_ARG_FILENAME_ARRAY

static const GOptionEntry options[] = {
    { "axes", LIST, &axes, "of the array, in their order: item,row,column", "NAMES" },
    { "field", TEXT, &field, "what the array becomes [array]", "NAME" },
    { "member", LIST, &members, "which array of an .npz; several: a field each", "NAME" },
    { "type", TEXT, &type, "of raw bytes: u8, i8 ... u64, f16, f32, f64, bool", "TYPE" },
    { "shape", TEXT, &shape, "of raw bytes; one size may be *: all there are", "SIZES" },
    { "big-endian", 0, 0, G_OPTION_ARG_NONE, &big_endian, "of raw bytes: highest byte first",
      NULL },
    { "columns", TEXT, &columns, "of a table: which, in this order [all]", "NAMES" },
    { "names", TEXT, &names, "of a table: the column that names the rows", "COLUMN" },
    { "unit", TEXT, &unit, "of the values, for the metadata", "TEXT" },
    { "meta", LIST, &meta, "KEY=VALUE, for the metadata of the field", "FACT" },
    { "name", TEXT, &name, "of the sample from standard input [stdin]", "NAME" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-array",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "Turn arrays of other programs into samples: .npy, .npz, TSV tables, raw bytes.",
    .example = "assay-show -f notes bach/c-major.mid | assay-array --axes=note,column | assay-show",
    .options = options,
    .uses = CLI_READS | CLI_STREAM,
};

/* Hands every text that was typed to the one place that reads it. */
static gboolean
configure(AssayArrayConfig *config, GError **error)
{
    for (const GOptionEntry *entry = options; entry->long_name != NULL; entry++) {
        const char *text = NULL;

        if (entry->arg == G_OPTION_ARG_FILENAME_ARRAY) {
            char **list = *(char ***)entry->arg_data;

            for (; list != NULL && *list != NULL; list++) {
                if (!assay_array_config_set(config, entry->long_name, *list, error))
                    return FALSE;
            }
        } else if (entry->arg_data == &big_endian) {
            text = big_endian ? "yes" : NULL;
        } else if (entry->arg_data != &name) {
            text = *(char **)entry->arg_data;
        }
        if (text != NULL && !assay_array_config_set(config, entry->long_name, text, error))
            return FALSE;
    }
    return assay_array_config_check(config, error);
}

static gboolean
reads_stdin(const char *const *operands)
{
    return g_strv_contains(operands, "-");
}

int
main(int argc, char **argv)
{
    AssaySourceConfig source = { .hint = "raw bytes need --type and --shape" };
    g_autoptr(AssayArrayConfig) config = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *stdin_name = NULL;
    AssayStage stage = { .tool = "assay-array" };
    int status;

    cli_begin(&tool, &argc, &argv); /* before anything asks for memory */
    config = assay_array_config_new();
    if (!configure(config, &error))
        return cli_usage("%s", error->message);
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    source.arrays = config;
    if (name != NULL) {
        source.stdin_name = stdin_name = assay_name_from_text(name);
        if (stdin_name[0] == '\0')
            return cli_usage("--name=%s: names nothing; give one as in test/images", name);
        if (!reads_stdin(source.operands))
            return cli_usage("--name=%s: is for standard input; a FILE is called after its path",
                             name);
    }
    stage.field = config->field;
    stage.options = assay_array_config_options(config);
    status = cli_convert(&source, &stage);
    assay_json_unref(stage.options);
    return status;
}
