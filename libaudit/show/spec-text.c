/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spec-text.h"

#include <math.h>
#include <string.h>

#include "../base/sort.h"
#include "../base/text.h"
#include "../check/calibrate.h"
#include "../feature/chroma.h"
#include "../rule/chord.h"
#include "../spec/recipe.h"
#include "../spec/succession.h"
#include "spec-values-private.h"

/* Columns of text before a figure in a list, and the longest bar that draws a share. */
enum { NAME_WIDTH = 34, BAR_WIDTH = 30 };

static void
print_count(GString *out, guint64 count)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    g_string_append(out, assay_text_count(text, count));
}

static void
print_padded(GString *out, const char *text, size_t width)
{
    size_t used = assay_text_display_width(text);

    g_string_append(out, text);
    for (; used < width; used++)
        g_string_append_c(out, ' ');
}

/* A count, flush right in twelve columns. */
static void
print_figure(GString *out, guint64 count)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    g_string_append_printf(out, "%12s", assay_text_count(text, count));
}

static void
print_percent(GString *out, double share)
{
    if (share != share)
        g_string_append(out, "NA");
    else
        g_string_append_printf(out, "%.3g %%", 100 * share);
}

/* What a derived spec was made of, one a line. */
static void
print_parents(GString *out, const AssaySpec *spec)
{
    g_string_append(out,
                    spec->parents->len == 1 ? "without its items\n" : "what all of these allow\n");
    for (guint i = 0; i < spec->parents->len; i++) {
        const AssayParent *parent = g_ptr_array_index(spec->parents, i);

        g_string_append_printf(out, "  %s       %s%s%s: ", i == 0 ? "of" : "  ",
                               parent->name[0] != '\0' ? parent->name : "a spec",
                               parent->edition[0] != '\0' ? " " : "", parent->edition);
        print_count(out, parent->items);
        g_string_append(out, " items");
        if (parent->groups != parent->items) {
            g_string_append(out, " in ");
            print_count(out, parent->groups);
            g_string_append(out, " groups");
        }
        g_string_append_c(out, '\n');
    }
}

static void
print_corpus(GString *out, const AssaySpec *spec)
{
    print_count(out, spec->items->len);
    g_string_append_printf(out, " %s", spec->noun);
    if (spec->n_groups != spec->items->len) {
        g_string_append(out, " in ");
        print_count(out, spec->n_groups);
        g_string_append(out, " groups");
    }
    g_string_append_c(out, '\n');
}

static void
print_head(GString *out, const AssaySpec *spec)
{
    g_autofree char *recipe = assay_recipe_command(spec->recipe);

    g_string_append_printf(out, "%s%s%s: ", spec->name[0] != '\0' ? spec->name : "a spec",
                           spec->edition[0] != '\0' ? " " : "", spec->edition);
    if (assay_spec_is_derived(spec))
        print_parents(out, spec);
    else
        print_corpus(out, spec);
    if (spec->corpus_source[0] != '\0')
        g_string_append_printf(out, "  source   %s\n", spec->corpus_source);
    if (spec->licence[0] != '\0')
        g_string_append_printf(out, "  licence  %s\n", spec->licence);
    g_string_append_printf(out, "  recipe   %s\n", recipe);
    if (assay_spec_is_ungrouped(spec))
        g_string_append(out, "  groups   none were given for items of arrays: each counts as "
                             "independent\n");
}

/* How often real, unseen items break the rule. */
static void
print_expectation(GString *out, const AssaySpec *spec, size_t rule, guint min_groups)
{
    g_autoptr(AssayCalibration) steps = assay_calibration_new(spec, rule, min_groups, FALSE);
    g_autofree double *rates = g_new0(double, spec->items->len + 1);
    size_t n = 0;

    for (guint i = 0; i < spec->items->len; i++) {
        guint64 events = assay_calibration_events(steps, i);

        if (events > 0)
            rates[n++] = (double)assay_calibration_violations(steps, i) / (double)events;
    }
    assay_sort_doubles(rates, n);
    g_string_append_printf(out, "  real unseen %s: ", spec->noun);
    print_percent(out, assay_calibration_rate(steps));
    g_string_append_printf(out, " of their %s are not in here\n", assay_rule_types[rule].events);
    if (n > 0) {
        g_string_append(out, "    half of them: at most ");
        print_percent(out, rates[n / 2]);
        g_string_append(out, "; nine in ten: at most ");
        print_percent(out, rates[n * 9 / 10]);
        g_string_append_c(out, '\n');
    }
    if (assay_rule_types[rule].has_changes) {
        g_autoptr(AssayCalibration) changes = assay_calibration_new(spec, rule, min_groups, TRUE);

        g_string_append(out, "    counting changes of chord alone: ");
        print_percent(out, assay_calibration_rate(changes));
        g_string_append_c(out, '\n');
    }
}

static void
print_support(GString *out, const AssayEntry *entry, guint64 total)
{
    print_figure(out, entry->n);
    g_string_append_printf(out, "%8.2f %%", 100 * (double)entry->n / (double)total);
    print_figure(out, entry->items);
    if (entry->groups == ASSAY_MANY_GROUPS)
        g_string_append(out, "    many\n");
    else
        g_string_append_printf(out, "%8u\n", entry->groups);
}

