/* signal/log-spectrum.h - the mean spectrum of a sound, in which combs are looked for.
 *
 * Stands on: signal/listen.h, signal/stft.h, signal/comb.h, which says how it is made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/stage.h"
#include "comb.h"

G_BEGIN_DECLS

typedef struct AssayLogSpectrum AssayLogSpectrum;

/* (transfer full): for one thread at a time. */
ASSAY_API AssayLogSpectrum *assay_log_spectrum_new(void) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_log_spectrum_free(AssayLogSpectrum *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayLogSpectrum, assay_log_spectrum_free)

/* The next samples of a sound, all finite. */
ASSAY_API void assay_log_spectrum_push(AssayLogSpectrum *self, const float *samples, size_t n);

/**
 * assay_log_spectrum_finish:
 * @spectrum: (out): ASSAY_COMB_BINS values, in nats; all NaN where the sound has no whole frame of
 *     ASSAY_COMB_FRAME samples that is not silent
 *
 * Another sound may begin.
 */
ASSAY_API void assay_log_spectrum_finish(AssayLogSpectrum *self, double *spectrum);

/**
 * assay_log_spectrum_stage:
 *
 * Adds the field "log_spectrum", [item,] bin, float64, of sound as assay_overhear() hears it, at
 * its own rate, which the metadata of the field have as "rate_hz"; of several channels the mean. A
 * file stays with its sample, so that other stages can read it. Its errors are its.
 *
 * Returns: (transfer full)
 */
ASSAY_API AssayStage *assay_log_spectrum_stage(void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_log_spectra_of:
 * @n_items: (out): how many spectra of ASSAY_COMB_BINS values there are
 * @has_items: (out): whether they lie along an item axis
 * @rate_hz: (out): of the sound; 0 where the metadata do not say
 *
 * Returns: (transfer none): the values of the field "log_spectrum"; %NULL with %ASSAY_ERROR_FIELD
 *     where there is none, or one of other axes or another length.
 */
ASSAY_API const double *assay_log_spectra_of(AssaySample *sample, size_t *n_items,
                                             gboolean *has_items, guint *rate_hz,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
