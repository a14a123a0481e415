/* assay-show - what is in a file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/show/show.h>

#include "cli.h"
static const CliTool tool = {
    .name = "assay-show",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "x",
    .example = "assay-show bach/",
    .uses = CLI_READS,
};
int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    AssayShowConfig config = ASSAY_SHOW_CONFIG_DEFAULT;
    cli_begin(&tool, &argc, &argv);
    {
    const char *const *operands = cli_operands(argc, argv);
    AssayOutput *out = assay_output_open("-", &error);
    AssayShow *show;
    AssayListing *listing = assay_listing_new(operands, assay_kind_suffixes());
    config.is_long = g_getenv("LONG") != NULL;
    show = assay_show_new(out, &config);
    for (guint i = 0; i < listing->files->len; i++) {
        const AssayFile *f = g_ptr_array_index(listing->files, i);
        AssayInput *in = assay_input_open(f->path, &error);
        if (!in || !assay_show_input(show, in, f->path, g_file_test(operands[f->operand], G_FILE_TEST_IS_DIR), &error)) { cli_warn("%s", error->message); g_clear_error(&error); }
    }
    if (!assay_show_finish(show, &error)) return 3;
    }
    return 0;
}
