/* assay-spec diff - what one spec allows and another does not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/text.h>
#include <assay/spec/recipe.h>
#include <assay/spec/set-difference.h>
#include <math.h>
#include <stdlib.h>

#include "cli-groups.h"
#include "spec-verbs.h"

static char *rule_name;
static gboolean both;
static int top = G_MAXINT, min_groups = 1;

static const GOptionEntry options[] = {
    { "rule", 0, 0, G_OPTION_ARG_FILENAME, &rule_name, "this rule alone", "NAME" },
    { "min-groups", 0, 0, G_OPTION_ARG_INT, &min_groups,
      "allowed is what M groups of a corpus show [1]", "M" },
    { "both", 0, 0, G_OPTION_ARG_NONE, &both, "also what B allows and A does not", NULL },
    { "top", 'n', 0, G_OPTION_ARG_INT, &top, "the N strongest of each spec and rule [all]", "N" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-spec diff",
    .synopsis = "[OPTION]... [LABEL=]A [LABEL=]B",
    .summary =
        "List what the spec A allows and the spec B does not, the strongest first; and say how\n"
        "much the two have in common.",
    .example = "assay-mine -q bach/ | assay-spec diff --top=5 - bach-chorales",
    .options = options,
};

static const AssayColumn columns[] = {
    { "in", ASSAY_COLUMN_TEXT },         { "rule", ASSAY_COLUMN_TEXT },
    { "entry", ASSAY_COLUMN_TEXT },      { "n", ASSAY_COLUMN_INTEGER },
    { "items", ASSAY_COLUMN_INTEGER },   { "groups", ASSAY_COLUMN_TEXT },
    { "other_n", ASSAY_COLUMN_INTEGER }, { "other_groups", ASSAY_COLUMN_TEXT },
};

/* A run of it: the two sides, and for each rule its rows. */
typedef struct {
    AssaySpec *specs[2];
    char *labels[2];
    GArray *rows[ASSAY_N_RULES]; /* NULL: not compared */
} Diff;

static void
clear(Diff *self)
{
    for (size_t i = 0; i < 2; i++) {
        assay_spec_free(self->specs[i]);
        g_free(self->labels[i]);
    }
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (self->rows[r] != NULL)
            g_array_unref(self->rows[r]);
    }
}

static gboolean
read_sides(Diff *self, char **operands, GError **error)
{
    for (size_t i = 0; i < 2; i++) {
        const char *file = cli_split_label(operands[i], &self->labels[i]);

        if (file == NULL)
            exit(CLI_USAGE);
        cli_claim_input(file, i == 0 ? "A" : "B");
        self->specs[i] = cli_read_spec(file, error);
        if (self->specs[i] == NULL)
            return FALSE;
    }
    return TRUE;
}

/* Whether this rule is to be compared; says why not where it could have been meant. */
static gboolean
is_wanted(const Diff *self, size_t rule, GError **error)
{
    const char *name = assay_rule_types[rule].name;

    if (rule_name != NULL && g_strcmp0(rule_name, name) != 0)
        return FALSE;
    for (size_t i = 0; i < 2; i++) {
        if (self->specs[i]->rules[rule].present)
            continue;
        if (rule_name != NULL)
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, "%s has no rule %s", self->labels[i],
                        name);
        else if (self->specs[1 - i]->rules[rule].present)
            cli_note("%s has no rule %s, which is left out", self->labels[i], name);
        return FALSE;
    }
    return TRUE;
}

/* Of @whole, 0 of which have none. */
static char *
share(guint64 part, guint64 whole)
{
    return cli_percent(whole == 0 ? (double)NAN : (double)part / (double)whole);
}

/* A similarity, from 0 to 1. */
static char *
similarity(double value)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    return g_strdup(assay_text_double_digits(text, value, 3));
}

