/* assay-spec diff - what one spec allows and another does not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/spec/recipe.h>
#include <stdlib.h>

#include "spec-diff-told.h"
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

static void
clear(SpecDiff *self)
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
read_sides(SpecDiff *self, char **operands, GError **error)
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
is_wanted(const SpecDiff *self, size_t rule, GError **error)
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

static gboolean
compare(SpecDiff *self, GError **error)
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
        spec_diff_tell(self, r, &overlap);
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

int
spec_diff(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    SpecDiff self = { 0 };
    int status = CLI_DONE;

    cli_begin(&tool, &argc, &argv);
    if (argc != 3)
        return cli_usage("give two specs, A and B: what A allows and B does not is listed");
    if (rule_name != NULL && assay_rule_find(rule_name) < 0)
        return cli_usage("--rule=%s: there is no such rule: give chroma-transition or duration",
                         rule_name);
    if (!spec_check_top(top) || !spec_check_min_groups(min_groups))
        return CLI_USAGE;
    if (!read_sides(&self, argv + 1, &error) || !compare(&self, &error) ||
        !spec_diff_print(&self, both, top, &error))
        status = cli_fail(error);
    clear(&self);
    return status;
}
