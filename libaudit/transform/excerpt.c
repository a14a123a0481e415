/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "excerpt.h"

#include <string.h>

#include "../base/error.h"
#include "../media/notes.h"

/* A piece that is being cut. */
typedef struct {
    AssaySample *sample;
    AssaySample *own; /* what @sample is, where that is an item */
    AssayMidi *midi;
    gint64 window, hop; /* ticks */
    gint64 n, next;     /* windows */
    gint64 cut;         /* ticks after the last one */
    GArray *sounding; /* indices of notes that began before the next window and may last into it */
    gsize next_note;  /* the first that is not among them */
} Piece;

struct AssayExcerpts {
    const AssayArrangement *arrangement;
    AssaySample *sample;
    size_t next_item, n_items;
    Piece piece; /* of the item, where windows are cut */
};

AssayExcerpts *
assay_excerpts_new(const AssayArrangement *arrangement, AssaySample *sample)
{
    AssayExcerpts *self = g_new0(AssayExcerpts, 1);

    self->arrangement = arrangement;
    self->sample = sample;
    self->n_items =
        assay_arrangement_itemizes(arrangement, sample) ? assay_sample_n_items(sample) : 1;
    self->piece.sounding = g_array_new(FALSE, FALSE, sizeof(gsize));
    return self;
}

static void
close_piece(Piece *self)
{
    g_clear_pointer(&self->own, assay_sample_free);
    g_clear_pointer(&self->midi, assay_midi_free);
    g_array_set_size(self->sounding, 0);
    self->next = self->n = 0;
    self->next_note = 0;
}

void
assay_excerpts_free(AssayExcerpts *self)
{
    if (self == NULL)
        return;
    close_piece(&self->piece);
    g_array_unref(self->piece.sounding);
    g_free(self);
}

/* A sample of the same origin, without fields. */
static AssaySample *
new_excerpt(AssaySample *whole, char letter, gint64 index)
{
    g_autofree char *name =
        g_strdup_printf("%s/%c%06" G_GINT64_FORMAT, assay_sample_name(whole), letter, index);
    AssaySample *excerpt = assay_sample_new(name);
    AssayJson *meta = assay_sample_meta(excerpt), *from = assay_sample_meta(whole);
    g_autofree const char **keys = assay_json_keys(from);

    for (size_t i = 0; keys[i] != NULL; i++) {
        if (strcmp(keys[i], "fields") != 0)
            assay_json_set_take(meta, keys[i], assay_json_ref(assay_json_get(from, keys[i])));
    }
    assay_sample_set_stages(excerpt, assay_sample_stages(whole));
    return excerpt;
}

/* Of metadata with an element for each item, the element of item @number is what is said of it. */
static void
pick_elements(AssaySample *item, AssaySample *whole, size_t number)
{
    const size_t end = assay_sample_item_start(whole) + assay_sample_n_items(whole);
    AssayJson *meta = assay_sample_meta(item);
    g_autofree const char **keys = assay_json_keys(meta);

    for (size_t i = 0; keys[i] != NULL; i++) {
        const AssayJson *value = assay_json_get(meta, keys[i]);

        if (assay_json_kind(value) == ASSAY_JSON_ARRAY && assay_json_size(value) >= end)
            assay_json_set_take(meta, keys[i], assay_json_copy(assay_json_nth(value, number)));
    }
}

/* Says what @excerpt was cut from; if the whole was cut itself, what that was cut from. */
static void
set_cut(AssaySample *excerpt, AssaySample *whole, double start_q, double window_q, gint64 index)
{
    const AssayJson *before = assay_json_get(assay_sample_meta(whole), "cut");
    const AssayJson *start = assay_json_get(before, "start_q");
    const char *from = assay_json_peek_string(assay_json_get(before, "from"));
    AssayJson *cut = assay_json_object();

    if (from != NULL && assay_json_is_number(start))
        start_q += assay_json_peek_real(start);
    assay_json_set_string(cut, "from", from != NULL ? from : assay_sample_name(whole));
    assay_json_set_real(cut, "start_q", start_q);
    assay_json_set_real(cut, "window_q", window_q);
    assay_json_set_integer(cut, "index", index);
    assay_json_set_take(assay_sample_meta(excerpt), "cut", cut);
}

