/* fuzz/fuzz-stream.c - bytes as a stream; what is read is used, written, and read again as the
 * same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/chroma.h>
#include <assay/signal/roll.h>
#include <assay/stream/stream.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Enough for what fuzzers make; a sample that unpacks to more is refused. */
#define MAX_BYTES ((size_t)4 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *scratch;

/* A writer into the scratch file, from its start. */
static AssayWriter *
open_scratch(void)
{
    g_autofree char *path = NULL;
    AssayOutput *output;

    if (scratch == NULL)
        scratch = tmpfile();
    g_assert(scratch != NULL && ftruncate(fileno(scratch), 0) == 0);
    g_assert(lseek(fileno(scratch), 0, SEEK_SET) == 0);
    path = g_strdup_printf("/dev/fd/%d", fileno(scratch));
    output = assay_output_open(path, NULL);
    g_assert(output != NULL);
    return assay_writer_new(output, NULL);
}

static GBytes *
read_scratch(void)
{
    off_t size = lseek(fileno(scratch), 0, SEEK_END);
    guint8 *data;

    g_assert(size >= 0);
    data = g_malloc((size_t)size + 1);
    g_assert(pread(fileno(scratch), data, (size_t)size, 0) == size);
    return g_bytes_new_take(data, (size_t)size);
}

/* Whatever the arrays hold, programs look at them. */
static void
use_sample(AssaySample *sample)
{
    AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
    g_autofree const char **fields = assay_sample_fields(sample);
    g_autofree char *identity = assay_sample_identity(sample, assay_sample_item_start(sample));
    g_autoptr(AssayStage) roll = NULL;
    g_autoptr(AssayStage) chroma = assay_chroma_stage();

    for (size_t i = 0; fields[i] != NULL; i++) {
        const AssayArray *array = assay_sample_field(sample, fields[i], NULL);

        if (array != NULL && assay_array_count(array) > 0)
            assay_array_value(array, assay_array_count(array) - 1);
    }
    g_assert(identity[0] != '\0');
    config.max_bytes = MAX_BYTES;
    roll = assay_roll_stage(&config);
    for (int i = 0; i < 2; i++) {
        const AssayStage *stage = i == 0 ? roll : chroma;
        g_autoptr(GError) error = NULL;

        if (!assay_sample_has(sample, stage->field))
            g_assert(stage->apply(stage, NULL, sample, &error) == (error == NULL));
    }
}

/* Reads all of @bytes and writes it again; FALSE if it broke on the way. */
static gboolean
hand_on(GBytes *bytes, gboolean use)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayReader) reader =
        assay_reader_new(assay_input_from_bytes("x.tar", bytes), MAX_BYTES, &error);
    g_autoptr(AssayWriter) writer = NULL;

    g_assert((reader == NULL) == (error != NULL));
    if (reader == NULL)
        return FALSE;
    writer = open_scratch();
    for (;;) {
        g_autoptr(AssaySample) sample = NULL;
        g_autoptr(GPtrArray) skips = NULL;

        if (!assay_reader_next(reader, &sample, &error)) {
            g_assert(error != NULL);
            return FALSE;
        }
        if (sample != NULL && assay_sample_unpack(sample, MAX_BYTES, &error)) {
            if (use)
                use_sample(sample);
            if (!assay_writer_put(writer, sample, &error))
                return FALSE;
        }
        g_assert(use || error == NULL); /* what we wrote can be read */
        g_clear_error(&error);
        skips = assay_reader_take_skips(reader);
        for (guint i = 0; i < skips->len; i++)
            assay_writer_skip(writer, skips->pdata[i]);
        if (sample == NULL)
            return assay_writer_close(writer, &error);
    }
}

/* A copy whose headers have the sums that they should, or no mutation would come past them. */
static GBytes *
mend(const uint8_t *data, size_t size)
{
    guint8 *copy = g_memdup2(data, size);
    size_t step = 0;

    for (size_t at = 0; size - at >= 512 && memcmp(copy + at + 257, "ustar", 5) == 0; at += step) {
        guint8 *header = copy + at;
        guint64 length = g_ascii_strtoull((const char *)header + 124, NULL, 8);
        char digits[8];
        guint sum = 0;

        memset(header + 148, ' ', 8);
        for (guint i = 0; i < 512; i++)
            sum += header[i];
        g_snprintf(digits, sizeof digits, "%06o", sum);
        memcpy(header + 148, digits, 7);
        if (length > size)
            break;
        step = 512 + (size_t)(length + 511) / 512 * 512;
        if (step > size - at)
            break;
    }
    return g_bytes_new_take(copy, size);
}

static void
try_bytes(GBytes *bytes)
{
    g_autoptr(GBytes) once = NULL, twice = NULL;

    if (!hand_on(bytes, TRUE))
        return;
    once = read_scratch();
    g_assert(hand_on(once, FALSE));
    twice = read_scratch();
    g_assert(g_bytes_equal(once, twice));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size), mended = mend(data, size);

    assay_stream_sniff(data, size);
    try_bytes(bytes);
    if (!g_bytes_equal(bytes, mended))
        try_bytes(mended);
    return 0;
}
