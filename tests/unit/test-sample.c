/* tests/unit/test-sample.c - fields, members and items of one sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <string.h>

#include "stream-file.h"

static const char roll_header[] = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }\n";

static void
add(AssaySample *sample, const char *suffix, GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) own = bytes;

    if (!assay_sample_add_member(sample, suffix, own, &error))
        g_assert_no_error(error);
}

static void
add_text(AssaySample *sample, const char *suffix, const char *text)
{
    add(sample, suffix, g_bytes_new(text, strlen(text)));
}

/* A sample as a reader hands it over, with these metadata and a field "roll". */
static AssaySample *
from_stream(const char *name, const char *meta)
{
    AssaySample *sample = assay_sample_new(name);

    add_text(sample, "json", meta);
    add(sample, "roll.npy", stream_file_npy(roll_header, "\0\1\2\3\4\5", 6));
    return sample;
}

static void
assert_error(GError **error, int code, const char *says)
{
    g_assert_error(*error, ASSAY_ERROR, code);
    if (*error != NULL && strstr((*error)->message, says) == NULL)
        g_test_fail_printf("\"%s\" does not say \"%s\"", (*error)->message, says);
    g_clear_error(error);
}

static char *
list_fields(const AssaySample *sample)
{
    g_autofree const char **fields = assay_sample_fields(sample);

    return g_strjoinv(",", (char **)fields);
}

static void
test_fields(void)
{
    g_autoptr(AssaySample) sample =
        stream_file_sample("a/b", "roll", stream_file_count("time,pitch", 2, 3));
    g_autoptr(GError) error = NULL;
    const AssayArray *array;
    AssayJson *meta = assay_json_object();

    assay_json_set_integer(meta, "pitch_low", 30);
    assay_sample_take_field(sample, "notes", stream_file_count("note,column", 1, 8), meta);
    {
        g_autofree char *fields = list_fields(sample);

        g_assert_cmpstr(fields, ==, "roll,notes");
    }
    array = assay_sample_field(sample, "roll", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(array->axes[1], ==, "pitch");
    g_assert_cmpint(assay_json_peek_integer(
                        assay_json_get(assay_sample_field_meta(sample, "notes"), "pitch_low")),
                    ==, 30);
    g_assert_null(assay_sample_field(sample, "mel", &error));
    assert_error(&error, ASSAY_ERROR_FIELD, "a/b: no field \"mel\"; it has roll, notes");

    /* A field that is replaced stays where it is; its metadata are the new ones. */
    assay_sample_take_field(sample, "roll", stream_file_count("time,class", 4, 12), NULL);
    array = assay_sample_field(sample, "roll", &error);
    g_assert_cmpuint(array->shape[0], ==, 4);
    g_assert_true(assay_sample_has(sample, "roll"));
    assay_sample_remove_field(sample, "notes");
    assay_sample_remove_field(sample, "notes");
    g_assert_false(assay_sample_has(sample, "notes"));
    g_assert_null(assay_sample_field_meta(sample, "notes"));
    {
        g_autofree char *fields = list_fields(sample);

        g_assert_cmpstr(fields, ==, "roll");
    }
    /* What is dropped leaves its metadata. */
    assay_sample_drop_members(sample);
    g_assert_false(assay_sample_has(sample, "roll"));
    g_assert_nonnull(assay_json_get(assay_json_get(assay_sample_meta(sample), "fields"), "roll"));
}

static void
test_members(void)
{
    g_autoptr(AssaySample) sample = from_stream(
        "x", "{\"fields\":{\"roll\":{\"axes\":[\"time\",\"pitch\"],\"pitch_low\":5}},\"k\":1}");
    g_autoptr(GError) error = NULL;
    const AssayArray *array;
    AssayMember member;

    add_text(sample, "jpg", "picture");
    add(sample, "npy", stream_file_npy(roll_header, "\0\1\2\3\4\5", 6));
    g_assert_false(assay_sample_add_member(sample, "jpg", NULL, &error));
    assert_error(&error, ASSAY_ERROR_FORMAT, "x: two members \".jpg\"");

    g_assert_true(assay_sample_unpack(sample, G_MAXSIZE, &error));
    g_assert_no_error(error);
    {
        g_autofree char *fields = list_fields(sample);

        g_assert_cmpstr(fields, ==, "roll,array"); /* NAME.npy is the field "array" */
    }
    g_assert_cmpint(assay_json_peek_integer(assay_json_get(assay_sample_meta(sample), "k")), ==, 1);
    array = assay_sample_field(sample, "roll", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(array->axes[0], ==, "time");
    g_assert_true(assay_array_value(array, 5) == 5);
    g_assert_true(array == assay_sample_field(sample, "roll", &error)); /* decoded once */
    array = assay_sample_field(sample, "array", &error);
    g_assert_cmpstr(array->axes[1], ==, "axis1");

    g_assert_true(assay_sample_member(sample, 0, &member));
    g_assert_cmpstr(member.suffix, ==, "roll.npy");
    g_assert_nonnull(member.bytes);
    g_assert_nonnull(member.array);
    g_assert_true(assay_sample_member(sample, 1, &member));
    g_assert_cmpstr(member.suffix, ==, "jpg");
    g_assert_null(member.field);
    g_assert_true(assay_sample_member(sample, 2, &member));
    g_assert_false(assay_sample_member(sample, 3, &member));

    /* A field made anew is no longer what came. */
    assay_sample_take_field(sample, "roll", stream_file_count("time,pitch", 1, 1), NULL);
    g_assert_true(assay_sample_member(sample, 0, &member));
    g_assert_null(member.bytes);
}

static void
test_many_members(void)
{
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) nothing = g_bytes_new(NULL, 0);
    guint n = 0;

    for (; n < 100000; n++) {
        g_autofree char *suffix = g_strdup_printf("%u", n);

        if (!assay_sample_add_member(sample, suffix, nothing, &error))
            break;
    }
    g_assert_cmpuint(n, ==, 4096);
    assert_error(&error, ASSAY_ERROR_FORMAT, "more than 4096 members");
}

static void
assert_not_unpacked(const char *name, const char *meta, int code, const char *says)
{
    g_autoptr(AssaySample) sample = from_stream(name, meta);
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_sample_unpack(sample, G_MAXSIZE, &error));
    assert_error(&error, code, says);
}

