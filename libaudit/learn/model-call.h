/* learn/model-call.h - what a model says of an item, and what to call it.
 *
 * Stands on: learn/model-file.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model-file.h"

G_BEGIN_DECLS

/* The largest p of a fake, for a model that knows reals alone, unless another is asked for. */
#define ASSAY_CALL_ALPHA 0.05

/**
 * AssayCaller:
 * @file: borrowed
 * @alpha: a fake is what has a p of at most this; NaN: what has a score above the threshold
 * @n_groups: of reals, by which p is counted; 0 where it is not known
 * @can_call: whether p can be as small as @alpha; if not, nothing is called a fake, or real
 */
typedef struct {
    const AssayModelFile *file;
    double alpha;
    size_t n_groups;
    gboolean can_call;
} AssayCaller;

/**
 * assay_caller_of:
 * @alpha: in (0, 1); NaN: the threshold of the model's gauge decides, or 0 without one; of a model
 *     that knows reals alone ASSAY_CALL_ALPHA
 */
ASSAY_API AssayCaller assay_caller_of(const AssayModelFile *file, double alpha);

/**
 * AssayCall:
 * @score: assay_model_score()
 * @p: how many reals look as much like a fake: assay_model_p(), or of a model that has learnt from
 *     both assay_gauge_p(); NaN without a gauge
 * @probability: assay_gauge_probability(); NaN without a gauge
 * @called: "fake", "real", or %NULL where that cannot be told
 */
typedef struct {
    double score, p, probability;
    const char *called;
} AssayCall;

/* @row: (array): of the features that the model needs */
ASSAY_API AssayCall assay_caller_ask(const AssayCaller *self, const double *row);

G_END_DECLS
