/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-call.h"

#include <math.h>

/* A p is a multiple of 1 / (groups + 1); what is equal to alpha but for rounding is as small. */
#define ROUNDING 1e-9

AssayCaller
assay_caller_of(const AssayModelFile *file, double alpha)
{
    AssayCaller self = { .file = file, .alpha = alpha };

    self.n_groups = assay_model_n_reference(file->model);
    if (self.n_groups > 0 && isnan(alpha))
        self.alpha = ASSAY_CALL_ALPHA;
    else if (self.n_groups == 0 && file->gauge != NULL)
        self.n_groups = file->gauge->n_reals;
    self.can_call = isnan(self.alpha) || (double)(self.n_groups + 1) * self.alpha >= 1 - ROUNDING;
    return self;
}

static double
find_p(const AssayModelFile *file, const double *row, double score)
{
    if (assay_model_n_reference(file->model) > 0)
        return assay_model_p(file->model, row);
    return file->gauge == NULL ? (double)NAN : assay_gauge_p(file->gauge, score);
}

static const char *
call(const AssayCaller *self, double score, double p)
{
    double threshold = self->file->gauge == NULL ? 0 : self->file->gauge->threshold;

    if (isnan(self->alpha))
        return score > threshold ? "fake" : "real";
    if (isnan(p) || !self->can_call)
        return NULL;
    return p <= self->alpha ? "fake" : "real";
}

AssayCall
assay_caller_ask(const AssayCaller *self, const double *row)
{
    const AssayGauge *gauge = self->file->gauge;
    AssayCall answer = { .score = assay_model_score(self->file->model, row) };

    answer.p = find_p(self->file, row, answer.score);
    answer.probability = gauge == NULL ? (double)NAN : assay_gauge_probability(gauge, answer.score);
    answer.called = call(self, answer.score, answer.p);
    return answer;
}