static void
test_bad_meta(void)
{
    assert_not_unpacked("x", "{", ASSAY_ERROR_FORMAT, "x.json: line 1");
    assert_not_unpacked("x", "[1]", ASSAY_ERROR_META, "x.json: is not a JSON object");
    assert_not_unpacked("x/000000", "{\"item_start\":-1,\"items\":1}", ASSAY_ERROR_META,
                        "x/000000");
    assert_not_unpacked("x/000000", "{\"item_start\":0}", ASSAY_ERROR_META, "items");
    assert_not_unpacked("x/000000", "{\"item_start\":0.5,\"items\":1}", ASSAY_ERROR_META, "items");
    assert_not_unpacked("x/000000", "{\"item_start\":\"0\",\"items\":1}", ASSAY_ERROR_META,
                        "items");
    assert_not_unpacked("x/000000", "{\"item_start\":1,\"items\":9223372036854775807}",
                        ASSAY_ERROR_META, "items");
    assert_not_unpacked("x", "{\"item_start\":0,\"items\":1}", ASSAY_ERROR_META, "items");
}

static void
test_long_meta(void)
{
    g_autofree char *meta = g_strnfill(ASSAY_SAMPLE_MAX_JSON + 1, ' ');

    memcpy(meta, "{}", 2);
    assert_not_unpacked("x", meta, ASSAY_ERROR_RANGE, "bytes of metadata");
}

static void
assert_no_roll(const char *fields, int code, const char *says)
{
    g_autofree char *meta = g_strdup_printf("{\"fields\":%s}", fields);
    g_autoptr(AssaySample) sample = from_stream("x", meta);
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_sample_unpack(sample, G_MAXSIZE, &error));
    g_assert_null(assay_sample_field(sample, "roll", &error));
    assert_error(&error, code, says);
}

