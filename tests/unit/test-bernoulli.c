/* tests/unit/test-bernoulli.c - Bernoulli noise in the shapes of a corpus.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/transform/baseline.h>
#include <assay/transform/bernoulli.h>
#include <math.h>
#include <string.h>

#include "any-field.h"
#include "corpus.h"
#include "stream-file.h"

static void
learn(AssayBernoulli *baseline, AssaySample *sample)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;

    if (!assay_bernoulli_learn(baseline, own, &error))
        g_assert_no_error(error);
}

static AssaySample *
make(const AssayBernoulli *baseline, size_t index)
{
    g_autoptr(GError) error = NULL;
    AssaySample *sample = assay_bernoulli_make(baseline, index, &error);

    g_assert_no_error(error);
    return sample;
}

static const AssayArray *
field_of(AssaySample *sample, const char *field)
{
    g_autoptr(GError) error = NULL;
    const AssayArray *array = assay_sample_field(sample, field, &error);

    g_assert_no_error(error);
    return array;
}

static gboolean
same_cells(AssaySample *a, AssaySample *b, const char *field)
{
    const AssayArray *x = field_of(a, field), *y = field_of(b, field);

    return assay_array_bytes(x) == assay_array_bytes(y) &&
           memcmp(x->data, y->data, assay_array_bytes(x)) == 0;
}

/* The share of all cells of all samples: 3 + 1 of 24 + 36. */
static void
test_share(void)
{
    g_autoptr(AssayBernoulli) baseline = assay_bernoulli_new("chroma", 0);
    g_autoptr(AssayJson) options = NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    g_assert_true(isnan(assay_bernoulli_share(baseline)));
    learn(baseline, corpus_chroma("a", "C-E D"));
    learn(baseline, corpus_chroma("b", "C rest rest"));
    g_assert_cmpuint(assay_bernoulli_n_samples(baseline), ==, 2);
    g_assert_cmpfloat(assay_bernoulli_share(baseline), ==, 4 / 60.0);
    assay_bernoulli_set_share(baseline, 0.25);
    options = assay_bernoulli_options(baseline);
    assay_json_print(text, options);
    g_assert_cmpstr(text->str, ==,
                    "{\"field\":\"chroma\",\"kind\":\"bernoulli\",\"p\":\"0.25\",\"seed\":\"0\"}");
}

/* A sample keeps its name, shape and metadata, and nothing else; not its source. */
static void
test_make(void)
{
    AssaySample *sample = corpus_piece("dir/a", corpus_midi(96, "0-960:60"), NULL);
    g_autoptr(AssayBernoulli) baseline = assay_bernoulli_new("roll", 0);
    g_autoptr(AssaySample) noise = NULL;
    g_autofree char *sha256 =
        g_strdup(assay_json_peek_string(assay_json_get(assay_sample_source(sample), "sha256")));
    const AssayJson *source;
    const AssayArray *roll;

    learn(baseline, sample);
    assay_bernoulli_set_share(baseline, 0.5);
    noise = make(baseline, 0);
    g_assert_cmpstr(assay_sample_name(noise), ==, "dir/a");
    g_assert_true(assay_sample_has(noise, "roll"));
    g_assert_false(assay_sample_has(noise, "notes") || assay_sample_has(noise, "chroma"));
    roll = field_of(noise, "roll");
    g_assert_cmpuint(roll->shape[0], ==, 40);
    g_assert_cmpuint(roll->shape[1], ==, 128);
    g_assert_cmpfloat(
        assay_json_peek_real(assay_json_get(assay_sample_field_meta(noise, "roll"), "step_q")), ==,
        0.25);
    for (size_t i = 0; i < 40 * 128; i++)
        g_assert_true(((const guint8 *)roll->data)[i] == 0 ||
                      ((const guint8 *)roll->data)[i] == 64);
    source = assay_sample_source(noise);
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(source, "format")), ==, "bernoulli");
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(source, "sha256")), !=, sha256);
    g_assert_nonnull(assay_sample_stages(noise));
}

