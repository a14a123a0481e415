/* tests/unit/test-pipeline-items.c - items that are refused are left out, the others go on:
 * whatever is cut, and for any number of workers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stream/npy.h>
#include <assay/stream/pipeline.h>
#include <glib/gstdio.h>
#include <string.h>

#include "file-tree.h"
#include "stream-file.h"

/* Items of 1,000 bytes: 1,048 of them are a piece of a file. */
enum { SIZE = 1000, N_ITEMS = 3000 };

static char *folder;
static guint8 values[N_ITEMS * SIZE];

/* What the first byte of an item says of it; all others are of its index. */
enum { GOOD, BAD_FIRST, BAD_LATER, BAD_PIECE, BAD_SPEC };

static void
mark(size_t first, size_t last, guint8 what)
{
    for (size_t i = first; i <= last; i++)
        values[i * SIZE] = what;
}

static gboolean
refuse(AssaySample *sample, size_t item, guint8 what, GError **error)
{
    g_autofree char *identity =
        assay_sample_identity(sample, assay_sample_item_start(sample) + item);

    if (what == BAD_PIECE) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD, "x: no");
        return FALSE;
    }
    g_set_error(error, ASSAY_ERROR, what == BAD_SPEC ? ASSAY_ERROR_SPEC : ASSAY_ERROR_RANGE,
                "%s: is %d", identity, what);
    assay_sample_blame(sample, item, error);
    return FALSE;
}

static gboolean
check(AssaySample *sample, const char *field, guint8 what, GError **error)
{
    const AssayArray *array = assay_sample_field(sample, field, error);

    for (size_t i = 0; array != NULL && i < array->shape[0]; i++) {
        if (((const guint8 *)array->data)[i * SIZE] == what)
            return refuse(sample, i, what, error);
    }
    return array != NULL;
}

/* Takes the array away, as stages may, before it knows that there is a bad one. */
static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    AssayArray *array = assay_sample_steal_field(sample, "array", error);

    (void)stage;
    (void)state;
    if (array == NULL)
        return FALSE;
    for (size_t i = 0; i < array->shape[0]; i++)
        ((guint8 *)array->data)[i * SIZE + 1] ^= 0xFF; /* its own now */
    assay_json_set_bool(assay_sample_meta(sample), "changed", TRUE);
    assay_sample_take_field(sample, "made", array, NULL);
    return check(sample, "made", BAD_FIRST, error) && check(sample, "made", BAD_PIECE, error);
}

static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    (void)user;
    (void)operand;
    return check(sample, "made", BAD_LATER, error) && check(sample, "made", BAD_SPEC, error)
               ? g_strdup("+")
               : NULL;
}

/* What came, in words; each value must be what the stage has made of that of its item. */
typedef struct {
    GString *log;
    size_t next;
} Log;

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Log *log = user;
    const AssayArray *made = assay_sample_field(sample, "made", error);
    size_t start = assay_sample_item_start(sample), n = assay_sample_n_items(sample);

    (void)operand;
    g_assert_nonnull(made);
    g_assert_cmpstr(result, ==, "+");
    g_assert_cmpuint(made->shape[0], ==, n);
    for (size_t i = 0; i < n; i++) {
        const guint8 *value = (const guint8 *)made->data + i * SIZE;
        const guint8 *read = values + (start + i) * SIZE;

        g_assert_cmpuint(value[1], ==, read[1] ^ 0xFF);
        g_assert_true(memcmp(value + 2, read + 2, SIZE - 2) == 0);
    }
    /* Where one run ends and the next begins is nobody's business. */
    if (log->next != start || start == 0)
        g_string_append_printf(log->log, "%s[%" G_GSIZE_FORMAT " ", assay_sample_name(sample),
                               start);
    log->next = start + n;
    return TRUE;
}

static void
end_run(Log *log)
{
    if (log->next > 0)
        g_string_append_printf(log->log, "%" G_GSIZE_FORMAT "] ", log->next - 1);
    log->next = 0;
}

static void
skipped(gpointer user, const AssaySkip *skip, gboolean upstream, size_t operand)
{
    Log *log = user;

    (void)operand;
    g_assert_false(upstream);
    end_run(log);
    g_string_append_printf(log->log, "(%s|%s|%" G_GSIZE_FORMAT "+%" G_GSIZE_FORMAT ") ", skip->name,
                           skip->reason, skip->item_start, skip->n_items);
}