static void
test_bad_axes(void)
{
    assert_no_roll("{\"roll\":{\"axes\":[\"time\"]}}", ASSAY_ERROR_FIELD,
                   "the array has 2 axes, its metadata name 1");
    assert_no_roll("{\"roll\":{\"axes\":\"time\"}}", ASSAY_ERROR_FIELD, "axes");
    assert_no_roll("{\"roll\":{\"axes\":[\"time\",1]}}", ASSAY_ERROR_META, "not a string");
    {
        /* Metadata of another shape than ours are somebody else's: the axes are then unnamed. */
        g_autoptr(AssaySample) sample = from_stream("x", "{\"fields\":7}");
        g_autoptr(GError) error = NULL;
        const AssayArray *array;

        g_assert_true(assay_sample_unpack(sample, G_MAXSIZE, &error));
        array = assay_sample_field(sample, "roll", &error);
        g_assert_no_error(error);
        g_assert_cmpstr(array->axes[0], ==, "axis0");
    }
}

static void
test_limit(void)
{
    g_autoptr(AssaySample) sample = from_stream("x", "{}");
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_sample_unpack(sample, 5, &error));
    g_assert_null(assay_sample_field(sample, "roll", &error));
    assert_error(&error, ASSAY_ERROR_RANGE, "--max-sample");
}

static void
test_expect(void)
{
    static const char *const axes[] = { "time", "pitch", NULL };
    g_autoptr(AssaySample) plain =
        stream_file_sample("a", "roll", stream_file_count("time,pitch", 2, 3));
    g_autoptr(AssaySample) items =
        stream_file_sample("b", "roll", stream_file_count("item,time,pitch", 4, 2, 3));
    g_autoptr(AssaySample) hollow =
        stream_file_sample("c", "roll", stream_file_count("item,time,pitch", 4, 0, 3));
    g_autoptr(GError) error = NULL;
    gboolean has_items = TRUE;

    g_assert_nonnull(assay_sample_expect(plain, "roll", ASSAY_U8, axes, &has_items, &error));
    g_assert_false(has_items);
    g_assert_cmpuint(assay_sample_n_items(plain), ==, 1);
    g_assert_nonnull(assay_sample_expect(plain, "roll", ASSAY_U8, axes, NULL, &error));
    g_assert_null(assay_sample_expect(plain, "roll", ASSAY_F32, axes, &has_items, &error));
    assert_error(
        &error, ASSAY_ERROR_FIELD,
        "a: field \"roll\" is [time, pitch] of u8; needed is [[item,] time, pitch] of f32");
    g_assert_null(assay_sample_expect(plain, "roll", ASSAY_U8, axes + 1, NULL, &error));
    assert_error(&error, ASSAY_ERROR_FIELD, "needed is [pitch] of u8");

    g_assert_null(assay_sample_expect(items, "roll", ASSAY_U8, axes, NULL, &error));
    assert_error(&error, ASSAY_ERROR_FIELD, "[item, time, pitch]");
    g_assert_nonnull(assay_sample_expect(items, "roll", ASSAY_U8, axes, &has_items, &error));
    g_assert_true(has_items);
    g_assert_true(assay_sample_has_items(items)); /* nobody had said so before */
    g_assert_cmpuint(assay_sample_n_items(items), ==, 4);
    assay_sample_set_items(items, 0, 5);
    g_assert_null(assay_sample_expect(items, "roll", ASSAY_U8, axes, &has_items, &error));
    assert_error(&error, ASSAY_ERROR_FIELD, "has 4 items, the sample 5");

    /* However many items of nothing a header claims, nothing stands behind them. */
    g_assert_null(assay_sample_expect(hollow, "roll", ASSAY_U8, axes, &has_items, &error));
    assert_error(&error, ASSAY_ERROR_FIELD, "no value");
}

