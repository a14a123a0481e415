/* tests/unit/test-pipeline.c - the same samples, faults and skips in the same order, for any number
 * of workers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stream/pipeline.h>
#include <string.h>
#include <unistd.h>

#include "file-tree.h"
#include "stream-file.h"

enum { N_FILES = 60 };

/* Files "f00.txt" ... hold their number; every seventh cannot be decoded. */
static gboolean
sniff(const void *data, size_t size)
{
    return size > 0 && *(const char *)data == 'f';
}

static gboolean
decode(AssaySample *sample, GBytes *bytes, size_t max_bytes, GError **error)
{
    size_t size;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *text = g_strndup(data, size); /* the bytes of a file end in no zero */
    int number = (int)g_ascii_strtoll(text + 1, NULL, 10);

    (void)max_bytes;
    g_usleep((gulong)(number * 37 % 11) * 100); /* so that workers overtake one another */
    if (number % 7 == 3) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "byte 0: seventh");
        return FALSE;
    }
    assay_sample_take_field(sample, "text", stream_file_count("time", number + 1), NULL);
    return TRUE;
}

static const char *const suffixes[] = { ".txt", NULL };
static const AssayMedium medium = { "TEXT", suffixes, sniff, decode };
static const AssayMedium *const media[] = { &medium, NULL };

static char *folder;
static gint n_states;

/* A stage that counts in its state, and refuses samples of 5, 15, 25 ... */
static gpointer
state_new(const AssayStage *stage)
{
    (void)stage;
    g_atomic_int_inc(&n_states);
    return g_new0(int, 1);
}

static void
state_free(gpointer state)
{
    g_atomic_int_add(&n_states, -1);
    g_free(state);
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    const AssayArray *text = assay_sample_field(sample, "text", error);

    (void)stage;
    if (text == NULL)
        return FALSE;
    ++*(int *)state;
    if (text->shape[0] % 10 == 5) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s: five", assay_sample_name(sample));
        return FALSE;
    }
    assay_sample_take_field(sample, "more", stream_file_count("time", 1), NULL);
    return TRUE;
}

typedef struct {
    GString *log;
    size_t stop_at; /* the consumer fails there */
    size_t n, begun;
} Log;

static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    (void)user;
    (void)operand;
    if (strstr(assay_sample_name(sample), "f20") != NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META, "%s: twenty", assay_sample_name(sample));
        return NULL;
    }
    return g_strdup(assay_sample_has(sample, "more") ? "+" : "-");
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Log *log = user;

    if (log->n++ == log->stop_at) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "full");
        return FALSE;
    }
    g_string_append_printf(log->log, "%" G_GSIZE_FORMAT ":%s%s ", operand,
                           assay_sample_name(sample), result == NULL ? "" : (const char *)result);
    return TRUE;
}

static void
skipped(gpointer user, const AssaySkip *skip, gboolean upstream, size_t operand)
{
    Log *log = user;

    g_assert_false(skip->accepted);
    g_string_append_printf(log->log, "%" G_GSIZE_FORMAT ":(%s%s|%s) ", operand, upstream ? "^" : "",
                           skip->name, skip->reason);
}

static void
progress(gpointer user, size_t files_begun)
{
    Log *log = user;

    g_assert_cmpuint(files_begun, >=, log->begun);
    log->begun = files_begun;
}

static char *
run(guint n_workers, size_t max_bytes, size_t stop_at, gboolean missing_only, GError **error)
{
    g_autofree char *stream = g_build_filename(folder, "s.tar", NULL);
    const char *const operands[] = { folder, stream, NULL };
    const AssaySourceConfig config = {
        .operands = operands, .media = media, .streams = TRUE, .max_bytes = ASSAY_MAX_SAMPLE
    };
    g_autoptr(AssaySource) source = assay_source_new(&config);
    g_autoptr(AssayJson) options = assay_json_object();
    const AssayStage stage = { .tool = "assay-test",
                               .options = options,
                               .field = "more",
                               .apply = apply,
                               .state_new = state_new,
                               .state_free = state_free };
    const AssayStage *const stages[] = { &stage, NULL };
    Log log = { g_string_new(NULL), stop_at, 0, 0 };
    const AssayPipeline pipeline = {
        .source = source,
        .stages = stages,
        .missing_only = missing_only,
        .n_workers = n_workers,
        .max_bytes = max_bytes,
        .analyse = analyse,
        .free_result = g_free,
        .consume = consume,
        .skipped = skipped,
        .progress = progress,
        .user = &log,
    };

    if (!assay_pipeline_run(&pipeline, error))
        g_string_append(log.log, "failed");
    g_assert_cmpint(g_atomic_int_get(&n_states), ==, 0);
    return g_string_free(log.log, FALSE);
}

static void
test_order(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *one = run(1, 1 << 20, G_MAXSIZE, FALSE, &error);

    g_assert_no_error(error);
    g_assert_nonnull(strstr(one, "/f00+ 0:"));
    g_assert_nonnull(strstr(one, "/f02+ 0:("));
    g_assert_nonnull(strstr(one, "f03.txt: byte 0: seventh) 0:("));
    g_assert_nonnull(strstr(one, "f04: five) 0:"));
    g_assert_nonnull(strstr(one, "f20: twenty) 0:"));
    g_assert_true(
        g_str_has_suffix(one, "f59.txt: byte 0: seventh) 1:(x|x: no field \"text\"; it has roll) "
                              "1:(^p|p: no) "));
    for (guint workers = 0; workers <= 5; workers++) {
        for (size_t bytes = 0; bytes <= 1 << 20; bytes = bytes * 32 + 1) {
            g_autofree char *same = run(workers, bytes, G_MAXSIZE, FALSE, &error);

            g_assert_no_error(error);
            g_assert_cmpstr(same, ==, one);
        }
    }
}

