/* tools/spectrum-sets.h - what the modes of assay-spectrum that look at sets share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/feature/average.h>

#include "cli-sets.h"
#include "spectrum-modes.h"

/**
 * SpectrumSets:
 * @writer: (nullable): told of what is left out
 * @sums: (array length=named.n): a sum a set, %NULL where nothing of it could be used
 */
typedef struct {
    AssayWriter *writer;
    CliSets named;
    AssayAverager *averager;
    AssayAverageSum **sums;
} SpectrumSets;

/* Reads all operands and sums each set. %FALSE with an error, or where @status says why not. */
gboolean spectrum_sets_read(SpectrumSets *self, const AssayAverageConfig *config,
                            const char *const *operands, int *status, GError **error);
void spectrum_sets_clear(SpectrumSets *self);

/* In a worker, before anything else reads a sound: its mean spectrum. (transfer full) */
AssayStage *spectrum_listener(void);

/* A stream of the average spectrum of each set, or of its cosine statistics. */
int spectrum_average(const AssayAverageConfig *config, const char *const *operands);

/* A table of the points and lines of each set, @most of either. */
int spectrum_peaks(const AssayAverageConfig *config, size_t most, const char *const *operands);

/* A table of the combs of each sound, or of each set. */
int spectrum_combs(gboolean of_sets, const char *const *operands);
