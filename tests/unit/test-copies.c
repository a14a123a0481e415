/* tests/unit/test-copies.c - from samples to vectors, to what is near, to what is a copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/detect/copy-summary.h>
#include <math.h>
#include <string.h>

#include "corpus.h"
#include "stream-file.h"

/* A sample with a field of these values; @shape ended by 0. */
static AssaySample *
make_sample(const char *name, const char *field, AssayType type, const char *axes,
            const size_t *shape, const double *values)
{
    g_auto(GStrv) names = g_strsplit(axes, ",", -1);
    AssayArray *array = assay_array_new(type, g_strv_length(names), shape,
                                        (const char *const *)names, G_MAXSIZE, NULL);
    AssaySample *sample;

    for (size_t i = 0; i < assay_array_count(array); i++) {
        if (type == ASSAY_U8)
            ((guint8 *)array->data)[i] = (guint8)values[i];
        else if (type == ASSAY_U16)
            ((guint16 *)array->data)[i] = (guint16)values[i];
        else if (type == ASSAY_F32)
            ((float *)array->data)[i] = (float)values[i];
        else
            ((double *)array->data)[i] = values[i];
    }
    sample = stream_file_sample(name, field, array);
    assay_sample_set_source(sample, name, "test", name);
    return sample;
}

/* Vectors of one number each; their sample is freed. */
static AssayVectors *
make_numbers(const char *name, size_t n, const double *values)
{
    const AssayVectorConfig config = ASSAY_VECTOR_CONFIG_DEFAULT;
    g_autoptr(AssaySample) sample =
        make_sample(name, "x", ASSAY_F64, "item,value", (size_t[]){ n, 1 }, values);
    g_autoptr(GError) error = NULL;
    AssayVectors *vectors = assay_vectors_new(sample, &config, &error);

    g_assert_no_error(error);
    return vectors;
}

static AssayVectors *
make_vectors(AssaySample *sample, size_t size, gboolean cosine)
{
    const AssayVectorConfig config = { .size = size, .cosine = cosine };
    g_autoptr(GError) error = NULL;
    AssayVectors *vectors = assay_vectors_new(sample, &config, &error);

    g_assert_no_error(error);
    g_assert_nonnull(vectors);
    assay_sample_free(sample);
    return vectors;
}

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
        vectors = make_vectors(make_sample("a", "pixels", types[t], "row,column", shape, values), 6,
                               FALSE);
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
    g_autoptr(AssayVectors) vectors = make_vectors(sample, size, cosine);

    g_assert_cmpstr(vectors->faults[0], ==, says);
    g_assert_cmpuint(vectors->n_items, ==, 2);
    g_assert_null(vectors->faults[1]);
}

