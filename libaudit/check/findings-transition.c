/* check/findings-transition.c - findings of chroma-transition.
 *
 * Step by step, each transition that is not allowed is a finding. By change, what was told is not
 * told again. A chord that no allowed transition has is one finding, at its beginning. Of a change
 * that is not allowed, what is new is the shortest run of states that ends with it and is in no
 * allowed transition; it is a finding unless that run holds a chord or a run that was told before.
 * So an unheard-of pair of chords is one finding, although with K states of history up to K
 * transitions hold it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../feature/chroma.h"
#include "../rule/chord.h"
#include "check-private.h"

/* A chord and the step at which it begins; with every_step, each step is a chord of its own. */
typedef struct {
    guint state;
    size_t step;
} Chord;

/**
 * Progression:
 * @keys: the K + 1 states up to each step; fewer at the beginning
 * @chords: (element-type Chord)
 * @chord_at: which chord each step is in
 */
typedef struct {
    guint order;
    size_t n_steps;
    guint64 *keys;
    GArray *chords;
    guint *chord_at;
} Progression;

static Progression
progression_of(const AssayChecker *self, const AssayArray *chroma, size_t index)
{
    guint order = self->spec->rules[ASSAY_RULE_TRANSITION].order;
    size_t n_steps = chroma->shape[chroma->n_axes - 2];
    const guint8 *row = (const guint8 *)chroma->data + index * n_steps * 12;
    Progression steps = { order, n_steps, g_new(guint64, n_steps),
                          g_array_new(FALSE, FALSE, sizeof(Chord)), g_new(guint, n_steps) };
    guint64 past = 0;

    for (size_t t = 0; t < n_steps; t++, row += 12) {
        Chord chord = { assay_chroma_state(row), t };

        past = ASSAY_TRANSITION_RUN(past << ASSAY_STATE_BITS | chord.state, order + 1);
        steps.keys[t] = past;
        if (self->config.every_step || t == 0 || ASSAY_TRANSITION_FROM(past) != chord.state)
            g_array_append_val(steps.chords, chord);
        steps.chord_at[t] = steps.chords->len - 1;
    }
    return steps;
}

static void
clear_progression(Progression *self)
{
    g_free(self->keys);
    g_free(self->chord_at);
    g_array_unref(self->chords);
}

/* Whether another chord begins at step @t than was heard before. */
static gboolean
is_begin(const Progression *self, size_t t)
{
    return t == 0 || ASSAY_TRANSITION_FROM(self->keys[t]) != ASSAY_TRANSITION_TO(self->keys[t]);
}

/* "G-B-D [C-E-G C-D-F#] G-B-D": chords @first to @last in brackets, @n on either side. */
static char *
chord_context(const GArray *chords, guint first, guint last, guint n, int sharps)
{
    GString *text = g_string_new(NULL);
    guint start = first > n ? first - n : 0, end = MIN(last + n, chords->len - 1);

    for (guint i = start; i <= end; i++) {
        g_autofree char *name = assay_chord_name(g_array_index(chords, Chord, i).state, sharps);

        g_string_append_printf(text, "%s%s%s%s", i > start ? " " : "", i == first ? "[" : "", name,
                               i == last ? "]" : "");
    }
    return g_string_free(text, FALSE);
}

/* The transition into step @t. A chord that comes before there is enough history has the first
 * change of chord that it is in the history of, or else the first transition. */
static guint64
transition_at(const Progression *self, size_t t)
{
    guint next = self->chord_at[t] + 1;
    size_t after =
        next < self->chords->len ? g_array_index(self->chords, Chord, next).step : self->n_steps;

    if (t >= self->order)
        return self->keys[t];
    for (size_t at = self->order; at < MIN(after + self->order, self->n_steps); at++) {
        if (is_begin(self, at))
            return self->keys[at];
    }
    return self->keys[self->order];
}

