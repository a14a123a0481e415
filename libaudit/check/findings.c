/* check/findings.c - each violation with its address, and what would have been allowed: what
 * findings of all rules have, and those of lengths.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "../media/notes.h"
#include "../rule/cells.h"
#include "../rule/chord.h"
#include "check-private.h"

void
assay_finding_set_place(AssayFinding *finding, const AssayPlace *place)
{
    finding->bar = place->bar;
    finding->beat = place->beat;
    finding->time_q = place->time_q;
    finding->time_s = place->time_s;
}

void
assay_finding_set_support(AssayFinding *finding, const AssayRule *rule, const AssayRuleType *type,
                          guint64 key, const AssayEntry *instead, int sharps)
{
    const AssayEntry *found = assay_rule_entry(rule, key);

    finding->kind = "unattested";
    finding->found_n = found != NULL ? found->n : 0;
    finding->found_groups = found != NULL ? found->groups : 0;
    if (instead != NULL) {
        finding->instead = type->describe_key(instead->key, rule->order, sharps);
        finding->instead_n = instead->n;
        finding->instead_groups = instead->groups;
    }
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
        assay_rule_types[ASSAY_RULE_DURATION].describe_key(assay_duration_key(length), 1, 0);

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
    assay_finding_set_place(finding, place);
    assay_finding_set_support(finding, &self->spec->rules[ASSAY_RULE_DURATION], type, key,
                              assay_suggest_instead(suggest, key), place->sharps);
    finding->found = type->describe_key(key, 1, place->sharps);
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
