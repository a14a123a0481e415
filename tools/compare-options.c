/* tools/compare-options.c - what is asked of assay-compare, and what cannot be asked together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare-options.h"

#include <assay/compare/quantise.h>
#include <assay/stats/divergence.h>
#include <math.h>
#include <string.h>

#include "cli.h"
#include "compare-rank.h"

#define MAX_DRAWS 1000000
#define NOT_GIVEN G_MININT

CompareOptions compare_options = {
    .config = ASSAY_COMPARE_CONFIG_DEFAULT,
    .part = ASSAY_PART_CONFIG_DEFAULT,
    .group_by = CLI_LABEL_GROUP_BY,
    .by = CLI_LABEL_BY,
};

static CompareOptions *const self = &compare_options;
static char **measures, *base, *bins, *compat;
static char **observed; /* fields that are counted, for those that were named */
static int draws = NOT_GIVEN, n_ranked = NOT_GIVEN;
static gint64 seed = NOT_GIVEN;

const GOptionEntry compare_option_entries[] = {
    { "field", 'f', 0, G_OPTION_ARG_STRING_ARRAY, &compare_options.fields,
      "compare this field; may be given again [all that both have]", "NAME" },
    { "measure", 0, 0, G_OPTION_ARG_STRING_ARRAY, &measures, "by this measure; may be given again",
      "NAME" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &compare_options.config.all, "by all measures", NULL },
    { "bins", 0, 0, G_OPTION_ARG_STRING, &bins, "of jsd and its kin: how many, or each value [100]",
      "N|exact" },
    { "base", 0, 0, G_OPTION_ARG_STRING, &base, "of logarithms: bits, or nats [2]", "2|e" },
    { "draws", 0, 0, G_OPTION_ARG_INT, &draws, "of the null distributions [999]", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the draws [0]", "N" },
    { "quantise", 0, 0, G_OPTION_ARG_STRING, &compare_options.quantise,
      "round fractions to bits (8), or to a full scale (256)", "N" },
    { "by", 0, 0, G_OPTION_ARG_FILENAME, &compare_options.by.text,
      "part each set into classes, compared one by one: LABEL:CLASS", "meta:KEY|folder" },
    { "rank", 0, 0, G_OPTION_ARG_INT, &n_ranked,
      "list the N items of each set that stand out most, and by what", "N" },
    { "groups", 0, 0, G_OPTION_ARG_FILENAME, &compare_options.groups_file,
      "TSV of item and group: what stands or falls together", "FILE" },
    { "group-by", 0, 0, G_OPTION_ARG_FILENAME, &compare_options.group_by.text,
      "the same by what a name matches, or a member of the metadata", "REGEX|meta:KEY" },
    { "compat", 0, 0, G_OPTION_ARG_STRING, &compat,
      "numbers as a published tool has them: nats, p of pooled values", "tequilagan" },
    { "fail-on", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &compare_options.fail_on,
      "exit 1 where a row meets this: ks:ratio>2; may be given again", "EXPR" },
    G_OPTION_ENTRY_NULL,
};

static gboolean
read_measures(void)
{
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; measures != NULL && measures[i] != NULL; i++) {
        if (!assay_compare_measure_exists(measures[i], &error))
            return cli_usage("--measure=%s: %s", measures[i], error->message), FALSE;
    }
    if (self->config.all && measures != NULL)
        return cli_usage("--all and --measure contradict each other"), FALSE;
    self->config.measures = (const char *const *)measures;
    self->part.distributions.skips_moments = !assay_compare_needs_moments(&self->config);
    return TRUE;
}

static gboolean
read_numbers(void)
{
    gint64 n_bins;

    if (bins != NULL && strcmp(bins, "exact") == 0)
        self->config.n_bins = 0;
    else if (bins != NULL) {
        if (!g_ascii_string_to_signed(bins, 10, 1, (gint64)ASSAY_DIVERGENCE_BINS, &n_bins, NULL))
            return cli_usage("--bins=%s: give a number from 1 to %d, or exact", bins,
                             (int)ASSAY_DIVERGENCE_BINS),
                   FALSE;
        self->config.n_bins = (size_t)n_bins;
    }
    if (draws != NOT_GIVEN && (draws < 1 || draws > MAX_DRAWS))
        return cli_usage("--draws=%d: give a number from 1 to %d", draws, MAX_DRAWS), FALSE;
    self->config.n_draws = draws == NOT_GIVEN ? 999 : (size_t)draws;
    self->config.seed = seed == NOT_GIVEN ? 0 : (guint64)seed;
    self->config.n_workers = cli.jobs;
    return TRUE;
}

static gboolean
read_base(void)
{
    if (compat != NULL && strcmp(compat, "tequilagan") != 0)
        return cli_usage("--compat=%s: there is tequilagan", compat), FALSE;
    self->config.tequilagan = compat != NULL;
    if (self->config.tequilagan && (base != NULL || bins != NULL))
        return cli_usage("--compat=tequilagan says the bins and the base: leave out --%s",
                         base != NULL ? "base" : "bins"),
               FALSE;
    if (base != NULL && strcmp(base, "2") != 0 && strcmp(base, "e") != 0)
        return cli_usage("--base=%s: give 2 (bits) or e (nats)", base), FALSE;
    if (self->config.tequilagan || g_strcmp0(base, "e") == 0)
        self->config.base = G_E;
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

    if (self->quantise != NULL &&
        !assay_quantise_read(self->quantise, &self->part.full_scale, &error))
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
    } others[] = { { "measure", measures != NULL },
                   { "all", self->config.all },
                   { "bins", bins != NULL },
                   { "base", base != NULL },
                   { "draws", draws != NOT_GIVEN },
                   { "seed", seed != NOT_GIVEN },
                   { "by", self->by.text != NULL },
                   { "compat", compat != NULL },
                   { "fail-on", self->fail_on != NULL } };

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
    if (self->fields != NULL && self->fields[1] != NULL)
        return cli_usage("--rank makes features of one field: give --field once"), FALSE;
    self->n_ranked = (size_t)n_ranked;
    return TRUE;
}

gboolean
compare_options_read(void)
{
    if (!cli_label_parse_groups(&self->group_by, self->groups_file) ||
        !cli_label_parse(&self->by, assay_label_new_class))
        return FALSE;
    observed = observed_fields(self->fields);
    self->part.observe.group_by = self->group_by.label;
    self->part.observe.by = self->by.label;
    self->config.fields = (const char *const *)self->fields;
    self->part.distributions.fields = (const char *const *)observed;
    return read_rank() && read_measures() && read_numbers() && read_base() && read_quantise();
}

void
compare_options_clear(void)
{
    g_strfreev(observed);
    cli_label_clear(&self->group_by);
    cli_label_clear(&self->by);
}
