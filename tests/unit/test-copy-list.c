/* tests/unit/test-copy-list.c - the nearest of many, in their order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/detect/copy-list.h>
#include <math.h>

#include "corpus.h"
#include "item-vectors.h"

enum { MANY = 5000 };

/* 0 and 10, the second of group g. */
static AssayCrowd *
new_crowd(void)
{
    g_autoptr(AssayGroups) groups = corpus_groups("a[1]=g");
    g_autoptr(AssayVectors) vectors = item_vectors_numbers("a", 2, (double[]){ 0, 10 });
    AssayCrowd *crowd = assay_crowd_new(FALSE);

    g_assert_true(assay_crowd_add(crowd, vectors, groups, NULL));
    assay_crowd_seal(crowd);
    return crowd;
}

static void
test_entry(void)
{
    g_autoptr(AssayCrowd) crowd = new_crowd();
    const AssayCopy copy = {
        .item = 1, .distance = 2, .ratio = 3, .p = 0.5, .is_flipped = TRUE, .kind = ASSAY_COPY_NEAR
    };
    const AssayCopy none = { .item = G_MAXSIZE, .distance = (double)NAN, .fault = "is empty" };
    g_autoptr(AssayCopyEntry) entry = assay_copy_entry_new(7, "x", &copy, crowd);
    g_autoptr(AssayCopyEntry) lone = assay_copy_entry_new(7, "y", &none, crowd);

    g_assert_cmpuint(entry->set, ==, 7);
    g_assert_cmpstr(entry->item, ==, "x");
    g_assert_cmpstr(entry->nearest, ==, "a[1]");
    g_assert_cmpstr(entry->group, ==, "g");
    g_assert_cmpstr(entry->note, ==, "near copy");
    g_assert_cmpfloat(entry->distance, ==, 2);
    g_assert_cmpfloat(entry->ratio, ==, 3);
    g_assert_cmpfloat(entry->p, ==, 0.5);
    g_assert_true(entry->is_flipped);
    g_assert_null(lone->nearest);
    g_assert_null(lone->group);
    g_assert_cmpstr(lone->note, ==, "is empty");
}

/* Of many, which come in no order and at few distances, the first as a whole sort has them. */
static void
test_nearest(void)
{
    const size_t wanted[] = { 1, 3, 1400, MANY };
    g_autoptr(AssayCrowd) crowd = new_crowd();

    for (size_t k = 0; k < G_N_ELEMENTS(wanted); k++) {
        g_autoptr(AssayCopyList) list = assay_copy_list_new(wanted[k]);
        const GPtrArray *entries;

        for (size_t i = 0; i < MANY; i++) {
            const AssayCopy copy = { .item = i % 11 == 10 ? G_MAXSIZE : 0,
                                     .distance = (double)(i * 7919 % 50) };

            assay_copy_list_take(list, assay_copy_entry_new(i, "x", &copy, crowd));
        }
        entries = assay_copy_list_entries(list);
        g_assert_cmpuint(entries->len, ==, MIN(wanted[k], MANY - MANY / 11));
        for (guint i = 0; i < entries->len; i++) {
            const AssayCopyEntry *entry = g_ptr_array_index(entries, i);
            const AssayCopyEntry *before = i == 0 ? NULL : g_ptr_array_index(entries, i - 1);

            g_assert_nonnull(entry->nearest);
            g_assert_cmpfloat(entry->distance, ==, (double)(entry->set * 7919 % 50));
            if (before == NULL)
                g_assert_cmpuint(entry->set, ==, 0);
            else if (before->distance >= entry->distance)
                g_assert_cmpuint(before->set, <, entry->set);
            if (before != NULL)
                g_assert_cmpfloat(before->distance, <=, entry->distance);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/copy-list/entry", test_entry);
    g_test_add_func("/copy-list/nearest", test_nearest);
    return g_test_run();
}
