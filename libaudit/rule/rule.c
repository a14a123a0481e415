/* rule/rule.c - the table of rules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "rule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../feature/chroma.h"
#include "../media/notes.h"
#include "cells.h"
#include "chord.h"

static const char *const transition_columns[] = { "from4", "from3", "from2", "from", "to", NULL };
static const char *const duration_columns[] = { "length", NULL };

/* The members of @meta that say how the world was cut into cells. */
static AssayJson *
copy_convention(const AssayJson *meta)
{
    static const char *const keys[] = { "step_q", "rate_hz", "pitch_low", "pitch_high",
                                        "drums",  "origin",  "hearing" };
    AssayJson *convention = assay_json_object();

    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        AssayJson *value = assay_json_get(meta, keys[i]);

        if (value != NULL)
            assay_json_set_take(convention, keys[i], assay_json_ref(value));
    }
    return convention;
}

/* chroma-transition */

static const char *
transition_field(AssaySample *sample)
{
    return assay_sample_has(sample, "chroma") ? "chroma" : NULL;
}

static gboolean
observe_transitions(AssaySample *sample, size_t index, guint order, GArray *keys, AssayEnds *ends,
                    GError **error)
{
    const AssayArray *chroma = assay_rule_cells(sample, "chroma", "class", error);
    const guint8 *row;
    size_t n_steps;
    guint64 past = 0; /* the last K + 1 states */

    if (chroma == NULL)
        return FALSE;
    if (chroma->shape[chroma->n_axes - 1] != 12) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"chroma\" has %" G_GSIZE_FORMAT " classes, not 12",
                    assay_sample_name(sample), chroma->shape[chroma->n_axes - 1]);
        return FALSE;
    }
    n_steps = chroma->shape[chroma->n_axes - 2];
    row = (const guint8 *)chroma->data + index * n_steps * 12;
    for (size_t t = 0; t < n_steps; t++, row += 12) {
        past = ASSAY_TRANSITION_RUN(past << ASSAY_STATE_BITS | assay_chroma_state(row), order + 1);
        if (t + 1 == order)
            ends->first = past;
        if (t >= order)
            g_array_append_val(keys, past);
    }
    ends->known = n_steps >= order;
    ends->last = ASSAY_TRANSITION_AFTER(past, order);
    return TRUE;
}

static AssayJson *
transition_convention(AssaySample *sample)
{
    return copy_convention(assay_sample_field_meta(sample, "chroma"));
}

static void
print_transition(guint64 key, guint order, AssayJson *row)
{
    for (guint back = order + 1; back-- > 0;) {
        g_autofree char *chord = assay_chord_name(ASSAY_TRANSITION_STATE(key, back), 0);

        assay_json_append_take(row, assay_json_string(chord));
    }
}

static gboolean
read_chord(const AssayJsonAt *row, size_t index, guint *state, GError **error)
{
    AssayJsonAt cell;
    const char *text;

    if (!assay_json_at_element(row, index, &cell, error) ||
        !assay_json_at_string(&cell, &text, error))
        return FALSE;
    if (!assay_chord_parse(text, state))
        return assay_json_at_error(&cell, error, "\"%s\" is not a chord such as \"C-E-G\"", text);
    return TRUE;
}

static gboolean
read_transition(const AssayJsonAt *row, guint order, guint64 *key, GError **error)
{
    *key = 0;
    for (guint i = 0; i <= order; i++) {
        guint state;

        if (!read_chord(row, i, &state, error))
            return FALSE;
        *key = *key << ASSAY_STATE_BITS | state;
    }
    return TRUE;
}

char *
assay_history_describe(guint64 history, guint n_states, int sharps)
{
    GString *text = g_string_new(NULL);

    for (guint back = n_states; back-- > 0;) {
        g_autofree char *chord = assay_chord_name(ASSAY_TRANSITION_STATE(history, back), sharps);

        g_string_append_printf(text, "%s%s", text->len > 0 ? " -> " : "", chord);
    }
    return g_string_free(text, FALSE);
}

static char *
describe_transition(guint64 key, guint order, int sharps)
{
    return assay_history_describe(key, order + 1, sharps);
}

static gboolean
is_other_chord(guint64 key)
{
    return ASSAY_TRANSITION_FROM(key) != ASSAY_TRANSITION_TO(key);
}

/* duration */

/* Notes have no items; where a piece was cut into windows, only the roll knows them. */
static const char *
duration_field(AssaySample *sample)
{
    if (assay_sample_has(sample, "notes") && !assay_sample_has_items(sample))
        return "notes";
    return assay_sample_has(sample, "roll") ? "roll" : NULL;
}

