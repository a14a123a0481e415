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
#include <assay/compare/quantise.h>
#include <assay/feature/centroid.h>
#include <assay/signal/image.h>
#include <assay/spec/recipe.h>
#include <assay/stream/array-config.h>
#include <math.h>
#include <string.h>

#include "cli-label.h"
#include "cli-sets.h"
#include "cli-spec.h"
#include "compare-rank.h"
#include "compare-table.h"

#define MAX_DRAWS 1000000
#define NOT_GIVEN G_MININT

static AssayCompareConfig config = ASSAY_COMPARE_CONFIG_DEFAULT;
static AssayPartConfig part = ASSAY_PART_CONFIG_DEFAULT;
static char *groups_file, **fail_on, **field_names, **measure_names, *base, *bins, *compat;
static char **observed; /* fields that are counted, for those that were named */
static char *quantise;
static CliLabel group_by = { .option = "--group-by", .otherwise = "are grouped as without it" };
static CliLabel by = { .option = "--by", .otherwise = "are the class without a name" };
static int draws = NOT_GIVEN, n_ranked = NOT_GIVEN;
static gint64 seed = NOT_GIVEN;

static const GOptionEntry options[] = {
    { "field", 'f', 0, G_OPTION_ARG_STRING_ARRAY, &field_names,
      "compare this field; may be given again [all that both have]", "NAME" },
    { "measure", 0, 0, G_OPTION_ARG_STRING_ARRAY, &measure_names,
      "by this measure; may be given again", "NAME" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &config.all, "by all measures", NULL },
    { "bins", 0, 0, G_OPTION_ARG_STRING, &bins, "of jsd and its kin: how many, or each value [100]",
      "N|exact" },
    { "base", 0, 0, G_OPTION_ARG_STRING, &base, "of logarithms: bits, or nats [2]", "2|e" },
    { "draws", 0, 0, G_OPTION_ARG_INT, &draws, "of the null distributions [999]", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the draws [0]", "N" },
    { "quantise", 0, 0, G_OPTION_ARG_STRING, &quantise,
      "round fractions to bits (8), or to a full scale (256)", "N" },
    { "by", 0, 0, G_OPTION_ARG_FILENAME, &by.text,
      "part each set into classes, compared one by one: LABEL:CLASS", "meta:KEY|folder" },
    { "rank", 0, 0, G_OPTION_ARG_INT, &n_ranked,
      "list the N items of each set that stand out most, and by what", "N" },
    { "groups", 0, 0, G_OPTION_ARG_FILENAME, &groups_file,
      "TSV of item and group: what stands or falls together", "FILE" },
    { "group-by", 0, 0, G_OPTION_ARG_FILENAME, &group_by.text,
      "the same by what a name matches, or a member of the metadata", "REGEX|meta:KEY" },
    { "compat", 0, 0, G_OPTION_ARG_STRING, &compat,
      "numbers as a published tool has them: nats, p of pooled values", "tequilagan" },
    { "fail-on", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &fail_on,
      "exit 1 where a row meets this: ks:ratio>2; may be given again", "EXPR" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-compare",
    .synopsis = "[OPTION]... [LABEL=]REFERENCE [LABEL=]FILE...",
    .summary = "Say how far the values of files, folders or streams stand off from those of a\n"
               "reference, whether that is more than two samples of the reference differ, and\n"
               "which values give it away.",
    .example = "assay-compare bach/ generated/",
    .options = options,
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
    CompareTable table;
    CompareRank rank;
    guint64 n_clipped;
} Compare;

static gpointer
analyse(gpointer user, AssaySample *sample, GError **error)
{
    (void)user;
    return assay_part_new(sample, &part, error);
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

    cli_label_count(&group_by, sample, items->groups);
    cli_label_count(&by, sample, items->classes);
    self->n_clipped += assay_part_n_clipped(result);
    return assay_classed_sets_add(self->sets, self->set_of[operand], result, self->groups, error);
}

static gboolean
read_measures(void)
{
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; measure_names != NULL && measure_names[i] != NULL; i++) {
        if (!assay_compare_measure_exists(measure_names[i], &error))
            return cli_usage("--measure=%s: %s", measure_names[i], error->message), FALSE;
    }
    if (config.all && measure_names != NULL)
        return cli_usage("--all and --measure contradict each other"), FALSE;
    config.measures = (const char *const *)measure_names;
    return TRUE;
}

static gboolean
read_numbers(void)
{
    gint64 n_bins;

    if (bins != NULL && strcmp(bins, "exact") == 0)
        config.n_bins = 0;
    else if (bins != NULL) {
        if (!g_ascii_string_to_signed(bins, 10, 1, (gint64)ASSAY_DIVERGENCE_BINS, &n_bins, NULL))
            return cli_usage("--bins=%s: give a number from 1 to %d, or exact", bins,
                             (int)ASSAY_DIVERGENCE_BINS),
                   FALSE;
        config.n_bins = (size_t)n_bins;
    }
    if (draws != NOT_GIVEN && (draws < 1 || draws > MAX_DRAWS))
        return cli_usage("--draws=%d: give a number from 1 to %d", draws, MAX_DRAWS), FALSE;
    config.n_draws = draws == NOT_GIVEN ? 999 : (size_t)draws;
    config.seed = seed == NOT_GIVEN ? 0 : (guint64)seed;
    config.n_workers = cli.jobs;
    return TRUE;
}

static gboolean
read_base(void)
{
    if (compat != NULL && strcmp(compat, "tequilagan") != 0)
        return cli_usage("--compat=%s: there is tequilagan", compat), FALSE;
    config.tequilagan = compat != NULL;
    if (config.tequilagan && (base != NULL || bins != NULL))
        return cli_usage("--compat=tequilagan says the bins and the base: leave out --%s",
                         base != NULL ? "base" : "bins"),
               FALSE;
    if (base != NULL && strcmp(base, "2") != 0 && strcmp(base, "e") != 0)
        return cli_usage("--base=%s: give 2 (bits) or e (nats)", base), FALSE;
    if (config.tequilagan || g_strcmp0(base, "e") == 0)
        config.base = G_E;
    return TRUE;
}

/* Which fields may have what --field names: "notes.pitch" is a column of notes, or a field. */
static char **
observed_fields(char **names)
{
    g_autoptr(GStrvBuilder) fields = g_strv_builder_new();

    if (names == NULL)
        return NULL;
    for (size_t i = 0; names[i] != NULL; i++) {
        g_autofree char *field = g_strndup(names[i], strcspn(names[i], "."));

        g_strv_builder_add(fields, names[i]);
        g_strv_builder_add(fields, field);
    }
    return g_strv_builder_end(fields);
}

static gboolean
read_quantise(void)
{
    g_autoptr(GError) error = NULL;

    if (quantise != NULL && !assay_quantise_read(quantise, &part.full_scale, &error))
        return cli_usage("%s", error->message), FALSE;
    return TRUE;
}

/* --rank measures no distances: what says how to do so is not passed over in silence. */
static gboolean
read_rank(void)
{
    const struct {
        const char *name;
        gboolean is_given;
    } others[] = { { "measure", measure_names != NULL },
                   { "all", config.all },
                   { "bins", bins != NULL },
                   { "base", base != NULL },
                   { "draws", draws != NOT_GIVEN },
                   { "seed", seed != NOT_GIVEN },
                   { "by", by.text != NULL },
                   { "compat", compat != NULL },
                   { "fail-on", fail_on != NULL } };

    if (n_ranked == NOT_GIVEN)
        return TRUE;
    if (n_ranked < 1 || n_ranked > COMPARE_RANK_MAX)
        return cli_usage("--rank=%d: give a number from 1 to %d", n_ranked, COMPARE_RANK_MAX),
               FALSE;
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        if (others[i].is_given)
            return cli_usage("--rank lists items and measures no sets: leave out --%s",
                             others[i].name),
                   FALSE;
    }
    if (field_names != NULL && field_names[1] != NULL)
        return cli_usage("--rank makes features of one field: give --field once"), FALSE;
    return TRUE;
}

