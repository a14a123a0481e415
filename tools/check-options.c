/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-options.h"

#include "cli.h"

CheckOptions check_options = {
    .config = ASSAY_CHECK_CONFIG_DEFAULT,
    .group_by = CLI_LABEL_GROUP_BY,
    .by = CLI_LABEL_BY,
};

static gboolean by_change;
static int min_groups = 1, context = 1;

const GOptionEntry check_option_entries[] = {
    { "spec", 's', 0, G_OPTION_ARG_FILENAME, &check_options.spec_name,
      "the spec: a file, or a name", "SPEC" },
    { "summary", 0, 0, G_OPTION_ARG_NONE, &check_options.summary, "a row a set and rule", NULL },
    { "per-item", 0, 0, G_OPTION_ARG_NONE, &check_options.per_item, "a row an item and rule",
      NULL },
    { "methods", 0, 0, G_OPTION_ARG_NONE, &check_options.methods,
      "sentences for the methods section of a paper", NULL },
    { "by", 0, 0, G_OPTION_ARG_FILENAME, &check_options.by.text,
      "part each set into classes, rows of their own: LABEL:CLASS", "meta:KEY|folder" },
    { "by-change", 0, 0, G_OPTION_ARG_NONE, &by_change, "changes of chord alone [so in findings]",
      NULL },
    { "every-step", 0, 0, G_OPTION_ARG_NONE, &check_options.config.every_step,
      "every time step [so in --summary and --per-item]", NULL },
    { "context", 0, 0, G_OPTION_ARG_INT, &context, "chords shown on either side [1]", "N" },
    { "min-groups", 0, 0, G_OPTION_ARG_INT, &min_groups,
      "allowed is what M groups of the corpus show [1]", "M" },
    { "groups", 0, 0, G_OPTION_ARG_FILENAME, &check_options.groups_file,
      "TSV of item and group: what stands or falls together", "FILE" },
    { "group-by", 0, 0, G_OPTION_ARG_FILENAME, &check_options.group_by.text,
      "the same by what a name matches, or a member of the metadata", "REGEX|meta:KEY" },
    { "fail-on", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &check_options.fail_on,
      "exit 1 where a row of the summary meets this: ratio>2; may be given again", "EXPR" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &check_options.seed, "of the permutations [0]", "N" },
    G_OPTION_ENTRY_NULL,
};

gboolean
check_options_read(void)
{
    CheckOptions *self = &check_options;

    if (self->spec_name == NULL)
        return cli_usage("no spec: name one with -s, as in -s bach-chorales"), FALSE;
    if (self->summary + self->per_item + self->methods > 1)
        return cli_usage("--summary, --per-item and --methods: one of them at a time"), FALSE;
    if (self->by.text != NULL && !self->summary && !self->methods && self->fail_on == NULL)
        return cli_usage("--by gives rows of --summary: add that"), FALSE;
    if (!cli_label_parse_groups(&self->group_by, self->groups_file) ||
        !cli_label_parse(&self->by, assay_label_new_class))
        return FALSE;
    self->config.observe.group_by = self->group_by.label;
    self->config.observe.by = self->by.label;
    if (by_change && self->config.every_step)
        return cli_usage("--by-change and --every-step contradict each other"), FALSE;
    if (context < 0 || context > 1000)
        return cli_usage("--context=%d: give a number from 0 to 1000", context), FALSE;
    if (min_groups < 1 || min_groups > ASSAY_OWNER_GROUPS)
        return cli_usage("--min-groups=%d: give a number from 1 to %d; a spec names the owners of "
                         "an entry up to that many groups",
                         min_groups, ASSAY_OWNER_GROUPS),
               FALSE;
    self->config.min_groups = (guint)min_groups;
    self->config.context = (guint)context;
    self->config.count_changes = by_change;
    self->config.want_findings = !self->summary && !self->per_item && !self->methods;
    return TRUE;
}

void
check_options_clear(void)
{
    cli_label_clear(&check_options.group_by);
    cli_label_clear(&check_options.by);
}
