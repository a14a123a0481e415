/* tests/unit/test-average.c - average spectra, cosine statistics, and what stands out of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/feature/average-sample.h>
#include <assay/image/peaks.h>
#include <assay/image/residual.h>
#include <assay/signal/plane-dct.h>
#include <math.h>
#include <string.h>

static AssaySample *
new_pictures(AssayType type, size_t items, size_t height, size_t width)
{
    static const char *const axes[] = { "item", "row", "column", NULL };
    const size_t shape[] = { items, height, width };
    AssaySample *sample = assay_sample_new("x");
    AssayArray *pixels = assay_array_new(type, 3, shape, axes, G_MAXSIZE, NULL);
    AssayRandom random;

    assay_random_init(&random, 1, "average", "");
    for (size_t i = 0; i < assay_array_count(pixels); i++) {
        guint8 value = (guint8)assay_random_below(&random, 256);

        if (type == ASSAY_U8)
            ((guint8 *)pixels->data)[i] = value;
        else
            ((float *)pixels->data)[i] = (float)value / 255;
    }
    assay_sample_take_field(sample, "pixels", pixels, NULL);
    assay_sample_set_items(sample, 0, items);
    return sample;
}

static AssayAverageSum *
sum_of(AssayAverageKind kind, AssaySample *sample)
{
    const AssayAverageConfig config = { .kind = kind, .max_bytes = G_MAXSIZE };
    g_autoptr(AssayAverager) averager = assay_averager_new(&config);
    g_autoptr(GError) error = NULL;
    AssayAverageSum *sum = assay_averager_sum(averager, sample, &error);

    g_assert_no_error(error);
    return sum;
}

static AssayArray *
average_of(AssayAverageKind kind, AssaySample *sample)
{
    g_autoptr(AssayAverageSum) sum = sum_of(kind, sample);

    return assay_average_sum_finish(sum, G_MAXSIZE, NULL);
}

/* Of one picture both averages are ln(|F| + 10^-6). */
static void
test_one(void)
{
    static const size_t sizes[][2] = { { 8, 8 }, { 7, 9 }, { 6, 11 }, { 1, 5 }, { 4, 1 } };

    for (size_t s = 0; s < G_N_ELEMENTS(sizes); s++) {
        g_autoptr(AssaySample) sample = new_pictures(ASSAY_U8, 1, sizes[s][0], sizes[s][1]);
        g_autoptr(AssayArray) a = average_of(ASSAY_AVERAGE_INCOHERENT, sample);
        g_autoptr(AssayArray) b = average_of(ASSAY_AVERAGE_COHERENT, sample);

        g_assert_cmpuint(a->shape[0], ==, sizes[s][0]);
        g_assert_cmpstr(a->axes[1], ==, "column");
        for (size_t i = 0; i < assay_array_count(a); i++)
            g_assert_cmpfloat_with_epsilon(assay_array_value(a, i), assay_array_value(b, i), 1e-6);
    }
}

/* One coefficient by its definition; @v and @u are counted from the middle. */
static double
log_amplitude(const double *residual, size_t height, size_t width, double v, double u)
{
    double re = 0, im = 0;

    for (size_t y = 0; y < height; y++) {
        for (size_t x = 0; x < width; x++) {
            double turn =
                2 * G_PI * (v * (double)y / (double)height + u * (double)x / (double)width);

            re += residual[y * width + x] * cos(turn);
            im -= residual[y * width + x] * sin(turn);
        }
    }
    return log(hypot(re, im) + 1e-6);
}

static void
test_transform(void)
{
    static const size_t sizes[][2] = { { 6, 7 }, { 5, 8 } };

    for (size_t s = 0; s < G_N_ELEMENTS(sizes); s++) {
        size_t height = sizes[s][0], width = sizes[s][1];
        g_autoptr(AssaySample) sample = new_pictures(ASSAY_U8, 1, height, width);
        g_autoptr(AssayArray) average = average_of(ASSAY_AVERAGE_INCOHERENT, sample);
        g_autoptr(AssayResidual) filter = assay_residual_new(ASSAY_U8, width, NULL);
        const AssayArray *pixels = assay_sample_field(sample, "pixels", NULL);
        double residual[6 * 8];

        for (size_t y = 0; y < height; y++)
            assay_residual_row(filter, pixels->data, height, y, residual + y * width);
        for (size_t i = 0; i < height * width; i++) {
            double v = (double)(i / width) - (double)(height / 2);
            double u = (double)(i % width) - (double)(width / 2);

            g_assert_cmpfloat_with_epsilon(assay_array_value(average, i),
                                           log_amplitude(residual, height, width, v, u), 1e-7);
        }
    }
}

