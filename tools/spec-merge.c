/* assay-spec merge - the spec of a corpus from the specs of its parts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "spec-verbs.h"

static char *name, *edition, *noun, *source, *licence;

static const GOptionEntry options[] = {
    SPEC_NAME_OPTIONS("what to call the corpus [as the parts, if they agree]"),
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-spec merge",
    .synopsis = "[OPTION]... [SPEC]...",
    .summary =
        "Add up the specs of parts of a corpus, which have no item in common: the result is\n"
        "the spec of the whole corpus, byte for byte, in whatever order the parts come.",
    .example = "assay-mine -q bach/ | assay-spec merge",
    .options = options,
};

int
spec_merge(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) sum = NULL;
    const char *const *names;

    cli_begin(&tool, &argc, &argv);
    names = cli_operands(argc, argv);
    for (size_t i = 0; names[i] != NULL; i++) {
        g_autoptr(AssaySpec) part = cli_read_spec(names[i], &error);

        if (part == NULL)
            return cli_fail(error);
        if (sum == NULL) {
            sum = g_steal_pointer(&part);
        } else if (!assay_spec_merge(sum, part, &error)) {
            g_prefix_error(&error, "%s: ", names[i]);
            return cli_fail(error);
        }
    }
    if (!cli_spec_name(sum, name, edition, noun, source, licence))
        return CLI_USAGE;
    return cli_write_spec(sum, &error) ? CLI_DONE : cli_fail(error);
}
