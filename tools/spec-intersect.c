/* assay-spec intersect - what all of several specs allow.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/spec/intersect.h>
#include <assay/spec/recipe.h>

#include "spec-verbs.h"

static char *name, *edition, *noun, *source, *licence;

static const GOptionEntry options[] = {
    SPEC_NAME_OPTIONS("what to call the result [as the specs, if they agree]"),
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-spec intersect",
    .synopsis = "[OPTION]... [SPEC]...",
    .summary =
        "What all of the specs allow, with the least support that any of them gives it. The\n"
        "result allows and forbids as a spec does, but knows no items, and so no expected rate.",
    .example = "assay-mine -q bach/ | assay-spec intersect - bach-chorales",
    .options = options,
};

/* What is lost of @common by @other, in words: the specs alone do not show it. */
static GPtrArray *
list_losses(const AssaySpec *common, const AssaySpec *other, const char *other_name)
{
    g_autofree char *recipe = assay_recipe_difference(other->recipe, common->recipe);
    GPtrArray *losses = g_ptr_array_new_with_free_func(g_free);

    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        const char *rule = assay_rule_types[r].name;

        if (common->rules[r].present && !other->rules[r].present)
            g_ptr_array_add(losses,
                            g_strdup_printf("%s: has no rule %s, so the intersection has none",
                                            other_name, rule));
        if (!common->rules[r].present && other->rules[r].present)
            g_ptr_array_add(losses, g_strdup_printf("%s: its rule %s is left out, which a spec "
                                                    "before it has not",
                                                    other_name, rule));
    }
    if (recipe != NULL && assay_json_size(common->recipe) > 0)
        g_ptr_array_add(losses, g_strdup_printf("%s: made otherwise than the specs before it: %s; "
                                                "the intersection has no recipe, so assay-check "
                                                "takes streams for it, no media",
                                                other_name, recipe));
    return losses;
}

static gboolean
intersect(AssaySpec *common, const AssaySpec *other, const char *other_name, GError **error)
{
    g_autoptr(GPtrArray) losses = list_losses(common, other, other_name);

    if (!assay_spec_intersect(common, other, error)) {
        g_prefix_error(error, "%s: ", other_name);
        return FALSE;
    }
    for (guint i = 0; i < losses->len; i++)
        cli_note("%s", (const char *)g_ptr_array_index(losses, i));
    return TRUE;
}

int
spec_intersect(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) common = NULL;
    const char *const *names;

    cli_begin(&tool, &argc, &argv);
    names = cli_operands(argc, argv);
    for (size_t i = 0; names[i] != NULL; i++) {
        g_autoptr(AssaySpec) spec = cli_read_spec_derived(names[i], &error);

        if (spec == NULL)
            return cli_fail(error);
        if (common == NULL)
            common = g_steal_pointer(&spec);
        else if (!intersect(common, spec, names[i], &error))
            return cli_fail(error);
    }
    if (!cli_spec_name(common, name, edition, noun, source, licence))
        return CLI_USAGE;
    return cli_write_spec(common, &error) ? CLI_DONE : cli_fail(error);
}
