/* spec/recipe.c - recipes as they are written: of a stream, compared, and as a command.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recipe.h"

#include "../feature/chroma.h"
#include "../signal/roll.h"

static void
append_stage(AssayJson *recipe, const char *tool, AssayJson *options)
{
    AssayJson *stage = assay_json_object();

    assay_json_set_string(stage, "tool", tool);
    assay_json_set_take(stage, "options", options);
    assay_json_append_take(recipe, stage);
}

AssayJson *
assay_recipe_from_stages(const AssayJson *stages)
{
    AssayJson *recipe = assay_json_array();

    for (size_t i = 0; stages != NULL && i < assay_json_size(stages); i++) {
        const AssayJson *stage = assay_json_nth(stages, i);
        const char *tool = assay_json_peek_string(assay_json_get(stage, "tool"));
        const AssayJson *options = assay_json_get(stage, "options");

        /* Without options it makes of a file the notes that any stage would find there. */
        if (g_strcmp0(tool, "assay-notes") == 0 && assay_json_size(options) == 0)
            continue;
        append_stage(recipe, tool != NULL ? tool : "unknown",
                     options != NULL ? assay_json_ref(options) : assay_json_object());
    }
    return recipe;
}

AssayJson *
assay_recipe_default(void)
{
    const AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
    g_autoptr(AssayStage) roll = assay_roll_stage(&config);
    g_autoptr(AssayStage) chroma = assay_chroma_stage();
    AssayJson *recipe = assay_json_array();

    append_stage(recipe, roll->tool, assay_json_ref(roll->options));
    append_stage(recipe, chroma->tool, assay_json_ref(chroma->options));
    return recipe;
}

static char *
print_value(const AssayJson *value)
{
    GString *text = g_string_new(NULL);

    if (value == NULL)
        g_string_append(text, "not given");
    else if (assay_json_kind(value) == ASSAY_JSON_STRING)
        g_string_append(text, assay_json_peek_string(value));
    else
        assay_json_print(text, value);
    return g_string_free(text, FALSE);
}

static char *
stage_difference(const AssayJson *a, const AssayJson *b)
{
    const char *tool_a = assay_json_peek_string(assay_json_get(a, "tool"));
    const char *tool_b = assay_json_peek_string(assay_json_get(b, "tool"));
    const AssayJson *sides[] = { assay_json_get(a, "options"), assay_json_get(b, "options") };

    if (g_strcmp0(tool_a, tool_b) != 0)
        return g_strdup_printf("stage %s, not %s", tool_a != NULL ? tool_a : "none",
                               tool_b != NULL ? tool_b : "none");
    for (size_t side = 0; side < 2; side++) {
        g_autofree const char **keys = assay_json_keys(sides[side]);

        for (size_t i = 0; keys[i] != NULL; i++) {
            const AssayJson *x = assay_json_get(sides[0], keys[i]);
            const AssayJson *y = assay_json_get(sides[1], keys[i]);
            g_autofree char *left = print_value(x), *right = print_value(y);

            if (!assay_json_equal(x, y))
                return g_strdup_printf("%s --%s is %s, %s %s", tool_a, keys[i], left,
                                       y == NULL ? "elsewhere" : "not", right);
        }
    }
    return NULL;
}

char *
assay_recipe_difference(const AssayJson *a, const AssayJson *b)
{
    size_t n = MAX(assay_json_size(a), assay_json_size(b));

    for (size_t i = 0; i < n; i++) {
        char *difference = stage_difference(assay_json_nth(a, i), assay_json_nth(b, i));

        if (difference != NULL)
            return difference;
    }
    return NULL;
}

char *
assay_recipe_command(const AssayJson *recipe)
{
    GString *out = g_string_new(NULL);

    for (size_t i = 0; i < assay_json_size(recipe); i++) {
        const AssayJson *stage = assay_json_nth(recipe, i);
        const AssayJson *options = assay_json_get(stage, "options");
        const char *tool = assay_json_peek_string(assay_json_get(stage, "tool"));
        g_autofree const char **keys = assay_json_keys(options);

        g_string_append_printf(out, "%s%s", i > 0 ? " | " : "", tool != NULL ? tool : "?");
        for (size_t k = 0; keys[k] != NULL; k++) {
            const char *value = assay_json_peek_string(assay_json_get(options, keys[k]));

            if (g_strcmp0(value, "no") == 0)
                continue;
            g_string_append_printf(out, " --%s", keys[k]);
            if (g_strcmp0(value, "yes") != 0)
                g_string_append_printf(out, "=%s", value != NULL ? value : "?");
        }
    }
    return g_string_free(out->len == 0 ? g_string_assign(out, "unknown") : out, FALSE);
}
