/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "methods.h"

#include <string.h>

#include "../base/text.h"
#include "../spec/recipe.h"

/* What an event of each rule is; %u is one more than the rule's order. */
static const char *const definitions[ASSAY_N_RULES] = {
    [ASSAY_RULE_TRANSITION] =
        "an event is %u time steps in a row, each with the set of all pitch classes that sound "
        "when it begins",
    [ASSAY_RULE_DURATION] = "an event is a note, by its length in quarter notes",
};

static void
print_count(GString *out, guint64 count, const char *singular, const char *plural)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    g_string_append_printf(out, "%s %s", assay_text_count(text, count),
                           count == 1 ? singular : plural);
}

static void
print_number(GString *out, double value)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    g_string_append(out, assay_text_double_digits(text, value, 4));
}

static void
print_percent(GString *out, double share)
{
    print_number(out, 100 * share);
    g_string_append(out, " %");
}

static void
print_provenance(GString *out, const AssaySpec *spec)
{
    gboolean has_source = spec->corpus_source[0] != '\0', has_licence = spec->licence[0] != '\0';

    if (has_source)
        g_string_append_printf(out, " (source: %s", spec->corpus_source);
    if (has_licence)
        g_string_append_printf(out, "%slicence: %s", has_source ? "; " : " (", spec->licence);
    if (has_source || has_licence)
        g_string_append_c(out, ')');
}

/* By what, against what, and how the arrays were made. */
static void
print_material(GString *out, const AssayMethods *self)
{
    const AssaySpec *spec = self->spec;
    g_autofree char *recipe = assay_recipe_command(spec->recipe);

    g_string_append(out, "Sets were checked by assay-check of Assay " ASSAY_VERSION " against ");
    g_string_append_printf(out, "%s%s%s%s (SHA-256 %s), mined",
                           spec->name[0] != '\0' ? "the spec " : "a spec without a name",
                           spec->name, spec->edition[0] != '\0' ? ", edition " : "", spec->edition,
                           self->sha256);
    for (guint i = 0; i < spec->tool_versions->len; i++)
        g_string_append_printf(out, "%s%s", i == 0 ? " by Assay " : ", ",
                               (const char *)g_ptr_array_index(spec->tool_versions, i));
    g_string_append(out, " from a corpus of ");
    print_count(out, spec->items->len, strcmp(spec->noun, "items") == 0 ? "item" : spec->noun,
                spec->noun);
    g_string_append(out, " in ");
    print_count(out, spec->n_groups, "group", "groups");
    print_provenance(out, spec);
    g_string_append(out, ". What stands or falls together is a group.");
    if (assay_spec_is_ungrouped(spec))
        g_string_append(out, " Items of the corpus that came as arrays, of unknown origin, count "
                             "as a group each.");
    if (self->grouped_by != NULL)
        g_string_append_printf(out,
                               " The items of the sets were grouped by %s; where that says "
                               "nothing, items cut from one file are a group.",
                               self->grouped_by);
    else
        g_string_append(out, " Of the sets, items cut from one file are a group.");
    if (assay_json_size(spec->recipe) > 0)
        g_string_append_printf(out, " All fields are those of: %s.", recipe);
    g_string_append_c(out, '\n');
}

/* "drums false, step_q 0.25" */
static void
print_convention(GString *out, const AssayJson *convention)
{
    g_autofree const char **keys = assay_json_keys(convention);

    for (size_t i = 0; keys[i] != NULL; i++) {
        const AssayJson *value = assay_json_get(convention, keys[i]);
        const char *text = assay_json_peek_string(value);

        g_string_append_printf(out, "%s%s ", i > 0 ? ", " : "", keys[i]);
        if (text != NULL)
            g_string_append(out, text);
        else
            assay_json_print(out, value);
    }
}

static void
print_definition(GString *out, size_t rule, guint order)
{
    const char *definition = definitions[rule];
    const char *number = definition == NULL ? NULL : strstr(definition, "%u");

    if (definition == NULL)
        g_string_append_printf(out, "events are %s", assay_rule_types[rule].events);
    else if (number == NULL)
        g_string_append(out, definition);
    else
        g_string_append_printf(out, "%.*s%u%s", (int)(number - definition), definition, order + 1,
                               number + strlen("%u"));
}

