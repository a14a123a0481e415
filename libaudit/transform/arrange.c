/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arrange.h"

#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../media/notes.h"
#include "../signal/roll-notes.h"

/* Bounds that keep ticks * numerator far from 63 bits. */
enum { MAX_RATIO = 1 << 20 };

static gboolean
refuse(const char *key, const char *value, const char *advice, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--%s=%s: %s", key, value, advice);
    return FALSE;
}

static gboolean
read_quarters(const char *key, const char *value, guint32 *num, guint32 *den, GError **error)
{
    return assay_text_ratio(value, TRUE, MAX_RATIO, num, den) ||
           refuse(key, value, "give quarter notes, as in 8, 1.5 or 3/2", error);
}

gboolean
assay_arrangement_set(AssayArrangement *self, const char *key, const char *value, GError **error)
{
    gint64 semitones;

    if (strcmp(key, "merge-repeats") == 0) {
        self->merge_repeats = strcmp(value, "yes") == 0;
        return self->merge_repeats || strcmp(value, "no") == 0 ||
               refuse(key, value, "give yes or no", error);
    }
    if (strcmp(key, "transpose") == 0) {
        if (!g_ascii_string_to_signed(value[0] == '+' && g_ascii_isdigit(value[1]) ? value + 1
                                                                                   : value,
                                      10, -127, 127, &semitones, NULL))
            return refuse(key, value, "give semitones from -127 to 127, as in -3", error);
        self->semitones = (gint8)semitones;
        return TRUE;
    }
    if (strcmp(key, "window") == 0)
        return read_quarters(key, value, &self->window_num, &self->window_den, error);
    if (strcmp(key, "hop") == 0)
        return read_quarters(key, value, &self->hop_num, &self->hop_den, error);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "notes have no option \"%s\"", key);
    return FALSE;
}

gboolean
assay_arrangement_changes(const AssayArrangement *self)
{
    return self->merge_repeats || self->semitones != 0;
}

static gboolean
makes_notes(const AssayArrangement *self, const AssaySample *sample)
{
    return self->replace || !assay_sample_has(sample, "notes");
}

gboolean
assay_arrangement_itemizes(const AssayArrangement *self, const AssaySample *sample)
{
    return assay_sample_has_items(sample) && makes_notes(self, sample);
}

gboolean
assay_arrangement_expands(const AssayArrangement *self, const AssaySample *sample)
{
    return self->window_num > 0 || assay_arrangement_itemizes(self, sample);
}

gboolean
assay_arrangement_is_repeat(const AssayArrangement *self, const AssaySample *sample)
{
    return assay_sample_item_start(sample) > 0 && !assay_arrangement_itemizes(self, sample);
}

/* Voice and pitch: notes of one key follow each other. */
static guint64
key_of(const AssayNote *note)
{
    return ((guint64)note->track << 16) | (guint64)((guint)note->channel << 8 | note->pitch);
}

void
assay_midi_merge_repeats(AssayMidi *midi)
{
    g_autoptr(GHashTable) last = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autofree guint64 *keys = g_new(guint64, midi->n_notes + 1);
    gsize kept = 0;

    for (gsize i = 0; i < midi->n_notes; i++) {
        const AssayNote note = midi->notes[i];
        AssayNote *before;

        keys[kept] = key_of(&note);
        before = g_hash_table_lookup(last, &keys[kept]);
        if (before != NULL && before->off_tick == note.on_tick &&
            note.channel != ASSAY_DRUM_CHANNEL) {
            before->off_tick = note.off_tick;
            continue;
        }
        midi->notes[kept] = note;
        g_hash_table_replace(last, &keys[kept], &midi->notes[kept]);
        kept++;
    }
    midi->n_notes = kept;
}