static void
test_items(void)
{
    g_autoptr(AssaySample) piece =
        from_stream("faces/all/000001", "{\"item_start\":7,\"items\":2,\"k\":1}");
    g_autoptr(AssaySample) face = from_stream("faces/000001", "{\"k\":1}");
    g_autoptr(GError) error = NULL;
    g_autofree char *identity = NULL, *plain = NULL;

    g_assert_true(assay_sample_unpack(piece, G_MAXSIZE, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(assay_sample_name(piece), ==, "faces/all");
    g_assert_true(assay_sample_has_items(piece));
    g_assert_cmpuint(assay_sample_item_start(piece), ==, 7);
    g_assert_cmpuint(assay_sample_n_items(piece), ==, 2);
    g_assert_null(assay_json_get(assay_sample_meta(piece), "items"));
    identity = assay_sample_identity(piece, 8);
    g_assert_cmpstr(identity, ==, "faces/all[8]");

    /* A name of six digits alone makes no piece. */
    g_assert_true(assay_sample_unpack(face, G_MAXSIZE, &error));
    g_assert_cmpstr(assay_sample_name(face), ==, "faces/000001");
    g_assert_false(assay_sample_has_items(face));
    plain = assay_sample_identity(face, 0);
    g_assert_cmpstr(plain, ==, "faces/000001");
}

static void
assert_first(AssaySample *sample, const char *field, guint8 expected, size_t n)
{
    g_autoptr(GError) error = NULL;
    const AssayArray *array = assay_sample_field(sample, field, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(array->shape[0], ==, n);
    g_assert_cmpuint(((const guint8 *)array->data)[0], ==, expected);
}

/* Some items, with all that belongs to the sample; what is made of them is their own. */
static void
test_slice(void)
{
    g_autoptr(AssaySample) sample =
        stream_file_sample("s", "x", stream_file_count("item,row", 5, 2));
    g_autoptr(AssaySample) slice = NULL, whole = NULL;
    g_autoptr(GError) error = NULL;
    AssayArray *own;

    assay_sample_take_field(sample, "y", stream_file_count("row", 3), NULL);
    assay_sample_set_source(sample, "s.npy", "NPY", "00");
    assay_sample_set_items(sample, 10, 5);
    assay_sample_set_whole(sample, 15);
    slice = assay_sample_slice(sample, 1, 3, &error);
    g_assert_no_error(error);
    whole = assay_sample_slice(sample, 0, 5, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(assay_sample_item_start(slice), ==, 11);
    g_assert_cmpuint(assay_sample_n_items(slice), ==, 3);
    g_assert_cmpuint(assay_sample_whole(slice), ==, 0);
    assert_first(slice, "x", 2, 3);
    assert_first(slice, "y", 0, 3);
    assert_first(whole, "x", 0, 5);

    own = assay_sample_steal_field(slice, "x", &error);
    ((guint8 *)own->data)[0] = 99;
    assay_sample_take_field(slice, "x", own, NULL);
    assay_json_set_string(assay_json_get(assay_sample_meta(slice), "source"), "path", "other");
    assert_first(sample, "x", 0, 5);
    assert_first(whole, "x", 0, 5);
    g_assert_true(assay_sample_has(sample, "x"));
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(assay_sample_source(sample), "path")), ==,
                    "s.npy");
    g_assert_cmpuint(assay_sample_bytes(sample), >=, 13);

    assay_sample_take_field(sample, "z", stream_file_count("item,row", 4, 2), NULL);
    g_assert_null(assay_sample_slice(sample, 0, 2, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
    g_assert_cmpstr(error->message, ==, "s: field \"z\" has 4 items, the sample 5");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/sample/fields", test_fields);
    g_test_add_func("/sample/members", test_members);
    g_test_add_func("/sample/many-members", test_many_members);
    g_test_add_func("/sample/bad-meta", test_bad_meta);
    g_test_add_func("/sample/long-meta", test_long_meta);
    g_test_add_func("/sample/bad-axes", test_bad_axes);
    g_test_add_func("/sample/limit", test_limit);
    g_test_add_func("/sample/expect", test_expect);
    g_test_add_func("/sample/items", test_items);
    g_test_add_func("/sample/slice", test_slice);
    return g_test_run();
}
