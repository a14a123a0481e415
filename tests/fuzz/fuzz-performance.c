/* fuzz/fuzz-performance.c - a piece that a stream may claim, as what a synthesizer is told of it.
 *
 * The first line is the metadata of "notes" as JSON; what follows are rows of eight bytes, each a
 * note: onset and duration in quarter notes (16 bits, the highest say how many are in one), pitch,
 * velocity, channel, program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/media/notes.h>
#include <assay/signal/performance.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROW = 8, RATE = 96000, BLOCK = 64 };

static double
quarters(const uint8_t *bytes)
{
    static const double units[] = { 1.0 / 480, 1, 0.1, 1e7 };

    return (double)((bytes[0] & 0x3f) << 8 | bytes[1]) * units[bytes[0] >> 6];
}

static AssaySample *
read_sample(const uint8_t *data, size_t size)
{
    static const char *const axes[] = { "note", "column", NULL };
    const uint8_t *end = memchr(data, '\n', size);
    size_t n_meta = end == NULL ? size : (size_t)(end - data), at = MIN(n_meta + 1, size);
    const size_t shape[] = { (size - at) / ROW, ASSAY_NOTES_COLUMNS };
    AssayJson *meta = assay_json_parse((const char *)data, n_meta, "notes", NULL);
    AssaySample *sample = assay_sample_new("x");
    AssayArray *array = assay_array_new(ASSAY_F64, 2, shape, axes, G_MAXSIZE, NULL);
    double *row = array->data;

    for (size_t i = 0; i < shape[0]; i++, row += ASSAY_NOTES_COLUMNS, at += ROW) {
        row[ASSAY_NOTES_ONSET_Q] = quarters(data + at);
        row[ASSAY_NOTES_DURATION_Q] = quarters(data + at + 2);
        row[ASSAY_NOTES_PITCH] = data[at + 4];
        row[ASSAY_NOTES_VELOCITY] = data[at + 5];
        row[ASSAY_NOTES_CHANNEL] = data[at + 6];
        row[ASSAY_NOTES_PROGRAM] = data[at + 7];
    }
    if (meta != NULL && assay_json_kind(meta) != ASSAY_JSON_OBJECT)
        g_clear_pointer(&meta, assay_json_unref);
    assay_sample_take_field(sample, "notes", array, meta);
    return sample;
}

/* Keys are struck and let go in turn, in an order of time, by known values. */
static void
check(const AssayPerformance *self, const AssayMidi *midi)
{
    size_t n_struck = 0;
    gboolean sounding[16][128] = { { FALSE } };

    for (size_t i = 0; i < self->n_events; i++) {
        const AssayPerformanceEvent *event = &self->events[i];

        g_assert(event->channel < 16 && event->key < 128 && event->value < 128);
        g_assert(event->block >= (i > 0 ? event[-1].block : 0));
        g_assert(event->block <= self->n_frames / BLOCK + 1);
        if (event->kind == ASSAY_PERFORM_OFF)
            g_assert(sounding[event->channel][event->key]);
        if (event->kind != ASSAY_PERFORM_PROGRAM)
            sounding[event->channel][event->key] = event->kind == ASSAY_PERFORM_ON;
        n_struck += event->kind == ASSAY_PERFORM_ON;
    }
    g_assert(n_struck == midi->n_notes);
    for (size_t c = 0; c < 16; c++)
        for (size_t k = 0; k < 128; k++)
            g_assert(!sounding[c][k]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(AssaySample) sample = read_sample(data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMidi) midi = assay_notes_to_midi(sample, &error);
    g_autoptr(AssayPerformance) performance = NULL;

    g_assert((midi == NULL) == (error != NULL));
    if (midi == NULL)
        return 0;
    performance = assay_performance_new(midi, RATE, BLOCK, &error);
    g_assert((performance == NULL) == (error != NULL));
    if (performance != NULL)
        check(performance, midi);
    return 0;
}
