/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chord-view.h"

#include "../base/error.h"
#include "../base/text.h"
#include "../rule/chord.h"
#include "../spec/succession.h"
#include "page-private.h"

gboolean
assay_chord_question_parse(AssayChordQuestion *self, const char *text, GError **error)
{
    g_auto(GStrv) names = g_strsplit(text, ",", -1);

    if (g_strv_length(names) > ASSAY_MAX_ORDER) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%u chords in a row: no spec knows more than %d", g_strv_length(names),
                    ASSAY_MAX_ORDER);
        return FALSE;
    }
    for (self->n_chords = 0; names[self->n_chords] != NULL; self->n_chords++) {
        const char *name = g_strstrip(names[self->n_chords]);

        if (!assay_chord_parse(name, &self->chords[self->n_chords])) {
            g_autofree char *shown = assay_text_escape_controls(name);

            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "\"%s\" is no chord: give the names of its notes apart by \"-\", as in "
                        "C-E-G or Bb-D-F, or rest",
                        shown);
            return FALSE;
        }
    }
    if (self->n_chords > 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "names no chord: give one, as in C-E-G");
    return FALSE;
}

static void
take_percent(AssayGrid *grid, guint64 part, guint64 whole)
{
    assay_grid_take(grid, g_strdup_printf("%.2f %%", 100 * (double)part / (double)whole));
}

/* "many", or a count; with a plus where it may be more. */
static void
take_support(AssayGrid *grid, guint64 count, gboolean is_many, gboolean is_least)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    assay_grid_take(grid, is_many ? g_strdup("many")
                                  : g_strdup_printf("%s%s", assay_text_count(text, count),
                                                    is_least ? "+" : ""));
}

static void
print_neighbours(const AssayPage *page, const char *title, const GArray *list, guint64 all,
                 guint rare, const AssayChordQuestion *question)
{
    const char *const titles[] = { title, ">times", ">share", ">items", ">groups", NULL };
    g_autoptr(AssayGrid) grid = assay_grid_new(titles);
    guint shown = MIN(list->len, question->top);
    char count[ASSAY_TEXT_NUMBER_SIZE];

    assay_page_printf(page, "\n");
    if (list->len + rare == 0) {
        assay_page_printf(page, "  %s no other chord\n", title);
        return;
    }
    for (guint i = 0; i < shown; i++) {
        const AssayNeighbour *neighbour = &g_array_index(list, AssayNeighbour, i);

        assay_grid_take(grid, assay_chord_name(neighbour->state, 0));
        assay_grid_count(grid, neighbour->n);
        take_percent(grid, neighbour->n, all);
        take_support(grid, neighbour->items, FALSE, neighbour->is_least);
        take_support(grid, neighbour->groups, neighbour->groups == ASSAY_MANY_GROUPS,
                     neighbour->is_least);
    }
    assay_grid_print(grid, page, 2);
    if (list->len > shown)
        assay_page_printf(page, "  and %s more\n", assay_text_count(count, list->len - shown));
    if (rare > 0)
        assay_page_printf(page, "  and %s that fewer than %u groups show\n",
                          assay_text_count(count, rare), question->min_groups);
}

/* How long the chord is held on average; the lesser counts of an intersection cannot say. */
static void
print_held(const AssayPage *page, const AssaySpec *spec, const AssaySuccession *found,
           guint n_chords)
{
    const AssayJson *convention = spec->rules[ASSAY_RULE_TRANSITION].convention;
    double step_q = assay_json_peek_real(assay_json_get(convention, "step_q"));
    double rate_hz = assay_json_peek_real(assay_json_get(convention, "rate_hz"));
    double steps = (double)found->steps / (double)found->runs;
    char count[ASSAY_TEXT_NUMBER_SIZE], number[ASSAY_TEXT_NUMBER_SIZE];

    if (n_chords > 1)
        assay_page_printf(page, "  held    for another step %s times\n",
                          assay_text_count(count, found->held));
    if (found->runs == 0 || assay_spec_is_derived(spec))
        return;
    assay_page_printf(page, "  held    %s times, for %s steps on average",
                      assay_text_count(count, found->runs),
                      assay_text_double_digits(number, steps, 3));
    if (rate_hz > 0)
        assay_page_printf(page, ", %s seconds",
                          assay_text_double_digits(number, steps / rate_hz, 3));
    else if (step_q > 0)
        assay_page_printf(page, ", %s quarter notes",
                          assay_text_double_digits(number, steps * step_q, 3));
    assay_page_printf(page, "\n");
}

