/* tests/unit/test-item-vectors.c - from samples to vectors, and what has none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <math.h>
#include <string.h>

#include "corpus.h"
#include "item-vectors.h"
#include "stream-file.h"

static gboolean
digests_equal(const AssayNearestDigest *a, const AssayNearestDigest *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* A picture of 2 x 3 pixels as u8, u16 and floats is one picture. */
static void
test_types(void)
{
    static const double levels[] = { 0, 1, 2, 100, 200, 255 };
    static const AssayType types[] = { ASSAY_U8, ASSAY_U16, ASSAY_F32 };
    static const double scales[] = { 1, 257, 1.0 / 255 };
    const size_t shape[] = { 2, 3 };
    g_autoptr(AssayVectors) first = NULL;

    for (size_t t = 0; t < 3; t++) {
        double values[6];
        g_autoptr(AssayVectors) vectors = NULL;

        for (size_t i = 0; i < 6; i++)
            values[i] = levels[i] * scales[t];
        vectors = item_vectors_take(
            item_vectors_sample("a", "pixels", types[t], "row,column", shape, values), 6, FALSE);
        g_assert_cmpuint(vectors->n_dims, ==, 36);
        g_assert_cmpfloat(vectors->values[0], ==, 0);
        g_assert_cmpfloat(vectors->values[2], ==, 1);
        g_assert_cmpfloat(vectors->values[35], ==, 255);
        if (first == NULL)
            first = g_steal_pointer(&vectors);
        else
            g_assert_true(digests_equal(&first->digests[0], &vectors->digests[0]) &&
                          digests_equal(&first->flipped[0], &vectors->flipped[0]));
    }
}

static void
assert_fault(AssaySample *sample, size_t size, gboolean cosine, const char *says)
{
    g_autoptr(AssayVectors) vectors = item_vectors_take(sample, size, cosine);

    g_assert_cmpstr(vectors->faults[0], ==, says);
    g_assert_cmpuint(vectors->n_items, ==, 2);
    g_assert_null(vectors->faults[1]);
}

/* Four pixels become one; halves are rounded up. Red is 4899 of 16384 grey. */
static void
test_reduce(void)
{
    const size_t square[] = { 2, 2 }, colour[] = { 2, 1, 1, 3 };
    g_autoptr(AssayVectors) grey =
        item_vectors_take(item_vectors_sample("a", "pixels", ASSAY_U8, "row,column", square,
                                              (double[]){ 1, 2, 3, 4 }),
                          1, FALSE);
    g_autoptr(AssayVectors) real = item_vectors_take(
        item_vectors_sample("a", "pixels", ASSAY_F32, "row,column", square,
                            (double[]){ 1 / 255.0, 2 / 255.0, 3 / 255.0, 4 / 255.0 }),
        1, FALSE);
    g_autoptr(AssayVectors) red =
        item_vectors_take(item_vectors_sample("a", "pixels", ASSAY_U8, "item,row,column,channel",
                                              colour, (double[]){ 255, 0, 0, 0, 255, 0 }),
                          1, FALSE);

    g_assert_cmpfloat(grey->values[0], ==, 3);
    g_assert_cmpfloat(real->values[0], ==, 3);
    g_assert_cmpfloat(red->values[0], ==, 76);
    g_assert_cmpfloat(red->values[1], ==, 150);
    g_assert_false(assay_vectors_is_constant(red, 0)); /* a single value */
}

/* Spectrograms of any length are as many numbers: means of time by bands, not rounded. A copy is
 * one before it is reduced. */
static void
test_spectrograms(void)
{
    const size_t shape[] = { 4, 2 }, longer[] = { 8, 2 }, two[] = { 2, 2, 2 };
    const double values[] = { 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8 };
    const double twice[] = { 1, 2, 1, 2, 3, 4, 3, 4, 5, 6, 5, 6, 7, 8, 7, 8 };
    const double bad[] = { 0, (double)INFINITY, 1, 2, 3, 4, 5, 6 };
    g_autoptr(AssayVectors) a = item_vectors_take(
        item_vectors_sample("a", "mel", ASSAY_F32, "time,mel", shape, values), 2, FALSE);
    g_autoptr(AssayVectors) b = item_vectors_take(
        item_vectors_sample("b", "mel", ASSAY_F32, "time,mel", longer, twice), 2, FALSE);
    g_autoptr(AssayVectors) c = item_vectors_take(
        item_vectors_sample("c", "mel", ASSAY_F32, "time,mel", shape, values), 2, TRUE);
    const float want[] = { 2, 3, 6, 7 };

    g_assert_cmpuint(a->n_dims, ==, 4);
    g_assert_cmpuint(a->width, ==, 0); /* so it is not tried the other way round */
    for (size_t k = 0; k < 4; k++) {
        g_assert_cmpfloat(a->values[k], ==, want[k]);
        g_assert_cmpfloat(b->values[k], ==, want[k]);
        g_assert_cmpfloat_with_epsilon((double)c->values[k], (double)want[k] / sqrt(98), 1e-6);
    }
    g_assert_true(digests_equal(&a->digests[0], &c->digests[0]));
    g_assert_false(digests_equal(&a->digests[0], &b->digests[0]));
    assert_fault(item_vectors_sample("a", "mel", ASSAY_F32, "item,time,mel", two, bad), 2, FALSE,
                 "value 1 is not finite");
}

