/* assay-compare - how far sets stand off from a reference, value by value, and whether that is more
 * than two samples of the reference would.
 *
 * in:  media files, folders, streams, or specs; the first set is the reference
 * out: a table (TSV): a row a set, field and measure; or of the items that stand out most
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/text.h>
#include <assay/compare/classed.h>
#include <assay/compare/conversion.h>
#include <assay/image/image.h>
#include <assay/spec/recipe.h>
#include <assay/stream/array-config.h>

#include "cli-groups.h"
#include "cli-sets.h"
#include "cli-spec-find.h"
#include "cli-spec.h"
#include "compare-options.h"
#include "compare-rank.h"
#include "compare-table.h"

static CompareOptions *const options = &compare_options;

static const CliTool tool = {
    .name = "assay-compare",
    .synopsis = "[OPTION]... [LABEL=]REFERENCE [LABEL=]FILE...",
    .summary = "Say how far the values of files, folders or streams stand off from those of a\n"
               "reference, whether that is more than two samples of the reference differ, and\n"
               "which values give it away.",
    .example = "assay-compare bach/ generated/",
    .options = compare_option_entries,
    .uses = CLI_READS,
};

/* A run.
 * @set_of: which set each operand is of, once specs are taken out
 * @rank: of --rank */
typedef struct {
    CliSets named;
    char **operands;
    size_t *set_of;
    AssayRecipe *recipe;
    AssayClassedSets *sets;
    AssayGroups *groups;
    AssayArrayConfig *tables;
    CliFailOn fail_on;
    CompareRank rank;
    guint64 n_clipped;
} Compare;

static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    const Compare *self = user;
    AssayPartConfig config = options->part;

    if (self->groups == NULL)
        config.distributions.dropped_from =
            assay_classed_sets_dropped_from(self->sets, self->set_of[operand]);
    return assay_part_new(sample, &config, error);
}

static void
free_part(gpointer data)
{
    assay_part_free(data);
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Compare *self = user;
    const AssayObservation *items = assay_part_items(result);

    cli_label_count(&options->group_by, sample, items->groups);
    cli_label_count(&options->by, sample, items->classes);
    self->n_clipped += assay_part_n_clipped(result);
    return assay_classed_sets_add(self->sets, self->set_of[operand], result, self->groups, error);
}

/* A spec is a set, or a part of one, by itself; the recipe of the first is that of files. */
static gboolean
read_specs(Compare *self, GError **error)
{
    size_t n = 0;

    self->operands = g_new0(char *, g_strv_length(self->named.operands) + 1);
    self->set_of = g_new0(size_t, g_strv_length(self->named.operands) + 1);
    for (size_t i = 0; self->named.operands[i] != NULL; i++) {
        const char *operand = self->named.operands[i];
        g_autoptr(AssaySpec) spec = NULL;

        if (!cli_is_spec(operand)) {
            self->set_of[n] = self->named.set_of[i];
            self->operands[n++] = g_strdup(operand);
            continue;
        }
        spec = cli_read_spec(operand, error);
        if (spec == NULL ||
            !assay_classed_sets_add_spec(self->sets, self->named.set_of[i], spec, error))
            return FALSE;
        if (self->recipe == NULL && assay_json_size(spec->recipe) > 0)
            self->recipe = assay_recipe_build(spec->recipe, operand, NULL);
    }
    if (self->recipe == NULL)
        self->recipe = assay_compare_conversion(options->part.distributions.fields);
    return TRUE;
}

/* Programs of other settings make other numbers of the same files. */
static void
tell_differences(const Compare *self)
{
    for (size_t i = 1; i < self->named.n; i++) {
        g_autofree char *difference = assay_classed_sets_difference(self->sets, i);

        if (difference != NULL)
            cli_note("%s was made otherwise than %s: %s", self->named.labels[i],
                     self->named.labels[0], difference);
    }
}

/* A set of which nothing could be read has no rows; a reference that is so, nothing to say. */
static gboolean
check_sets(const Compare *self, gboolean *lacks, GError **error)
{
    *lacks = FALSE;
    if (assay_classed_sets_is_empty(self->sets, 0)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: nothing in the reference to compare with", self->named.labels[0]);
        return FALSE;
    }
    for (size_t i = 1; i < self->named.n; i++) {
        if (!assay_classed_sets_is_empty(self->sets, i))
            continue;
        cli_warn("%s: nothing in this set", self->named.labels[i]);
        *lacks = TRUE;
    }
    return TRUE;
}

static void
tell_clipped(guint64 n_clipped)
{
    char count[ASSAY_TEXT_NUMBER_SIZE];

    if (n_clipped > 0)
        cli_note("--quantise=%s: %s value%s outside 0 to 1 became the ends of that range",
                 options->quantise, assay_text_count(count, n_clipped), n_clipped == 1 ? "" : "s");
}

/* All rows of all sets: measured, then printed. */
static gboolean
conclude(Compare *self, GError **error)
{
    g_autoptr(GPtrArray) rows =
        g_ptr_array_new_with_free_func((GDestroyNotify)assay_compare_row_free);

    if (!cli_label_finish(&options->group_by, error) || !cli_label_finish(&options->by, error) ||
        !assay_classed_sets_compare(self->sets, &options->config, rows, error))
        return FALSE;
    assay_compare_adjust(rows);
    tell_clipped(self->n_clipped);
    return compare_table_print(&self->fail_on, rows, error);
}