static void
tell(const Diff *self, size_t rule, const AssayOverlap *overlap)
{
    const AssayRuleType *type = &assay_rule_types[rule];
    char allowed[2][ASSAY_TEXT_NUMBER_SIZE], alone[2][ASSAY_TEXT_NUMBER_SIZE];
    char common[ASSAY_TEXT_NUMBER_SIZE];
    g_autofree char *first = share(overlap->strange[0], overlap->events[0]);
    g_autofree char *second = share(overlap->strange[1], overlap->events[1]);
    g_autofree char *jaccard = similarity(overlap->jaccard);
    g_autofree char *weighted = similarity(overlap->weighted);

    for (size_t i = 0; i < 2; i++) {
        assay_text_count(allowed[i], overlap->allowed[i]);
        assay_text_count(alone[i], overlap->allowed[i] - overlap->both);
    }
    cli_note("%s: %s allows %s kinds of %s, %s %s: both %s, %s alone %s, %s alone %s", type->name,
             self->labels[0], allowed[0], type->events, self->labels[1], allowed[1],
             assay_text_count(common, overlap->both), self->labels[0], alone[0], self->labels[1],
             alone[1]);
    cli_note("%s: %s of the %s of %s are not allowed in %s, %s the other way round; Jaccard %s, "
             "weighted by occurrences %s",
             type->name, first, type->events, self->labels[0], self->labels[1], second, jaccard,
             weighted);
}

static gboolean
compare(Diff *self, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autofree char *recipe =
        assay_recipe_difference(self->specs[1]->recipe, self->specs[0]->recipe);
    gboolean any = FALSE;

    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        AssayOverlap overlap;

        if (!is_wanted(self, r, &fault)) {
            if (fault != NULL)
                break;
            continue;
        }
        self->rows[r] = assay_spec_set_difference(self->specs[0], self->specs[1], r,
                                                  (guint)min_groups, &overlap, &fault);
        if (self->rows[r] == NULL) {
            g_prefix_error(&fault, "%s against %s: ", self->labels[1], self->labels[0]);
            break;
        }
        tell(self, r, &overlap);
        any = TRUE;
    }
    if (fault == NULL && !any)
        g_set_error(&fault, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "%s and %s have no rule in common; "
                    "assay-compare compares distributions",
                    self->labels[0], self->labels[1]);
    if (fault != NULL) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return FALSE;
    }
    if (recipe != NULL)
        cli_note("%s was made otherwise than %s: %s", self->labels[1], self->labels[0], recipe);
    return TRUE;
}

static gboolean
print_row(const Diff *self, AssayTable *table, size_t rule, const AssaySetRow *row, GError **error)
{
    const AssayRuleType *type = &assay_rule_types[rule];
    g_autofree char *words =
        type->describe_key(row->entry->key, self->specs[row->side]->rules[rule].order, 0);

    assay_table_text(table, self->labels[row->side]);
    assay_table_text(table, type->name);
    assay_table_text(table, words);
    assay_table_int(table, (gint64)row->entry->n);
    assay_table_int(table, (gint64)row->entry->items);
    cli_table_groups(table, row->entry->groups);
    assay_table_int(table, row->other == NULL ? 0 : (gint64)row->other->n);
    cli_table_groups(table, row->other == NULL ? 0 : row->other->groups);
    return assay_table_row_end(table, error);
}

static gboolean
print(const Diff *self, GError **error)
{
    g_autoptr(AssayOutput) output = assay_output_open(cli.output, error);
    g_autoptr(AssayTable) table = NULL;

    if (output == NULL)
        return FALSE;
    table =
        assay_table_new(output, columns, G_N_ELEMENTS(columns), assay_output_is_terminal(output));
    for (guint side = 0; side < (both ? 2 : 1); side++) {
        for (size_t r = 0; r < ASSAY_N_RULES; r++) {
            int shown = 0;

            for (guint i = 0; self->rows[r] != NULL && i < self->rows[r]->len; i++) {
                const AssaySetRow *row = &g_array_index(self->rows[r], AssaySetRow, i);

                if (row->side != side || shown++ >= top)
                    continue;
                if (!print_row(self, table, r, row, error))
                    return FALSE;
            }
        }
    }
    return assay_table_finish(table, error) && assay_output_close(output, error);
}

int
spec_diff(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Diff self = { 0 };
    int status = CLI_DONE;

    cli_begin(&tool, &argc, &argv);
    if (argc != 3)
        return cli_usage("give two specs, A and B: what A allows and B does not is listed");
    if (rule_name != NULL && assay_rule_find(rule_name) < 0)
        return cli_usage("--rule=%s: there is no such rule: give chroma-transition or duration",
                         rule_name);
    if (!spec_check_top(top) || !spec_check_min_groups(min_groups))
        return CLI_USAGE;
    if (!read_sides(&self, argv + 1, &error) || !compare(&self, &error) || !print(&self, &error))
        status = cli_fail(error);
    clear(&self);
    return status;
}
