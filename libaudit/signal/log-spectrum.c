/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log-spectrum.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "listen.h"
#include "stft.h"

/* Below the mean of a frame by so much there is but rounding. */
static const double FLOOR = 1e-9;

/**
 * AssayLogSpectrum:
 * @sums: of the frames so far, @n of them
 */
struct AssayLogSpectrum {
    AssayStft *stft;
    double sums[ASSAY_COMB_BINS];
    guint64 n;
};

static gboolean
add_frames(gpointer user, const float *spectra, size_t n, GError **error)
{
    AssayLogSpectrum *self = user;
    size_t stride = assay_stft_stride(self->stft);

    (void)error;
    for (size_t t = 0; t < n; t++, spectra += stride) {
        double sum = 0, least;

        for (size_t k = 0; k < ASSAY_COMB_BINS; k++)
            sum += (double)spectra[k];
        if (!(sum > 0) || !isfinite(sum))
            continue;
        least = FLOOR * sum / ASSAY_COMB_BINS;
        for (size_t k = 0; k < ASSAY_COMB_BINS; k++)
            self->sums[k] += log((double)spectra[k] + least);
        self->n++;
    }
    return TRUE;
}

AssayLogSpectrum *
assay_log_spectrum_new(void)
{
    const AssayStftConfig config = { .window = ASSAY_COMB_FRAME,
                                     .fft = ASSAY_COMB_FRAME,
                                     .hop = ASSAY_COMB_HOP,
                                     .shape = ASSAY_WINDOW_HANN,
                                     .full_scale = 1 };
    AssayLogSpectrum *self = g_new0(AssayLogSpectrum, 1);

    self->stft = assay_stft_new(&config, add_frames, self);
    return self;
}

void
assay_log_spectrum_free(AssayLogSpectrum *self)
{
    if (self == NULL)
        return;
    assay_stft_free(self->stft);
    g_free(self);
}

void
assay_log_spectrum_push(AssayLogSpectrum *self, const float *samples, size_t n)
{
    if (!assay_stft_push(self->stft, samples, n, NULL))
        g_assert_not_reached(); /* the sink takes all */
}

void
assay_log_spectrum_finish(AssayLogSpectrum *self, double *spectrum)
{
    if (!assay_stft_finish(self->stft, NULL))
        g_assert_not_reached();
    for (size_t k = 0; k < ASSAY_COMB_BINS; k++)
        spectrum[k] = self->n == 0 ? (double)NAN : self->sums[k] / (double)self->n;
    memset(self->sums, 0, sizeof self->sums);
    self->n = 0;
}

/**
 * Hearing:
 *
 * A sample that is heard, each signal of which becomes a spectrum.
 * @n: spectra so far
 */
typedef struct {
    AssayLogSpectrum *analyser;
    const AssayHeard *heard;
    AssayArray *field;
    guint rate_hz;
    size_t n;
} Hearing;

static gboolean
begin(gpointer user, guint rate_hz, GError **error)
{
    static const char *const axes[] = { "item", "bin", NULL };
    Hearing *self = user;
    const size_t shape[] = { self->heard->n_items, ASSAY_COMB_BINS };
    size_t skip = self->heard->has_items ? 0 : 1;

    self->rate_hz = rate_hz;
    if (self->field == NULL)
        self->field =
            assay_array_new(ASSAY_F64, 2 - skip, shape + skip, axes + skip, G_MAXSIZE, error);
    return self->field != NULL;
}

static gboolean
push(gpointer user, const float *samples, size_t n, GError **error)
{
    Hearing *self = user;

    (void)error;
    assay_log_spectrum_push(self->analyser, samples, n);
    return TRUE;
}

static gboolean
finish(gpointer user, guint64 n_frames, GError **error)
{
    Hearing *self = user;

    (void)n_frames;
    (void)error;
    assay_log_spectrum_finish(self->analyser,
                              (double *)self->field->data + self->n++ * ASSAY_COMB_BINS);
    return TRUE;
}

static void
take_field(AssaySample *sample, const Hearing *hearing)
{
    AssayJson *meta = assay_json_object();

    if (hearing->heard->has_items && !assay_sample_has_items(sample)) /* a foreign stream */
        assay_sample_set_items(sample, 0, hearing->heard->n_items);
    assay_json_set_integer(meta, "rate_hz", hearing->rate_hz);
    assay_json_set_integer(meta, "fft", ASSAY_COMB_FRAME);
    assay_json_set_integer(meta, "hop", ASSAY_COMB_HOP);
    assay_json_set_string(meta, "unit", "nats");
    assay_sample_take_field(sample, "log_spectrum", hearing->field, meta);
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    static const AssayListener listener = { begin, push, finish };
    const AssayListenConfig config = { 0 };
    AssayHeard heard;
    AssayLogSpectrum **analyser = state;
    Hearing hearing = { .heard = &heard };
    double unused[ASSAY_COMB_BINS];

    (void)stage;
    if (*analyser == NULL)
        *analyser = assay_log_spectrum_new();
    hearing.analyser = *analyser;
    if (assay_overhear(sample, &config, &listener, &hearing, &heard, error)) {
        take_field(sample, &hearing);
        return TRUE;
    }
    assay_log_spectrum_finish(*analyser, unused);
    assay_array_free(hearing.field);
    return FALSE;
}

/* Made once there is something to hear. */
static gpointer
new_state(const AssayStage *stage)
{
    (void)stage;
    return g_new0(AssayLogSpectrum *, 1);
}

static void
free_state(gpointer state)
{
    assay_log_spectrum_free(*(AssayLogSpectrum **)state);
    g_free(state);
}

AssayStage *
assay_log_spectrum_stage(void)
{
    AssayStage *stage = g_new0(AssayStage, 1);

    stage->tool = "assay-spectrum";
    stage->options = assay_json_object();
    stage->field = "log_spectrum";
    stage->apply = apply;
    stage->state_new = new_state;
    stage->state_free = free_state;
    return stage;
}

const double *
assay_log_spectra_of(AssaySample *sample, size_t *n_items, gboolean *has_items, guint *rate_hz,
                     GError **error)
{
    static const char *const bin[] = { "bin", NULL };
    const AssayArray *field =
        assay_sample_expect(sample, "log_spectrum", ASSAY_F64, bin, has_items, error);
    const AssayJson *rate;

    if (field == NULL)
        return NULL;
    if (field->shape[field->n_axes - 1] != ASSAY_COMB_BINS) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"log_spectrum\" has %" G_GSIZE_FORMAT " bins, not %d",
                    assay_sample_name(sample), field->shape[field->n_axes - 1], ASSAY_COMB_BINS);
        return NULL;
    }
    rate = assay_json_get(assay_sample_field_meta(sample, "log_spectrum"), "rate_hz");
    *rate_hz = assay_json_is_number(rate) && assay_json_peek_real(rate) >= 1 &&
                       assay_json_peek_real(rate) <= G_MAXINT32
                   ? (guint)assay_json_peek_real(rate)
                   : 0;
    *n_items = *has_items ? field->shape[0] : 1;
    if (*has_items && !assay_sample_has_items(sample)) /* a foreign stream */
        assay_sample_set_items(sample, 0, *n_items);
    return field->data;
}