static char *
run(const char *path, guint n_workers, AssayIntake *intake, GError **error)
{
    static const char *const axes[] = { "item", "row", NULL };
    const char *const operands[] = { path, NULL };
    const AssaySourceConfig config = {
        .operands = operands, .streams = TRUE, .array_axes = axes, .max_bytes = ASSAY_MAX_SAMPLE
    };
    g_autoptr(AssaySource) source = assay_source_new(&config);
    const AssayStage stage = { .tool = "assay-test", .field = "made", .apply = apply };
    const AssayStage *const stages[] = { &stage, NULL };
    Log log = { g_string_new(NULL), 0 };
    const AssayPipeline pipeline = { .source = source,
                                     .stages = stages,
                                     .n_workers = n_workers,
                                     .max_bytes = ASSAY_PIPELINE_BYTES,
                                     .analyse = analyse,
                                     .free_result = g_free,
                                     .consume = consume,
                                     .skipped = skipped,
                                     .intake = intake,
                                     .user = &log };

    if (!assay_pipeline_run(&pipeline, error))
        g_string_append(log.log, "failed ");
    end_run(&log);
    return g_string_free(log.log, FALSE);
}

/* The same as a file, and as streams that are cut otherwise. */
static char *
write_npy(void)
{
    char *path = g_build_filename(folder, "x.npy", NULL);
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    assay_npy_append_header(bytes, ASSAY_U8, 2, (const size_t[]){ N_ITEMS, SIZE });
    g_byte_array_append(bytes, values, sizeof values);
    g_assert_true(g_file_set_contents(path, (const char *)bytes->data, (gssize)bytes->len, NULL));
    return path;
}

static char *
write_stream(size_t piece)
{
    g_autofree char *name = g_strdup_printf("%" G_GSIZE_FORMAT ".tar", piece);
    char *path = g_build_filename(folder, name, NULL);
    StreamFile *file = stream_file_new("a");
    g_autoptr(GBytes) bytes = NULL;
    size_t size;
    const char *data;

    for (size_t at = 0; at < N_ITEMS; at += piece) {
        size_t n = MIN(piece, N_ITEMS - at);
        AssayArray *array = stream_file_count("item,row", (int)n, SIZE);
        g_autoptr(AssaySample) sample = NULL;

        memcpy(array->data, values + at * SIZE, n * SIZE);
        sample = stream_file_sample("x", "array", array);
        assay_sample_set_items(sample, at, n);
        stream_file_put(file, sample);
    }
    bytes = stream_file_finish(file);
    data = g_bytes_get_data(bytes, &size);
    g_assert_true(g_file_set_contents(path, data, (gssize)size, NULL));
    return path;
}

static void
assert_run(const char *path, const char *expected, const char *counts)
{
    for (guint workers = 1; workers <= 3; workers++) {
        AssayIntake intake = { .n_inputs = 0 };
        g_autoptr(GError) error = NULL;
        g_autofree char *found = run(path, workers, &intake, &error);
        g_autofree char *counted = g_strdup_printf(
            "%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
            intake.n_inputs, intake.n_left_out, intake.n_items, intake.n_items_left_out);

        g_assert_no_error(error);
        g_assert_cmpstr(found, ==, expected);
        g_assert_cmpstr(counted, ==, counts);
        assay_intake_clear(&intake);
    }
}

static void
assert_everywhere(const char *expected, const char *counts)
{
    const size_t pieces[] = { 1, 7, 1000, N_ITEMS };
    g_autofree char *npy = write_npy();

    assert_run(npy, expected, counts);
    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autofree char *stream = write_stream(pieces[i]);

        assert_run(stream, expected, counts);
        g_unlink(stream);
    }
}

static void
test_few(void)
{
    mark(0, N_ITEMS - 1, GOOD);
    assert_everywhere("x[0 2999] ", "1/0 3000/0");
    mark(0, 0, BAD_FIRST);
    mark(5, 5, BAD_LATER);
    mark(7, 7, BAD_FIRST);
    mark(2999, 2999, BAD_FIRST);
    assert_everywhere("(x|x[0]: is 1|0+1) x[1 4] (x|x[5]: is 2|5+1) x[6 6] (x|x[7]: is 1|7+1) "
                      "x[8 2998] (x|x[2999]: is 1|2999+1) ",
                      "1/0 3000/4");
}

/* Items in a row are told together, also where they are of several pieces. */
static void
test_rows(void)
{
    mark(0, N_ITEMS - 1, GOOD);
    mark(10, 11, BAD_FIRST);
    mark(900, 2100, BAD_LATER);
    assert_everywhere("x[0 9] (x|x[10]: is 1; items 10 to 11 are left out|10+2) x[12 899] "
                      "(x|x[900]: is 2; items 900 to 2100 are left out|900+1201) x[2101 2999] ",
                      "1/0 3000/1203");
    for (size_t i = 0; i < N_ITEMS; i++)
        mark(i, i, i % 2 == 0 ? BAD_FIRST : BAD_LATER);
    assert_everywhere("(x|x[0]: is 1; items 0 to 2999 are left out|0+0) ", "0/1 0/0");
}

