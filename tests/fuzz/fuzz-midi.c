/* fuzz/fuzz-midi.c - any bytes, read by both parsers, written and read again.
 *
 * What our own pass reads, libsmf reads to the same notes and facts; what it refuses, both refuse.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/media/midi.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_facts(const AssayMidi *a, const AssayMidi *b)
{
    const char *name;
    guint32 m, n;
    guint i;

    for (i = 0; assay_midi_fact(a, i, &name, &m) && assay_midi_fact(b, i, &name, &n); i++)
        g_assert_cmpuint(m, ==, n);
}

static void
check_written(const AssayMidi *midi, AssayMidiParser parser)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(AssayMidi) again = NULL;
    g_autofree char *difference = NULL;
    gsize size;
    const void *data;

    bytes = assay_midi_write(midi, &error);
    g_assert_no_error(error);
    data = g_bytes_get_data(bytes, &size);
    again = assay_midi_parse(data, size, parser, &error);
    g_assert_no_error(error);
    g_assert_cmpint(again->tracks[0].end_tick, >=, midi->tracks[0].end_tick);
    again->tracks[0].end_tick = midi->tracks[0].end_tick; /* the signs of all tracks are there */
    difference = assay_midi_difference(midi, again);
    g_assert_cmpstr(difference, ==, NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) witness_error = NULL;
    g_autoptr(AssayMidi) midi = assay_midi_parse(data, size, ASSAY_MIDI_OWN, &error);
    g_autoptr(AssayMidi) witness = assay_midi_parse(data, size, ASSAY_MIDI_LIBSMF, &witness_error);
    g_autofree char *difference = NULL, *credits = NULL;

    if (midi == NULL) {
        g_assert_null(witness);
        g_assert_cmpstr(error->message, ==, witness_error->message);
        return 0;
    }
    g_assert_no_error(witness_error);
    difference = assay_midi_difference(midi, witness);
    g_assert_cmpstr(difference, ==, NULL);
    check_facts(midi, witness);
    credits = assay_credits_difference(&midi->credits, &witness->credits);
    g_assert_cmpstr(credits, ==, NULL);
    if (midi->n_tracks <= 0xffff) {
        check_written(midi, ASSAY_MIDI_OWN);
        check_written(midi, ASSAY_MIDI_LIBSMF);
    }
    return 0;
}