static void
print_found(const AssayPage *page, const AssaySpec *spec, const AssaySuccession *found,
            const AssayChordQuestion *question)
{
    g_autofree char *begins = assay_count_of(found->begins, "item", "items");
    char count[ASSAY_TEXT_NUMBER_SIZE], all[ASSAY_TEXT_NUMBER_SIZE];

    assay_page_printf(page, "\n  heard   %s of %s steps, %.3g %%%s\n",
                      assay_text_count(count, found->steps),
                      assay_text_count(all, found->all_steps),
                      100 * (double)found->steps / (double)found->all_steps,
                      assay_spec_is_derived(spec) ? "; counts are the least of all sides" : "");
    print_held(page, spec, found, question->n_chords);
    assay_page_printf(page, "  begins  %s, ends %s\n", begins, assay_text_count(all, found->ends));
    print_neighbours(page, "followed by", found->after, found->n_after, found->rare_after,
                     question);
    print_neighbours(page, "preceded by", found->before, found->n_before, found->rare_before,
                     question);
}

/* What does sound, where the chord does not. */
static void
print_near(const AssayPage *page, const AssayRule *rule, const AssayChordQuestion *question,
           guint64 all)
{
    const char *const titles[] = { "near it", ">steps", ">share", NULL };
    g_autofree guint64 *steps = assay_chord_steps(rule);
    guint last = question->chords[question->n_chords - 1];
    g_autoptr(GArray) near = assay_chords_near(steps, last);
    g_autoptr(AssayGrid) grid = assay_grid_new(titles);
    g_autofree char *name = assay_chord_name(last, 0);
    guint shown = MIN(near->len, question->top);
    char count[ASSAY_TEXT_NUMBER_SIZE];

    if (question->n_chords > 1) {
        assay_page_printf(page, "\n  %s alone is heard at %s steps\n", name,
                          assay_text_count(count, steps[last]));
        if (steps[last] > 0)
            return;
    }
    if (near->len == 0) {
        assay_page_printf(page, "\n  nor does any chord near it\n");
        return;
    }
    for (guint i = 0; i < shown; i++) {
        guint state = g_array_index(near, guint, i);

        assay_grid_take(grid, assay_chord_name(state, 0));
        assay_grid_count(grid, steps[state]);
        take_percent(grid, steps[state], all);
    }
    assay_page_printf(page, "\n");
    assay_grid_print(grid, page, 2);
    if (near->len > shown)
        assay_page_printf(page, "  and %s more\n", assay_text_count(count, near->len - shown));
}

gboolean
assay_show_chord(AssayOutput *output, const AssaySpec *spec, const AssayChordQuestion *question,
                 GError **error)
{
    const AssayRule *rule = &spec->rules[ASSAY_RULE_TRANSITION];
    AssayShowConfig config = ASSAY_SHOW_CONFIG_DEFAULT;
    AssayPage page = { .out = output, .config = &config };
    g_autoptr(AssaySuccession) found = NULL;
    g_autofree char *corpus = NULL, *name = NULL;
    guint64 history = 0;

    if (!rule->present) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, "the spec has no rule chroma-transition");
        return FALSE;
    }
    if (question->n_chords > rule->order) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%u chords in a row: the spec is of order %u, so give at most %u",
                    question->n_chords, rule->order, rule->order);
        return FALSE;
    }
    for (guint i = 0; i < question->n_chords; i++)
        history = history << ASSAY_STATE_BITS | question->chords[i];
    name = assay_history_describe(history, question->n_chords, 0);
    corpus = assay_spec_describe(spec);
    found = assay_succession_new(spec, question->chords, question->n_chords, question->min_groups);
    assay_page_text(&page, name);
    assay_page_printf(&page, found->steps > 0 ? " in " : " never sounds in ");
    assay_page_text(&page, corpus);
    assay_page_printf(&page, "\n");
    if (found->steps > 0)
        print_found(&page, spec, found, question);
    else
        print_near(&page, rule, question, found->all_steps);
    return assay_page_flush(&page, error);
}