/* The item @index of what this piece of the sample holds, with its notes. */
static AssaySample *
make_item(const AssayExcerpts *self, size_t index, GError **error)
{
    AssaySample *whole = self->sample;
    const char *field = assay_sample_has(whole, "roll") ? "roll" : "chroma";
    const AssayJson *meta = assay_sample_field_meta(whole, field);
    const AssayJson *step = assay_json_get(meta, "step_q"), *hop = assay_json_get(meta, "hop");
    const AssayJson *window = assay_json_get(meta, "window");
    gint64 number = (gint64)(assay_sample_item_start(whole) + index);
    g_autoptr(AssaySample) item = new_excerpt(whole, 'i', number);
    g_autoptr(AssayMidi) midi = NULL;
    double step_q = assay_json_peek_real(step);

    pick_elements(item, whole, (size_t)number);
    if (assay_json_is_number(step) && assay_json_is_number(window) && assay_json_is_number(hop))
        set_cut(item, whole, (double)number * assay_json_peek_real(hop) * step_q,
                assay_json_peek_real(window) * step_q, number);
    midi = assay_arranged_notes(self->arrangement, whole, index, error);
    if (midi == NULL || !assay_notes_put(item, midi, error))
        return NULL;
    return g_steal_pointer(&item);
}

/* @num / @den quarter notes in ticks. */
static gboolean
as_ticks(const Piece *self, const char *option, guint32 num, guint32 den, gint64 *ticks,
         GError **error)
{
    guint64 product = (guint64)num * self->midi->division;

    if (product % den != 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                    "%s: --%s=%u/%u is no whole number of ticks; give a multiple of 1/%u",
                    assay_sample_name(self->sample), option, num, den, self->midi->division);
        return FALSE;
    }
    *ticks = (gint64)(product / den);
    return TRUE;
}

/* Begins to cut self->sample. */
static gboolean
open_piece(Piece *self, const AssayArrangement *arrangement, GError **error)
{
    gint64 end;

    self->midi = assay_notes_to_midi(self->sample, error);
    if (self->midi == NULL || !as_ticks(self, "window", arrangement->window_num,
                                        arrangement->window_den, &self->window, error))
        return FALSE;
    assay_midi_sort_notes(self->midi);
    self->hop = self->window;
    if (arrangement->hop_num > 0 &&
        !as_ticks(self, "hop", arrangement->hop_num, arrangement->hop_den, &self->hop, error))
        return FALSE;
    end = self->midi->length;
    for (gsize i = 0; i < self->midi->n_notes; i++)
        end = MAX(end, self->midi->notes[i].off_tick);
    self->n = end < self->window ? 0 : (end - self->window) / self->hop + 1;
    self->cut = MAX(end - (self->n == 0 ? 0 : (self->n - 1) * self->hop + self->window), 0);
    return TRUE;
}

/* Whether @note has a part in the window; a note without length has where it stands. */
static gboolean
is_inside(const AssayNote *note, gint64 start, gint64 end)
{
    if (note->on_tick == note->off_tick)
        return note->on_tick >= start && note->on_tick < end;
    return note->on_tick < end && note->off_tick > start;
}

static void
cut_notes(Piece *self, gint64 start, AssayMidi *out)
{
    const gint64 end = start + self->window;
    const AssayMidi *midi = self->midi;
    g_autoptr(GArray) notes = g_array_new(FALSE, FALSE, sizeof(AssayNote));
    guint kept = 0;

    for (; self->next_note < midi->n_notes && midi->notes[self->next_note].on_tick < end;
         self->next_note++)
        g_array_append_val(self->sounding, self->next_note);
    for (guint i = 0; i < self->sounding->len; i++) {
        const gsize index = g_array_index(self->sounding, gsize, i);
        AssayNote note = midi->notes[index];

        if (note.off_tick >= start + self->hop)
            g_array_index(self->sounding, gsize, kept++) = index;
        if (!is_inside(&note, start, end))
            continue;
        note.on_tick = MAX(note.on_tick, start) - start;
        note.off_tick = MIN(note.off_tick, end) - start;
        g_array_append_val(notes, note);
    }
    g_array_set_size(self->sounding, kept);
    out->notes = g_array_steal(notes, &out->n_notes);
    assay_midi_sort_notes(out); /* those that began before come together at the start */
}

/* The entries of a map of @n, each @size bytes and led by its tick, that the window has: those in
 * it, and at tick 0 the one in force by then. */
static gpointer
cut_map(gconstpointer map, gsize n, gsize size, gint64 start, gint64 end, gsize *n_out)
{
    const guint8 *entry = map;
    guint8 *out = g_malloc0((n + 1) * size);
    gint64 tick;

    *n_out = 0;
    for (gsize i = 0; i < n; i++, entry += size) {
        memcpy(&tick, entry, sizeof tick);
        if (tick >= end)
            break;
        if (tick <= start)
            *n_out = 0;
        tick = MAX(tick - start, 0);
        memcpy(out + *n_out * size, entry, size);
        memcpy(out + (*n_out)++ * size, &tick, sizeof tick);
    }
    return out;
}

