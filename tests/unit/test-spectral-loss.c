/* tests/unit/test-spectral-loss.c - the loss of profiles, its gradient, and the loss of a set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/image/spectral-loss.h>
#include <math.h>
#include <string.h>

static AssaySpectralLoss *
new_loss(size_t width, size_t height, gboolean upconv)
{
    g_autoptr(GError) error = NULL;
    AssaySpectralLoss *loss = assay_spectral_loss_new(width, height, upconv, G_MAXSIZE, &error);

    g_assert_no_error(error);
    return loss;
}

/* Numbers from 0 to 1 that look like nothing in particular. */
static double *
new_pictures(size_t n, guint32 seed)
{
    double *values = g_new(double, n);

    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525u + 1013904223u;
        values[i] = seed / 4294967296.;
    }
    return values;
}

static double
loss_of(AssaySpectralLoss *loss, const double *pictures, size_t n, double *gradient)
{
    g_autoptr(GError) error = NULL;
    double value = 0;

    g_assert_true(assay_spectral_loss_of(loss, ASSAY_F64, pictures, n, &value, gradient, &error));
    g_assert_no_error(error);
    return value;
}

static void
refer(AssaySpectralLoss *loss, const double *pictures, size_t n)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_spectral_loss_refer(loss, ASSAY_F64, pictures, n, &error));
    g_assert_no_error(error);
}

/* The gradient of every pixel is what the loss does where the pixel is moved a little, both ways;
 * even and odd sizes, both conventions. */
static void
test_gradient(void)
{
    static const size_t sizes[][2] = { { 8, 8 },   { 7, 9 },  { 9, 6 },
                                       { 10, 11 }, { 1, 20 }, { 19, 1 } };

    for (size_t i = 0; i < 2 * G_N_ELEMENTS(sizes); i++) {
        size_t width = sizes[i / 2][0], height = sizes[i / 2][1], size = width * height;
        g_autoptr(AssaySpectralLoss) loss = new_loss(width, height, i % 2);
        g_autofree double *real = new_pictures(3 * size, 1), *batch = new_pictures(2 * size, 7);
        g_autofree double *gradient = g_new(double, 2 * size);
        double steepest = 0;

        refer(loss, real, 3);
        loss_of(loss, batch, 2, gradient);
        for (size_t k = 0; k < 2 * size; k++)
            steepest = fmax(steepest, fabs(gradient[k]));
        for (size_t k = 0; k < 2 * size; k++) {
            const double step = 1e-6;
            double at = batch[k], there, here;

            batch[k] = at + step;
            there = loss_of(loss, batch, 2, NULL);
            batch[k] = at - step;
            here = loss_of(loss, batch, 2, NULL);
            batch[k] = at;
            g_assert_cmpfloat_with_epsilon((there - here) / (2 * step), gradient[k],
                                           1e-6 * steepest + 1e-9);
        }
    }
}

/* A step against the gradient is a step down. */
static void
test_descent(void)
{
    for (int upconv = 0; upconv < 2; upconv++) {
        g_autoptr(AssaySpectralLoss) loss = new_loss(16, 16, upconv);
        g_autofree double *real = new_pictures(4 * 256, 3), *picture = new_pictures(256, 5);
        g_autofree double *gradient = g_new(double, 256);
        double before, norm = 0;

        for (size_t i = 0; i < 4 * 256; i++)
            real[i] *= i % 2 == 0 ? 1 : 0.2;
        refer(loss, real, 4);
        before = loss_of(loss, picture, 1, gradient);
        for (size_t i = 0; i < 256; i++)
            norm += gradient[i] * gradient[i];
        for (size_t i = 0; i < 256; i++)
            picture[i] -= 1e-6 * before * gradient[i] / norm;
        g_assert_cmpfloat_with_epsilon(loss_of(loss, picture, 1, NULL), before * (1 - 1e-6),
                                       before * 1e-8);
    }
}

/* A picture twice as bright is 20 log10(2) dB off in every ring. */
static void
test_brightness(void)
{
    g_autoptr(AssaySpectralLoss) loss = new_loss(8, 8, FALSE);
    g_autofree double *picture = new_pictures(64, 9);
    float single[64], gradient[64];
    double value;

    refer(loss, picture, 1);
    g_assert_cmpfloat_with_epsilon(loss_of(loss, picture, 1, NULL), 0, 1e-20);
    for (size_t i = 0; i < 64; i++)
        picture[i] *= 2;
    g_assert_cmpfloat_with_epsilon(loss_of(loss, picture, 1, NULL), pow(20 * log10(2), 2), 1e-9);
    for (size_t i = 0; i < 64; i++)
        single[i] = (float)picture[i];
    g_assert_true(assay_spectral_loss_of(loss, ASSAY_F32, single, 1, &value, gradient, NULL));
    g_assert_cmpfloat_with_epsilon(value, pow(20 * log10(2), 2), 1e-4);
}

/* Cross-entropy by hand: profiles of a picture against itself lose r ln r + (1 - r) ln(1 - r), and
 * nothing at the ends of the range. */