/* The digest of a flipped picture is that of the picture that is drawn so, colours kept. */
static void
test_flipped_digest(void)
{
    const size_t shape[] = { 1, 2, 3 };
    g_autoptr(AssayVectors) a =
        item_vectors_take(item_vectors_sample("a", "pixels", ASSAY_U8, "row,column,channel", shape,
                                              (double[]){ 1, 2, 3, 4, 5, 6 }),
                          2, FALSE);
    g_autoptr(AssayVectors) b =
        item_vectors_take(item_vectors_sample("b", "pixels", ASSAY_U8, "row,column,channel", shape,
                                              (double[]){ 4, 5, 6, 1, 2, 3 }),
                          2, FALSE);

    g_assert_true(digests_equal(&a->flipped[0], &b->digests[0]));
    g_assert_true(digests_equal(&b->flipped[0], &a->digests[0]));
    g_assert_false(digests_equal(&a->digests[0], &b->digests[0]));
    g_assert_false(assay_vectors_is_constant(a, 0));
}

/* One item of two has no vector. */
static void
test_faults(void)
{
    const size_t shape[] = { 2, 1, 2 }, flat[] = { 2, 2 };

    assert_fault(item_vectors_sample("a", "pixels", ASSAY_F32, "item,row,column", shape,
                                     (double[]){ 0, (double)NAN, 0, 1 }),
                 2, FALSE, "value 1 is not finite");
    assert_fault(item_vectors_sample("a", "pixels", ASSAY_F32, "item,row,column", shape,
                                     (double[]){ 0, 200, 0, 1 }),
                 2, FALSE, "has values of more than 128 times full scale");
    assert_fault(
        item_vectors_sample("a", "x", ASSAY_F64, "item,value", flat, (double[]){ 1e300, 0, 0, 1 }),
        2, FALSE, "value 0 is not finite");
    assert_fault(
        item_vectors_sample("a", "x", ASSAY_F64, "item,value", flat, (double[]){ 0, 0, 0, 1 }), 2,
        TRUE, "all its values are 0, so no angle is known");
}

static void
assert_refused(AssaySample *sample, const AssayVectorConfig *config, int code, const char *says)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(assay_vectors_new(sample, config, &error));
    corpus_refused(&error, code, says);
    assay_sample_free(sample);
}

static void
test_refused(void)
{
    const AssayVectorConfig plain = ASSAY_VECTOR_CONFIG_DEFAULT;
    const AssayVectorConfig cosine = { .size = 2, .cosine = TRUE };
    const AssayVectorConfig named = { .field = "y", .size = 2 };
    const size_t pixel[] = { 1, 1 }, channels[] = { 1, 1, 5 };
    const double zeros[5] = { 0 };
    AssaySample *sample = item_vectors_sample("a", "x", ASSAY_U8, "row,value", pixel, zeros);
    AssayJson *meta;

    assay_sample_take_field(sample, "y", stream_file_count("time", 2), NULL);
    assert_refused(sample, &plain, ASSAY_ERROR_FIELD,
                   "a: has several fields (x, y) and none called pixels or mel: say which is "
                   "meant, as in --field=x");
    assert_refused(assay_sample_new("a"), &plain, ASSAY_ERROR_FIELD, "a: has no field");
    assert_refused(item_vectors_sample("a", "x", ASSAY_U8, "row,value", pixel, zeros), &named,
                   ASSAY_ERROR_FIELD, "a: no field \"y\"; it has x");
    assert_refused(item_vectors_sample("a", "pixels", ASSAY_U8, "row,column", pixel, zeros),
                   &cosine, ASSAY_ERROR_FIELD,
                   "a: field \"pixels\": pictures, which --cosine is not for");
    assert_refused(
        item_vectors_sample("a", "pixels", ASSAY_U8, "row,column,channel", channels, zeros), &plain,
        ASSAY_ERROR_FIELD,
        "a: pictures of 5 channels; of at most 4 it is known what is grey of them");
    assert_refused(stream_file_sample("a", "x", stream_file_count("time", 0)), &plain,
                   ASSAY_ERROR_FIELD,
                   "a: field \"x\": items of 0 values; between 1 and 4194304 there is a distance");
    sample = item_vectors_sample("a", "x", ASSAY_U8, "item,row", channels + 1, zeros);
    assay_sample_take_field(sample, "y", stream_file_count("time", 2), NULL);
    assert_refused(sample, &named, ASSAY_ERROR_FIELD,
                   "a: field \"y\": has not the 1 items that the sample has");
    sample = assay_sample_new("a");
    meta = assay_json_object();
    assay_json_set_integer(meta, "full_scale", 0);
    assay_sample_take_field(sample, "pixels", stream_file_count("row,column", 1, 1), meta);
    assert_refused(sample, &plain, ASSAY_ERROR_META,
                   "a: field \"pixels\": its full_scale is no number above 0");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/item-vectors/types", test_types);
    g_test_add_func("/item-vectors/reduce", test_reduce);
    g_test_add_func("/item-vectors/spectrograms", test_spectrograms);
    g_test_add_func("/item-vectors/flipped-digest", test_flipped_digest);
    g_test_add_func("/item-vectors/faults", test_faults);
    g_test_add_func("/item-vectors/refused", test_refused);
    return g_test_run();
}