/* All that is no spec, as @run takes it. */
static gboolean
read_samples(Compare *self, CliRun *run, GError **error)
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

/* The reference first, all else in its order; a spec has no items. */
static gboolean
order_operands(Compare *self)
{
    size_t n_operands = g_strv_length(self->named.operands), n = 0;

    self->operands = g_new0(char *, n_operands + 1);
    self->set_of = g_new0(size_t, n_operands + 1);
    for (int others = 0; others <= 1; others++) {
        for (size_t i = 0; i < n_operands; i++) {
            if ((self->named.set_of[i] != 0) != others)
                continue;
            if (cli_is_spec(self->named.operands[i]))
                return cli_usage("--rank: %s is a spec, which knows no items: give what it was "
                                 "mined of",
                                 self->named.operands[i]),
                       FALSE;
            self->set_of[n] = self->named.set_of[i];
            self->operands[n++] = g_strdup(self->named.operands[i]);
        }
    }
    return TRUE;
}

/* Features are those of a field, or of the first that they can be made of; what is below 0 counts
 * as 0 for centroids, as assay_compare_conversion() says. */
static void
begin_ranking(Compare *self)
{
    AssayFeaturesConfig features = ASSAY_FEATURES_CONFIG_DEFAULT;

    features.centroid.clip = TRUE;
    features.centroid.max_bytes = cli.max_sample;
    features.centroid.field = g_strdup(options->fields != NULL ? options->fields[0] : NULL);
    self->rank = (CompareRank){ .config = { .features = features,
                                            .observe = options->part.observe,
                                            .full_scale = options->part.full_scale },
                                .set_of = self->set_of,
                                .labels = self->named.labels,
                                .n_sets = self->named.n,
                                .groups = self->groups,
                                .group_by = &options->group_by };
    self->rank.ranking = assay_ranking_new((const char *const *)self->named.labels, self->named.n,
                                           options->n_ranked);
    self->recipe = assay_recipe_for_any();
    assay_recipe_leave_out(self->recipe, "assay-centroid");
}

/* All of --rank. */
static int
run_ranking(Compare *self, GError **error)
{
    CliRun run = { 0 };
    int status;
    gboolean lacks;

    if (!order_operands(self))
        return CLI_USAGE;
    begin_ranking(self);
    compare_rank_begin(&self->rank, &run);
    if (!read_samples(self, &run, error))
        return CLI_FAILED;
    status = cli_status();
    if (cli_n_consumed() == 0)
        return status;
    tell_clipped(self->rank.n_clipped);
    if (!compare_rank_print(&self->rank, &lacks, error))
        return CLI_FAILED;
    return cli_status_lacking(status, lacks);
}

static int
run(Compare *self, int argc, char **argv, GError **error)
{
    CliRun samples = {
        .analyse_of = analyse, .free_result = free_part, .consume = consume, .user = self
    };
    int status = CLI_DONE;
    gboolean lacks;

    if (!cli_sets_read(&self->named, cli_operands(argc, argv)))
        return CLI_USAGE;
    if (self->named.n < 2)
        return cli_usage("nothing to compare with %s: give a reference and what is to be held "
                         "against it, as in %s",
                         self->named.labels[0], tool.example);
    if (options->groups_file != NULL &&
        (self->groups = cli_read_groups(options->groups_file, error)) == NULL)
        return CLI_FAILED;
    if (options->n_ranked > 0)
        return run_ranking(self, error);
    self->sets = assay_classed_sets_new((const char *const *)self->named.labels, self->named.n,
                                        options->by.text, g_get_tmp_dir());
    if (!compare_table_parse(&self->fail_on, options->fail_on, error) || !read_specs(self, error))
        return CLI_FAILED;
    if (self->operands[0] != NULL) {
        if (!read_samples(self, &samples, error))
            return CLI_FAILED;
        status = cli_status();
        if (cli_n_consumed() == 0)
            return status;
    }
    if (!check_sets(self, &lacks, error))
        return CLI_FAILED;
    tell_differences(self);
    if (!conclude(self, error))
        return CLI_FAILED;
    status = cli_status_lacking(status, lacks);
    return self->fail_on.is_met && status == CLI_DONE ? CLI_NO : status;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Compare self = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    if (!compare_options_read())
        return CLI_USAGE;
    self.tables = assay_array_config_new();
    self.tables->finds_names = TRUE;
    status = assay_array_config_set(self.tables, "field", "table", &error);
    g_assert(status);
    status = run(&self, argc, argv, &error);
    if (error != NULL)
        status = cli_fail(error);
    assay_classed_sets_free(self.sets);
    assay_ranking_free(self.rank.ranking);
    assay_features_config_clear(&self.rank.config.features);
    assay_groups_free(self.groups);
    cli_fail_on_clear(&self.fail_on);
    assay_array_config_free(self.tables);
    assay_recipe_free(self.recipe);
    g_strfreev(self.operands);
    g_free(self.set_of);
    cli_sets_clear(&self.named);
    compare_options_clear();
    return status;
}