static void
test_entropy(void)
{
    g_autoptr(AssaySpectralLoss) loss = new_loss(16, 16, TRUE);
    g_autofree double *picture = new_pictures(256, 11);
    const double *reference;
    double sum = 0;

    refer(loss, picture, 1);
    reference = assay_spectral_loss_reference(loss);
    for (size_t k = 0; k < assay_spectral_loss_n_rings(loss); k++) {
        double r = reference[k];

        sum -= r > 0 && r < 1 ? r * log(r) + (1 - r) * log(1 - r) : 0;
    }
    g_assert_cmpfloat_with_epsilon(loss_of(loss, picture, 1, NULL),
                                   sum / (double)assay_spectral_loss_n_rings(loss), 1e-12);
}

static void
put_picture(gpointer data, size_t y, double *row)
{
    memcpy(row, (const double *)data + y * 8, 8 * sizeof row[0]);
}

/* The loss of a set, of sums, is that of its pictures. */
static void
test_sums(void)
{
    for (int upconv = 0; upconv < 2; upconv++) {
        const AssayProfileConfig config = { .upconv = upconv,
                                            .scale = upconv ? ASSAY_PROFILE_TO_RANGE
                                                            : ASSAY_PROFILE_AS_IT_IS };
        g_autoptr(AssayProfile) profile = assay_profile_new(&config, 8, 8, G_MAXSIZE, NULL);
        g_autoptr(AssaySpectralLoss) loss = new_loss(8, 8, upconv);
        size_t n = assay_profile_length(profile);
        g_autoptr(AssaySpectralSum) there = assay_spectral_sum_new(upconv, n);
        g_autoptr(AssaySpectralSum) here = assay_spectral_sum_new(upconv, n);
        g_autoptr(AssaySpectralSum) none = assay_spectral_sum_new(upconv, n);
        g_autofree double *real = new_pictures(5 * 64, 2), *fake = new_pictures(3 * 64, 4);
        double values[16];

        refer(loss, real, 5);
        for (size_t i = 0; i < 8; i++) {
            double *picture = i < 5 ? real + i * 64 : fake + (i - 5) * 64;

            g_assert_true(assay_profile_of(profile, put_picture, picture, 1, values));
            assay_spectral_sum_add(i < 5 ? there : here, values);
        }
        g_assert_true(isnan(assay_spectral_sum_loss(here, none)));
        g_assert_true(isnan(assay_spectral_sum_loss(none, here)));
        values[n - 1] = (double)NAN;
        assay_spectral_sum_add(here, values);
        g_assert_cmpuint(here->n, ==, 3);
        g_assert_cmpuint(here->n_left_out, ==, 1);
        g_assert_cmpfloat_with_epsilon(assay_spectral_sum_loss(here, there),
                                       loss_of(loss, fake, 3, NULL), 1e-9);
        g_assert_cmpfloat_with_epsilon(assay_spectral_sum_loss(there, there),
                                       loss_of(loss, real, 5, NULL), 1e-9);
    }
}

/* What is held, at the floor or at the ends of a range, pulls at nothing. */
static void
test_flat(void)
{
    for (int upconv = 0; upconv < 2; upconv++) {
        g_autoptr(AssaySpectralLoss) loss = new_loss(8, 8, upconv);
        g_autofree double *real = new_pictures(64, 6), *gradient = g_new(double, 64);
        double black[64] = { 0 };

        refer(loss, real, 1);
        g_assert_true(loss_of(loss, black, 1, gradient) > 0);
        for (size_t i = 0; i < 64; i++)
            g_assert_cmpfloat(gradient[i], ==, 0);
    }
}

static void
test_refusals(void)
{
    g_autoptr(AssaySpectralLoss) loss = new_loss(8, 8, FALSE);
    g_autofree double *pictures = new_pictures(128, 8);
    g_autoptr(GError) error = NULL;
    double value;

    g_assert_null(assay_spectral_loss_reference(loss));
    g_assert_false(assay_spectral_loss_of(loss, ASSAY_F64, pictures, 2, &value, NULL, &error));
    g_assert_cmpstr(error->message, ==,
                    "a spectral loss needs a reference: give pictures to "
                    "assay_spectral_loss_refer() first");
    g_clear_error(&error);
    refer(loss, pictures, 2);
    g_assert_false(assay_spectral_loss_of(loss, ASSAY_F64, pictures, 0, &value, NULL, &error));
    g_assert_cmpstr(error->message, ==, "a spectral loss needs at least one picture");
    g_clear_error(&error);
    pictures[100] = (double)INFINITY;
    g_assert_false(assay_spectral_loss_of(loss, ASSAY_F64, pictures, 2, &value, NULL, &error));
    g_assert_cmpstr(error->message, ==, "picture 1: a value is not finite, so it has no spectrum");
    g_clear_error(&error);
    g_assert_false(assay_spectral_loss_refer(loss, ASSAY_F64, pictures, 2, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_clear_error(&error);
    g_assert_null(assay_spectral_loss_new(2, 2, TRUE, G_MAXSIZE, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/spectral-loss/gradient", test_gradient);
    g_test_add_func("/spectral-loss/descent", test_descent);
    g_test_add_func("/spectral-loss/brightness", test_brightness);
    g_test_add_func("/spectral-loss/entropy", test_entropy);
    g_test_add_func("/spectral-loss/sums", test_sums);
    g_test_add_func("/spectral-loss/flat", test_flat);
    g_test_add_func("/spectral-loss/refusals", test_refusals);
    return g_test_run();
}
