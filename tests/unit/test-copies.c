/* tests/unit/test-copies.c - from vectors to what is near, and to what is a copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/detect/copy-summary.h>
#include <math.h>

#include "corpus.h"
#include "item-vectors.h"

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
    g_autoptr(AssayCrowd) crowd =
        make_crowd(item_vectors_numbers("a", 4, (double[]){ 0, 1, 3, 10 }), NULL);
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
        make_crowd(item_vectors_numbers("a", 4, (double[]){ 0, 1, 3, 10 }), groups);
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
    g_autoptr(AssayCrowd) crowd = make_crowd(item_vectors_numbers("a", 1, (double[]){ 5 }), NULL);
    g_autoptr(AssayCloseness) closeness = make_closeness(crowd);
    g_autoptr(AssayVectors) same = item_vectors_numbers("b", 1, (double[]){ 5 });
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
    g_autoptr(AssayCrowd) crowd =
        make_crowd(item_vectors_numbers("a", 4, (double[]){ 0, 1, 3, 10 }), NULL);
    g_autoptr(AssayCloseness) closeness = make_closeness(crowd);
    g_autoptr(AssayVectors) vectors =
        item_vectors_numbers("b", 6, (double[]){ 10, 2.5, 5, 100, (double)INFINITY, 10 });
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
    crowd = make_crowd(item_vectors_numbers("a", 80, reference), NULL);
    closeness = make_closeness(crowd);
    g_assert_true(closeness->can_flag);
    for (int is_far = 0; is_far < 2; is_far++) {
        g_autoptr(AssayVectors) vectors = item_vectors_numbers("b", 10, is_far ? far : near);
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
        make_crowd(item_vectors_numbers("a", 5, (double[]){ 2, 2, 3, 2, 9 }), groups);
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
    g_autoptr(AssayCrowd) crowd = make_crowd(item_vectors_numbers("a", 1, (double[]){ 5 }), NULL);
    const size_t two[] = { 1, 2 };
    g_autoptr(AssayVectors) longer = item_vectors_take(
        item_vectors_sample("b", "x", ASSAY_F64, "item,value", two, (double[]){ 1, 2 }), 2, FALSE);
    g_autoptr(AssayVectors) other = item_vectors_take(
        item_vectors_sample("c", "pixels", ASSAY_U8, "row,column", two, (double[]){ 1, 2 }), 2,
        FALSE);
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
    g_autoptr(AssayVectors) query = item_vectors_take(
        item_vectors_sample("b", "x", ASSAY_F64, "item,value", shape, (double[]){ 0, 8, -1, -1 }),
        2, TRUE);
    g_autoptr(AssayCrowd) crowd =
        make_crowd(item_vectors_take(item_vectors_sample("a", "x", ASSAY_F64, "item,value", shape,
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