/* The finding at step @t: the chord itself where @alone, else the transition into it. */
static void
add_transition(const AssayChecker *self, const AssayLocator *locator, const Progression *steps,
               size_t t, gboolean alone, size_t index, size_t item, GArray *findings)
{
    const AssayRuleType *type = &assay_rule_types[ASSAY_RULE_TRANSITION];
    const AssayRule *rule = &self->spec->rules[ASSAY_RULE_TRANSITION];
    const AssaySuggest *suggest = self->suggests[ASSAY_RULE_TRANSITION];
    guint64 key = transition_at(steps, t);
    guint last = steps->chord_at[t], first = alone ? last : steps->chord_at[t - steps->order];
    AssayFinding finding = { .item = item, .rule = ASSAY_RULE_TRANSITION };
    AssayPlace place;

    assay_locator_step(locator, index, t, &place);
    assay_finding_set_place(&finding, &place);
    assay_finding_set_support(&finding, rule, type, key, assay_suggest_instead(suggest, key),
                              place.sharps);
    finding.voices = assay_locator_voices(locator, index, t, &place);
    finding.found = alone ? assay_chord_name(ASSAY_TRANSITION_TO(steps->keys[t]), place.sharps)
                          : type->describe_key(key, rule->order, place.sharps);
    finding.context = chord_context(steps->chords, first, last, self->config.context, place.sharps);
    finding.bits = assay_suggest_bits(suggest, key);
    g_array_append_val(findings, finding);
}

/* The length of the shortest run of states at the end of @key, which is not allowed and whose last
 * state is known, that no allowed transition has. */
static guint
unattested_length(const AssaySuggest *suggest, guint64 key, guint order)
{
    guint n = 2;

    while (n <= order && assay_suggest_knows(suggest, ASSAY_TRANSITION_RUN(key, n), n))
        n++;
    return n;
}

static void
list_steps(const AssayChecker *self, const AssayLocator *locator, const Progression *steps,
           size_t index, size_t item, GArray *findings)
{
    for (size_t t = steps->order; t < steps->n_steps; t++) {
        if (!assay_calibration_allows(self->calibrations[ASSAY_RULE_TRANSITION], steps->keys[t]))
            add_transition(self, locator, steps, t, FALSE, index, item, findings);
    }
}

static void
list_changes(const AssayChecker *self, const AssayLocator *locator, const Progression *steps,
             size_t index, size_t item, GArray *findings)
{
    const AssayCalibration *calibration = self->calibrations[ASSAY_RULE_TRANSITION];
    const AssaySuggest *suggest = self->suggests[ASSAY_RULE_TRANSITION];
    size_t told = 0; /* a run that begins before this step holds what was told last */

    for (size_t t = 0; t < steps->n_steps; t++) {
        guint64 key = steps->keys[t];
        size_t begin;

        if (!assay_suggest_knows(suggest, ASSAY_TRANSITION_TO(key), 1)) {
            if (is_begin(steps, t))
                add_transition(self, locator, steps, t, TRUE, index, item, findings);
            told = t + 1;
            continue;
        }
        if (t < steps->order || !is_begin(steps, t) || assay_calibration_allows(calibration, key))
            continue;
        begin = t + 1 - unattested_length(suggest, key, steps->order);
        if (begin < told)
            continue;
        add_transition(self, locator, steps, t, FALSE, index, item, findings);
        told = begin + 1;
    }
}

gboolean
assay_checker_list_transitions(const AssayChecker *self, AssaySample *sample,
                               const AssayLocator *locator, size_t index, GArray *findings,
                               GError **error)
{
    const AssayArray *chroma = assay_sample_field(sample, "chroma", error);
    size_t item = assay_sample_item_start(sample) + index;
    Progression steps;

    if (chroma == NULL)
        return FALSE;
    if (chroma->shape[chroma->n_axes - 2] <= self->spec->rules[ASSAY_RULE_TRANSITION].order)
        return TRUE; /* no transition */
    steps = progression_of(self, chroma, index);
    if (self->config.every_step)
        list_steps(self, locator, &steps, index, item, findings);
    else
        list_changes(self, locator, &steps, index, item, findings);
    clear_progression(&steps);
    return TRUE;
}
