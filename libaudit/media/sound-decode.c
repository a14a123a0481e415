/* media/sound-decode.c - all of a sound file as a field.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/floats.h"
#include "sound.h"

static gboolean
read_frames(AssaySound *sound, AssayFloats *values, GError **error)
{
    guint n_channels = assay_sound_facts(sound)->n_channels;
    const float *frames;
    float *added;
    size_t n;

    do {
        if (!assay_sound_read(sound, &frames, &n, error))
            return FALSE;
        if (n == 0)
            return TRUE;
        added = assay_floats_add(values, n * n_channels, error);
        if (added == NULL)
            return FALSE;
        memcpy(added, frames, n * n_channels * sizeof frames[0]);
    } while (TRUE);
}

gboolean
assay_sound_decode(AssaySample *sample, AssayContent *content, size_t max_bytes, GError **error)
{
    static const char *const axes[] = { "frame", "channel", NULL };
    static const char *const mono[] = { "frame", NULL };
    g_autoptr(AssaySound) sound = assay_sound_open(content, FALSE, error);
    AssayJson *source = assay_json_get(assay_sample_meta(sample), "source"), *meta;
    AssayFloats values = { .max_bytes = max_bytes };
    const AssaySoundFacts *facts;
    AssayArray *array = NULL;
    size_t shape[2];

    if (sound == NULL)
        return FALSE;
    if (read_frames(sound, &values, error)) {
        facts = assay_sound_facts(sound);
        shape[0] = (size_t)facts->n_frames;
        shape[1] = facts->n_channels;
        array = assay_floats_take(&values, shape[1] == 1 ? 1 : 2, shape,
                                  shape[1] == 1 ? mono : axes, error);
    }
    assay_floats_clear(&values);
    if (array == NULL)
        return FALSE;
    meta = assay_json_object();
    assay_json_set_integer(meta, "rate_hz", facts->rate_hz);
    assay_json_set_string(meta, "unit", "full scale");
    assay_sample_take_field(sample, "audio", array, meta);
    if (source != NULL)
        assay_sound_put_facts(facts, source);
    return TRUE;
}
