/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare-run.h"

#include <assay/base/text.h>
#include <assay/image/image.h>
#include <string.h>

#include "cli-groups.h"
#include "compare-options.h"

int
compare_run_open(CompareRun *self, const char *const *operands, GError **error)
{
    const char *groups = compare_options.groups_file;
    size_t n;

    if (!cli_sets_read(&self->named, operands))
        return CLI_USAGE;
    if (self->named.n < 2)
        return cli_usage("there is one set, %s, and nothing to compare it with: give a reference "
                         "and what is to be held against it, as in %s",
                         strcmp(self->named.labels[0], "-") == 0 ? "standard input"
                                                                 : self->named.labels[0],
                         cli_example());
    if (groups != NULL && (self->groups = cli_read_groups(groups, error)) == NULL)
        return CLI_FAILED;
    self->tables = assay_array_config_new();
    self->tables->finds_names = TRUE;
    if (!assay_array_config_set(self->tables, "field", "table", error))
        return CLI_FAILED;
    n = g_strv_length(self->named.operands);
    self->operands = g_new0(char *, n + 1);
    self->set_of = g_new0(size_t, n + 1);
    return CLI_DONE;
}

void
compare_run_clear(CompareRun *self)
{
    assay_groups_free(self->groups);
    assay_array_config_free(self->tables);
    assay_recipe_free(self->recipe);
    g_strfreev(self->operands);
    g_free(self->set_of);
    cli_sets_clear(&self->named);
}

void
compare_run_add(CompareRun *self, const char *operand, size_t set)
{
    self->set_of[self->n_operands] = set;
    self->operands[self->n_operands++] = g_strdup(operand);
}

gboolean
compare_run_read(CompareRun *self, CliRun *run, GError **error)
{
    run->source =
        (AssaySourceConfig){ .operands = (const char *const *)self->operands,
                             .media = assay_recipe_media,
                             .streams = TRUE,
                             .pictures = &assay_image_arrays,
                             .max_bytes = cli.max_sample,
                             .tables = self->tables,
                             .names_repeat = TRUE,
                             .array_hint = "assay-image --axes=... FILE makes a stream of "
                                           "pictures, assay-array --axes=... of others" };

    run->source.array_axes = (const char *const *)self->recipe->array_axes;
    run->stages = (const AssayStage *const *)self->recipe->stages;
    run->missing_only = TRUE;
    return cli_run(run, error);
}

void
compare_run_tell_clipped(const CompareRun *self)
{
    char count[ASSAY_TEXT_NUMBER_SIZE];

    if (self->n_clipped > 0)
        cli_note("--quantise=%s: %s value%s outside 0 to 1 became the ends of that range",
                 compare_options.quantise, assay_text_count(count, self->n_clipped),
                 self->n_clipped == 1 ? "" : "s");
}
