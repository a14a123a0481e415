/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resample.h"

#include <soxr.h>
#include <string.h>

#include "../base/error.h"
#include "../base/late.h"

#define FUNCTIONS(DO)                                                                              \
    DO(soxr_, create)                                                                              \
    DO(soxr_, delete)                                                                              \
    DO(soxr_, process)                                                                             \
    DO(soxr_, quality_spec)

ASSAY_LATE_DECLARE(AssaySoxr, assay_soxr, FUNCTIONS);
ASSAY_LATE_DEFINE(AssaySoxr, assay_soxr, FUNCTIONS, ASSAY_LATE_SOXR)

enum { BLOCK = 16384 };

struct AssayResampler {
    soxr_t soxr;
    guint from_hz, to_hz;
    guint64 n_in, n_out;
    AssaySignalSink sink;
    gpointer user;
    float block[BLOCK];
};

AssayResampler *
assay_resampler_new(guint from_hz, guint to_hz, AssaySignalSink sink, gpointer user, GError **error)
{
    const guint rates[] = { from_hz, to_hz };
    const soxr_quality_spec_t quality = assay_soxr()->quality_spec(SOXR_HQ, 0);
    soxr_error_t fault = NULL;
    AssayResampler *self;

    for (size_t i = 0; i < G_N_ELEMENTS(rates); i++) {
        if (rates[i] < ASSAY_RESAMPLE_MIN_HZ || rates[i] > ASSAY_RESAMPLE_MAX_HZ) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "cannot be resampled from %u to %u Hz, only between %d and %d; --rate=keep "
                        "takes sound at its own rate",
                        from_hz, to_hz, ASSAY_RESAMPLE_MIN_HZ, ASSAY_RESAMPLE_MAX_HZ);
            return NULL;
        }
    }
    self = g_new0(AssayResampler, 1);
    self->from_hz = from_hz;
    self->to_hz = to_hz;
    self->sink = sink;
    self->user = user;
    self->soxr = assay_soxr()->create(from_hz, to_hz, 1, &fault, NULL, &quality, NULL);
    if (self->soxr == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "cannot be resampled: %s", fault);
        g_clear_pointer(&self, g_free);
    }
    return self;
}

void
assay_resampler_free(AssayResampler *self)
{
    if (self == NULL)
        return;
    assay_soxr()->delete (self->soxr);
    g_free(self);
}

/* Hands on @n samples of the block. */
static gboolean
deliver(AssayResampler *self, size_t n, GError **error)
{
    self->n_out += n;
    return n == 0 || self->sink(self->user, self->block, n, error);
}

static gboolean
process(AssayResampler *self, const float *samples, size_t n, size_t *taken, size_t *made,
        GError **error)
{
    soxr_error_t fault =
        assay_soxr()->process(self->soxr, samples, n, taken, self->block, BLOCK, made);

    if (fault != NULL)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "cannot be resampled: %s", fault);
    return fault == NULL;
}

gboolean
assay_resampler_push(AssayResampler *self, const float *samples, size_t n, GError **error)
{
    size_t taken, made;

    self->n_in += n;
    while (n > 0) {
        if (!process(self, samples, n, &taken, &made, error) || !deliver(self, made, error))
            return FALSE;
        samples += taken;
        n -= taken;
    }
    return TRUE;
}

gboolean
assay_resampler_finish(AssayResampler *self, GError **error)
{
    /* What a file has of frames times a rate is far from 64 bits. */
    guint64 total = (self->n_in * self->to_hz + self->from_hz - 1) / self->from_hz;
    size_t made;

    while (self->n_out < total) {
        if (!process(self, NULL, 0, NULL, &made, error))
            return FALSE;
        if (made == 0) { /* the filter has no more: silence, as beyond the ends */
            made = (size_t)MIN(BLOCK, total - self->n_out);
            memset(self->block, 0, made * sizeof self->block[0]);
        }
        if (!deliver(self, (size_t)MIN(made, total - self->n_out), error))
            return FALSE;
    }
    return TRUE;
}
