/* transform/baseline.h - noise with the marginal of a corpus: what any check must find broken.
 *
 * bernoulli: every cell is on with probability p, independently of all others; p is the share of
 * cells that are on in the whole corpus, unless it is given (TequilaGAN, section 4: "a Bernoulli
 * distribution with parameter p equal to the mean of the training set").
 *
 * A corpus is read once, for its shapes and its share; then each sample is made anew, so memory
 * holds a few hundred bytes a sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/stream.h"

G_BEGIN_DECLS

typedef struct AssayBaseline AssayBaseline;

/* @field: uint8: "roll", "chroma". */
ASSAY_API AssayBaseline *assay_baseline_new(const char *field, guint64 seed);
ASSAY_API void assay_baseline_free(AssayBaseline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayBaseline, assay_baseline_free)

/* Notes the shape of @sample's field and how many of its cells are on. */
ASSAY_API gboolean assay_baseline_learn(AssayBaseline *self, AssaySample *sample,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The share of cells that were on, or what was set; NaN without cells. */
ASSAY_API double assay_baseline_share(const AssayBaseline *self);
ASSAY_API void assay_baseline_set_share(AssayBaseline *self, double share);

ASSAY_API size_t assay_baseline_n_samples(const AssayBaseline *self);

/* The options to be recorded in a stream's head: (transfer full). */
ASSAY_API AssayJson *assay_baseline_options(const AssayBaseline *self);

/**
 * assay_baseline_make:
 *
 * Sample @index of noise: the learnt name, shape and metadata of the field, and nothing else of the
 * original. Its numbers come from (seed, "bernoulli", identity of each item). Any thread.
 */
ASSAY_API AssaySample *assay_baseline_make(const AssayBaseline *self, size_t index,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_baseline_write:
 *
 * All samples in their order, made by @n_workers threads; the same bytes for any number of them.
 */
ASSAY_API gboolean assay_baseline_write(const AssayBaseline *self, AssayWriter *writer,
                                        guint n_workers, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
