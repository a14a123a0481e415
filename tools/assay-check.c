/* assay-check - what a set breaks of a spec, where, and whether real unseen items would have.
 *
 * in:  a spec; media files, folders, or streams
 * out: a table (TSV): findings, items, or sets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "check-tables.h"

#include <assay/media/notes.h>
#include <assay/spec/criterion.h>
#include <assay/spec/recipe.h>

#include "cli-spec.h"

static AssayCheckConfig config = ASSAY_CHECK_CONFIG_DEFAULT;
static char *spec_name, *groups_file, *fail_on;
static gboolean summary, per_item, by_change;
static int min_groups = 1, context = 1;
static gint64 seed;

static const GOptionEntry options[] = {
    { "spec", 's', 0, G_OPTION_ARG_FILENAME, &spec_name, "the spec: a file, or a name", "SPEC" },
    { "summary", 0, 0, G_OPTION_ARG_NONE, &summary, "a row a set and rule", NULL },
    { "per-item", 0, 0, G_OPTION_ARG_NONE, &per_item, "a row an item and rule", NULL },
    { "by-change", 0, 0, G_OPTION_ARG_NONE, &by_change, "changes of chord alone [so in findings]",
      NULL },
    { "every-step", 0, 0, G_OPTION_ARG_NONE, &config.every_step,
      "every time step [so in --summary and --per-item]", NULL },
    { "context", 0, 0, G_OPTION_ARG_INT, &context, "chords shown on either side [1]", "N" },
    { "min-groups", 0, 0, G_OPTION_ARG_INT, &min_groups,
      "allowed is what M groups of the corpus show [1]", "M" },
    { "groups", 0, 0, G_OPTION_ARG_FILENAME, &groups_file,
      "TSV of item and group: what stands or falls together", "FILE" },
    { "fail-on", 0, 0, G_OPTION_ARG_FILENAME, &fail_on,
      "exit 1 where a row of the summary meets this: ratio>2", "EXPR" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the permutations [0]", "N" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-check",
    .synopsis = "-s SPEC [OPTION]... [[LABEL=]FILE]...",
    .summary = "List what files, folders or streams have that the corpus of a spec has not: which\n"
               "piece, which bar and beat, what was found, what would have been allowed.",
    .example = "assay-check -s bach-chorales --summary generated/",
    .options = options,
    .uses = CLI_READS,
};

static gpointer
check(gpointer user, AssaySample *sample, GError **error)
{
    const Check *self = user;

    return assay_checker_check(self->checker, sample, error);
}

static void
free_verdict(gpointer data)
{
    assay_verdict_free(data);
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Check *self = user;

    (void)sample;
    assay_summary_add(self->sets[operand], result, self->groups);
    if (self->table == NULL)
        return TRUE;
    return per_item ? check_print_items(self, result, error)
                    : check_print_findings(self, result, error);
}

static gboolean
read_options(void)
{
    if (spec_name == NULL)
        return cli_usage("no spec: name one with -s, as in -s bach-chorales"), FALSE;
    if (summary && per_item)
        return cli_usage("--summary and --per-item: one table at a time"), FALSE;
    if (by_change && config.every_step)
        return cli_usage("--by-change and --every-step contradict each other"), FALSE;
    if (context < 0 || context > 1000)
        return cli_usage("--context=%d: give a number from 0 to 1000", context), FALSE;
    if (min_groups < 1 || min_groups > ASSAY_OWNER_GROUPS)
        return cli_usage("--min-groups=%d: give a number from 1 to %d; a spec names the owners of "
                         "an entry up to that many groups",
                         min_groups, ASSAY_OWNER_GROUPS),
               FALSE;
    config.min_groups = (guint)min_groups;
    config.context = (guint)context;
    config.count_changes = by_change;
    config.want_findings = !summary && !per_item;
    return TRUE;
}

/* The rows of the summary, printed if they were asked for, told in words if not; and whether one of
 * them meets --fail-on. */
static gboolean
conclude(Check *self, const AssayCriterion *criterion, gboolean *met, GError **error)
{
    for (size_t i = 0; i < self->n_sets; i++) {
        gboolean is_first = TRUE;

        for (size_t r = 0; r < ASSAY_N_RULES; r++) {
            AssaySummaryRow row;

            if (!self->spec->rules[r].present)
                continue;
            if (!assay_summary_row(self->sets[i], self->spec, self->checker, r, (guint64)seed,
                                   self->labels[i], &row, error))
                return FALSE;
            if (row.items == 0)
                continue;
            if (criterion != NULL && assay_criterion_holds(criterion, &row))
                *met = TRUE;
            if (summary && !check_print_summary(self, self->labels[i], &row, error))
                return FALSE;
            check_tell(self, self->labels[i], r, &row, is_first, !summary && !per_item);
            is_first = FALSE;
        }
    }
    check_tell_reach(self);
    return assay_table_finish(self->table, error) && assay_output_close(self->output, error);
}

static int
run(Check *self, int argc, char **argv, GError **error)
{
    const AssayMedium *const media[] = { &assay_midi_medium, NULL };
    g_autoptr(GError) no_recipe = NULL;
    g_autoptr(AssayRecipe) recipe = NULL;
    g_autoptr(AssayCriterion) criterion = NULL;
    AssaySourceConfig source = { .streams = TRUE, .max_bytes = cli.max_sample };
    gboolean met = FALSE;
    int status;

    if (fail_on != NULL && (criterion = assay_criterion_parse(fail_on, error)) == NULL)
        return CLI_FAILED;
    if (groups_file != NULL && (self->groups = cli_read_groups(groups_file, error)) == NULL)
        return CLI_FAILED;
    self->spec = cli_read_spec(spec_name, error);
    if (self->spec == NULL)
        return CLI_FAILED;
    self->checker = assay_checker_new(self->spec, &config, error);
    if (self->checker == NULL)
        return CLI_FAILED;
    recipe = assay_recipe_build(self->spec->recipe, spec_name, &no_recipe);
    if (recipe != NULL && recipe->stages[0] != NULL) {
        source.media = media;
        source.array_axes = (const char *const *)recipe->array_axes;
    }
    source.array_hint = no_recipe != NULL ? no_recipe->message
                                          : "the spec's recipe does not name them; make a stream: "
                                            "assay-roll --axes=... FILE | assay-chroma";
    check_label_sets(self, cli_operands(argc, argv));
    source.operands = (const char *const *)self->operands;
    self->output = assay_output_open(cli.output, error);
    if (self->output == NULL)
        return CLI_FAILED;
    self->table = check_table_new(self->output, summary, per_item);
    if (!cli_run(
            &(CliRun){ .source = source,
                       .stages = recipe != NULL ? (const AssayStage *const *)recipe->stages : NULL,
                       .missing_only = TRUE,
                       .analyse = check,
                       .free_result = free_verdict,
                       .consume = consume,
                       .user = self },
            error))
        return CLI_FAILED;
    if (cli_n_consumed() == 0 && no_recipe != NULL)
        cli_warn("%s", no_recipe->message); /* why files were not taken */
    status = cli_status();
    if (cli_n_consumed() == 0)
        return status;
    if (!conclude(self, criterion, &met, error))
        return CLI_FAILED;
    return met && status == CLI_DONE ? CLI_NO : status;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Check self = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    if (!read_options())
        return CLI_USAGE;
    status = run(&self, argc, argv, &error);
    if (error != NULL)
        status = cli_fail(error);
    check_clear(&self);
    return status;
}