static gboolean
observe_notes(AssaySample *sample, GArray *keys, GError **error)
{
    static const char *const axes[] = { "note", "column", NULL };
    const AssayArray *notes = assay_sample_expect(sample, "notes", ASSAY_F64, axes, NULL, error);
    const double *row;

    if (notes == NULL)
        return FALSE;
    if (notes->shape[1] != ASSAY_NOTES_COLUMNS) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"notes\" has %" G_GSIZE_FORMAT " columns, not %d",
                    assay_sample_name(sample), notes->shape[1], ASSAY_NOTES_COLUMNS);
        return FALSE;
    }
    row = notes->data;
    for (size_t i = 0; i < notes->shape[0]; i++, row += ASSAY_NOTES_COLUMNS) {
        double length = row[ASSAY_NOTES_DURATION_Q];
        guint64 key;

        if (row[ASSAY_NOTES_CHANNEL] == ASSAY_DRUM_CHANNEL)
            continue;
        if (!(length >= 0) || isinf(length)) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                        "%s: field \"notes\": note %" G_GSIZE_FORMAT ": duration_q is %g",
                        assay_sample_name(sample), i, length);
            return FALSE;
        }
        key = assay_duration_key(length == 0 ? 0.0 : length); /* -0 is 0 */
        g_array_append_val(keys, key);
    }
    return TRUE;
}

static void
append_key(gpointer keys, int pitch, size_t step, guint64 key)
{
    (void)pitch;
    (void)step;
    g_array_append_val((GArray *)keys, key);
}

static gboolean
observe_durations(AssaySample *sample, size_t index, guint order, GArray *keys, AssayEnds *ends,
                  GError **error)
{
    (void)order;
    (void)ends;
    return strcmp(duration_field(sample), "notes") == 0
               ? observe_notes(sample, keys, error)
               : assay_rule_runs(sample, index, append_key, keys, error);
}

static AssayJson *
duration_convention(AssaySample *sample)
{
    gboolean from_notes = strcmp(duration_field(sample), "notes") == 0;
    const AssayJson *meta = from_notes ? NULL : assay_sample_field_meta(sample, "roll");
    AssayJson *convention = from_notes ? assay_json_object() : copy_convention(meta);
    gboolean in_seconds = assay_json_get(meta, "rate_hz") != NULL;

    assay_json_set_string(convention, "from", from_notes ? "notes" : "roll");
    assay_json_set_string(convention, "unit", in_seconds ? "seconds" : "quarter notes");
    return convention;
}

static void
print_duration(guint64 key, guint order, AssayJson *row)
{
    (void)order;
    assay_json_append_take(row, assay_json_real(assay_duration_value(key)));
}

static gboolean
read_duration(const AssayJsonAt *row, guint order, guint64 *key, GError **error)
{
    AssayJsonAt cell;
    double value;

    (void)order;
    if (!assay_json_at_element(row, 0, &cell, error) || !assay_json_at_real(&cell, &value, error))
        return FALSE;
    if (value < 0)
        return assay_json_at_error(&cell, error, "is a negative length");
    *key = assay_duration_key(value == 0 ? 0.0 : value);
    return TRUE;
}

/* As a fraction where that is short: 3/2, 1/3; either way to the last bit. */
static char *
describe_duration(guint64 key, guint order, int sharps)
{
    double value = assay_duration_value(key);
    char number[ASSAY_TEXT_NUMBER_SIZE];

    (void)order;
    (void)sharps;
    for (int den = 1; den <= 96 && value < 1e6; den++) {
        double num = round(value * den);

        if (num / den == value)
            return den == 1 ? g_strdup_printf("%.0f", num) : g_strdup_printf("%.0f/%d", num, den);
    }
    return g_strdup(assay_text_double(number, value));
}

static gboolean
is_any(guint64 key)
{
    (void)key;
    return TRUE;
}

const AssayRuleType assay_rule_types[ASSAY_N_RULES] = {
    [ASSAY_RULE_TRANSITION] = { "chroma-transition", "transition", transition_columns,
                                ASSAY_MAX_ORDER, "transitions", transition_field,
                                observe_transitions, transition_convention, print_transition,
                                read_transition, describe_transition, TRUE, is_other_chord },
    [ASSAY_RULE_DURATION] = { "duration", "set", duration_columns, 0, "notes", duration_field,
                              observe_durations, duration_convention, print_duration, read_duration,
                              describe_duration, FALSE, is_any },
};

int
assay_rule_find(const char *name)
{
    for (int i = 0; i < ASSAY_N_RULES; i++) {
        if (strcmp(assay_rule_types[i].name, name) == 0)
            return i;
    }
    return -1;
}

const char *const *
assay_rule_columns(const AssayRuleType *type, guint order)
{
    return type->max_order == 0 ? type->key_columns : type->key_columns + type->max_order - order;
}

guint
assay_rule_read_order(const AssayRuleType *type, const AssayJson *convention)
{
    const AssayJson *member = type->max_order == 0 ? NULL : assay_json_get(convention, "order");
    gint64 order = assay_json_peek_integer(member);

    if (member == NULL)
        return 1;
    return assay_json_kind(member) == ASSAY_JSON_INTEGER && order >= 2 && order <= type->max_order
               ? (guint)order
               : 0;
}