/* Four pixels become one; halves are rounded up. Red is 4899 of 16384 grey. */
static void
test_reduce(void)
{
    const size_t square[] = { 2, 2 }, colour[] = { 2, 1, 1, 3 };
    g_autoptr(AssayVectors) grey = make_vectors(
        make_sample("a", "pixels", ASSAY_U8, "row,column", square, (double[]){ 1, 2, 3, 4 }), 1,
        FALSE);
    g_autoptr(AssayVectors) real =
        make_vectors(make_sample("a", "pixels", ASSAY_F32, "row,column", square,
                                 (double[]){ 1 / 255.0, 2 / 255.0, 3 / 255.0, 4 / 255.0 }),
                     1, FALSE);
    g_autoptr(AssayVectors) red =
        make_vectors(make_sample("a", "pixels", ASSAY_U8, "item,row,column,channel", colour,
                                 (double[]){ 255, 0, 0, 0, 255, 0 }),
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
    g_autoptr(AssayVectors) a =
        make_vectors(make_sample("a", "mel", ASSAY_F32, "time,mel", shape, values), 2, FALSE);
    g_autoptr(AssayVectors) b =
        make_vectors(make_sample("b", "mel", ASSAY_F32, "time,mel", longer, twice), 2, FALSE);
    g_autoptr(AssayVectors) c =
        make_vectors(make_sample("c", "mel", ASSAY_F32, "time,mel", shape, values), 2, TRUE);
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
    assert_fault(make_sample("a", "mel", ASSAY_F32, "item,time,mel", two, bad), 2, FALSE,
                 "value 1 is not finite");
}

/* The digest of a flipped picture is that of the picture that is drawn so, colours kept. */
static void
test_flipped_digest(void)
{
    const size_t shape[] = { 1, 2, 3 };
    g_autoptr(AssayVectors) a =
        make_vectors(make_sample("a", "pixels", ASSAY_U8, "row,column,channel", shape,
                                 (double[]){ 1, 2, 3, 4, 5, 6 }),
                     2, FALSE);
    g_autoptr(AssayVectors) b =
        make_vectors(make_sample("b", "pixels", ASSAY_U8, "row,column,channel", shape,
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

    assert_fault(make_sample("a", "pixels", ASSAY_F32, "item,row,column", shape,
                             (double[]){ 0, (double)NAN, 0, 1 }),
                 2, FALSE, "value 1 is not finite");
    assert_fault(
        make_sample("a", "pixels", ASSAY_F32, "item,row,column", shape, (double[]){ 0, 200, 0, 1 }),
        2, FALSE, "has values of more than 128 times full scale");
    assert_fault(make_sample("a", "x", ASSAY_F64, "item,value", flat, (double[]){ 1e300, 0, 0, 1 }),
                 2, FALSE, "value 0 is not finite");
    assert_fault(make_sample("a", "x", ASSAY_F64, "item,value", flat, (double[]){ 0, 0, 0, 1 }), 2,
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
    AssaySample *sample = make_sample("a", "x", ASSAY_U8, "row,value", pixel, zeros);
    AssayJson *meta;

    assay_sample_take_field(sample, "y", stream_file_count("time", 2), NULL);
    assert_refused(sample, &plain, ASSAY_ERROR_FIELD,
                   "a: has several fields (x, y) and none called pixels or mel: say which is "
                   "meant, as in --field=x");
    assert_refused(assay_sample_new("a"), &plain, ASSAY_ERROR_FIELD, "a: has no field");
    assert_refused(make_sample("a", "x", ASSAY_U8, "row,value", pixel, zeros), &named,
                   ASSAY_ERROR_FIELD, "a: no field \"y\"; it has x");
    assert_refused(make_sample("a", "pixels", ASSAY_U8, "row,column", pixel, zeros), &cosine,
                   ASSAY_ERROR_FIELD, "a: field \"pixels\": pictures, which --cosine is not for");
    assert_refused(make_sample("a", "pixels", ASSAY_U8, "row,column,channel", channels, zeros),
                   &plain, ASSAY_ERROR_FIELD,
                   "a: pictures of 5 channels; of at most 4 it is known what is grey of them");
    assert_refused(stream_file_sample("a", "x", stream_file_count("time", 0)), &plain,
                   ASSAY_ERROR_FIELD,
                   "a: field \"x\": items of 0 values; between 1 and 4194304 there is a distance");
    sample = make_sample("a", "x", ASSAY_U8, "item,row", channels + 1, zeros);
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

static AssayCrowd *
make_crowd(AssayVectors *vectors, AssayGroups *groups)
{
    AssayCrowd *crowd = assay_crowd_new(TRUE);
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_crowd_add(crowd, vectors, groups, &error));
    g_assert_no_error(error);
    assay_crowd_seal(crowd);
    assay_vectors_unref(vectors);
    return crowd;
}

static AssayCloseness *
make_closeness(const AssayCrowd *crowd)
{
    g_autoptr(GError) error = NULL;
    AssayCloseness *closeness = assay_closeness_new(crowd, G_MAXSIZE, 1, &error);

    g_assert_no_error(error);
    return closeness;
}

/* 0, 1, 3 and 10: the nearest others are 1, 1, 2 and 7 away. */
static void
test_closeness(void)
{
    g_autoptr(AssayCrowd) crowd = make_crowd(make_numbers("a", 4, (double[]){ 0, 1, 3, 10 }), NULL);
    g_autoptr(AssayCloseness) closeness = make_closeness(crowd);

    g_assert_true(assay_crowd_is_ungrouped(crowd));
    g_assert_cmpuint(closeness->n_groups, ==, 4);
    g_assert_cmpfloat(closeness->typical, ==, 1.5);
    g_assert_cmpfloat(closeness->smallest, ==, 1);
    g_assert_false(closeness->can_flag);
    g_assert_cmpfloat(assay_closeness_p(closeness, 0.99), ==, 0.2);
    g_assert_cmpfloat(assay_closeness_p(closeness, 1), ==, 0.6);
    g_assert_cmpfloat(assay_closeness_p(closeness, 4), ==, 0.8);
    g_assert_cmpfloat(assay_closeness_p(closeness, 48.9), ==, 0.8);
    g_assert_cmpfloat(assay_closeness_p(closeness, 1e9), ==, 1);
    g_assert_true(isnan(assay_closeness_p(closeness, (double)NAN)));
}

/* The same with 0 and 1 in one group: 3, 2 and 2, 7 away; half of that group, and both others. */
static void
test_closeness_of_groups(void)
{
    g_autoptr(AssayGroups) groups = corpus_groups("a[0]=g a[1]=g a[2]=b");
    g_autoptr(AssayCrowd) crowd =
        make_crowd(make_numbers("a", 4, (double[]){ 0, 1, 3, 10 }), groups);
    g_autoptr(AssayCloseness) closeness = make_closeness(crowd);
    size_t n_drawn = 0;

    g_assert_cmpuint(closeness->n_groups, ==, 3);
    g_assert_cmpstr(assay_crowd_group(crowd, 1), ==, "g");
    g_assert_null(assay_crowd_group(crowd, 3));
    g_assert_cmpfloat(closeness->typical, ==, 2.5);
    g_assert_cmpfloat(assay_closeness_p(closeness, 4), ==, 2.5 / 4);
    g_assert_cmpfloat(assay_closeness_p(closeness, 9), ==, 3.0 / 4);
    for (size_t n = 0; n <= 4; n++) {
        g_autofree gboolean *is_drawn = assay_crowd_draw_items(crowd, n);

        n_drawn = 0;
        for (size_t i = 0; i < 4; i++)
            n_drawn += is_drawn[i] ? 1 : 0;
        g_assert_cmpuint(n_drawn, ==, n);
    }
}

/* One item, or one group, has nothing to be near to. */
static void
test_alone(void)
{
    g_autoptr(AssayCrowd) crowd = make_crowd(make_numbers("a", 1, (double[]){ 5 }), NULL);
    g_autoptr(AssayCloseness) closeness = make_closeness(crowd);
    g_autoptr(AssayVectors) same = make_numbers("b", 1, (double[]){ 5 });
    g_autoptr(GError) error = NULL;
    AssayVectors *list[] = { same };
    AssayCopy copy;

    g_assert_cmpuint(closeness->n_items, ==, 0);
    g_assert_true(isnan(closeness->typical) && isnan(assay_closeness_p(closeness, 0)));
    g_assert_true(assay_copies_find(crowd, closeness, list, 1, 1, &copy, &error));
    g_assert_cmpint(copy.kind, ==, ASSAY_COPY_EQUAL);
    g_assert_true(isnan(copy.p) && isnan(copy.ratio));
    g_assert_true(assay_copies_find_within(crowd, closeness, 1, &copy, &error));
    g_assert_cmpuint(copy.item, ==, G_MAXSIZE);
    g_assert_true(isnan(copy.distance));
}

static void
assert_copy(const AssayCopy *copy, size_t item, double distance, double p, const char *note)
{
    g_autofree char *text = assay_copy_note(copy);

    g_assert_cmpuint(copy->item, ==, item);
    g_assert_cmpfloat(copy->distance, ==, distance);
    g_assert_cmpfloat(copy->p, ==, p);
    g_assert_cmpstr(text, ==, note);
}

/* Against 0, 1, 3, 10: a copy, something near, something usual, something far, and no number. */
static void
test_copies(void)
{
    g_autoptr(AssayCrowd) crowd = make_crowd(make_numbers("a", 4, (double[]){ 0, 1, 3, 10 }), NULL);
    g_autoptr(AssayCloseness) closeness = make_closeness(crowd);
    g_autoptr(AssayVectors) vectors =
        make_numbers("b", 6, (double[]){ 10, 2.5, 5, 100, (double)INFINITY, 10 });
    g_autoptr(AssayCopySummary) summary = assay_copy_summary_new();
    g_autoptr(GError) error = NULL;
    AssayVectors *list[] = { vectors };
    AssayCopyRow row;
    AssayCopy copies[6];
    double value;

    g_assert_true(assay_copies_find(crowd, closeness, list, 1, 2, copies, &error));
    assert_copy(&copies[0], 3, 0, 0.2, "copy");
    assert_copy(&copies[1], 2, 0.5, 0.2, NULL); /* of so few groups that says little */
    assert_copy(&copies[2], 2, 2, 0.8, NULL);
    assert_copy(&copies[3], 3, 90, 1, NULL);
    g_assert_cmpfloat(copies[3].ratio, ==, 60);
    g_assert_cmpuint(copies[4].item, ==, G_MAXSIZE);
    g_assert_cmpstr(copies[4].fault, ==, "value 0 is not finite");
    assay_copy_summary_add(summary, vectors, NULL, copies, crowd);
    g_assert_true(assay_copy_summary_row(summary, closeness, "b", 0, &row, &error));
    g_assert_cmpuint(row.items, ==, 5);
    g_assert_cmpuint(row.groups, ==, 5);
    g_assert_cmpuint(row.copies, ==, 2);
    g_assert_cmpuint(row.near_copies, ==, 0);
    g_assert_cmpuint(row.repeats, ==, 1);
    g_assert_cmpuint(row.faults, ==, 1);
    g_assert_cmpuint(row.known, ==, 0);
    g_assert_cmpfloat(row.smallest, ==, 0);
    g_assert_cmpfloat(row.median, ==, 0.5);
    g_assert_cmpfloat(row.ratio, ==, 0.5 / 1.5);
    g_assert_true(isnan(row.flagged) && isnan(row.p)); /* of four groups no p is below 1/5 */
    g_assert_true(assay_copy_row_value(&row, "copies", &value));
    g_assert_cmpfloat(value, ==, 2);
    g_assert_false(assay_copy_row_value(&row, "note", &value));
}

/* What is a tenth beside numbers that are more than 1 apart is flagged, what is far off is not. */
static void
test_flagged(void)
{
    double reference[80], near[10], far[10];
    g_autoptr(AssayCrowd) crowd = NULL;
    g_autoptr(AssayCloseness) closeness = NULL;
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < 80; i++)
        reference[i] = (double)i + (double)i * (double)i / 100;
    for (size_t i = 0; i < 10; i++) {
        near[i] = reference[i] + 0.1;
        far[i] = 1000 + 10 * (double)i;
    }
    crowd = make_crowd(make_numbers("a", 80, reference), NULL);
    closeness = make_closeness(crowd);
    g_assert_true(closeness->can_flag);
    for (int is_far = 0; is_far < 2; is_far++) {
        g_autoptr(AssayVectors) vectors = make_numbers("b", 10, is_far ? far : near);
        g_autoptr(AssayCopySummary) summary = assay_copy_summary_new();
        AssayVectors *list[] = { vectors };
        AssayCopy copies[10];
        AssayCopyRow row;

        g_assert_true(assay_copies_find(crowd, closeness, list, 1, 1, copies, &error));
        assay_copy_summary_add(summary, vectors, NULL, copies, crowd);
        g_assert_true(assay_copy_summary_row(summary, closeness, "b", 0, &row, &error));
        g_assert_cmpfloat(row.flagged, ==, is_far ? 0 : 1);
        g_assert_cmpuint(row.near_copies, ==, is_far ? 0 : 10);
        g_assert_cmpfloat(row.p, >=, is_far ? 1 : 0);
        g_assert_cmpfloat(row.p, <=, is_far ? 1 : 0.001);
    }
}

/* Within a set: the nearest of another group; what is drawn of a crowd keeps its groups. */
static void
test_within(void)
{
    g_autoptr(AssayGroups) groups = corpus_groups("a[0]=g a[1]=g");
    g_autoptr(AssayCrowd) crowd =
        make_crowd(make_numbers("a", 5, (double[]){ 2, 2, 3, 2, 9 }), groups);
    g_autoptr(AssayCloseness) none = NULL;
    g_autoptr(AssayCrowd) drawn = NULL;
    g_autoptr(GError) error = NULL;
    AssayCopy copies[5];

    none = assay_closeness_new(crowd, 0, 1, &error);
    g_assert_true(assay_copies_find_within(crowd, none, 2, copies, &error));
    g_assert_cmpuint(copies[0].item, ==, 3);
    g_assert_cmpint(copies[0].kind, ==, ASSAY_COPY_EQUAL);
    g_assert_cmpuint(copies[2].item, ==, 0);
    g_assert_cmpuint(copies[3].item, ==, 0);
    g_assert_cmpuint(copies[4].item, ==, 2);
    g_assert_cmpfloat(copies[4].distance, ==, 6);
    g_assert_true(isnan(copies[4].p));
    drawn = assay_crowd_draw(crowd, 5, &error);
    for (size_t i = 0; i < 5; i++) {
        g_autofree char *a = assay_crowd_identity(crowd, i), *b = assay_crowd_identity(drawn, i);

        g_assert_cmpstr(a, ==, b);
        g_assert_cmpuint(assay_crowd_group_id(crowd, i), ==, assay_crowd_group_id(drawn, i));
    }
}

/* Vectors of another field, kind or size do not suit. */
static void
test_suits(void)
{
    g_autoptr(AssayCrowd) crowd = make_crowd(make_numbers("a", 1, (double[]){ 5 }), NULL);
    const size_t two[] = { 1, 2 };
    g_autoptr(AssayVectors) longer = make_vectors(
        make_sample("b", "x", ASSAY_F64, "item,value", two, (double[]){ 1, 2 }), 2, FALSE);
    g_autoptr(AssayVectors) other = make_vectors(
        make_sample("c", "pixels", ASSAY_U8, "row,column", two, (double[]){ 1, 2 }), 2, FALSE);
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_crowd_suits(crowd, longer, "the reference", &error));
    corpus_refused(&error, ASSAY_ERROR_FIELD,
                   "b: field \"x\": items of 2 values, where the reference has 1");
    g_assert_false(assay_crowd_suits(crowd, other, "the reference", &error));
    corpus_refused(&error, ASSAY_ERROR_FIELD,
                   "c: field \"pixels\" of pictures, where the reference has \"x\"");
}

/* 1 - cos of what is at right angles is 1, of what is twice as long 0. */
static void
test_cosine(void)
{
    const size_t shape[] = { 2, 2 };
    g_autoptr(AssayVectors) query = make_vectors(
        make_sample("b", "x", ASSAY_F64, "item,value", shape, (double[]){ 0, 8, -1, -1 }), 2, TRUE);
    g_autoptr(AssayCrowd) crowd =
        make_crowd(make_vectors(make_sample("a", "x", ASSAY_F64, "item,value", shape,
                                            (double[]){ 1, 0, 0, 4 }),
                                2, TRUE),
                   NULL);
    g_autoptr(AssayCloseness) closeness = make_closeness(crowd);
    g_autoptr(GError) error = NULL;
    AssayVectors *list[] = { query };
    AssayCopy copies[2];

    g_assert_cmpfloat(closeness->typical, ==, 1);
    g_assert_true(assay_copies_find(crowd, closeness, list, 1, 1, copies, &error));
    g_assert_cmpfloat(copies[0].distance, ==, 0);
    g_assert_cmpint(copies[0].kind, ==, ASSAY_COPY_NEAR);
    g_assert_cmpfloat_with_epsilon(copies[1].distance, 1 + sqrt(0.5), 1e-6);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/vectors/types", test_types);
    g_test_add_func("/vectors/reduce", test_reduce);
    g_test_add_func("/vectors/spectrograms", test_spectrograms);
    g_test_add_func("/vectors/flipped-digest", test_flipped_digest);
    g_test_add_func("/vectors/faults", test_faults);
    g_test_add_func("/vectors/refused", test_refused);
    g_test_add_func("/closeness/by-hand", test_closeness);
    g_test_add_func("/closeness/groups", test_closeness_of_groups);
    g_test_add_func("/copies/alone", test_alone);
    g_test_add_func("/copies/by-hand", test_copies);
    g_test_add_func("/copies/flagged", test_flagged);
    g_test_add_func("/copies/within", test_within);
    g_test_add_func("/copies/suits", test_suits);
    g_test_add_func("/copies/cosine", test_cosine);
    return g_test_run();
}
