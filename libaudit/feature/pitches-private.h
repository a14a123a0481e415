/* feature/pitches-private.h - how strongly each pitch sounds in a spectrum.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/settings.h"

typedef struct AssayPitches AssayPitches;

/**
 * assay_pitches_new:
 * @pitches: MIDI pitches, within 0 to 127
 * @tuning_hz: of pitch 69
 * @rate_hz: of the signal
 * @window: samples of a frame, under a periodic Hann window
 * @n_fft: samples of the transform, at least @window
 *
 * Returns: (transfer full): one for one thread.
 */
AssayPitches *assay_pitches_new(AssaySpan pitches, double tuning_hz, guint rate_hz, size_t window,
                                size_t n_fft);
void assay_pitches_free(AssayPitches *self);

/**
 * assay_pitches_bands:
 * @power: n_fft / 2 + 1 values |X|^2
 * @n: (out): how many bands there are
 *
 * Returns: (transfer none): the amplitude of the strongest partial in each semitone from the lowest
 *     pitch on, 1 being that of a sine at full scale.
 */
const double *assay_pitches_bands(AssayPitches *self, const float *power, size_t *n);

/**
 * assay_pitches_fit:
 *
 * Returns: (transfer none): for each pitch the amplitude of its first partial, as
 *     assay_pitches_bands() is best put together from tones of 8 partials.
 */
const double *assay_pitches_fit(AssayPitches *self, const float *power);