/* A lone pixel's residual is that pixel, whose transform is as large everywhere. */
static void
test_impulse(void)
{
    g_autoptr(AssaySample) sample = new_pictures(ASSAY_U8, 1, 9, 12);
    const AssayArray *pixels = assay_sample_field(sample, "pixels", NULL);
    g_autoptr(AssayArray) average = NULL;

    memset(pixels->data, 100, 9 * 12);
    ((guint8 *)pixels->data)[4 * 12 + 6] = 60;
    average = average_of(ASSAY_AVERAGE_INCOHERENT, sample);
    for (size_t i = 0; i < assay_array_count(average); i++)
        g_assert_cmpfloat_with_epsilon(assay_array_value(average, i), log(40 + 1e-6), 1e-12);
}

/* Floats are put on the scale of 255, and what is summed apart comes to the same. */
static void
test_merge(void)
{
    for (AssayAverageKind kind = ASSAY_AVERAGE_INCOHERENT; kind <= ASSAY_AVERAGE_COSINE; kind++) {
        g_autoptr(AssaySample) bytes = new_pictures(ASSAY_U8, 5, 10, 12);
        g_autoptr(AssaySample) floats = new_pictures(ASSAY_F32, 5, 10, 12);
        g_autoptr(AssayArray) whole = average_of(kind, bytes), other = average_of(kind, floats);
        g_autoptr(AssayAverageSum) sum = NULL;
        g_autoptr(AssayArray) merged = NULL;

        for (size_t first = 0; first < 5; first += 2) {
            g_autoptr(AssaySample) part = assay_sample_new("x");
            g_autoptr(AssayAverageSum) next = NULL;

            assay_sample_take_field(part, "pixels",
                                    assay_array_slice(assay_sample_field(bytes, "pixels", NULL),
                                                      first, MIN(2, 5 - first), NULL),
                                    NULL);
            next = sum_of(kind, part);
            if (sum == NULL)
                sum = g_steal_pointer(&next);
            else
                g_assert_true(assay_average_sum_merge(sum, next, "x", NULL));
        }
        g_assert_cmpuint(sum->moments->n, ==, 5);
        merged = assay_average_sum_finish(sum, G_MAXSIZE, NULL);
        for (size_t i = 0; i < assay_array_count(whole); i++) {
            double wanted = assay_array_value(whole, i);

            g_assert_cmpfloat_with_epsilon(assay_array_value(merged, i), wanted, 1e-9);
            g_assert_cmpfloat_with_epsilon(assay_array_value(other, i), wanted, 1e-3);
        }
    }
}

/* A flat picture of 7 has one coefficient, 7 sqrt(height width), and no deviation. */
static void
test_cosine(void)
{
    g_autoptr(AssaySample) sample = new_pictures(ASSAY_U8, 3, 4, 9);
    const AssayArray *pixels = assay_sample_field(sample, "pixels", NULL);
    g_autoptr(AssayAverageSum) sum = NULL;
    g_autoptr(AssayArray) mean = NULL, deviation = NULL;

    memset(pixels->data, 7, assay_array_count(pixels));
    sum = sum_of(ASSAY_AVERAGE_COSINE, sample);
    mean = assay_average_sum_finish(sum, G_MAXSIZE, NULL);
    deviation = assay_average_sum_deviation(sum, G_MAXSIZE, NULL);
    g_assert_cmpfloat_with_epsilon(assay_array_value(mean, 0), log(42), 1e-12);
    g_assert_cmpfloat(assay_array_value(mean, 5), <, -25);
    g_assert_cmpfloat(assay_array_value(deviation, 0), ==, 0);
}