/* The most frequent entries of those that pass @wanted. */
static void
print_top(GString *out, const AssayRule *rule, size_t index, const char *title, guint top,
          gboolean changes)
{
    const AssayRuleType *type = &assay_rule_types[index];
    g_autoptr(GPtrArray) all = assay_rule_by_count(rule);
    g_autoptr(GPtrArray) chosen = g_ptr_array_new();
    guint64 total = 0;

    for (guint i = 0; i < all->len; i++) {
        AssayEntry *entry = g_ptr_array_index(all, i);

        if (changes && !type->is_change(entry->key))
            continue;
        g_ptr_array_add(chosen, entry);
        total += entry->n;
    }
    g_string_append_c(out, '\n');
    g_string_append(out, "  ");
    print_padded(out, title, NAME_WIDTH);
    g_string_append(out, "        seen     share       items  groups\n");
    for (guint i = 0; i < MIN(top, chosen->len); i++) {
        const AssayEntry *entry = g_ptr_array_index(chosen, i);
        g_autofree char *name = type->describe_key(entry->key, rule->order, 0);

        g_string_append(out, "    ");
        print_padded(out, name, NAME_WIDTH - 2);
        print_support(out, entry, total);
    }
    if (chosen->len > top) {
        g_string_append(out, "    and ");
        print_count(out, chosen->len - top);
        g_string_append(out, " more\n");
    }
}

/* How long each chord is heard: its share of all steps. */
static void
print_chords(GString *out, const AssayRule *rule, guint top)
{
    g_autofree guint64 *steps = assay_chord_steps(rule);
    guint64 total = 0, most = 0;

    for (guint state = 0; state < ASSAY_CHROMA_STATES; state++)
        total += steps[state];
    g_string_append(out, "\n  chords heard the longest\n");
    for (guint shown = 0; shown < top; shown++) {
        g_autofree char *name = NULL;
        guint best = 0;

        for (guint state = 1; state < ASSAY_CHROMA_STATES; state++) {
            if (steps[state] > steps[best])
                best = state;
        }
        if (steps[best] == 0)
            break;
        name = assay_chord_name(best, 0);
        most = MAX(most, steps[best]);
        g_string_append(out, "    ");
        print_padded(out, name, NAME_WIDTH - 2);
        g_string_append_printf(out, "%20.2f %%  ", 100 * (double)steps[best] / (double)total);
        for (guint64 i = 0; i < steps[best] * BAR_WIDTH / most; i++)
            g_string_append_c(out, '#');
        g_string_append_c(out, '\n');
        steps[best] = 0;
    }
}

static guint
count_chords(const AssayRule *rule)
{
    g_autofree guint8 *known = g_new0(guint8, ASSAY_CHROMA_STATES);
    guint n = 0;

    for (guint i = 0; i < rule->entries->len; i++) {
        guint64 key = ((const AssayEntry *)g_ptr_array_index(rule->entries, i))->key;

        for (guint back = 0; back <= rule->order; back++)
            known[ASSAY_TRANSITION_STATE(key, back)] = 1;
    }
    for (guint state = 0; state < ASSAY_CHROMA_STATES; state++)
        n += known[state];
    return n;
}

static void
print_rule(GString *out, const AssaySpec *spec, size_t index, guint top, guint min_groups)
{
    const AssayRule *rule = &spec->rules[index];
    const AssayRuleType *type = &assay_rule_types[index];
    guint64 events = 0, once = 0, lonely = 0, rare = 0;

    for (guint i = 0; i < rule->entries->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(rule->entries, i);

        events += entry->n;
        once += entry->n == 1;
        lonely += entry->groups == 1;
        rare += entry->groups < min_groups;
    }
    g_string_append_printf(out, "\n%s", type->name);
    if (rule->order > 1)
        g_string_append_printf(out, " of order %u", rule->order);
    g_string_append(out, ": ");
    print_count(out, events);
    g_string_append_printf(out, " %s of ", type->events);
    print_count(out, rule->entries->len);
    g_string_append(out, " kinds");
    if (index == ASSAY_RULE_TRANSITION) {
        g_string_append(out, " between ");
        print_count(out, count_chords(rule));
        g_string_append(out, " chords (silence is one)");
    } else {
        const char *unit = assay_json_peek_string(assay_json_get(rule->convention, "unit"));

        g_string_append_printf(out, ", in %s", unit != NULL ? unit : "steps");
    }
    g_string_append(out, "\n  seen once: ");
    print_count(out, once);
    g_string_append(out, "; in one group only: ");
    print_count(out, lonely);
    if (!assay_spec_is_derived(spec)) {
        g_string_append(out, "; unseen mass (Good-Turing): ");
        print_percent(out, events == 0 ? (double)NAN : (double)once / (double)events);
    }
    g_string_append_c(out, '\n');
    if (min_groups > 1) {
        g_string_append_printf(out, "  not allowed with --min-groups=%u: ", min_groups);
        print_count(out, rare);
        g_string_append(out, " kinds\n");
    }
    if (assay_spec_is_derived(spec))
        g_string_append(
            out, "  what real unseen items would break is not known: the spec has no items\n");
    else
        print_expectation(out, spec, index, min_groups);
    if (index == ASSAY_RULE_TRANSITION)
        print_chords(out, rule, top);
    print_top(out, rule, index,
              index == ASSAY_RULE_TRANSITION ? "most frequent changes of chord"
                                             : "most frequent lengths",
              top, type->has_changes);
}

GString *
assay_spec_text(const AssaySpec *spec, guint top, guint min_groups)
{
    GString *out = g_string_new(NULL);

    print_head(out, spec);
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (spec->rules[r].present)
            print_rule(out, spec, r, top, min_groups);
    }
    assay_spec_print_values(out, spec, top);
    return out;
}
