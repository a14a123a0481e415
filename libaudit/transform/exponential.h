/* transform/exponential.h - exponential noise with the mean of a corpus.
 *
 * Every value is drawn from the exponential distribution of mean m, -m ln(1 - u) with u uniform in
 * [0, 1), independently of all others; m is the mean of the corpus, in units of full scale where it
 * has one, unless it is given. It is to spectrograms what Bernoulli noise is to rolls and pictures:
 * the law that many of their values nearly follow, and nothing of their order (TequilaGAN, section
 * 4). The result is float32, its full scale 1; it has no upper end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

typedef struct AssayExponential AssayExponential;

/* @field: (nullable): "mel"; without one it is the first sample's "mel", or else its "pixels". */
ASSAY_API AssayExponential *assay_exponential_new(const char *field, guint64 seed);
ASSAY_API void assay_exponential_free(AssayExponential *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayExponential, assay_exponential_free)

/* Notes the shape of @sample's field and the sum of its values. %FALSE with %ASSAY_ERROR_FIELD
 * without it, and for a roll or chroma, which float32 would be none of. */
ASSAY_API gboolean assay_exponential_learn(AssayExponential *self, AssaySample *sample,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The mean of the values, or what was set; NaN without values. */
ASSAY_API double assay_exponential_mean(const AssayExponential *self);
ASSAY_API void assay_exponential_set_mean(AssayExponential *self, double mean);

/* %FALSE with %ASSAY_ERROR_RANGE where the mean is below 0. To be called once all is learnt. */
ASSAY_API gboolean assay_exponential_check(const AssayExponential *self,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

ASSAY_API size_t assay_exponential_n_samples(const AssayExponential *self);

/* The options to be recorded in a stream's head: (transfer full). */
ASSAY_API AssayJson *assay_exponential_options(const AssayExponential *self);

/**
 * assay_exponential_make:
 * @self: an AssayExponential
 *
 * Sample @index of noise: the learnt name, shape and metadata of the field, and nothing else of the
 * original. Its numbers come from (seed, "exponential", identity of each item). Any thread; as the
 * make of an AssayBaselineRun takes it.
 */
ASSAY_API AssaySample *assay_exponential_make(gconstpointer self, size_t index,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
