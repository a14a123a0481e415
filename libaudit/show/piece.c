/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "piece-private.h"

#include "../base/text.h"
#include "../rule/chord.h"
#include "page-private.h"

/* So many changes of meter, key or tempo are listed; of more, the first and what follows. */
enum { MAX_LISTED = 6 };

void
assay_piece_clear(AssayPiece *self)
{
    assay_meter_map_free(self->bars);
    assay_tempo_map_free(self->tempos);
}

gboolean
assay_piece_read(AssayPiece *self, const AssayMidi *midi, GError **error)
{
    self->midi = midi;
    self->bars = assay_meter_map_new(midi->meters, midi->n_meters, midi->division, error);
    if (self->bars == NULL)
        return FALSE;
    self->tempos = assay_tempo_map_new(midi->tempos, midi->n_tempos, error);
    if (self->tempos == NULL)
        return FALSE;
    self->end_tick = midi->length;
    for (size_t i = 0; i < midi->n_notes; i++)
        self->end_tick = MAX(self->end_tick, midi->notes[i].off_tick);
    self->sharps = midi->n_keys > 0 ? midi->keys[0].sharps : 0;
    return TRUE;
}

char *
assay_piece_quarters(const AssayPiece *self, gint64 tick)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];

    return g_strdup(assay_text_double_digits(number, (double)tick / self->midi->division, 6));
}

gint64
assay_piece_bars(const AssayPiece *self, gboolean *has_upbeat)
{
    gint64 first, last;
    double beat;

    assay_meter_map_locate(self->bars, 0, &first, &beat);
    assay_meter_map_locate(self->bars, MAX(self->end_tick - 1, 0), &last, &beat);
    *has_upbeat = first == 0;
    return self->end_tick > 0 ? last : 0;
}

char *
assay_piece_clock(const AssayPiece *self, gint64 tick, gboolean with_tenths)
{
    double seconds =
        (double)assay_tempo_map_us_num(self->tempos, tick) / (1e6 * (double)self->midi->division);
    guint64 tenths = (guint64)(seconds * 10 + 0.5), whole = tenths / 10;

    if (!with_tenths)
        whole = (guint64)(seconds + 0.5);
    if (whole >= 3600)
        return g_strdup_printf("%" G_GUINT64_FORMAT ":%02u:%02u", whole / 3600,
                               (guint)(whole / 60 % 60), (guint)(whole % 60));
    if (!with_tenths)
        return g_strdup_printf("%u:%02u", (guint)(whole / 60), (guint)(whole % 60));
    return g_strdup_printf("%u:%02u.%u", (guint)(whole / 60), (guint)(whole % 60),
                           (guint)(tenths % 10));
}

char *
assay_key_text(const AssayKey *key)
{
    /* The tonic is the class at the head of the signature: sharps fifths from C, or from A. */
    int tonic = ((key->is_minor ? 9 : 0) + 7 * (key->sharps + 12)) % 12;
    g_autofree char *name = assay_chord_name(1u << tonic, key->sharps);

    return g_strdup_printf("%s %s", name, key->is_minor ? "minor" : "major");
}

static char *
tempo_text(const AssayTempo *tempo)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];

    return g_strdup(assay_text_double_digits(number, 60e6 / tempo->us_per_quarter, 4));
}

/* Appends "; 3/4 from bar 12"; a sign on the first tick says no place. */
static void
append_sign(const AssayPiece *self, GString *text, gint64 tick, const char *sign)
{
    gint64 bar;
    double beat;
    char number[ASSAY_TEXT_NUMBER_SIZE];

    assay_text_join(text, "; ", "%s", sign);
    if (tick == 0)
        return;
    assay_meter_map_locate(self->bars, tick, &bar, &beat);
    g_string_append_printf(text, " from bar %" G_GINT64_FORMAT, bar);
    if (beat != 1)
        g_string_append_printf(text, " beat %s", assay_text_double_digits(number, beat, 3));
}

static void
append_rest(GString *text, size_t n, const char *what)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];

    if (n > MAX_LISTED)
        g_string_append_printf(text, "; and %s more %s", assay_text_count(number, n - MAX_LISTED),
                               what);
}

char *
assay_piece_meters(const AssayPiece *self)
{
    const AssayMidi *midi = self->midi;
    GString *text = g_string_new(NULL);

    if (midi->n_meters == 0)
        g_string_append(text, "none given, so 4/4 holds");
    for (size_t i = 0; i < MIN(midi->n_meters, MAX_LISTED); i++) {
        g_autofree char *sign =
            g_strdup_printf("%u/%u", midi->meters[i].numerator, midi->meters[i].denominator);

        append_sign(self, text, midi->meters[i].tick, sign);
    }
    append_rest(text, midi->n_meters, "changes");
    return g_string_free(text, FALSE);
}

char *
assay_piece_keys(const AssayPiece *self)
{
    const AssayMidi *midi = self->midi;
    GString *text = g_string_new(NULL);

    if (midi->n_keys == 0)
        g_string_append(text, "none given");
    for (size_t i = 0; i < MIN(midi->n_keys, MAX_LISTED); i++) {
        g_autofree char *sign = assay_key_text(&midi->keys[i]);

        append_sign(self, text, midi->keys[i].tick, sign);
    }
    append_rest(text, midi->n_keys, "changes");
    return g_string_free(text, FALSE);
}

char *
assay_piece_tempos(const AssayPiece *self)
{
    const AssayMidi *midi = self->midi;
    GString *text = g_string_new(NULL);
    const AssayTempo *slow, *fast;

    if (midi->n_tempos == 0) {
        g_string_append(text, "none given, so 120 quarter notes a minute hold");
        return g_string_free(text, FALSE);
    }
    slow = fast = midi->tempos;
    for (size_t i = 1; i < midi->n_tempos; i++) {
        if (midi->tempos[i].us_per_quarter > slow->us_per_quarter)
            slow = &midi->tempos[i];
        if (midi->tempos[i].us_per_quarter < fast->us_per_quarter)
            fast = &midi->tempos[i];
    }
    for (size_t i = 0; i < (midi->n_tempos > MAX_LISTED ? 1 : midi->n_tempos); i++) {
        g_autofree char *bpm = tempo_text(&midi->tempos[i]);
        g_autofree char *sign = g_strconcat(bpm, i == 0 ? " quarter notes a minute" : "", NULL);

        append_sign(self, text, midi->tempos[i].tick, sign);
    }
    if (midi->n_tempos > MAX_LISTED) {
        g_autofree char *low = tempo_text(slow), *high = tempo_text(fast);
        char number[ASSAY_TEXT_NUMBER_SIZE];

        g_string_append_printf(text, "; then %s changes, from %s to %s",
                               assay_text_count(number, midi->n_tempos - 1), low, high);
    }
    return g_string_free(text, FALSE);
}
