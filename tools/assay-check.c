/* assay-check - what a set breaks of a spec, where, and whether real unseen items would have.
 *
 * in:  a spec; media files, folders, or streams
 * out: a table (TSV): findings, items, or sets; or sentences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "check-conclude.h"

#include <assay/spec/recipe.h>

#include "cli-groups.h"
#include "cli-label.h"
#include "cli-spec.h"

static AssayCheckConfig config = ASSAY_CHECK_CONFIG_DEFAULT;
static char *spec_name, *groups_file, **fail_on;
static CliLabel group_by = CLI_LABEL_GROUP_BY, by = CLI_LABEL_BY;
static gboolean summary, per_item, methods, by_change;
static int min_groups = 1, context = 1;
static gint64 seed;

static const GOptionEntry options[] = {
    { "spec", 's', 0, G_OPTION_ARG_FILENAME, &spec_name, "the spec: a file, or a name", "SPEC" },
    { "summary", 0, 0, G_OPTION_ARG_NONE, &summary, "a row a set and rule", NULL },
    { "per-item", 0, 0, G_OPTION_ARG_NONE, &per_item, "a row an item and rule", NULL },
    { "methods", 0, 0, G_OPTION_ARG_NONE, &methods, "sentences for the methods section of a paper",
      NULL },
    { "by", 0, 0, G_OPTION_ARG_FILENAME, &by.text,
      "part each set into classes, rows of their own: LABEL:CLASS", "meta:KEY|folder" },
    { "by-change", 0, 0, G_OPTION_ARG_NONE, &by_change, "changes of chord alone [so in findings]",
      NULL },
    { "every-step", 0, 0, G_OPTION_ARG_NONE, &config.every_step,
      "every time step [so in --summary and --per-item]", NULL },
    { "context", 0, 0, G_OPTION_ARG_INT, &context, "chords shown on either side [1]", "N" },
    { "min-groups", 0, 0, G_OPTION_ARG_INT, &min_groups,
      "allowed is what M groups of the corpus show [1]", "M" },
    { "groups", 0, 0, G_OPTION_ARG_FILENAME, &groups_file,
      "TSV of item and group: what stands or falls together", "FILE" },
    { "group-by", 0, 0, G_OPTION_ARG_FILENAME, &group_by.text,
      "the same by what a name matches, or a member of the metadata", "REGEX|meta:KEY" },
    { "fail-on", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &fail_on,
      "exit 1 where a row of the summary meets this: ratio>2; may be given again", "EXPR" },
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
    const AssayObservation *observation = ((const AssayVerdict *)result)->observation;

    cli_label_count(&group_by, sample, observation->groups);
    cli_label_count(&by, sample, observation->classes);
    if (!assay_classes_add(self->sets[self->named.set_of[operand]], result, self->groups, error))
        return FALSE;
    if (summary || methods)
        return TRUE;
    return per_item ? check_print_items(self, result, error)
                    : check_print_findings(self, result, error);
}

static gboolean
read_options(void)
{
    if (spec_name == NULL)
        return cli_usage("no spec: name one with -s, as in -s bach-chorales"), FALSE;
    if (summary + per_item + methods > 1)
        return cli_usage("--summary, --per-item and --methods: one of them at a time"), FALSE;
    if (by.text != NULL && !summary && !methods && fail_on == NULL)
        return cli_usage("--by gives rows of --summary: add that"), FALSE;
    if (!cli_label_parse_groups(&group_by, groups_file) ||
        !cli_label_parse(&by, assay_label_new_class))
        return FALSE;
    config.observe.group_by = group_by.label;
    config.observe.by = by.label;
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
    config.want_findings = !summary && !per_item && !methods;
    return TRUE;
}

/* The rows of the summary, wherever they go; and the end of the output. */
static gboolean
conclude(CheckConclusion *self, GError **error)
{
    Check *check = self->check;
    g_autoptr(GString) text = g_string_new(NULL);

    if (!cli_label_finish(&group_by, error) || !cli_label_finish(&by, error) ||
        !check_conclude(self, text, error))
        return FALSE;
    if (by.label != NULL && self->n_classes > 1 && self->n_classes == by.n_items)
        cli_note("--by=%s: each item is a class of its own; --per-item has a row for each",
                 by.text);
    check_tell_reach(check, spec_name);
    if (methods && !assay_output_puts(check->output, text->str, error))
        return FALSE;
    return (methods || assay_table_finish(check->table, error)) &&
           assay_output_close(check->output, error);
}

