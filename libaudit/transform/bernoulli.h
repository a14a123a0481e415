/* transform/bernoulli.h - noise with the marginal of a corpus: what any check must find broken.
 *
 * Every cell is on with probability p, independently of all others; p is the share of
 * cells that are on in the whole corpus, unless it is given (TequilaGAN, section 4: "a Bernoulli
 * distribution with parameter p equal to the mean of the training set"). Of pixels, and of any
 * field with a full scale in its metadata, p is their mean in units of full scale; a cell is then 0
 * or 1, uint8, and full scale is 1, so that noise has the values 0 and 1 of real ones.
 *
 * A corpus is read once, for its shapes and its share; then each sample is made anew, so memory
 * holds a few hundred bytes a sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

typedef struct AssayBernoulli AssayBernoulli;

/* @field: (nullable): uint8, as "roll" and "chroma", or of any type with a full scale; without one
 * it is the first sample's "roll", or else its "pixels". */
ASSAY_API AssayBernoulli *assay_bernoulli_new(const char *field, guint64 seed);
ASSAY_API void assay_bernoulli_free(AssayBernoulli *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayBernoulli, assay_bernoulli_free)

/* Notes the shape of @sample's field, and how many of its cells are on, or how bright they are. */
ASSAY_API gboolean assay_bernoulli_learn(AssayBernoulli *self, AssaySample *sample,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The share of cells that were on, or what was set; NaN without cells. */
ASSAY_API double assay_bernoulli_share(const AssayBernoulli *self);
ASSAY_API void assay_bernoulli_set_share(AssayBernoulli *self, double share);

/**
 * assay_bernoulli_check:
 *
 * To be called once all is learnt, and before anything is made.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE where the share is no probability, as the mean of floats
 *     below 0 is none.
 */
ASSAY_API gboolean assay_bernoulli_check(const AssayBernoulli *self,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

ASSAY_API size_t assay_bernoulli_n_samples(const AssayBernoulli *self);

/* The options to be recorded in a stream's head: (transfer full). */
ASSAY_API AssayJson *assay_bernoulli_options(const AssayBernoulli *self);

/**
 * assay_bernoulli_make:
 * @self: an AssayBernoulli
 *
 * Sample @index of noise: the learnt name, shape and metadata of the field, and nothing else of the
 * original. Its numbers come from (seed, "bernoulli", identity of each item). Any thread; as the
 * make of an AssayBaselineRun takes it.
 */
ASSAY_API AssaySample *assay_bernoulli_make(gconstpointer self, size_t index,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
