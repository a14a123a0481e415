/* spec/findings.c - each violation with its address, and what would have been allowed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "../feature/chroma.h"
#include "../media/notes.h"
#include "check-private.h"
#include "chord.h"
#include "spec-private.h"

/* A chord and the step at which it begins; with every_step, each step is a chord of its own. */
typedef struct {
    guint state;
    size_t step;
} Chord;

static GArray *
chords_of(const AssayChecker *self, const AssayArray *chroma, size_t index)
{
    GArray *chords = g_array_new(FALSE, FALSE, sizeof(Chord));
    size_t n_steps = chroma->shape[chroma->n_axes - 2];
    const guint8 *row = (const guint8 *)chroma->data + index * n_steps * 12;

    for (size_t t = 0; t < n_steps; t++, row += 12) {
        Chord chord = { assay_chroma_state(row), t };

        if (!self->config.every_step && chords->len > 0 &&
            g_array_index(chords, Chord, chords->len - 1).state == chord.state)
            continue;
        g_array_append_val(chords, chord);
    }
    return chords;
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

static void
set_place(AssayFinding *finding, const AssayPlace *place)
{
    finding->bar = place->bar;
    finding->beat = place->beat;
    finding->time_q = place->time_q;
    finding->time_s = place->time_s;
}

static void
set_support(AssayFinding *finding, const AssayRule *rule, guint64 key, const AssayEntry *instead,
            const AssayRuleType *type, int sharps)
{
    const AssayEntry *found = assay_rule_entry(rule, key);

    finding->kind = "unattested";
    finding->found_n = found != NULL ? found->n : 0;
    finding->found_groups = found != NULL ? found->groups : 0;
    if (instead != NULL) {
        finding->instead = type->describe_key(instead->key, sharps);
        finding->instead_n = instead->n;
        finding->instead_groups = instead->groups;
    }
}

/* The transition into chord @at; a first chord, which nothing leads to, has the one out of it, or
 * the one that holds it. */
static guint64
transition_at(const GArray *chords, guint at)
{
    guint to = at == 0 && chords->len > 1 ? 1 : at;
    guint from = to > 0 ? to - 1 : 0;

    return (guint64)g_array_index(chords, Chord, from).state << 12 |
           g_array_index(chords, Chord, to).state;
}

/* The finding at chord @at: the chord itself where @alone, else the transition into it. */
static void
add_transition(const AssayChecker *self, const AssayLocator *locator, const GArray *chords,
               guint at, gboolean alone, size_t index, size_t item, GArray *findings)
{
    const AssayRuleType *type = &assay_rule_types[ASSAY_RULE_TRANSITION];
    const AssaySuggest *suggest = self->suggests[ASSAY_RULE_TRANSITION];
    const Chord *chord = &g_array_index(chords, Chord, at);
    guint64 key = transition_at(chords, at);
    AssayFinding finding = { .item = item, .rule = ASSAY_RULE_TRANSITION };
    AssayPlace place;

    assay_locator_step(locator, index, chord->step, &place);
    set_place(&finding, &place);
    set_support(&finding, &self->spec->rules[ASSAY_RULE_TRANSITION], key,
                assay_suggest_instead(suggest, key), type, place.sharps);
    finding.voices = assay_locator_voices(locator, index, chord->step, &place);
    finding.found = alone ? assay_chord_name(chord->state, place.sharps)
                          : type->describe_key(key, place.sharps);
    finding.context =
        chord_context(chords, alone ? at : at - 1, at, self->config.context, place.sharps);
    finding.bits = assay_suggest_bits(suggest, key);
    g_array_append_val(findings, finding);
}

gboolean
assay_checker_list_transitions(const AssayChecker *self, AssaySample *sample,
                               const AssayLocator *locator, size_t index, GArray *findings,
                               GError **error)
{
    const AssayCalibration *calibration = self->calibrations[ASSAY_RULE_TRANSITION];
    const AssaySuggest *suggest = self->suggests[ASSAY_RULE_TRANSITION];
    const AssayArray *chroma = assay_sample_field(sample, "chroma", error);
    size_t item = assay_sample_item_start(sample) + index;
    g_autoptr(GArray) chords = NULL;

    if (chroma == NULL)
        return FALSE;
    if (chroma->shape[chroma->n_axes - 2] < 2)
        return TRUE; /* no transition */
    chords = chords_of(self, chroma, index);
    for (guint i = 0; i < chords->len; i++) {
        guint state = g_array_index(chords, Chord, i).state;
        guint before = i > 0 ? g_array_index(chords, Chord, i - 1).state : state;
        gboolean is_new = !self->config.every_step && !assay_suggest_knows(suggest, state);

        if (is_new) {
            add_transition(self, locator, chords, i, TRUE, index, item, findings);
            continue;
        }
        /* Away from an unattested chord: told already. */
        if (i == 0 || (!self->config.every_step && !assay_suggest_knows(suggest, before)))
            continue;
        if (!assay_calibration_allows(calibration, (guint64)before << 12 | state))
            add_transition(self, locator, chords, i, FALSE, index, item, findings);
    }
    return TRUE;
}

/* What comes before and after each note in its voice, or NONE. */
typedef struct {
    const AssayMidi *midi;
    size_t *before, *after;
} Voices;

static const size_t NONE = G_MAXSIZE;

static Voices
link_voices(const AssayMidi *midi)
{
    Voices voices = { midi, g_new(size_t, midi->n_notes + 1), g_new(size_t, midi->n_notes + 1) };
    g_autofree size_t *last = NULL;
    size_t n_voices = 0;

    for (size_t i = 0; i < midi->n_notes; i++)
        n_voices = MAX(n_voices, (size_t)midi->notes[i].voice + 1);
    last = g_new(size_t, n_voices + 1);
    for (size_t v = 0; v < n_voices; v++)
        last[v] = NONE;
    for (size_t i = 0; i < midi->n_notes; i++) {
        size_t *before = &last[midi->notes[i].voice];

        voices.before[i] = *before;
        voices.after[i] = NONE;
        if (*before != NONE)
            voices.after[*before] = i;
        *before = i;
    }
    return voices;
}

static void
append_length(GString *text, const Voices *voices, size_t index, size_t note)
{
    const AssayNote *at = &voices->midi->notes[index];
    double length = (double)(at->off_tick - at->on_tick) / voices->midi->division;
    g_autofree char *words =
        assay_rule_types[ASSAY_RULE_DURATION].describe_key(assay_duration_key(length), 0);

    g_string_append_printf(text, "%s%s%s%s", text->len > 0 ? " " : "", index == note ? "[" : "",
                           words, index == note ? "]" : "");
}

/* "1 [1/3] 1/3": lengths of the notes of a voice, @n on either side. */
static char *
length_context(const Voices *voices, size_t note, guint n)
{
    GString *text = g_string_new(NULL);
    size_t first = note, last = note;

    for (guint i = 0; i < n && voices->before[first] != NONE; i++)
        first = voices->before[first];
    for (guint i = 0; i < n && voices->after[last] != NONE; i++)
        last = voices->after[last];
    for (size_t i = first; i != last; i = voices->after[i])
        append_length(text, voices, i, note);
    append_length(text, voices, last, note);
    return g_string_free(text, FALSE);
}

static void
add_duration(const AssayChecker *self, guint64 key, AssayFinding *finding, const AssayPlace *place,
             GArray *findings)
{
    const AssayRuleType *type = &assay_rule_types[ASSAY_RULE_DURATION];
    const AssaySuggest *suggest = self->suggests[ASSAY_RULE_DURATION];

    finding->rule = ASSAY_RULE_DURATION;
    set_place(finding, place);
    set_support(finding, &self->spec->rules[ASSAY_RULE_DURATION], key,
                assay_suggest_instead(suggest, key), type, place->sharps);
    finding->found = type->describe_key(key, place->sharps);
    finding->bits = assay_suggest_bits(suggest, key);
    g_array_append_val(findings, *finding);
}

static gboolean
list_notes(const AssayChecker *self, AssaySample *sample, const AssayLocator *locator,
           GArray *findings, GError **error)
{
    const AssayCalibration *calibration = self->calibrations[ASSAY_RULE_DURATION];
    const AssayMidi *midi = assay_locator_midi(locator);
    const AssayArray *notes = assay_sample_field(sample, "notes", error);
    Voices voices;

    if (notes == NULL)
        return FALSE;
    voices = link_voices(midi);
    for (size_t i = 0; i < midi->n_notes; i++) {
        const AssayNote *note = &midi->notes[i];
        const double *row = (const double *)notes->data + i * ASSAY_NOTES_COLUMNS;
        guint64 key = assay_duration_key(fabs(row[ASSAY_NOTES_DURATION_Q])); /* -0 is 0 */
        AssayFinding finding = { 0 };
        AssayPlace place;

        if (note->channel == ASSAY_DRUM_CHANNEL || assay_calibration_allows(calibration, key))
            continue;
        assay_locator_tick(locator, note->on_tick, &place);
        finding.voices = assay_locator_note(locator, note, place.sharps);
        finding.context = length_context(&voices, i, self->config.context);
        add_duration(self, key, &finding, &place, findings);
    }
    g_free(voices.before);
    g_free(voices.after);
    return TRUE;
}

/* What list_run needs to know. */
typedef struct {
    const AssayChecker *checker;
    const AssayLocator *locator;
    size_t index, item;
    GArray *findings;
} Runs;

static void
list_run(gpointer user, int pitch, size_t step, guint64 key)
{
    const Runs *runs = user;
    const AssayChecker *self = runs->checker;
    AssayFinding finding = { .item = runs->item };
    AssayPlace place;

    if (assay_calibration_allows(self->calibrations[ASSAY_RULE_DURATION], key))
        return;
    assay_locator_step(runs->locator, runs->index, step, &place);
    finding.voices = assay_pitch_name(pitch, place.sharps);
    add_duration(self, key, &finding, &place, runs->findings);
}

gboolean
assay_checker_list_durations(const AssayChecker *self, AssaySample *sample,
                             const AssayLocator *locator, size_t index, GArray *findings,
                             GError **error)
{
    Runs runs = { self, locator, index, assay_sample_item_start(sample) + index, findings };

    if (assay_locator_midi(locator) == NULL || assay_sample_has_items(sample))
        return assay_rule_runs(sample, index, list_run, &runs, error);
    return list_notes(self, sample, locator, findings, error);
}
