/* tests/unit/test-exponential.c - exponential noise in the shapes of a corpus.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/transform/exponential.h>
#include <math.h>
#include <string.h>

#include "any-field.h"
#include "corpus.h"

enum { STEPS = 100, BANDS = 100, N = STEPS * BANDS };

/* A spectrogram of two items, whose values are all @value. */
static AssaySample *
new_mel(const char *name, double value)
{
    AssaySample *sample = assay_sample_new(name);
    AssayArray *array = any_field_add(sample, "mel", ASSAY_F64, "item,time,mel",
                                      (const size_t[]){ 2, STEPS, BANDS }, "{\"hop_s\": 0.01}");

    for (size_t i = 0; i < (size_t)2 * N; i++)
        any_field_put(array, i, value);
    assay_sample_set_items(sample, 3, 2);
    return sample;
}

static void
learn(AssayExponential *baseline, AssaySample *sample)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;

    if (!assay_exponential_learn(baseline, own, &error))
        g_assert_no_error(error);
}

static AssaySample *
make(const AssayExponential *baseline, size_t index)
{
    g_autoptr(GError) error = NULL;
    AssaySample *sample = assay_exponential_make(baseline, index, &error);

    g_assert_no_error(error);
    return sample;
}

static const float *
values(AssaySample *sample, const char *field)
{
    return assay_sample_field(sample, field, NULL)->data;
}

static int
compare(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

/* The largest distance of the ECDF of @n values from 1 - exp(-x / @mean). */
static double
distance(const float *from, size_t n, double mean)
{
    g_autofree float *sorted = g_memdup2(from, n * sizeof *from);
    double most = 0;

    qsort(sorted, n, sizeof *sorted, compare);
    for (size_t i = 0; i < n; i++) {
        double law = 1 - exp(-(double)sorted[i] / mean);

        most = MAX(most, MAX(law - (double)i / (double)n, (double)(i + 1) / (double)n - law));
    }
    return most;
}

/* The law, held against the KS bound that one draw in a million passes: 2.69 / sqrt(n). */
static void
test_law(void)
{
    g_autoptr(AssayExponential) baseline = assay_exponential_new(NULL, 5);
    g_autoptr(AssaySample) noise = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    const float *value;

    learn(baseline, new_mel("a", 1));
    learn(baseline, new_mel("b", 4));
    g_assert_cmpfloat(assay_exponential_mean(baseline), ==, 2.5);
    g_assert_cmpuint(assay_exponential_n_samples(baseline), ==, 2);
    noise = make(baseline, 1);
    value = values(noise, "mel");
    g_assert_cmpstr(assay_sample_name(noise), ==, "b");
    g_assert_cmpuint(assay_sample_item_start(noise), ==, 3);
    g_assert_true(assay_sample_field(noise, "mel", NULL)->type == ASSAY_F32);
    g_assert_cmpfloat(distance(value, N, 2.5), <, 2.69 / sqrt(N));
    g_assert_cmpfloat(distance(value + N, N, 2.5), <, 2.69 / sqrt(N));
    g_assert_true(memcmp(value, value + N, N * sizeof *value) != 0);
    assay_json_print(text, assay_sample_field_meta(noise, "mel"));
    g_assert_cmpstr(text->str, ==, "{\"axes\":[\"item\",\"time\",\"mel\"],\"hop_s\":0.01}");
}

/* The numbers are the item's; the seed is another's. */
static void
test_identity(void)
{
    g_autoptr(AssayExponential) first = assay_exponential_new("mel", 1);
    g_autoptr(AssayExponential) second = assay_exponential_new("mel", 1);
    g_autoptr(AssayExponential) other = assay_exponential_new("mel", 2);
    g_autoptr(AssaySample) a = NULL, b = NULL, c = NULL;
    g_autoptr(AssayJson) options = NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    learn(first, new_mel("a", 1));
    learn(first, new_mel("b", 1));
    learn(second, new_mel("b", 3));
    learn(other, new_mel("b", 1));
    assay_exponential_set_mean(second, 1);
    a = make(first, 1);
    b = make(second, 0);
    c = make(other, 0);
    g_assert_true(memcmp(values(a, "mel"), values(b, "mel"), N * sizeof(float)) == 0);
    g_assert_true(memcmp(values(a, "mel"), values(c, "mel"), N * sizeof(float)) != 0);
    options = assay_exponential_options(second);
    assay_json_print(text, options);
    g_assert_cmpstr(text->str, ==,
                    "{\"field\":\"mel\",\"kind\":\"exponential\",\"mean\":\"1\",\"seed\":\"1\"}");
}

/* Pixels are taken in units of full scale, which is 1 of what is made. */
static void
test_pixels(void)
{
    g_autoptr(AssayExponential) baseline = assay_exponential_new(NULL, 0);
    g_autoptr(AssaySample) noise = NULL;
    AssaySample *sample = assay_sample_new("p");

    any_field_put(
        any_field_add(sample, "pixels", ASSAY_U8, "row,column", (const size_t[]){ 1, 2 }, NULL), 0,
        255);
    learn(baseline, sample);
    g_assert_cmpfloat(assay_exponential_mean(baseline), ==, 0.5);
    noise = make(baseline, 0);
    g_assert_cmpint(assay_json_peek_integer(
                        assay_json_get(assay_sample_field_meta(noise, "pixels"), "full_scale")),
                    ==, 1);
}

static void
refused(AssaySample *sample, const char *field, const char *says)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(AssayExponential) baseline = assay_exponential_new(field, 0);
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_exponential_learn(baseline, own, &error));
    corpus_refused(&error, ASSAY_ERROR_FIELD, says);
}

static void
test_refused(void)
{
    g_autoptr(AssayExponential) negative = assay_exponential_new(NULL, 0);
    g_autoptr(GError) error = NULL;
    AssaySample *hollow = assay_sample_new("h");

    learn(negative, new_mel("a", -1));
    g_assert_false(assay_exponential_check(negative, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "the mean of field \"mel\" is -1");
    assay_exponential_set_mean(negative, 0);
    g_assert_true(assay_exponential_check(negative, &error));
    refused(corpus_chroma("a", "C"), NULL, "a: no field \"mel\"; it has chroma");
    refused(corpus_chroma("a", "C"), "chroma", "which a chroma is not made of");
    any_field_add(hollow, "mel", ASSAY_F32, "item,time,mel",
                  (const size_t[]){ (size_t)1 << 40, 0, 12 }, NULL);
    refused(hollow, NULL, "items, and no value in them");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/exponential/law", test_law);
    g_test_add_func("/exponential/identity", test_identity);
    g_test_add_func("/exponential/pixels", test_pixels);
    g_test_add_func("/exponential/refused", test_refused);
    return g_test_run();
}