static void
assert_field(AssaySample *sample, const char *field, const char *average, AssayArray *expected)
{
    const AssayArray *array = assay_sample_field(sample, field, NULL);
    const AssayJson *meta = assay_sample_field_meta(sample, field);
    g_autoptr(AssayArray) own = expected;

    g_assert_nonnull(array);
    g_assert_cmpuint(assay_array_bytes(array), ==, assay_array_bytes(own));
    g_assert_true(memcmp(array->data, own->data, assay_array_bytes(own)) == 0);
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(meta, "average")), ==, average);
    g_assert_cmpint(assay_json_peek_integer(assay_json_get(meta, "n")), ==, 3);
}

/* The averages of a set as fields; only of a second set a difference. */
static void
test_sample(void)
{
    g_autoptr(AssaySample) pictures = new_pictures(ASSAY_U8, 3, 8, 8);
    g_autoptr(AssaySample) wide = new_pictures(ASSAY_U8, 3, 8, 9);
    g_autoptr(AssayAverageSum) spectrum = sum_of(ASSAY_AVERAGE_COHERENT, pictures);
    g_autoptr(AssayAverageSum) cosine = sum_of(ASSAY_AVERAGE_COSINE, pictures);
    g_autoptr(AssayAverageSum) other = sum_of(ASSAY_AVERAGE_COSINE, wide);
    g_autoptr(AssaySample) average = assay_average_sample("a", spectrum, spectrum, G_MAXSIZE, NULL);
    g_autoptr(AssaySample) alone = assay_average_sample("a", cosine, NULL, G_MAXSIZE, NULL);
    g_autoptr(AssaySample) same = assay_average_sample("a", cosine, cosine, G_MAXSIZE, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_cmpstr(assay_sample_name(average), ==, "a");
    assert_field(average, "spectrum", "coherent",
                 assay_average_sum_finish(spectrum, G_MAXSIZE, NULL));
    assert_field(same, "dct_mean", "cosine", assay_average_sum_finish(cosine, G_MAXSIZE, NULL));
    assert_field(same, "dct_deviation", "cosine",
                 assay_average_sum_deviation(cosine, G_MAXSIZE, NULL));
    assert_field(same, "dct_difference", "cosine",
                 assay_average_sum_difference(cosine, cosine, "a", G_MAXSIZE, NULL));
    g_assert_cmpfloat(assay_array_value(assay_sample_field(same, "dct_difference", NULL), 9), ==,
                      0);
    g_assert_true(assay_sample_has(alone, "dct_deviation"));
    g_assert_false(assay_sample_has(alone, "dct_difference"));
    g_assert_null(assay_average_sample("b", other, cosine, G_MAXSIZE, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_clear_error(&error);
    g_assert_null(assay_average_sample("b", other, NULL, 8, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
}

static void
assert_refused(AssaySample *sample, int code, const char *words)
{
    const AssayAverageConfig config = { .max_bytes = 1 << 20 };
    g_autoptr(AssayAverager) averager = assay_averager_new(&config);
    g_autoptr(GError) error = NULL;

    g_assert_null(assay_averager_sum(averager, sample, &error));
    g_assert_error(error, ASSAY_ERROR, code);
    g_assert_nonnull(strstr(error->message, words));
}

static void
test_refused(void)
{
    g_autoptr(AssaySample) sample = new_pictures(ASSAY_F32, 2, 5, 5);
    g_autoptr(AssaySample) none = new_pictures(ASSAY_U8, 0, 5, 5);
    g_autoptr(AssaySample) large = new_pictures(ASSAY_U8, 1, 1000, 1000);
    g_autoptr(AssaySample) small = new_pictures(ASSAY_U8, 1, 4, 5);
    g_autoptr(AssayAverageSum) a = NULL, b = NULL, c = NULL;
    g_autoptr(GError) error = NULL;
    AssayArray *mel;

    ((float *)assay_sample_field(sample, "pixels", NULL)->data)[30] = NAN;
    assert_refused(sample, ASSAY_ERROR_RANGE,
                   "x[1]: field \"pixels\" holds nan, which has no spectrum");
    assert_refused(none, ASSAY_ERROR_FIELD, "x: field \"pixels\" has no items");
    assert_refused(large, ASSAY_ERROR_RANGE,
                   "mean and variance of planes of 1000 x 501 values take more memory than there "
                   "is, or than --max-sample allows");
    g_assert_null(assay_plane_dct_new(300, 1000, 1 << 20, &error));
    g_assert_cmpstr(error->message, ==,
                    "a plane of 1000 x 300 values has no cosine transform: a side is 1 to 65536, "
                    "and --max-sample limits the memory; assay-image --size=N makes smaller ones");
    g_clear_error(&error);
    a = sum_of(ASSAY_AVERAGE_INCOHERENT, small);
    large = (assay_sample_free(large), new_pictures(ASSAY_U8, 1, 6, 5));
    b = sum_of(ASSAY_AVERAGE_INCOHERENT, large);
    g_assert_false(assay_average_sum_merge(a, b, "y", &error));
    g_assert_cmpstr(error->message, ==,
                    "y: is 5 x 6, those before it 5 x 4; only spectra of one size have a mean: "
                    "assay-image --size=5x4 makes them so, and leaves traces of its own");
    g_clear_error(&error);
    mel = assay_array_slice(assay_sample_field(small, "pixels", NULL), 0, 1, NULL);
    assay_array_name_axes(mel, (const char *const[]){ "item", "time", "mel", NULL });
    assay_sample_remove_field(small, "pixels");
    assay_sample_take_field(small, "mel", mel, NULL);
    c = sum_of(ASSAY_AVERAGE_INCOHERENT, small);
    g_assert_false(assay_average_sum_merge(a, c, "y", &error));
    g_assert_cmpstr(error->message, ==,
                    "y: its spectrum is over time and mel, those before it over row and column");
}

/* Noise with a point and a line in it, frequency 0 in the middle. */
static void
test_peaks(void)
{
    enum { HEIGHT = 48, WIDTH = 64 };
    double spectrum[HEIGHT * WIDTH];
    g_autoptr(GArray) noise = NULL, peaks = NULL;
    AssayPeak *peak;
    AssayRandom random;

    assay_random_init(&random, 1, "average", "peaks");
    for (size_t v = 0; v < HEIGHT; v++) {
        for (size_t u = 0; u < WIDTH; u++) {
            size_t opposite = (HEIGHT - v) % HEIGHT * WIDTH + (WIDTH - u) % WIDTH;

            spectrum[v * WIDTH + u] = spectrum[opposite] = assay_random_double(&random);
        }
    }
    noise = assay_peaks_find(spectrum, HEIGHT, WIDTH, 10, NULL);
    g_assert_cmpuint(noise->len, ==, 0);
    spectrum[0 * WIDTH + 16] += 4; /* row -24, column -16, which is row 24, column 16 */
    spectrum[0 * WIDTH + 48] += 4;
    for (size_t u = 0; u < WIDTH; u++) {
        spectrum[(24 + 6) * WIDTH + u] += 1.5;
        spectrum[(24 - 6) * WIDTH + u] += 1.5;
    }
    peaks = assay_peaks_find(spectrum, HEIGHT, WIDTH, 10, NULL);
    g_assert_cmpuint(peaks->len, >=, 2); /* and points of the line */
    peak = &g_array_index(peaks, AssayPeak, 0);
    g_assert_cmpint(peak->kind, ==, ASSAY_PEAK_POINT);
    g_assert_cmpint(peak->row, ==, 24);
    g_assert_cmpint(peak->column, ==, 16);
    g_assert_cmpuint(peak->grid, ==, 4);
    g_assert_cmpfloat_with_epsilon(peak->period, 1 / hypot(0.5, 0.25), 1e-12);
    g_assert_cmpfloat_with_epsilon(peak->height, 4, 0.6);
    peak = &g_array_index(peaks, AssayPeak, peaks->len - 1);
    g_assert_cmpint(peak->kind, ==, ASSAY_PEAK_ROW);
    g_assert_cmpint(peak->row, ==, 6);
    g_assert_cmpuint(peak->grid, ==, 8);
    g_assert_cmpfloat(peak->period, ==, 8);
    g_assert_cmpfloat_with_epsilon(peak->height, 1.5, 0.2);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/average/one", test_one);
    g_test_add_func("/average/transform", test_transform);
    g_test_add_func("/average/impulse", test_impulse);
    g_test_add_func("/average/merge", test_merge);
    g_test_add_func("/average/cosine", test_cosine);
    g_test_add_func("/average/sample", test_sample);
    g_test_add_func("/average/refused", test_refused);
    g_test_add_func("/average/peaks", test_peaks);
    return g_test_run();
}
