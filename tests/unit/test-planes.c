/* tests/unit/test-planes.c - pictures, spectrograms and rolls as planes; what is none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/feature/planes-maker.h>
#include <assay/feature/planes.h>
#include <string.h>

#include "any-field.h"
#include "corpus.h"

static AssaySample *
with_field(const char *field, AssayType type, const char *axes, const size_t *shape,
           const char *meta)
{
    AssaySample *sample = assay_sample_new("x");

    any_field_add(sample, field, type, axes, shape, meta);
    return sample;
}

static void
assert_planes(AssaySample *taken, size_t items, size_t rows, size_t columns, gboolean by_column,
              double full_scale)
{
    g_autoptr(AssaySample) sample = taken;
    g_auto(AssayPlanes) planes = { 0 };
    g_autoptr(GError) error = NULL;
    gboolean is_open = assay_planes_open(&planes, sample, NULL, &error);

    g_assert_no_error(error);
    g_assert_true(is_open);
    g_assert_cmpuint(planes.n_items, ==, items);
    g_assert_cmpuint(planes.n_rows, ==, rows);
    g_assert_cmpuint(planes.n_columns, ==, columns);
    g_assert_cmpuint(planes.n_channels, ==, 1);
    g_assert_cmpint(planes.by_column, ==, by_column);
    g_assert_cmpfloat(planes.full_scale, ==, full_scale);
}

/* A step of time is a column, a band or a pitch a row. */
static void
test_shapes(void)
{
    const size_t plane[] = { 2, 3 }, items[] = { 4, 2, 3 }, colour[] = { 2, 3, 3 };
    const size_t single[] = { 2, 3, 1 };

    assert_planes(with_field("pixels", ASSAY_U8, "row,column", plane, NULL), 1, 2, 3, FALSE, 255);
    assert_planes(with_field("pixels", ASSAY_U16, "item,row,column", items, NULL), 4, 2, 3, FALSE,
                  65535);
    assert_planes(with_field("pixels", ASSAY_F32, "row,column", plane, NULL), 1, 2, 3, FALSE, 1);
    assert_planes(with_field("pixels", ASSAY_U8, "row,column,channel", colour, NULL), 1, 2, 3,
                  FALSE, 255);
    assert_planes(with_field("pixels", ASSAY_U8, "row,column,channel", single, NULL), 1, 2, 3,
                  FALSE, 255);
    assert_planes(with_field("mel", ASSAY_F32, "time,mel", plane, NULL), 1, 3, 2, TRUE, 1);
    assert_planes(with_field("roll", ASSAY_U8, "item,time,pitch", items, NULL), 4, 3, 2, TRUE, 1);
    assert_planes(with_field("roll", ASSAY_U8, "time,pitch", plane, "{\"full_scale\":127}"), 1, 3,
                  2, TRUE, 127);
}

/* Of integers (4899 R + 9617 G + 1868 B + 8192) >> 14, of floats the same unrounded. */
static void
test_grey(void)
{
    const size_t one[] = { 1, 1, 3 };

    for (int is_float = 0; is_float <= 1; is_float++) {
        g_autoptr(AssaySample) sample = assay_sample_new("x");
        AssayArray *array = any_field_add(sample, "pixels", is_float ? ASSAY_F32 : ASSAY_U8,
                                          "row,column,channel", one, NULL);
        g_auto(AssayPlanes) colours = { 0 }, grey = { 0 };

        for (size_t k = 0; k < 3; k++)
            any_field_put(array, k, ((const double[]){ 200, 100, 7 })[k]);
        g_assert_true(assay_planes_look(&colours, sample, NULL, NULL));
        g_assert_cmpuint(colours.n_channels, ==, 3);
        g_assert_true(assay_planes_open(&grey, sample, NULL, NULL));
        g_assert_cmpuint(grey.n_channels, ==, 1);
        /* (979800 + 961700 + 13076) / 16384 = 119.298 */
        g_assert_cmpfloat_with_epsilon(assay_array_value(grey.array, 0),
                                       is_float ? 1954576.0 / 16384 : 119, 1e-4);
    }
}

