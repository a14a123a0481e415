/* assay-spec validate - whether files are specs, and in canonical form.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "spec-verbs.h"

static const CliTool tool = {
    .name = "assay-spec validate",
    .synopsis = "[OPTION]... [SPEC]...",
    .summary =
        "Check that files are specs: every member, every sum, and the canonical form. Faults\n"
        "are named by line or by JSON pointer; sound specs are told in a line each.",
    .example = "assay-mine -q bach/ | assay-spec validate",
};

int
spec_validate(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayOutput) output = NULL;
    const char *const *names;
    int status = CLI_DONE;

    cli_begin(&tool, &argc, &argv);
    names = cli_operands(argc, argv);
    output = assay_output_open(cli.output, &error);
    if (output == NULL)
        return cli_fail(error);
    for (size_t i = 0; names[i] != NULL; i++) {
        g_autoptr(GError) fault = NULL;
        CliSpecFile file = { 0 };
        g_autoptr(AssaySpec) spec = cli_read_spec_file(names[i], &file, &fault);
        g_autofree char *what = NULL;

        if (spec == NULL) {
            int found = cli_fail(fault);

            status = MAX(status, found);
            continue;
        }
        what = assay_spec_describe(spec);
        if (!file.is_canonical)
            cli_warn("%s: is sound, but not in canonical form; assay-spec merge writes it anew",
                     names[i]);
        if (!cli.quiet && !assay_output_printf(output, &error, "%s: %s\n", names[i], what))
            return cli_fail(error);
    }
    return assay_output_close(output, &error) ? status : cli_fail(error);
}
