/* assay-mine - what a corpus allows, and how its values are distributed.
 *
 * in:  streams of any numbers, or media (read by the default recipe)
 * out: a spec (JSON)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/text.h>
#include <assay/image/image.h>
#include <assay/spec/recipe.h>
#include <assay/spec/yield.h>

#include "cli-groups.h"
#include "cli-label.h"
#include "cli-spec.h"
#include "cli.h"

static AssayObserveConfig config = ASSAY_OBSERVE_CONFIG_DEFAULT;
static int order = 1;
static CliLabel group_by = CLI_LABEL_GROUP_BY;
static gboolean rules_only;
static char *name, *edition, *noun, *source_text, *licence, *groups_file;

#define TEXT 0, 0, G_OPTION_ARG_FILENAME

static const GOptionEntry options[] = {
    { "groups", TEXT, &groups_file, "TSV of item and group: what stands or falls together",
      "FILE" },
    { "group-by", TEXT, &group_by.text,
      "the same by what a name matches, or a member of the metadata", "REGEX|meta:KEY" },
    { "order", 0, 0, G_OPTION_ARG_INT, &order,
      "chords of history that a chord progression has, 1 to 4 [1]", "K" },
    { "rules-only", 0, 0, G_OPTION_ARG_NONE, &rules_only,
      "what is allowed, and not how values are distributed", NULL },
    { "name", TEXT, &name, "what to call the corpus, as in bach-chorales", "NAME" },
    { "edition", TEXT, &edition, "which edition of the spec, as in 1.0", "TEXT" },
    { "noun", TEXT, &noun, "what its items are called, as in chorales [items]", "WORD" },
    { "source", TEXT, &source_text, "where the corpus comes from", "TEXT" },
    { "licence", TEXT, &licence, "its licence", "TEXT" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-mine",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "Mine the spec of a corpus: which chord progressions and note lengths it has, how\n"
               "often, in which items; and how its values are distributed: of pixels, of any\n"
               "numbers. Reads streams, or MIDI files, pictures and sound by the default\n"
               "recipe.",
    .example = "assay-roll bach/ | assay-chroma | assay-mine > bach.spec.json",
    .options = options,
    .uses = CLI_READS,
};

typedef struct {
    AssaySpec *spec;
    AssayGroups *groups;
} Mine;

static gpointer
observe(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    (void)user;
    (void)operand;
    return assay_yield_new(sample, &config, rules_only, error);
}

static void
free_yield(gpointer data)
{
    assay_yield_free(data);
}

static gboolean
add(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    const Mine *mine = user;
    const AssayYield *yield = result;

    (void)operand;
    cli_label_count(&group_by, sample, yield->observation->groups);
    return assay_spec_add(mine->spec, yield->observation, yield->spread, mine->groups, error);
}

static void
report_values(const AssaySpec *spec)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; assay_spec_has_distributions(spec) && i < spec->distributions->variables->len;
         i++) {
        const AssayDistribution *variable = g_ptr_array_index(spec->distributions->variables, i);

        assay_text_join(names, ", ", "%s", variable->name);
    }
    if (names->len > 0)
        cli_note("distributions of %s", names->str);
}

static void
report(const AssaySpec *spec, AssayGroups *groups)
{
    g_autofree char *what = assay_spec_describe(spec);

    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        const AssayRule *rule = &spec->rules[r];

        if (rule->present && rule->order > 1)
            cli_note("%s: %u kinds of %s of order %u", assay_rule_types[r].name, rule->entries->len,
                     assay_rule_types[r].events, rule->order);
        else if (rule->present)
            cli_note("%s: %u kinds of %s", assay_rule_types[r].name, rule->entries->len,
                     assay_rule_types[r].events);
        else
            cli_note("%s: no field for it, passed over", assay_rule_types[r].name);
    }
    report_values(spec);
    cli_note("mined %s", what);
    if (assay_spec_is_ungrouped(spec))
        cli_note(
            "items came as arrays, so each counts as independent (ungrouped); if some were cut "
            "from one piece, say so with --groups or --group-by");
    if (assay_spec_n_copies(spec) > 0)
        cli_note("%" G_GSIZE_FORMAT
                 " of its files have the same content as another: expected rates "
                 "come out too low, unless --groups puts copies together",
                 assay_spec_n_copies(spec));
    if (groups != NULL && assay_groups_n_unused(groups) > 0)
        cli_note("lines of %s that name no item of the corpus: %" G_GSIZE_FORMAT, groups_file,
                 assay_groups_n_unused(groups));
}

int
main(int argc, char **argv)
{
    AssaySourceConfig source = {
        .media = assay_recipe_media,
        .pictures = &assay_image_arrays,
        .streams = TRUE,
        .array_hint = "make a stream of it with assay-roll --axes, assay-image or assay-array",
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayRecipe) recipe = NULL;
    g_autoptr(AssaySpec) spec = NULL;
    g_autoptr(AssayGroups) groups = NULL;
    Mine mine = { NULL, NULL };
    int status;

    cli_begin(&tool, &argc, &argv);
    if (order < 1 || order > ASSAY_MAX_ORDER)
        return cli_usage("--order=%d: give a number from 1 to %d", order, ASSAY_MAX_ORDER);
    config.order = (guint)order;
    if (!cli_label_parse_groups(&group_by, groups_file))
        return CLI_USAGE;
    config.group_by = group_by.label;
    spec = assay_spec_new();
    if (groups_file != NULL && (groups = cli_read_groups(groups_file, &error)) == NULL)
        return cli_fail(error);
    if (!cli_spec_name(spec, name, edition, noun, source_text, licence))
        return CLI_USAGE;
    recipe = assay_recipe_for_any();
    mine = (Mine){ spec, groups };
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    if (!cli_run(&(CliRun){ .source = source,
                            .stages = (const AssayStage *const *)recipe->stages,
                            .missing_only = TRUE,
                            .analyse = observe,
                            .free_result = free_yield,
                            .consume = add,
                            .user = &mine },
                 &error))
        return cli_fail(error);
    status = cli_status();
    if (cli_n_consumed() == 0)
        return status;
    if (!cli_label_finish(&group_by, &error))
        return cli_fail(error);
    report(spec, groups);
    if (!cli_write_spec(spec, &error))
        return cli_fail(error);
    cli_label_clear(&group_by);
    return status;
}