static gboolean
read_options(void)
{
    if (groups_file != NULL && group_by.text != NULL)
        return cli_usage("--groups and --group-by both say what stands together: give one of them"),
               FALSE;
    if (!cli_label_parse(&group_by, assay_label_new_group) ||
        !cli_label_parse(&by, assay_label_new_class))
        return FALSE;
    observed = observed_fields(field_names);
    part.observe.group_by = group_by.label;
    part.observe.by = by.label;
    config.fields = (const char *const *)field_names;
    part.distributions.fields = (const char *const *)observed;
    return read_rank() && read_measures() && read_numbers() && read_base() && read_quantise();
}

/* What nobody asks for is not made. */
static void
leave_out_centroids(AssayRecipe *recipe)
{
    const char *const *fields = part.distributions.fields;

    if (fields != NULL && !g_strv_contains(fields, "centroid") && !g_strv_contains(fields, "slope"))
        assay_recipe_leave_out(recipe, "assay-centroid");
}

/* What a generator leaves below 0 is no reason to leave a picture out: its pixels are compared as
 * they are, and count as 0 for its centroids. */
static void
clip_centroids(AssayRecipe *recipe)
{
    AssayCentroidConfig clip = ASSAY_CENTROID_CONFIG_DEFAULT;

    clip.clip = TRUE;
    for (AssayStage **stage = recipe->stages; *stage != NULL; stage++) {
        AssayStage *clipping;

        if (strcmp((*stage)->tool, "assay-centroid") != 0)
            continue;
        clipping = assay_centroid_stage(&clip);
        clipping->fits = (*stage)->fits;
        assay_stage_free(*stage);
        *stage = clipping;
    }
}

