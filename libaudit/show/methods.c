/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "methods.h"

#include <string.h>

#include "../base/text.h"
#include "../spec/recipe.h"

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
    g_string_append(out,
                    ". A group is what stands or falls together, such as versions of one piece "
                    "or excerpts from it.");
    if (assay_spec_is_ungrouped(spec))
        g_string_append(out, " Items of the corpus that came as arrays, of unknown origin, count "
                             "as a group each: where some belong together, expected rates come "
                             "out too low.");
    if (self->grouped_by != NULL)
        g_string_append_printf(out,
                               " Items of the sets were grouped by %s; where that says nothing, "
                               "those cut from one piece are a group, and any other is its own.",
                               self->grouped_by);
    else
        g_string_append(out, " Items of the sets that were cut from one piece are a group; any "
                             "other item is its own.");
    if (assay_json_size(spec->recipe) > 0)
        g_string_append_printf(out, " Fields were made by: %s.", recipe);
    g_string_append_c(out, '\n');
}

/* Begins another part of a list in brackets. */
static void
print_separator(GString *out, gboolean *is_first)
{
    g_string_append(out, *is_first ? " (" : ", ");
    *is_first = FALSE;
}

/* What the world was cut into: " (steps of 0.25 quarter notes, MIDI pitches 0 to 127)". What the
 * definition of the rule says already is left out; what is not known here is told as it stands. */
static void
print_convention(GString *out, const AssayJson *convention)
{
    static const char *const known[] = { "step_q", "rate_hz", "pitch_low", "pitch_high",
                                         "drums",  "order",   "from",      "unit",
                                         "origin", "hearing", NULL };
    const AssayJson *step = assay_json_get(convention, "step_q");
    const AssayJson *rate = assay_json_get(convention, "rate_hz");
    const AssayJson *low = assay_json_get(convention, "pitch_low");
    const AssayJson *high = assay_json_get(convention, "pitch_high");
    const AssayJson *drums = assay_json_get(convention, "drums");
    g_autofree const char **keys = assay_json_keys(convention);
    gboolean is_first = TRUE;

    if (step != NULL) {
        print_separator(out, &is_first);
        g_string_append(out, "steps of ");
        assay_json_print(out, step);
        g_string_append(out, " quarter notes");
    }
    if (rate != NULL) {
        print_separator(out, &is_first);
        assay_json_print(out, rate);
        g_string_append(out, " steps a second");
    }
    if (low != NULL && high != NULL) {
        print_separator(out, &is_first);
        g_string_append(out, "MIDI pitches ");
        assay_json_print(out, low);
        g_string_append(out, " to ");
        assay_json_print(out, high);
    }
    if (drums != NULL) {
        print_separator(out, &is_first);
        g_string_append(out, assay_json_is_true(drums) ? "channel 10, drums, included"
                                                       : "without channel 10, drums");
    }
    for (size_t i = 0; keys[i] != NULL; i++) {
        if (g_strv_contains(known, keys[i]))
            continue;
        print_separator(out, &is_first);
        g_string_append_printf(out, "%s ", keys[i]);
        assay_json_print(out, assay_json_get(convention, keys[i]));
    }
    if (!is_first)
        g_string_append_c(out, ')');
}

/* What an event is. */
static void
print_definition(GString *out, size_t r, const AssayRule *rule)
{
    const char *unit = assay_json_peek_string(assay_json_get(rule->convention, "unit"));
    const char *from = assay_json_peek_string(assay_json_get(rule->convention, "from"));
    const char *origin = assay_json_peek_string(assay_json_get(rule->convention, "origin"));

    switch (r) {
    case ASSAY_RULE_TRANSITION:
        g_string_append_printf(
            out,
            "an event is %u time steps in a row, each with its chord, the set of all "
            "pitch classes that %s, empty in silence",
            rule->order + 1,
            g_strcmp0(origin, "audio") == 0 ? "are heard in it" : "sound when it begins");
        break;
    case ASSAY_RULE_DURATION:
        g_string_append_printf(out, "an event is %s, by its length in %s",
                               g_strcmp0(from, "roll") == 0
                                   ? "a run of time steps at which one pitch sounds"
                                   : "a note outside channel 10, drums",
                               unit != NULL ? unit : "quarter notes");
        break;
    default:
        g_string_append_printf(out, "events are %s", assay_rule_types[r].events);
        break;
    }
}

