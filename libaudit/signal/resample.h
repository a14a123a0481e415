/* signal/resample.h - sound at another rate, block by block.
 *
 * Stands on: libsoxr, which no other file includes, at its quality HQ: a linear-phase filter of 20
 * bits, as librosa's "soxr_hq". N samples at one rate are ceil(N * to / from) at the other, the
 * first at the same time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

typedef struct AssayResampler AssayResampler;

/* The rates between which sound is resampled. */
#define ASSAY_RESAMPLE_MIN_HZ 100
#define ASSAY_RESAMPLE_MAX_HZ 768000

/**
 * AssaySignalSink:
 * @samples: (array length=n): the next ones; valid until it returns
 *
 * What takes a signal block by block. Returns: %FALSE to end it.
 */
typedef gboolean (*AssaySignalSink)(gpointer user, const float *samples, size_t n, GError **error);

/**
 * assay_resampler_new:
 * @sink, @user: what takes the result
 *
 * Returns: %NULL with %ASSAY_ERROR_RANGE for a rate beyond those above, or without memory.
 */
ASSAY_API AssayResampler *assay_resampler_new(guint from_hz, guint to_hz, AssaySignalSink sink,
                                              gpointer user,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_resampler_free(AssayResampler *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayResampler, assay_resampler_free)

/* Takes @n samples; what is ready goes to the sink. */
ASSAY_API gboolean assay_resampler_push(AssayResampler *self, const float *samples, size_t n,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* There are no more: the rest goes to the sink. */
ASSAY_API gboolean assay_resampler_finish(AssayResampler *self,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
