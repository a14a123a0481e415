/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sound-levels-private.h"

#include <math.h>
#include <string.h>

/* Lanes that a processor can go through side by side; their number is fixed, so the sums are the
 * same on any. */
enum { LANES = 16, STRETCH = 256 };

void
assay_sound_levels_init(AssaySoundLevels *self, guint n_channels, float full_scale)
{
    *self = (AssaySoundLevels){ .n_channels = n_channels, .full_scale = full_scale };
    self->sums = g_new0(double, n_channels);
    self->runs = g_new0(guint64, n_channels);
}

void
assay_sound_levels_clear(AssaySoundLevels *self)
{
    g_free(self->sums);
    g_free(self->runs);
}

/* The bits of a float without its sign: ordered as its absolute value, those that are not finite
 * above all others. */
static inline gint32
magnitude(float value)
{
    gint32 bits;

    memcpy(&bits, &value, sizeof bits);
    return bits & 0x7fffffff;
}

/* The largest magnitude of @n samples; *@n_zeros: how many are 0. */
static gint32
survey(const float *samples, size_t n, size_t *n_zeros)
{
    gint32 peaks[LANES] = { 0 }, zeros[LANES] = { 0 }, peak = 0;
    size_t i = 0;

    for (; i + LANES <= n; i += LANES) {
        for (size_t k = 0; k < LANES; k++) {
            gint32 m = magnitude(samples[i + k]);

            peaks[k] = m > peaks[k] ? m : peaks[k];
            zeros[k] += m == 0;
        }
    }
    for (; i < n; i++) {
        gint32 m = magnitude(samples[i]);

        peaks[0] = MAX(peaks[0], m);
        zeros[0] += m == 0;
    }
    *n_zeros = 0;
    for (size_t k = 0; k < LANES; k++) {
        peak = MAX(peak, peaks[k]);
        *n_zeros += (size_t)zeros[k];
    }
    return peak;
}

/* Sums in lanes; a channel's samples are in every lane whose number is theirs modulo the number of
 * channels, so lanes are as many as the channels need. */
static void
add_sums(AssaySoundLevels *self, const float *frames, size_t n_frames)
{
    guint n_channels = self->n_channels;

    if (n_channels == 1) {
        double lanes[LANES] = { 0 };
        size_t i = 0;

        for (; i + LANES <= n_frames; i += LANES) {
            for (size_t k = 0; k < LANES; k++)
                lanes[k] += (double)frames[i + k];
        }
        for (; i < n_frames; i++)
            lanes[0] += (double)frames[i];
        for (size_t k = 0; k < LANES; k++)
            self->sums[0] += lanes[k];
        return;
    }
    for (size_t i = 0; i < n_frames; i++) {
        for (guint c = 0; c < n_channels; c++)
            self->sums[c] += (double)frames[i * n_channels + c];
    }
}

static void
end_silence(AssaySoundLevels *self, guint64 at)
{
    if (self->silent == at)
        self->silent_lead = at;
    self->silent_longest = MAX(self->silent_longest, self->silent);
    self->silent = 0;
}

static void
add_silence(AssaySoundLevels *self, const float *frames, size_t n_frames)
{
    guint n_channels = self->n_channels;
    size_t n_zeros;

    for (size_t i = 0; i < n_frames; i++) {
        gint32 any = 0;

        /* Where none of many samples is 0, no frame is silent. */
        if (i % STRETCH == 0 && i + STRETCH <= n_frames) {
            (void)survey(frames + i * n_channels, STRETCH * n_channels, &n_zeros);
            if (n_zeros == 0) {
                if (self->silent > 0)
                    end_silence(self, self->n_frames + i);
                i += STRETCH - 1;
                continue;
            }
        }

        for (guint c = 0; c < n_channels; c++)
            any |= magnitude(frames[i * n_channels + c]);
        if (any == 0)
            self->silent++;
        else if (self->silent > 0)
            end_silence(self, self->n_frames + i);
    }
}

static void
add_clipping(AssaySoundLevels *self, const float *frames, size_t n_frames)
{
    guint n_channels = self->n_channels;

    for (size_t i = 0; i < n_frames; i++) {
        for (guint c = 0; c < n_channels; c++) {
            if (!(fabsf(frames[i * n_channels + c]) >= self->full_scale)) {
                self->runs[c] = 0;
                continue;
            }
            self->runs[c]++;
            if (self->runs[c] == ASSAY_SOUND_CLIP_RUN)
                self->clipped += ASSAY_SOUND_CLIP_RUN;
            else if (self->runs[c] > ASSAY_SOUND_CLIP_RUN)
                self->clipped++;
        }
    }
}

gboolean
assay_sound_levels_add(AssaySoundLevels *self, const float *frames, size_t n_frames, size_t *bad)
{
    size_t n = n_frames * self->n_channels, n_zeros;
    gint32 top = survey(frames, n, &n_zeros);
    float peak;

    if (top >= 0x7f800000) {
        for (*bad = 0; magnitude(frames[*bad]) < 0x7f800000; ++*bad)
            continue;
        return FALSE;
    }
    memcpy(&peak, &top, sizeof peak);
    self->peak = MAX(self->peak, peak);
    add_sums(self, frames, n_frames);
    if (n_zeros > 0)
        add_silence(self, frames, n_frames);
    else if (self->silent > 0)
        end_silence(self, self->n_frames);
    if (peak >= self->full_scale)
        add_clipping(self, frames, n_frames);
    else
        memset(self->runs, 0, self->n_channels * sizeof self->runs[0]);
    self->n_frames += n_frames;
    return TRUE;
}

void
assay_sound_levels_report(const AssaySoundLevels *self, AssaySoundFacts *facts)
{
    facts->peak = (double)self->peak;
    facts->offset = 0;
    for (guint c = 0; c < self->n_channels && self->n_frames > 0; c++) {
        double mean = self->sums[c] / (double)self->n_frames;

        if (fabs(mean) > fabs(facts->offset))
            facts->offset = mean;
    }
    facts->clipped = self->clipped;
    facts->silent_lead = self->silent == self->n_frames ? self->n_frames : self->silent_lead;
    facts->silent_tail = self->silent;
    facts->silent_longest = MAX(self->silent_longest, self->silent);
}