/* What blames no item leaves out what it came in. */
static void
test_pieces(void)
{
    g_autofree char *npy = NULL, *stream = NULL;

    mark(0, N_ITEMS - 1, GOOD);
    mark(1048, 1048, BAD_PIECE);
    npy = write_npy();
    assert_run(npy, "x[0 1047] (x|x: no; items 1048 to 2095 are left out|1048+1048) x[2096 2999] ",
               "1/0 3000/1048");
    mark(2100, 2100, BAD_FIRST);
    mark(2200, 2200, BAD_PIECE);
    g_free(g_steal_pointer(&npy));
    npy = write_npy();
    assert_run(npy,
               "x[0 1047] (x|x: no; items 1048 to 2095 are left out|1048+1048) x[2096 2099] "
               "(x|x[2100]: is 1|2100+1) (x|x: no; items 2101 to 2999 are left out|2101+899) ",
               "1/0 3000/1948");
    mark(0, 0, BAD_PIECE);
    g_free(g_steal_pointer(&npy));
    npy = write_npy();
    stream = write_stream(1);
    assert_run(stream,
               "(x|x: no; item 0 is left out|0+1) x[1 1047] "
               "(x|x: no; item 1048 is left out|1048+1) x[1049 2099] (x|x[2100]: is 1|2100+1) "
               "x[2101 2199] (x|x: no; item 2200 is left out|2200+1) x[2201 2999] ",
               "1/0 3000/4");
    mark(0, N_ITEMS - 1, BAD_PIECE);
    assert_everywhere("(x|x: no|0+0) ", "0/1 0/0");
}

/* What no sample is to blame for ends everything, behind what came before it. */
static void
test_end(void)
{
    g_autofree char *npy = NULL;

    mark(0, N_ITEMS - 1, GOOD);
    mark(3, 4, BAD_FIRST);
    mark(1500, 1500, BAD_SPEC);
    mark(1600, 1600, BAD_FIRST);
    npy = write_npy();
    for (guint workers = 1; workers <= 3; workers++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *found = run(npy, workers, NULL, &error);

        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC);
        g_assert_true(g_str_has_prefix(found, "x[0 2] (x|x[3]: is 1; items 3 to 4 are left out|"
                                              "3+2) x[5 "));
        g_assert_true(g_str_has_suffix(found, "failed 1499] ") ||
                      g_str_has_suffix(found, "failed 1047] "));
    }
}

/* A stage that makes other items: which of those that arrived is to blame, nobody knows. */
static gboolean
apply_twice(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    size_t n = assay_sample_n_items(sample);

    (void)stage;
    (void)state;
    assay_sample_remove_field(sample, "array");
    assay_sample_take_field(sample, "made", stream_file_count("item,row", (int)n * 2, 3), NULL);
    assay_sample_set_items(sample, 0, n * 2);
    return refuse(sample, 1, BAD_FIRST, error);
}

static void
test_other_items(void)
{
    g_autofree char *path = NULL, *found = NULL;
    const AssayStage stage = { .tool = "assay-test", .field = "made", .apply = apply_twice };
    const AssayStage *const stages[] = { &stage, NULL };
    Log log = { g_string_new(NULL), 0 };
    AssayPipeline pipeline = {
        .stages = stages, .n_workers = 1, .consume = consume, .skipped = skipped, .user = &log
    };
    g_autoptr(AssaySource) source = NULL;
    g_autoptr(GError) error = NULL;

    mark(0, N_ITEMS - 1, GOOD);
    path = write_stream(N_ITEMS);
    source = assay_source_new(&(AssaySourceConfig){ .operands = (const char *const[]){ path, NULL },
                                                    .streams = TRUE,
                                                    .max_bytes = ASSAY_MAX_SAMPLE });
    pipeline.source = source;
    g_assert_true(assay_pipeline_run(&pipeline, &error));
    found = g_string_free(log.log, FALSE);
    g_assert_cmpstr(found, ==, "(x|x[1]: is 1; items 0 to 2999 are left out|0+0) ");
}

int
main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    folder = g_dir_make_tmp("assay-test-XXXXXX", NULL);
    for (size_t i = 0; i < sizeof values; i++)
        values[i] = (guint8)(i / SIZE * 31 + i % SIZE);
    g_test_add_func("/pipeline-items/few", test_few);
    g_test_add_func("/pipeline-items/rows", test_rows);
    g_test_add_func("/pipeline-items/pieces", test_pieces);
    g_test_add_func("/pipeline-items/end", test_end);
    g_test_add_func("/pipeline-items/other-items", test_other_items);
    status = g_test_run();
    file_tree_remove(folder);
    g_free(folder);
    return status;
}