static gboolean
count_before(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    (void)result;
    (void)operand;
    (void)error;
    *(guint *)user += assay_sample_has(sample, "more") ? 1 : 0;
    return TRUE;
}

static void
pass_by(gpointer user, const AssaySkip *skip, gboolean upstream, size_t operand)
{
    (void)user;
    (void)skip;
    (void)upstream;
    (void)operand;
}

/* What comes before the stages is done to a sample whatever it has, and they see what comes of it:
 * here all that they would make. */
static void
test_before(void)
{
    const char *const operands[] = { folder, NULL };
    const AssaySourceConfig config = { .operands = operands,
                                       .media = media,
                                       .max_bytes = ASSAY_MAX_SAMPLE };
    g_autoptr(AssaySource) source = assay_source_new(&config);
    g_autoptr(GError) error = NULL;
    const AssayStage stage = { .tool = "assay-test",
                               .field = "text",
                               .apply = apply,
                               .state_new = state_new,
                               .state_free = state_free };
    const AssayStage never = { .tool = "assay-never", .field = "more" };
    const AssayStage *const stages[] = { &never, NULL };
    guint n = 0;
    const AssayPipeline pipeline = { .source = source,
                                     .before = &stage,
                                     .stages = stages,
                                     .missing_only = TRUE,
                                     .n_workers = 2,
                                     .consume = count_before,
                                     .skipped = pass_by,
                                     .user = &n };

    g_assert_true(assay_pipeline_run(&pipeline, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(n, >, 10);
    g_assert_cmpint(g_atomic_int_get(&n_states), ==, 0);
}

/* A recipe leaves alone what is there. */
static void
test_missing_only(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *found = NULL;
    StreamFile *file = stream_file_new("a");
    g_autoptr(AssaySample) sample = stream_file_sample("x", "more", stream_file_count("time", 9));
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *path = g_build_filename(folder, "s.tar", NULL);

    if (!assay_writer_put(file->writer, sample, &error))
        g_assert_no_error(error);
    bytes = stream_file_finish(file);
    g_file_set_contents(path, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes), NULL);
    found = run(2, 1 << 20, G_MAXSIZE, TRUE, &error);
    g_assert_true(g_str_has_suffix(found, " 1:x+ "));
    g_free(g_steal_pointer(&found));
    found = run(2, 1 << 20, G_MAXSIZE, FALSE, &error);
    g_assert_true(g_str_has_suffix(found, " 1:(x|x: no field \"text\"; it has more) "));
}

static void
test_consumer_fails(void)
{
    for (guint workers = 1; workers <= 4; workers++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *log = run(workers, 1 << 20, 5, FALSE, &error);

        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
        g_assert_true(g_str_has_suffix(log, "/f06+ failed"));
    }
}

/* What comes before a stream that breaks has been consumed. */
static void
test_broken_stream(void)
{
    g_autofree char *path = g_build_filename(folder, "s.tar", NULL), *data = NULL;
    size_t size;

    g_assert_true(g_file_get_contents(path, &data, &size, NULL));
    g_assert_true(g_file_set_contents(path, data, 1024, NULL));
    for (guint workers = 1; workers <= 4; workers++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *log = run(workers, 1 << 20, G_MAXSIZE, FALSE, &error);

        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED);
        g_assert_true(g_str_has_suffix(log, "f59.txt: byte 0: seventh) failed"));
    }
}

static void
make_files(void)
{
    StreamFile *file = stream_file_new("a");
    AssaySkip *skip = assay_skip_new("p", "p: no", FALSE);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySample) sample =
        stream_file_sample("x", "roll", stream_file_count("time,pitch", 2, 3));
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *path = g_build_filename(folder, "s.tar", NULL);

    if (!assay_writer_put(file->writer, sample, &error))
        g_assert_no_error(error);
    assay_writer_skip(file->writer, skip);
    assay_skip_free(skip);
    bytes = stream_file_finish(file);
    g_file_set_contents(path, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes), NULL);
    for (int i = 0; i < N_FILES; i++) {
        g_autofree char *text = g_strdup_printf("f%02d", i), *name = NULL;

        name = g_strdup_printf("%s/%s.txt", folder, text);
        g_file_set_contents(name, text, -1, &error);
        g_assert_no_error(error);
    }
}

int
main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    folder = g_dir_make_tmp("assay-test-XXXXXX", NULL);
    make_files();
    g_test_add_func("/pipeline/order", test_order);
    g_test_add_func("/pipeline/before", test_before);
    g_test_add_func("/pipeline/missing-only", test_missing_only);
    g_test_add_func("/pipeline/consumer-fails", test_consumer_fails);
    g_test_add_func("/pipeline/broken-stream", test_broken_stream);
    status = g_test_run();
    file_tree_remove(folder);
    g_free(folder);
    return status;
}
