/* transform/perturb-music.c - music transposed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../media/notes.h"
#include "../signal/roll-notes.h"
#include "arrange.h"
#include "perturb-private.h"

gboolean
assay_perturb_open_notes(AssayPerturbWork *work, AssaySample *sample, GError **error)
{
    work->layout = (AssayPixelLayout){ .n_items = 1 };
    work->midi = assay_notes_to_midi(sample, error);
    return work->midi != NULL;
}

gboolean
assay_perturb_open_music(AssayPerturbWork *work, AssaySample *sample, const char *field,
                         const AssayArray *array, GError **error)
{
    gboolean is_roll = strcmp(field, "roll") == 0;
    size_t skip = assay_array_axis(array, "item") == 0 ? 1 : 0;
    AssayPixelLayout *layout = &work->layout;

    if (array->type != ASSAY_U8 || (!is_roll && array->shape[array->n_axes - 1] != 12) ||
        array->n_axes != skip + 2 || assay_array_axis(array, "time") != (int)skip ||
        assay_array_axis(array, is_roll ? "pitch" : "class") != (int)skip + 1) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" is not u8 along time and %s", work->name, field,
                    is_roll ? "pitch" : "12 classes");
        return FALSE;
    }
    if (assay_json_is_true(assay_json_get(assay_sample_field_meta(sample, field), "drums"))) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" has drums in it, which have no pitch; assay-roll leaves them "
                    "out without --drums",
                    work->name, field);
        return FALSE;
    }
    *layout = (AssayPixelLayout){ .n_items = skip == 1 ? array->shape[0] : 1,
                                  .height = array->shape[skip],
                                  .width = array->shape[skip + 1],
                                  .n_channels = 1,
                                  .has_items = skip == 1 };
    work->is_roll = is_roll;
    return !is_roll || assay_roll_pitch_low(sample, &work->pitch_low, error);
}

/* Moves a step of a roll; %FALSE where a pitch that sounds would fall off it. */
static gboolean
shift(guint8 *step, size_t n, int semitones, size_t *lost)
{
    size_t by = (size_t)ABS(semitones), kept = by < n ? n - by : 0;
    size_t from = semitones < 0 ? n - kept : 0, to = semitones < 0 ? 0 : n - kept;

    for (size_t i = 0; i < n; i++) {
        if (step[i] != 0 && (i < from || i >= from + kept)) {
            *lost = i;
            return FALSE;
        }
    }
    /* What is kept of a rising step begins at the bottom, of a falling one at the top. */
    memmove(step + to, step + from, kept);
    memset(semitones < 0 ? step + kept : step, 0, n - kept);
    return TRUE;
}

static void
rotate(guint8 *step, size_t n, int semitones)
{
    size_t by = (size_t)(semitones % (int)n + (int)n) % n;
    guint8 before[12];

    memcpy(before, step, n);
    for (size_t i = 0; i < n; i++)
        step[(i + by) % n] = before[i];
}

gboolean
assay_perturb_transpose(AssayPerturbWork *work, size_t item, double semitones, AssayRandom *random,
                        GError **error)
{
    size_t n = work->layout.width, pitch = 0;
    guint8 *steps;

    (void)random;
    if (work->midi != NULL)
        return assay_midi_transpose(work->midi, (int)semitones, error);
    steps = assay_perturb_item(work, item);
    for (size_t i = 0; i < work->layout.height; i++) {
        if (!work->is_roll) {
            rotate(steps + i * n, n, (int)semitones);
        } else if (!shift(steps + i * n, n, (int)semitones, &pitch)) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "step %" G_GSIZE_FORMAT ": pitch %" G_GSIZE_FORMAT
                        ", transposed by %d, is outside the roll's %u to %" G_GSIZE_FORMAT,
                        i, work->pitch_low + pitch, (int)semitones, work->pitch_low,
                        work->pitch_low + n - 1);
            return FALSE;
        }
    }
    return TRUE;
}
