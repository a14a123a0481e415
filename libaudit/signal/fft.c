/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fft.h"

#include <math.h>
#include <string.h>

#include "fftw-private.h"

/**
 * AssayFft:
 *
 * A real frame of even length n is gone through as a complex one of half the length, even samples
 * real and odd ones imaginary, which FFTW does twice as fast as its own transform of real frames:
 * with Z its transform, m = n / 2, and * the conjugate,
 *   X[k] = (Z[k] + Z*[m-k]) / 2 - i exp(-2 pi i k / n) (Z[k] - Z*[m-k]) / 2.
 * (Press et al., Numerical Recipes, 2nd ed., section 12.3.) No frame sees another one's rounding.
 *
 * @n: samples; @m: length of the complex transform; n itself where n is odd
 * @in, @out: real parts, then imaginary ones from @stride on
 * @mirrored: powers of the upper half, m / 2 .. m - 1
 * @cosines, @sines: of 2 pi k / n, k = 0 .. m / 2
 */
struct AssayFft {
    size_t n, m, stride;
    gboolean is_halved;
    float *in, *out, *mirrored, *cosines, *sines;
    fftwf_plan plan;
};

static void
make_tables(AssayFft *self)
{
    self->cosines = assay_fftwf()->alloc_real(self->m / 2 + 1);
    self->sines = assay_fftwf()->alloc_real(self->m / 2 + 1);
    for (size_t k = 0; k <= self->m / 2; k++) {
        double angle = 2 * G_PI * (double)k / (double)self->n;

        self->cosines[k] = (float)cos(angle);
        self->sines[k] = (float)sin(angle);
    }
}

AssayFft *
assay_fft_new(size_t n)
{
    AssayFft *self = g_new0(AssayFft, 1);
    fftwf_iodim size;

    self->n = n;
    self->is_halved = n % 2 == 0;
    self->m = self->is_halved ? n / 2 : n;
    self->stride = (self->m + 15) / 16 * 16;
    size = (fftwf_iodim){ (int)self->m, 1, 1 };
    self->in = assay_fftwf()->alloc_real(2 * self->stride);
    self->out = assay_fftwf()->alloc_real(2 * self->stride);
    self->mirrored = assay_fftwf()->alloc_real(self->m);
    pthread_mutex_lock(&assay_fftw_planner);
    self->plan =
        assay_fftwf()->plan_guru_split_dft(1, &size, 0, NULL, self->in, self->in + self->stride,
                                           self->out, self->out + self->stride, FFTW_ESTIMATE);
    pthread_mutex_unlock(&assay_fftw_planner);
    memset(self->in, 0, 2 * self->stride * sizeof self->in[0]);
    make_tables(self);
    return self;
}

void
assay_fft_free(AssayFft *self)
{
    if (self == NULL)
        return;
    pthread_mutex_lock(&assay_fftw_planner);
    assay_fftwf()->destroy_plan(self->plan);
    pthread_mutex_unlock(&assay_fftw_planner);
    assay_fftwf()->free(self->in);
    assay_fftwf()->free(self->out);
    assay_fftwf()->free(self->mirrored);
    assay_fftwf()->free(self->cosines);
    assay_fftwf()->free(self->sines);
    g_free(self);
}

/* The windowed frame, even samples in the real parts and odd ones in the imaginary ones. */
static void
load_halved(AssayFft *self, const float *restrict frame, const float *restrict window,
            size_t length)
{
    float *restrict re = self->in, *restrict im = self->in + self->stride;
    size_t pairs = length / 2;

    for (size_t j = 0; j < pairs; j++) {
        re[j] = frame[2 * j] * window[2 * j];
        im[j] = frame[2 * j + 1] * window[2 * j + 1];
    }
    memset(re + pairs, 0, (self->m - pairs) * sizeof re[0]);
    memset(im + pairs, 0, (self->m - pairs) * sizeof im[0]);
    if (length % 2 == 1)
        re[pairs] = frame[length - 1] * window[length - 1];
}

static void
power_halved(const AssayFft *self, float *restrict power)
{
    const float *restrict re = self->out, *restrict im = self->out + self->stride;
    const float *restrict cosines = self->cosines, *restrict sines = self->sines;
    float *restrict mirrored = self->mirrored;
    size_t m = self->m, half = m / 2;
    float first = re[0] + im[0], last = re[0] - im[0];

    power[0] = first * first;
    for (size_t k = 1; k <= half; k++) {
        float even_re = re[k] + re[m - k], even_im = im[k] - im[m - k];
        float odd_re = im[k] + im[m - k], odd_im = re[m - k] - re[k];
        float turned_re = cosines[k] * odd_re + sines[k] * odd_im;
        float turned_im = cosines[k] * odd_im - sines[k] * odd_re;
        float x = even_re + turned_re, y = even_im + turned_im;
        float u = even_re - turned_re, v = even_im - turned_im;

        power[k] = (x * x + y * y) * 0.25F;
        mirrored[m - k] = (u * u + v * v) * 0.25F;
    }
    memcpy(power + half + 1, mirrored + half + 1, (m - half - 1) * sizeof power[0]);
    power[m] = last * last;
}

static void
power_whole(AssayFft *self, const float *frame, const float *window, size_t length, float *power)
{
    const float *re = self->out, *im = self->out + self->stride;

    for (size_t j = 0; j < length; j++)
        self->in[j] = frame[j] * window[j];
    memset(self->in + length, 0, (self->n - length) * sizeof self->in[0]);
    assay_fftwf()->execute(self->plan);
    for (size_t k = 0; k <= self->n / 2; k++)
        power[k] = re[k] * re[k] + im[k] * im[k];
}

void
assay_fft_power(AssayFft *self, const float *frame, const float *window, size_t length,
                float *power)
{
    if (!self->is_halved) {
        power_whole(self, frame, window, length, power);
        return;
    }
    load_halved(self, frame, window, length);
    assay_fftwf()->execute(self->plan);
    power_halved(self, power);
}
