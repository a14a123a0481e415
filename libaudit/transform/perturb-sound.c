/* transform/perturb-sound.c - sound made louder, coded, brought to other rates.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../signal/resample.h"
#include "perturb-private.h"

gboolean
assay_perturb_gain(AssayPerturbWork *work, size_t item, double gain_db, AssayRandom *random,
                   GError **error)
{
    size_t n = assay_perturb_item_size(work);
    float *values = assay_perturb_item(work, item);
    double factor = pow(10, gain_db / 20);

    (void)random;
    (void)error;
    for (size_t i = 0; i < n; i++) {
        double value = (double)values[i] * factor;

        values[i] = (float)CLAMP(value, -(double)G_MAXFLOAT, (double)G_MAXFLOAT);
    }
    return TRUE;
}

/* As ITU-T G.711's companding law, with mu of any width and values equally far apart (Aaron van den
 * Oord et al., "WaveNet: a generative model for raw audio", 2016, section 2.2). */
gboolean
assay_perturb_mu_law(AssayPerturbWork *work, size_t item, double bits, AssayRandom *random,
                     GError **error)
{
    size_t n = assay_perturb_item_size(work);
    float *values = assay_perturb_item(work, item);
    double mu = exp2(bits) - 1;

    (void)random;
    (void)error;
    for (size_t i = 0; i < n; i++) {
        double x = CLAMP((double)values[i], -1, 1);
        double coded = copysign(log1p(mu * fabs(x)) / log1p(mu), x);
        double decoded = floor((coded + 1) / 2 * mu + 0.5) / mu * 2 - 1;

        values[i] = (float)copysign(expm1(fabs(decoded) * log1p(mu)) / mu, decoded);
    }
    return TRUE;
}

/* Where resampled values go: every @step-th of @values, as far as @n goes. */
typedef struct {
    float *values;
    size_t step, n, n_done;
} Sink;

static gboolean
take(gpointer user, const float *samples, size_t n, GError **error)
{
    Sink *sink = user;

    (void)error;
    for (size_t i = 0; i < n && sink->n_done < sink->n; i++)
        sink->values[sink->n_done++ * sink->step] = samples[i];
    return TRUE;
}

/* @n values, every @step-th, from one rate to the other; of more than sink->n the first. */
static gboolean
resample(const float *values, size_t step, size_t n, guint from_hz, guint to_hz, Sink *sink,
         GError **error)
{
    g_autoptr(AssayResampler) resampler = NULL;
    g_autofree float *line = assay_perturb_memory(n, sizeof *line, error);

    if (line == NULL ||
        (resampler = assay_resampler_new(from_hz, to_hz, take, sink, error)) == NULL)
        return FALSE;
    for (size_t i = 0; i < n; i++)
        line[i] = values[i * step];
    return assay_resampler_push(resampler, line, n, error) &&
           assay_resampler_finish(resampler, error);
}

/* How many samples there are at the other rate; 0 with an error where that is too many. */
static size_t
resampled(const AssayPerturbWork *work, size_t n, guint from_hz, guint to_hz, GError **error)
{
    double many = ceil((double)n * to_hz / from_hz);

    if (many * (double)work->layout.n_channels * sizeof(float) <= (double)work->config->max_bytes)
        return (size_t)((n * (guint64)to_hz + from_hz - 1) / from_hz);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "would have %.0f frames; --max-sample raises the limit", many);
    return 0;
}

gboolean
assay_perturb_resample(AssayPerturbWork *work, size_t item, double rate_hz, AssayRandom *random,
                       GError **error)
{
    const AssayPixelLayout *layout = &work->layout;
    float *values = assay_perturb_item(work, item);
    guint rate = (guint)rate_hz;
    g_autofree float *between = NULL;
    size_t n;

    (void)random;
    if (work->rate_hz == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                    "field \"audio\" has no rate_hz in its metadata, which --resample needs");
        return FALSE;
    }
    if (work->rate_hz < ASSAY_RESAMPLE_MIN_HZ || work->rate_hz > ASSAY_RESAMPLE_MAX_HZ) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "its rate is %u Hz; --resample takes sounds from %d to %d Hz", work->rate_hz,
                    ASSAY_RESAMPLE_MIN_HZ, ASSAY_RESAMPLE_MAX_HZ);
        return FALSE;
    }
    n = resampled(work, layout->width, work->rate_hz, rate, error);
    if (n == 0 || (between = assay_perturb_memory(n, sizeof *between, error)) == NULL)
        return FALSE;
    for (size_t c = 0; c < layout->n_channels; c++) {
        Sink there = { between, 1, n, 0 },
             back = { values + c, layout->n_channels, layout->width, 0 };

        if (!resample(values + c, layout->n_channels, layout->width, work->rate_hz, rate, &there,
                      error) ||
            !resample(between, 1, n, rate, work->rate_hz, &back, error))
            return FALSE;
    }
    return TRUE;
}

/* Rates whose ratio is the factor. */
enum { STRETCH_HZ = 100000 };

static gboolean
new_sound(AssayPerturbWork *work, double factor, GError **error)
{
    const AssayArray *array = work->array;
    size_t shape[ASSAY_MAX_AXES], n;

    n = resampled(work, work->layout.width, STRETCH_HZ, (guint)floor(factor * STRETCH_HZ + 0.5),
                  error);
    if (n == 0)
        return FALSE;
    memcpy(shape, array->shape, sizeof shape);
    shape[work->layout.has_items ? 1 : 0] = n;
    work->next_layout = work->layout;
    work->next_layout.width = n;
    work->next = assay_array_new(array->type, array->n_axes, shape,
                                 (const char *const *)array->axes, work->config->max_bytes, error);
    return work->next != NULL;
}

gboolean
assay_perturb_stretch_prepare(AssayPerturbWork *work, const AssayPerturbation *operation,
                              GError **error)
{
    if (!work->layout.has_items)
        return TRUE;
    if (operation->low == operation->high && operation->share == 1)
        return new_sound(work, operation->low, error);
    g_set_error(
        error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
        "its items are to stay equally long: give --stretch one factor, as in --stretch=1.03");
    return FALSE;
}

gboolean
assay_perturb_stretch(AssayPerturbWork *work, size_t item, double factor, AssayRandom *random,
                      GError **error)
{
    const AssayPixelLayout *from = &work->layout;
    size_t n = from->n_channels;
    const float *values = assay_perturb_item(work, item);
    guint to_hz = (guint)floor(factor * STRETCH_HZ + 0.5);

    (void)random;
    if (work->next == NULL && !new_sound(work, factor, error))
        return FALSE;
    for (size_t c = 0; c < n; c++) {
        float *to = (float *)work->next->data + item * work->next_layout.width * n + c;
        Sink sink = { to, n, work->next_layout.width, 0 };

        if (!resample(values + c, n, from->width, STRETCH_HZ, to_hz, &sink, error))
            return FALSE;
    }
    return TRUE;
}