/* What makes samples of files, where no spec says so. */
static AssayRecipe *
new_recipe(void)
{
    AssayRecipe *recipe = assay_recipe_for_any();

    leave_out_centroids(recipe);
    clip_centroids(recipe);
    return recipe;
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
        self->recipe = new_recipe();
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
        cli_note("--quantise=%s: %s value%s outside 0 to 1 became the ends of that range", quantise,
                 assay_text_count(count, n_clipped), n_clipped == 1 ? "" : "s");
}

/* All rows of all sets: measured, then printed. */
static gboolean
conclude(Compare *self, GError **error)
{
    g_autoptr(GPtrArray) rows =
        g_ptr_array_new_with_free_func((GDestroyNotify)assay_compare_row_free);

    if (!cli_label_finish(&group_by, error) || !cli_label_finish(&by, error) ||
        !assay_classed_sets_compare(self->sets, &config, rows, error))
        return FALSE;
    assay_compare_adjust(rows);
    tell_clipped(self->n_clipped);
    return compare_table_print(&self->table, rows, error);
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
 * as 0 for centroids, as clip_centroids() says. */
static void
begin_ranking(Compare *self)
{
    AssayFeaturesConfig features = ASSAY_FEATURES_CONFIG_DEFAULT;

    features.centroid.clip = TRUE;
    features.centroid.max_bytes = cli.max_sample;
    features.centroid.field = g_strdup(field_names != NULL ? field_names[0] : NULL);
    self->rank = (CompareRank){
        .config = { .features = features, .observe = part.observe, .full_scale = part.full_scale },
        .set_of = self->set_of,
        .labels = self->named.labels,
        .n_sets = self->named.n,
        .groups = self->groups,
        .group_by = &group_by
    };
    self->rank.ranking =
        assay_ranking_new((const char *const *)self->named.labels, self->named.n, (size_t)n_ranked);
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
    return lacks && !cli.skip_bad && status == CLI_DONE ? CLI_SKIPPED : status;
}

static int
run(Compare *self, int argc, char **argv, GError **error)
{
    CliRun samples = {
        .analyse = analyse, .free_result = free_part, .consume = consume, .user = self
    };
    int status = CLI_DONE;
    gboolean lacks;

    if (!cli_sets_read(&self->named, cli_operands(argc, argv)))
        return CLI_USAGE;
    if (self->named.n < 2)
        return cli_usage("nothing to compare with %s: give a reference and what is to be held "
                         "against it, as in %s",
                         self->named.labels[0], tool.example);
    if (groups_file != NULL && (self->groups = cli_read_groups(groups_file, error)) == NULL)
        return CLI_FAILED;
    if (n_ranked != NOT_GIVEN)
        return run_ranking(self, error);
    self->sets = assay_classed_sets_new((const char *const *)self->named.labels, self->named.n,
                                        by.text, g_get_tmp_dir());
    if (!compare_table_parse(&self->table, error) || !read_specs(self, error))
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
    if (lacks && !cli.skip_bad && status == CLI_DONE)
        return CLI_SKIPPED;
    return self->table.met && status == CLI_DONE ? CLI_NO : status;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Compare self = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    if (!read_options())
        return CLI_USAGE;
    self.table.fail_on = fail_on;
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
    compare_table_clear(&self.table);
    assay_array_config_free(self.tables);
    assay_recipe_free(self.recipe);
    g_strfreev(self.operands);
    g_free(self.set_of);
    cli_sets_clear(&self.named);
    g_strfreev(observed);
    cli_label_clear(&group_by);
    cli_label_clear(&by);
    return status;
}
