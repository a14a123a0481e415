/* assay-check - what a set breaks of a spec, where, and whether real unseen items would have.
 *
 * in:  a spec; media files, folders, or streams
 * out: a table (TSV): findings, items, or sets; or sentences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/spec/recipe.h>

#include "check-conclude.h"
#include "check-options.h"
#include "check-words.h"
#include "cli-groups.h"
#include "cli-spec.h"

static CheckOptions *const options = &check_options;

static const CliTool tool = {
    .name = "assay-check",
    .synopsis = "-s SPEC [OPTION]... [[LABEL=]FILE]...",
    .summary = "List what files, folders or streams have that the corpus of a spec has not: which\n"
               "piece, which bar and beat, what was found, what would have been allowed.",
    .example = "assay-check -s bach-chorales --summary generated/",
    .options = check_option_entries,
    .uses = CLI_READS,
};

static gpointer
check(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    const Check *self = user;

    (void)operand;
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

    cli_label_count(&options->group_by, sample, observation->groups);
    cli_label_count(&options->by, sample, observation->classes);
    if (!assay_classes_add(self->sets[self->named.set_of[operand]], result, self->groups, error))
        return FALSE;
    if (options->summary || options->methods)
        return TRUE;
    return options->per_item ? check_print_items(self, result, error)
                             : check_print_findings(self, result, error);
}

/* The rows of the summary, wherever they go; and the end of the output. */
static gboolean
conclude(CheckConclusion *self, GError **error)
{
    Check *check = self->check;
    g_autoptr(GString) text = g_string_new(NULL);

    if (!cli_label_finish(&options->group_by, error) || !cli_label_finish(&options->by, error) ||
        !check_conclude(self, text, error))
        return FALSE;
    if (options->by.label != NULL && self->n_classes > 1 && self->n_classes == options->by.n_items)
        cli_note("--by=%s: each item is a class of its own; --per-item has a row for each",
                 options->by.text);
    check_tell_reach(check, options->spec_name);
    if (options->methods && !assay_output_puts(check->output, text->str, error))
        return FALSE;
    return (options->methods || assay_table_finish(check->table, error)) &&
           assay_output_close(check->output, error);
}

/* What said how the items of the sets are grouped, as it was typed; or NULL. */
static char *
grouped_by(void)
{
    if (options->group_by.text != NULL)
        return g_strdup_printf("--group-by=%s", options->group_by.text);
    return options->groups_file == NULL ? NULL
                                        : g_strdup_printf("--groups=%s", options->groups_file);
}

static gboolean
read_spec(Check *self, CliSpecFile *file, GError **error)
{
    cli_claim_input(options->spec_name, "-s");
    self->spec = cli_read_spec_file(options->spec_name, options->methods ? file : NULL, error);
    if (self->spec == NULL)
        return FALSE;
    if (options->methods && assay_spec_is_derived(self->spec)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--methods: %s knows no items, so no rate is expected and there is no p to "
                    "tell of: check against a spec that was mined",
                    options->spec_name);
        return FALSE;
    }
    self->checker = assay_checker_new(self->spec, &options->config, error);
    return self->checker != NULL;
}

/* A spec of pictures, say, has none. */
static gboolean
check_rules(const AssaySpec *spec, GError **error)
{
    if (assay_spec_has_rules(spec))
        return TRUE;
    g_set_error(
        error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
        "%s: has no rules that could be broken; assay-compare says how far values stand off "
        "from its distributions",
        options->spec_name);
    return FALSE;
}

/* All samples of all sets; files by the recipe of the spec, where it has one that is known. */
static gboolean
read_sets(Check *self, GError **error)
{
    g_autoptr(GError) no_recipe = NULL;
    g_autoptr(AssayRecipe) recipe =
        assay_recipe_build(self->spec->recipe, options->spec_name, &no_recipe);
    CliRun run = { .source = { .operands = (const char *const *)self->named.operands,
                               .streams = TRUE,
                               .max_bytes = cli.max_sample,
                               .array_hint = "the spec's recipe does not name them; make a stream: "
                                             "assay-roll --axes=... FILE | assay-chroma" },
                   .missing_only = TRUE,
                   .analyse = check,
                   .free_result = free_verdict,
                   .consume = consume,
                   .user = self };

    if (no_recipe != NULL)
        run.source.array_hint = no_recipe->message;
    if (recipe != NULL)
        run.stages = (const AssayStage *const *)recipe->stages;
    if (recipe != NULL && recipe->stages[0] != NULL) {
        run.source.media = recipe->media;
        run.source.array_axes = (const char *const *)recipe->array_axes;
    }
    if (!cli_run(&run, error))
        return FALSE;
    if (cli_n_consumed() == 0 && no_recipe != NULL)
        cli_warn("%s", no_recipe->message); /* why files were not taken */
    return TRUE;
}

static int
run(Check *self, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) criteria = NULL;
    g_autofree char *grouping = grouped_by();
    CliSpecFile file = { 0 };
    AssayMethods words = { NULL, file.sha256, &options->config, grouping, (guint64)options->seed };
    CheckConclusion conclusion = { .check = self,
                                   .methods = options->methods ? &words : NULL,
                                   .has_table = options->summary,
                                   .has_findings = options->config.want_findings,
                                   .by = options->by.text,
                                   .fail_on = options->fail_on,
                                   .seed = (guint64)options->seed };
    int status;

    if (!read_spec(self, &file, error) || !check_rules(self->spec, error))
        return CLI_FAILED;
    if (options->groups_file != NULL &&
        (self->groups = cli_read_groups(options->groups_file, error)) == NULL)
        return CLI_FAILED;
    if ((criteria = check_read_criteria(options->fail_on, self->spec, error)) == NULL)
        return CLI_FAILED;
    if (!check_label_sets(self, cli_operands(argc, argv)))
        return CLI_USAGE;
    self->output = assay_output_open(cli.output, error);
    if (self->output == NULL)
        return CLI_FAILED;
    if (!options->methods)
        self->table = check_table_new(self->output, options->summary, options->per_item);
    if (!read_sets(self, error))
        return CLI_FAILED;
    status = cli_status();
    if (cli_n_consumed() == 0)
        return status;
    words.spec = self->spec;
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
    if (!check_options_read())
        return CLI_USAGE;
    status = run(&self, argc, argv, &error);
    if (error != NULL)
        status = cli_fail(error);
    check_clear(&self);
    check_options_clear();
    return status;
}