static void
print_rules(GString *out, const AssayMethods *self)
{
    guint min_groups = self->config->min_groups;

    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        const AssayRuleType *type = &assay_rule_types[r];
        const AssayRule *rule = &self->spec->rules[r];

        if (!rule->present)
            continue;
        g_string_append_printf(out, "Rule %s: ", type->name);
        print_definition(out, r, rule);
        print_convention(out, rule->convention);
        if (type->has_changes)
            g_string_append(out, self->config->count_changes
                                     ? "; it counts only if the last two chords differ"
                                     : "; it counts also if the last two chords are equal");
        g_string_append(out, ". ");
    }
    if (min_groups > 1)
        g_string_append_printf(
            out, "A violation is an event that fewer than %u groups of the corpus show.\n",
            min_groups);
    else
        g_string_append(out, "A violation is an event that does not occur in the corpus.\n");
}

/* How rates are made, and p of a set. */
static void
print_set_statistics(GString *out, const AssayMethods *self)
{
    g_string_append(
        out,
        "A rate is violations / events, added up over all items of a set. The expected rate is "
        "that of real items which the corpus lacks: each item of the corpus was held against all "
        "groups but its own, and violations and events were added up. ");
    if (self->spec->n_groups <= self->config->min_groups)
        g_string_append(out, "So few groups leave nothing that would be allowed: the expected rate "
                             "is 100 % and says nothing. ");
    g_string_append_printf(
        out,
        "The p-value of a set is one-sided, from a permutation test: whole groups of the set, and "
        "of the corpus with each item so left out, were labelled anew, as many either way as there "
        "were, and p is the share of labellings, the observed one included, in which the rate of "
        "the set exceeds that of the corpus by at least as much (1 where it does not exceed it at "
        "all). Where all possible labellings were too many, they were drawn at random (seed "
        "%" G_GUINT64_FORMAT "). The smallest p that can come out is 1 / labellings. ",
        self->seed);
}

static void
print_item_statistics(GString *out, const AssayMethods *self)
{
    char groups[ASSAY_TEXT_NUMBER_SIZE], floor[ASSAY_TEXT_NUMBER_SIZE];
    guint n = self->spec->n_groups;

    g_string_append_printf(
        out,
        "The p-value of an item is conformal: the item and each of the G = %s groups of the corpus "
        "in turn were held against the rest of corpus and item, and p = (1 + sum over groups of "
        "the share of members whose rate is at least as high) / (G + 1), so that none is below "
        "1/%s = ",
        assay_text_count(groups, n), assay_text_count(floor, (guint64)n + 1));
    print_number(out, 1.0 / (n + 1.0));
    if (!assay_summary_can_flag(self->spec))
        g_string_append_printf(out, ", and no item can have p <= %g", ASSAY_SUMMARY_ALPHA);
    else
        g_string_append_printf(out, "; of real items about %g %% or fewer would have p <= %g",
                               100 * ASSAY_SUMMARY_ALPHA, ASSAY_SUMMARY_ALPHA);
    g_string_append(out,
                    ". No p-value is adjusted for how many items, sets and rules there are.\n");
}

void
assay_methods_print(GString *out, const AssayMethods *self)
{
    print_material(out, self);
    g_string_append_c(out, '\n');
    print_rules(out, self);
    g_string_append_c(out, '\n');
    print_set_statistics(out, self);
    print_item_statistics(out, self);
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

        g_string_append_printf(
            out, "; %s of them from the corpus itself, of which rates and p say nothing",
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
    if (row->unjudged > 0 && row->unjudged == row->items) {
        g_string_append(out, "no item could be judged.");
        return;
    }
    if (row->unjudged > 0) {
        g_string_append_printf(out, "which could not judge %s of the items, ",
                               assay_text_count(some, row->unjudged));
    }
    if (row->events == 0) {
        g_string_append(out, "there were no events.");
        return;
    }
    g_string_append(out, "the rate was ");
    print_percent(out, row->rate);
    g_string_append_printf(
        out, " (violations: %s; %s%s: %s), where ", assay_text_count(some, row->violations),
        type->events, type->has_changes && self->config->count_changes ? " to another chord" : "",
        assay_text_count(all, row->events));
    if (row->expected == row->expected) {
        print_percent(out, row->expected);
        g_string_append(out, " was expected");
    } else {
        g_string_append(out, "the corpus gave nothing to expect, for lack of events");
    }
    if (row->ratio == row->ratio) {
        g_string_append(out, " (ratio ");
        print_number(out, row->ratio);
        g_string_append_c(out, ')');
    }
    if (row->n_labellings > 0) {
        g_string_append(out, "; p = ");
        print_number(out, row->p);
        g_string_append_printf(out, " (%s%s labellings)", row->is_exact ? "all " : "",
                               assay_text_count(some, row->n_labellings));
    }
    if (assay_summary_can_flag(self->spec)) {
        g_string_append(out, "; ");
        print_percent(out, row->flagged);
        g_string_append_printf(out, " of the items with events had p <= %g", ASSAY_SUMMARY_ALPHA);
    }
    g_string_append_c(out, '.');
}