static void
test_names(void)
{
    g_autoptr(AssaySample) sample =
        with_field("pixels", ASSAY_U8, "item,row,column", (const size_t[]){ 2, 1, 1 }, NULL);
    g_autoptr(AssaySample) single =
        with_field("pixels", ASSAY_U8, "row,column", (const size_t[]){ 1, 1 }, NULL);
    g_auto(AssayPlanes) several = { 0 }, one = { 0 };
    g_autofree char *second = NULL, *whole = NULL;

    assay_sample_set_items(sample, 40, 2);
    g_assert_true(assay_planes_open(&several, sample, NULL, NULL));
    second = assay_planes_identity(&several, 1);
    g_assert_cmpstr(second, ==, "x[41]");
    g_assert_true(assay_planes_open(&one, single, NULL, NULL));
    whole = assay_planes_identity(&one, 0);
    g_assert_cmpstr(whole, ==, "x");
}

static void
assert_refused(AssaySample *taken, const char *field, int code, const char *says)
{
    g_autoptr(AssaySample) sample = taken;
    g_auto(AssayPlanes) planes = { 0 };
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_planes_open(&planes, sample, field, &error));
    corpus_refused(&error, code, says);
}

static void
test_refused(void)
{
    const size_t plane[] = { 2, 3 }, four[] = { 2, 3, 4 }, none[] = { 0, 3 };
    AssaySample *both = with_field("pixels", ASSAY_U8, "row,column", plane, NULL);

    any_field_add(both, "mel", ASSAY_F32, "time,mel", plane, NULL);
    assert_refused(both, NULL, ASSAY_ERROR_FIELD,
                   "which field? name one with --field: pixels, mel");
    assert_refused(assay_sample_new("x"), NULL, ASSAY_ERROR_FIELD, "(it has no field)");
    assert_refused(with_field("audio", ASSAY_F32, "frame", plane, NULL), NULL, ASSAY_ERROR_FIELD,
                   "(it has audio): assay-mel makes mel of sound");
    assert_refused(with_field("y", ASSAY_U8, "column,row", plane, NULL), "y", ASSAY_ERROR_FIELD,
                   "field \"y\" has the axes [column, row]; needed are row and column");
    assert_refused(with_field("y", ASSAY_U8, "row,column", plane, NULL), "z", ASSAY_ERROR_FIELD,
                   "\"z\"");
    assert_refused(with_field("pixels", ASSAY_U8, "row,column,channel", four, NULL), NULL,
                   ASSAY_ERROR_FIELD, "field \"pixels\" has 4 channels");
    assert_refused(with_field("pixels", ASSAY_U8, "row,column", none, NULL), NULL,
                   ASSAY_ERROR_FIELD, "has no values: its row is 0, its column 3");
    assert_refused(with_field("pixels", ASSAY_U8, "row,column", plane, "{\"full_scale\":0}"), NULL,
                   ASSAY_ERROR_META, "full_scale is no number above 0");
    assert_refused(with_field("pixels", ASSAY_U8, "row,column", plane, "{\"full_scale\":\"1\"}"),
                   NULL, ASSAY_ERROR_META, "full_scale is no number above 0");
}

/* Arrays become pictures, and it is noted; what has planes or is something else goes by. */
static void
test_maker(void)
{
    static const struct {
        const char *field, *axes, *after;
        gboolean is_noted;
    } cases[] = {
        { "array", "row,column", "pixels", TRUE },
        { "pixels", "row,column", "pixels", FALSE },
        { "mel", "time,mel", "mel", FALSE },
        { "other", "a,b", "other", FALSE },
    };
    g_autoptr(AssayStage) stage = assay_planes_maker(1 << 20);
    gpointer state = stage->state_new(stage);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(AssaySample) sample =
            with_field(cases[i].field, ASSAY_U8, cases[i].axes, (const size_t[]){ 2, 3 }, NULL);
        g_autofree const char **fields = NULL;
        g_autofree char *names = NULL;
        g_autoptr(GError) error = NULL;

        g_assert_true(stage->apply(stage, state, sample, &error));
        fields = assay_sample_fields(sample);
        names = g_strjoinv(" ", (char **)fields);
        g_assert_cmpstr(names, ==, cases[i].after);
        g_assert_true((assay_sample_stages(sample) != NULL) == cases[i].is_noted);
    }
    stage->state_free(state);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/planes/shapes", test_shapes);
    g_test_add_func("/planes/grey", test_grey);
    g_test_add_func("/planes/names", test_names);
    g_test_add_func("/planes/refused", test_refused);
    g_test_add_func("/planes/maker", test_maker);
    return g_test_run();
}