gboolean
assay_midi_transpose(AssayMidi *midi, int semitones, GError **error)
{
    for (gsize i = 0; i < midi->n_notes; i++) {
        const AssayNote *note = &midi->notes[i];
        int pitch = note->pitch + semitones;

        if (note->channel != ASSAY_DRUM_CHANNEL && (pitch < 0 || pitch > 127)) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "note %" G_GSIZE_FORMAT ": pitch %u, transposed by %d, is %d, outside "
                        "0 to 127",
                        i, note->pitch, semitones, pitch);
            return FALSE;
        }
    }
    for (gsize i = 0; i < midi->n_notes; i++) {
        if (midi->notes[i].channel != ASSAY_DRUM_CHANNEL)
            midi->notes[i].pitch = (guint8)(midi->notes[i].pitch + semitones);
    }
    for (gsize i = 0; i < midi->n_keys && semitones % 12 != 0; i++) {
        int sharps = (midi->keys[i].sharps + 7 * semitones) % 12; /* -11 .. 11 */

        midi->keys[i].sharps = (gint8)(sharps > 6    ? sharps - 12
                                       : sharps < -5 ? sharps + 12
                                                     : sharps);
    }
    return TRUE;
}

AssayMidi *
assay_arranged_notes(const AssayArrangement *self, AssaySample *sample, size_t item, GError **error)
{
    g_autoptr(AssayMidi) midi = makes_notes(self, sample) ? assay_roll_notes(sample, item, error)
                                                          : assay_notes_to_midi(sample, error);

    if (midi == NULL)
        return NULL;
    assay_midi_sort_notes(midi);
    if (self->merge_repeats)
        assay_midi_merge_repeats(midi);
    if (!assay_midi_transpose(midi, self->semitones, error)) {
        g_prefix_error(error, "%s: ", assay_sample_name(sample));
        return NULL;
    }
    return g_steal_pointer(&midi);
}

static void
drop_other_fields(AssaySample *sample)
{
    g_autofree const char **fields = assay_sample_fields(sample);

    for (size_t i = 0; fields[i] != NULL; i++) {
        if (strcmp(fields[i], "notes") != 0)
            assay_sample_remove_field(sample, fields[i]);
    }
    assay_sample_unset_items(sample);
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    const AssayArrangement *self = stage->config;
    gboolean changes = assay_arrangement_changes(self);
    gboolean makes = makes_notes(self, sample);
    g_autoptr(AssayMidi) midi = NULL;

    (void)state;
    if (assay_arrangement_itemizes(self, sample))
        return TRUE;
    midi = assay_arranged_notes(self, sample, 0, error);
    if (midi == NULL)
        return FALSE;
    if ((makes || changes) && !assay_notes_put(sample, midi, error))
        return FALSE;
    if (changes && !assay_arrangement_is_repeat(self, sample))
        drop_other_fields(sample);
    return TRUE;
}

static void
set_ratio(AssayJson *options, const char *key, guint32 num, guint32 den)
{
    g_autofree char *text =
        den == 1 ? g_strdup_printf("%u", num) : g_strdup_printf("%u/%u", num, den);

    assay_json_set_string(options, key, text);
}

AssayStage *
assay_arrange_stage(const AssayArrangement *self)
{
    AssayStage *stage = g_new0(AssayStage, 1);

    stage->tool = "assay-notes";
    stage->options = assay_json_object();
    stage->field = "notes";
    stage->apply = apply;
    stage->config = g_memdup2(self, sizeof *self);
    stage->config_free = g_free;
    /* What is not asked for changes nothing, so notes alone are the same with this stage or
     * without it. */
    if (self->merge_repeats)
        assay_json_set_string(stage->options, "merge-repeats", "yes");
    if (self->semitones != 0) {
        g_autofree char *text = g_strdup_printf("%d", self->semitones);

        assay_json_set_string(stage->options, "transpose", text);
    }
    if (self->window_num > 0) {
        set_ratio(stage->options, "window", self->window_num, self->window_den);
        set_ratio(stage->options, "hop", self->hop_num > 0 ? self->hop_num : self->window_num,
                  self->hop_num > 0 ? self->hop_den : self->window_den);
    }
    return stage;
}