static AssayMidi *
cut_window(Piece *self, gint64 start)
{
    const AssayMidi *midi = self->midi;
    const gint64 end = start + self->window;
    AssayMidi *out = g_new0(AssayMidi, 1);

    out->format = 1;
    out->division = midi->division;
    out->length = out->last_tick = self->window;
    cut_notes(self, start, out);
    out->tempos =
        cut_map(midi->tempos, midi->n_tempos, sizeof *out->tempos, start, end, &out->n_tempos);
    out->meters =
        cut_map(midi->meters, midi->n_meters, sizeof *out->meters, start, end, &out->n_meters);
    out->keys = cut_map(midi->keys, midi->n_keys, sizeof *out->keys, start, end, &out->n_keys);
    out->n_tracks = midi->n_tracks;
    out->tracks = g_new0(AssayTrack, midi->n_tracks + 1);
    for (gsize i = 0; i < midi->n_tracks; i++)
        out->tracks[i] = (AssayTrack){ g_strdup(midi->tracks[i].name), self->window };
    assay_midi_rank_voices(out);
    return out;
}

static gboolean
next_window(Piece *self, AssaySample **excerpt, GError **error)
{
    const gint64 index = self->next++, start = index * self->hop;
    const double division = self->midi->division;
    g_autoptr(AssayMidi) midi = cut_window(self, start);
    g_autoptr(AssaySample) window = new_excerpt(self->sample, 'w', index);

    set_cut(window, self->sample, (double)start / division, (double)self->window / division, index);
    if (!assay_notes_put(window, midi, error))
        return FALSE;
    if (self->next == self->n && self->cut > 0)
        assay_json_set_integer(
            assay_json_get(assay_json_get(assay_sample_meta(window), "fields"), "notes"),
            "cut_ticks", self->cut);
    *excerpt = g_steal_pointer(&window);
    return TRUE;
}

gboolean
assay_excerpts_next(AssayExcerpts *self, AssaySample **excerpt, GError **error)
{
    gboolean itemizes = assay_arrangement_itemizes(self->arrangement, self->sample);
    Piece *piece = &self->piece;

    *excerpt = NULL;
    while (piece->next == piece->n) {
        size_t index = self->next_item++;

        close_piece(piece);
        if (index >= self->n_items)
            return TRUE;
        if (itemizes && (piece->own = make_item(self, index, error)) == NULL)
            return FALSE;
        if (self->arrangement->window_num == 0) {
            *excerpt = g_steal_pointer(&piece->own);
            return TRUE;
        }
        piece->sample = itemizes ? piece->own : self->sample;
        if (!open_piece(piece, self->arrangement, error))
            return FALSE;
    }
    return next_window(piece, excerpt, error);
}

gboolean
assay_excerpts_each(const AssayArrangement *arrangement, AssaySample *sample,
                    gboolean (*each)(gpointer user, AssaySample *excerpt, GError **error),
                    gpointer user, GError **error)
{
    g_autoptr(AssayExcerpts) excerpts = assay_excerpts_new(arrangement, sample);

    for (;;) {
        g_autoptr(AssaySample) excerpt = NULL;

        if (!assay_excerpts_next(excerpts, &excerpt, error))
            return FALSE;
        if (excerpt == NULL)
            return TRUE;
        if (!each(user, excerpt, error))
            return FALSE;
    }
}

gboolean
assay_excerpts_check(const AssayArrangement *arrangement, AssaySample *sample,
                     gboolean (*accept)(gpointer user, AssaySample *excerpt, GError **error),
                     gpointer user, GError **error)
{
    g_autoptr(AssayExcerpts) excerpts = assay_excerpts_new(arrangement, sample);
    gboolean itemizes = assay_arrangement_itemizes(arrangement, sample);

    if (!itemizes && accept != NULL && !accept(user, sample, error))
        return FALSE;
    for (;;) {
        g_autoptr(AssaySample) excerpt = NULL;

        if (!assay_excerpts_next(excerpts, &excerpt, error))
            return FALSE;
        if (excerpt == NULL)
            return TRUE;
        if (accept != NULL && !accept(user, excerpt, error))
            return FALSE;
        if (!itemizes)
            return TRUE;
    }
}
