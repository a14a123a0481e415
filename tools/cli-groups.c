/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-groups.h"

#include <assay/base/error.h>
#include <assay/base/input.h>
#include <assay/base/text.h>
#include <assay/spec/spec.h>

#include "cli.h"

AssayGroups *
cli_read_groups(const char *path, GError **error)
{
    g_autofree char *shown = g_filename_display_name(path);
    g_autoptr(AssayInput) input = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) fault = NULL;
    const void *data;
    AssayGroups *groups;
    size_t size;

    cli_claim_input(path, "--groups");
    input = assay_input_open(path, error);
    if (input != NULL)
        bytes = assay_input_read_all(input, ASSAY_MAX_SAMPLE, error);
    if (bytes == NULL)
        return NULL;
    data = g_bytes_get_data(bytes, &size);
    groups = assay_groups_parse(data, size, shown, &fault);
    if (groups == NULL) /* a table that was typed in is the user's to mend, as an option is */
        g_set_error_literal(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, fault->message);
    return groups;
}

void
cli_tell_unused_groups(const AssayGroups *groups, const char *path)
{
    if (groups != NULL && assay_groups_n_unused(groups) > 0)
        cli_note("lines of %s that name no item: %" G_GSIZE_FORMAT, path,
                 assay_groups_n_unused(groups));
}

void
cli_table_groups(AssayTable *table, guint groups)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];

    g_snprintf(number, sizeof number, "%u", groups);
    assay_table_text(table, groups == ASSAY_MANY_GROUPS ? "many" : number);
}