/* What said how the items of the sets are grouped, as it was typed; or NULL. */
static char *
grouped_by(void)
{
    if (group_by.text != NULL)
        return g_strdup_printf("--group-by=%s", group_by.text);
    return groups_file == NULL ? NULL : g_strdup_printf("--groups=%s", groups_file);
}

static gboolean
read_spec(Check *self, CliSpecFile *file, GError **error)
{
    cli_claim_input(spec_name, "-s");
    self->spec = cli_read_spec_file(spec_name, methods ? file : NULL, error);
    if (self->spec == NULL)
        return FALSE;
    if (methods && assay_spec_is_derived(self->spec)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--methods: %s knows no items, so no rate is expected and there is no p to "
                    "tell of: check against a spec that was mined",
                    spec_name);
        return FALSE;
    }
    self->checker = assay_checker_new(self->spec, &config, error);
    return self->checker != NULL;
}

/* A spec of pictures, say, has none. */
static gboolean
has_rules(const AssaySpec *spec, GError **error)
{
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (spec->rules[r].present)
            return TRUE;
    }
    g_set_error(
        error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
        "%s: has no rules that could be broken; assay-compare says how far values stand off "
        "from its distributions",
        spec_name);
    return FALSE;
}

static int
run(Check *self, int argc, char **argv, GError **error)
{
    g_autoptr(GError) no_recipe = NULL;
    g_autoptr(AssayRecipe) recipe = NULL;
    g_autoptr(GPtrArray) criteria = NULL;
    AssaySourceConfig source = { .streams = TRUE, .max_bytes = cli.max_sample };
    g_autofree char *grouping = grouped_by();
    CliSpecFile file = { 0 };
    AssayMethods words = { NULL, file.sha256, &config, grouping, (guint64)seed };
    CheckConclusion conclusion = { .check = self,
                                   .methods = methods ? &words : NULL,
                                   .has_table = summary,
                                   .has_findings = config.want_findings,
                                   .by = by.text,
                                   .fail_on = fail_on,
                                   .seed = (guint64)seed };
    int status;

    if (!read_spec(self, &file, error) || !has_rules(self->spec, error))
        return CLI_FAILED;
    if (groups_file != NULL && (self->groups = cli_read_groups(groups_file, error)) == NULL)
        return CLI_FAILED;
    if ((criteria = check_read_criteria(fail_on, self->spec, error)) == NULL)
        return CLI_FAILED;
    words.spec = self->spec;
    recipe = assay_recipe_build(self->spec->recipe, spec_name, &no_recipe);
    if (recipe != NULL && recipe->stages[0] != NULL) {
        source.media = recipe->media;
        source.array_axes = (const char *const *)recipe->array_axes;
    }
    source.array_hint = no_recipe != NULL ? no_recipe->message
                                          : "the spec's recipe does not name them; make a stream: "
                                            "assay-roll --axes=... FILE | assay-chroma";
    if (!check_label_sets(self, cli_operands(argc, argv)))
        return CLI_USAGE;
    source.operands = (const char *const *)self->named.operands;
    self->output = assay_output_open(cli.output, error);
    if (self->output == NULL)
        return CLI_FAILED;
    if (!methods)
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
    conclusion.criteria = criteria;
    if (!conclude(&conclusion, error))
        return CLI_FAILED;
    status = cli_status_lacking(status, conclusion.lacks);
    return conclusion.met && status == CLI_DONE ? CLI_NO : status;
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
    cli_label_clear(&group_by);
    cli_label_clear(&by);
    return status;
}
