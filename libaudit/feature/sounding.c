/* feature/sounding.c - which pitches sound.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sounding-private.h"

#include <string.h>

struct AssaySounding {
    AssaySoundingConfig config;
    size_t n_pitches, lag, at; /* at: of the oldest step in @past */
    guint low;
    gboolean *sounds;
    double *past; /* [lag, pitch] */
};

AssaySounding *
assay_sounding_new(const AssaySoundingConfig *config, size_t n_pitches, guint low, size_t lag)
{
    AssaySounding *self = g_new0(AssaySounding, 1);

    self->config = *config;
    self->n_pitches = n_pitches;
    self->low = low;
    self->lag = lag;
    self->sounds = g_new0(gboolean, n_pitches);
    self->past = g_new0(double, lag *n_pitches);
    return self;
}

void
assay_sounding_free(AssaySounding *self)
{
    if (self == NULL)
        return;
    g_free(self->sounds);
    g_free(self->past);
    g_free(self);
}

void
assay_sounding_begin(AssaySounding *self)
{
    memset(self->sounds, 0, self->n_pitches * sizeof self->sounds[0]);
    memset(self->past, 0, self->lag * self->n_pitches * sizeof self->past[0]);
    self->at = 0;
}

guint
assay_sounding_step(AssaySounding *self, const double *strengths)
{
    const AssaySoundingConfig *config = &self->config;
    double *past = self->past + self->at * self->n_pitches, strongest = 0;
    guint state = 0;

    for (size_t p = 0; p < self->n_pitches; p++)
        strongest = MAX(strongest, strengths[p]);
    for (size_t p = 0; p < self->n_pitches; p++) {
        double least = (self->sounds[p] ? config->stay : config->on) * strongest;

        self->sounds[p] = strengths[p] >= least && strengths[p] > config->floor &&
                          strengths[p] >= config->release * past[p];
        past[p] = strengths[p];
        if (self->sounds[p])
            state |= 1U << (self->low + p) % 12;
    }
    self->at = (self->at + 1) % self->lag;
    return state;
}
