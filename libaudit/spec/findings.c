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

/* The finding at chord @at: the chord itself where @alone, else the transition into it. */
static void
add_transition(const AssayChecker *self, const AssayLocator *locator, const GArray *chords,
               guint at, gboolean alone, size_t index, size_t item, GArray *findings)
{
    const AssayRuleType *type = &assay_rule_types[ASSAY_RULE_TRANSITION];
    const AssaySuggest *suggest = self->suggests[ASSAY_RULE_TRANSITION];
    const Chord *chord = &g_array_index(chords, Chord, at);
    guint before = at > 0 ? g_array_index(chords, Chord, at - 1).state : 0;
    guint64 key = (guint64)before << 12 | chord->state;
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
    chords = chords_of(self, chroma, index);
    for (guint i = 0; i < chords->len; i++) {
        guint state = g_array_index(chords, Chord, i).state;
        guint before = i > 0 ? g_array_index(chords, Chord, i - 1).state : state;
        gboolean is_new = !self->config.every_step && !assay_suggest_knows(suggest, state);

        if (is_new && chords->len > 1) {
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

static char *
length_context(const AssayMidi *midi, size_t note, guint n)
{
    const AssayRuleType *type = &assay_rule_types[ASSAY_RULE_DURATION];
    g_autoptr(GString) text = g_string_new(NULL);
    guint32 voice = midi->notes[note].voice;
    g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *own = NULL;
    guint after = 0;

    for (size_t i = note; i-- > 0 && before->len < n;) {
        const AssayNote *other = &midi->notes[i];
        double length = (double)(other->off_tick - other->on_tick) / midi->division;

        if (other->voice == voice)
            g_ptr_array_add(before, type->describe_key(assay_duration_key(length), 0));
    }
    for (guint i = before->len; i-- > 0;)
        g_string_append_printf(text, "%s ", (const char *)g_ptr_array_index(before, i));
    own = type->describe_key(
        assay_duration_key((double)(midi->notes[note].off_tick - midi->notes[note].on_tick) /
                           midi->division),
        0);
    g_string_append_printf(text, "[%s]", own);
    for (size_t i = note + 1; i < midi->n_notes && after < n; i++) {
        const AssayNote *other = &midi->notes[i];
        g_autofree char *length = NULL;

        if (other->voice != voice)
            continue;
        length = type->describe_key(
            assay_duration_key((double)(other->off_tick - other->on_tick) / midi->division), 0);
        g_string_append_printf(text, " %s", length);
        after++;
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
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

static void
list_notes(const AssayChecker *self, const AssayLocator *locator, size_t item, GArray *findings)
{
    const AssayCalibration *calibration = self->calibrations[ASSAY_RULE_DURATION];
    const AssayMidi *midi = assay_locator_midi(locator);

    for (size_t i = 0; i < midi->n_notes; i++) {
        const AssayNote *note = &midi->notes[i];
        guint64 key = assay_duration_key((double)(note->off_tick - note->on_tick) / midi->division);
        AssayFinding finding = { .item = item };
        AssayPlace place;

        if (note->channel == ASSAY_DRUM_CHANNEL || assay_calibration_allows(calibration, key))
            continue;
        assay_locator_tick(locator, note->on_tick, &place);
        finding.voices = assay_locator_note(locator, note, place.sharps);
        finding.context = length_context(midi, i, self->config.context);
        add_duration(self, key, &finding, &place, findings);
    }
}

/* Runs of cells, as spec/rule.c counts them. */
static gboolean
list_runs(const AssayChecker *self, AssaySample *sample, const AssayLocator *locator, size_t index,
          size_t item, GArray *findings, GError **error)
{
    const AssayCalibration *calibration = self->calibrations[ASSAY_RULE_DURATION];
    const AssayArray *roll = assay_sample_field(sample, "roll", error);
    const AssayJson *meta = assay_sample_field_meta(sample, "roll");
    double rate = assay_json_peek_real(assay_json_get(meta, "rate_hz"));
    double step = rate > 0 ? 1 / rate : assay_json_peek_real(assay_json_get(meta, "step_q"));
    int low = (int)assay_json_peek_integer(assay_json_get(meta, "pitch_low"));
    size_t n_steps, width;
    const guint8 *cells;

    if (roll == NULL)
        return FALSE;
    n_steps = roll->shape[roll->n_axes - 2];
    width = roll->shape[roll->n_axes - 1];
    cells = (const guint8 *)roll->data + index * n_steps * width;
    for (size_t p = 0; p < width; p++) {
        for (size_t t = 0, run = 0; t <= n_steps; t++) {
            AssayFinding finding = { .item = item };
            AssayPlace place;
            guint64 key;

            if (t < n_steps && cells[t * width + p] != 0) {
                run++;
                continue;
            }
            key = assay_duration_key((double)run * step);
            if (run > 0 && !assay_calibration_allows(calibration, key)) {
                assay_locator_step(locator, index, t - run, &place);
                finding.voices = assay_pitch_name(CLAMP(low, 0, 127) + (int)p, place.sharps);
                add_duration(self, key, &finding, &place, findings);
            }
            run = 0;
        }
    }
    return TRUE;
}

gboolean
assay_checker_list_durations(const AssayChecker *self, AssaySample *sample,
                             const AssayLocator *locator, size_t index, GArray *findings,
                             GError **error)
{
    size_t item = assay_sample_item_start(sample) + index;

    if (assay_locator_midi(locator) == NULL || assay_sample_has_items(sample))
        return list_runs(self, sample, locator, index, item, findings, error);
    list_notes(self, locator, item, findings);
    return TRUE;
}