static void
print_rules(GString *out, const AssayMethods *self)
{
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        const AssayRuleType *type = &assay_rule_types[r];
        const AssayRule *rule = &self->spec->rules[r];

        if (!rule->present)
            continue;
        g_string_append_printf(out, "Rule %s: ", type->name);
        print_definition(out, r, rule->order);
        if (type->has_changes)
            g_string_append(out, self->config->count_changes
                                     ? "; it counts only if the last two sets differ"
                                     : "; it counts also if the last two sets are equal");
        g_string_append(out, " (");
        print_convention(out, rule->convention);
        g_string_append(out, "). ");
    }
    if (self->config->min_groups > 1)
        g_string_append_printf(out,
                               "A violation is an event that fewer than %u groups of the corpus "
                               "show.\n",
                               self->config->min_groups);
    else
        g_string_append(out, "A violation is an event that does not occur in the corpus.\n");
}

static void
print_statistics(GString *out, const AssayMethods *self)
{
    char groups[ASSAY_TEXT_NUMBER_SIZE];
    guint n = self->spec->n_groups;

    g_string_append_printf(
        out,
        "A rate is violations / events, added up over all items of a set. The expected rate is "
        "that of real items which the corpus lacks: each item of the corpus was held against all "
        "other groups, and violations and events were added up. The p-value of a set is "
        "one-sided, from a permutation test: whole groups of the set and of the corpus so left out "
        "were labelled anew, and p is the share of labellings, the observed one included, in which "
        "the set's rate is above the corpus' by at least as much (1 where it is not above it at "
        "all); seed %" G_GUINT64_FORMAT ". The smallest p that can come out is 1 / labellings. The "
        "p-value of an item is conformal: the "
        "item and each of the G = %s groups of the corpus in turn were held against the rest of "
        "corpus and item, and p = (1 + sum over groups of the share of members whose rate is at "
        "least as high) / (G + 1), so that none is below 1/%u = ",
        self->seed, assay_text_count(groups, n), n + 1);
    print_number(out, 1.0 / (n + 1.0));
    g_string_append(out, ".\n");
}

void
assay_methods_print(GString *out, const AssayMethods *self)
{
    print_material(out, self);
    g_string_append_c(out, '\n');
    print_rules(out, self);
    g_string_append_c(out, '\n');
    print_statistics(out, self);
}

void
assay_methods_print_set(GString *out, const char *set, const AssaySummaryRow *row)
{
    g_string_append_printf(out, "\nSet %s: ", set);
    print_count(out, row->items, "item", "items");
    g_string_append(out, " in ");
    print_count(out, row->groups, "group", "groups");
    if (row->in_corpus > 0) {
        char some[ASSAY_TEXT_NUMBER_SIZE];

        g_string_append_printf(out, ", %s of them from the corpus itself, which break nothing",
                               assay_text_count(some, row->in_corpus));
    }
    g_string_append_c(out, '.');
}

void
assay_methods_print_row(GString *out, const AssayMethods *self, size_t rule,
                        const AssaySummaryRow *row)
{
    const AssayRuleType *type = &assay_rule_types[rule];
    char some[ASSAY_TEXT_NUMBER_SIZE], all[ASSAY_TEXT_NUMBER_SIZE];

    g_string_append_printf(out, " By %s, ", type->name);
    if (row->unjudged > 0) {
        g_string_append_printf(out, "which could not judge %s of the items, ",
                               assay_text_count(some, row->unjudged));
    }
    if (row->events == 0) {
        g_string_append(out, "there were no events.");
        return;
    }
    g_string_append_printf(
        out, "%s of %s %s%s were violations: a rate of ", assay_text_count(some, row->violations),
        assay_text_count(all, row->events),
        type->has_changes && self->config->count_changes ? "changing " : "", type->events);
    print_percent(out, row->rate);
    g_string_append(out, ", where ");
    print_percent(out, row->expected);
    g_string_append(out, " was expected");
    if (row->ratio == row->ratio) {
        g_string_append(out, " (ratio ");
        print_number(out, row->ratio);
        g_string_append_c(out, ')');
    }
    g_string_append(out, "; p = ");
    print_number(out, row->p);
    g_string_append_printf(out, " (%s labellings); ", assay_text_count(some, row->n_labellings));
    print_percent(out, row->flagged);
    g_string_append_printf(out, " of the items with events had p <= %g.", ASSAY_SUMMARY_ALPHA);
}