static guint64
count_on(AssaySample *sample, const char *field)
{
    const AssayArray *array = field_of(sample, field);
    guint64 n = 0;

    for (size_t i = 0; i < assay_array_count(array); i++)
        n += ((const guint8 *)array->data)[i] != 0;
    return n;
}

/* None, all, and a share as it was asked for: 12,000 cells at .3 are 3,600 give or take 50. */
static void
test_probability(void)
{
    static const double shares[] = { 0, 1, 0.3 };

    for (size_t i = 0; i < G_N_ELEMENTS(shares); i++) {
        g_autoptr(AssayBernoulli) baseline = assay_bernoulli_new("chroma", 7);
        g_autoptr(AssaySample) noise = NULL;
        double n;

        learn(baseline, corpus_chroma("a", "C*1000"));
        assay_bernoulli_set_share(baseline, shares[i]);
        noise = make(baseline, 0);
        n = (double)count_on(noise, "chroma");
        g_assert_cmpfloat(fabs(n - 12000 * shares[i]), <=,
                          5 * sqrt(12000 * shares[i] * (1 - shares[i])));
    }
}

/* The numbers are the item's: whatever comes before it, in whichever piece it travels. */
static void
test_identity(void)
{
    g_autoptr(AssayBernoulli) first = assay_bernoulli_new("chroma", 1);
    g_autoptr(AssayBernoulli) second = assay_bernoulli_new("chroma", 1);
    g_autoptr(AssayBernoulli) other = assay_bernoulli_new("chroma", 2);
    g_autoptr(AssaySample) a = NULL, b = NULL, c = NULL, whole = NULL, rest = NULL;
    AssaySample *piece = corpus_chroma("z", "C D|C D");
    const AssayArray *x, *y;

    learn(first, corpus_chroma("a", "C*50"));
    learn(first, corpus_chroma("b", "C*50"));
    learn(first, corpus_chroma("z", "C D|C D|C D|C D"));
    learn(second, corpus_chroma("b", "C*50"));
    assay_sample_set_items(piece, 2, 2);
    learn(second, piece);
    learn(other, corpus_chroma("b", "C*50"));
    assay_bernoulli_set_share(first, 0.5);
    assay_bernoulli_set_share(second, 0.5);
    assay_bernoulli_set_share(other, 0.5);
    a = make(first, 1);
    b = make(second, 0);
    c = make(other, 0);
    g_assert_true(same_cells(a, b, "chroma"));
    g_assert_false(same_cells(a, c, "chroma")); /* another seed */
    whole = make(first, 0);
    g_assert_false(same_cells(a, whole, "chroma")); /* another name */
    assay_sample_free(g_steal_pointer(&whole));
    whole = make(first, 2);
    rest = make(second, 1);
    g_assert_cmpuint(assay_sample_item_start(rest), ==, 2);
    x = field_of(whole, "chroma");
    y = field_of(rest, "chroma");
    g_assert_cmpuint(assay_array_bytes(y), ==, 48);
    g_assert_true(memcmp((const char *)x->data + 48, y->data, 48) == 0);
}

static gboolean
put(gpointer writer, AssaySample *sample, GError **error)
{
    return assay_writer_put(writer, sample, error);
}

/* A number of workers shows in nothing. */
static void
test_write(void)
{
    GBytes *bytes[3];

    for (guint n = 0; n < 3; n++) {
        g_autoptr(AssayBernoulli) baseline = assay_bernoulli_new("chroma", 3);
        StreamFile *file = stream_file_new("test");
        g_autoptr(GError) error = NULL;
        AssayBaselineRun run;

        for (guint i = 0; i < 40; i++) {
            g_autofree char *name = g_strdup_printf("s%02u", i);

            learn(baseline, corpus_chroma(name, "C-E-G*20 F-A-C*20"));
        }
        run = (AssayBaselineRun){ assay_bernoulli_n_samples(baseline), assay_bernoulli_make,
                                  baseline, put, file->writer };
        if (!assay_baseline_run(&run, n + 1, &error))
            g_assert_no_error(error);
        bytes[n] = stream_file_finish(file);
        g_assert_true(g_bytes_equal(bytes[n], bytes[0]));
    }
    for (guint n = 0; n < 3; n++)
        g_bytes_unref(bytes[n]);
}

