/* tools/baseline-noise.h - noise in the shapes of a stream, of any distribution.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "baseline-verbs.h"

/**
 * BaselineNoise:
 * @learn: notes what is needed of a sample
 * @conclude: (transfer full): the options that are recorded, and how many samples there will be;
 *     %NULL where what was learnt makes no noise
 * @make: one of them, in any thread
 */
typedef struct {
    gboolean (*learn)(gpointer baseline, AssaySample *sample, GError **error);
    AssayJson *(*conclude)(gconstpointer baseline, size_t *n_samples, GError **error);
    AssaySample *(*make)(gconstpointer baseline, size_t index, GError **error);
} BaselineNoise;

/* Reads all that @operands name, then makes it anew; @midi and @field as in baseline_open(), @hint
 * says what makes a stream. Returns: an exit status. */
int baseline_noise(const BaselineNoise *noise, gpointer baseline, const char *const *operands,
                   const char *hint, gboolean midi, const char *field);