static void
refused(AssaySample *sample, const char *field, const char *says)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(AssayBernoulli) baseline = assay_bernoulli_new(field, 0);
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_bernoulli_learn(baseline, own, &error));
    corpus_refused(&error, ASSAY_ERROR_FIELD, says);
    g_assert_cmpuint(assay_bernoulli_n_samples(baseline), ==, 0);
}

static void
test_refused(void)
{
    static const char *const axes[] = { "item", "time", "class", NULL };
    AssaySample *hollow = assay_sample_new("h");

    assay_sample_take_field(hollow, "chroma",
                            assay_array_new(ASSAY_U8, 3, (const size_t[]){ (size_t)1 << 40, 0, 12 },
                                            axes, G_MAXSIZE, NULL),
                            NULL);
    refused(hollow, "chroma", "items, and no value in them");
    refused(corpus_chroma("a", "C"), "roll", "a: no field \"roll\"; it has chroma");
    refused(corpus_piece("a", corpus_midi(96, "0-96:60"), NULL), "notes",
            "a: field \"notes\" is of type f64; bernoulli makes u8 (roll, chroma)");
}

/* Of pixels the probability is their mean; cells are 0 and 1, which is full scale. */
static void
test_pixels(void)
{
    static const struct {
        AssayType type;
        const char *meta;
        double mean;
    } cases[] = {
        { ASSAY_U8, NULL, (51 + 102) / 255.0 / 4 },
        { ASSAY_U8, "{\"full_scale\": 256}", (51 + 102) / 256.0 / 4 },
        { ASSAY_F32, "{\"full_scale\": 204}", 0.1875 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(AssayBernoulli) baseline = assay_bernoulli_new(NULL, 0);
        g_autoptr(AssaySample) noise = NULL;
        g_autoptr(GString) text = g_string_new(NULL);
        AssaySample *sample = assay_sample_new("p");
        AssayArray *array = any_field_add(sample, "pixels", cases[i].type, "row,column",
                                          (const size_t[]){ 2, 2 }, cases[i].meta);

        any_field_put(array, 1, 51);
        any_field_put(array, 2, 102);
        learn(baseline, sample);
        g_assert_cmpfloat_with_epsilon(assay_bernoulli_share(baseline), cases[i].mean, 1e-15);
        assay_bernoulli_set_share(baseline, 1);
        noise = make(baseline, 0);
        g_assert_cmpuint(count_on(noise, "pixels"), ==, 4);
        g_assert_cmpuint(((const guint8 *)field_of(noise, "pixels")->data)[3], ==, 1);
        assay_json_print(text, assay_sample_field_meta(noise, "pixels"));
        g_assert_cmpstr(text->str, ==, "{\"axes\":[\"row\",\"column\"],\"full_scale\":1}");
    }
}

/* A mean that is no probability is found before anything is made of it. */
static void
test_no_probability(void)
{
    const double values[] = { -0.5, 1.5, 0.25, (double)NAN };
    const gboolean fits[] = { FALSE, FALSE, TRUE, TRUE };

    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autoptr(AssayBernoulli) baseline = assay_bernoulli_new("pixels", 0);
        g_autoptr(GError) error = NULL;
        AssaySample *sample = assay_sample_new("p");

        any_field_put(any_field_add(sample, "pixels", ASSAY_F64, "row,column",
                                    (const size_t[]){ 1, 1 }, NULL),
                      0, values[i]);
        learn(baseline, sample);
        g_assert_true(assay_bernoulli_check(baseline, &error) == fits[i]);
        if (!fits[i])
            corpus_refused(&error, ASSAY_ERROR_RANGE, "which is no probability");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/bernoulli/share", test_share);
    g_test_add_func("/bernoulli/make", test_make);
    g_test_add_func("/bernoulli/probability", test_probability);
    g_test_add_func("/bernoulli/identity", test_identity);
    g_test_add_func("/bernoulli/write", test_write);
    g_test_add_func("/bernoulli/pixels", test_pixels);
    g_test_add_func("/bernoulli/no-probability", test_no_probability);
    g_test_add_func("/bernoulli/refused", test_refused);
    return g_test_run();
}
