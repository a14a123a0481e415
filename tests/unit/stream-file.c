/* tests/unit/stream-file.c - the tar is written here by hand, so that the tests do not lean on the
 * library that they test.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "stream-file.h"

#include <glib/gstdio.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 512 };

GBytes *
stream_file_npy(const char *header, const void *data, size_t size)
{
    GByteArray *npy = g_byte_array_new();
    size_t length = strlen(header);
    const guint8 lead[] = {
        0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (guint8)(length & 0xff), (guint8)(length >> 8)
    };

    g_byte_array_append(npy, lead, sizeof lead);
    g_byte_array_append(npy, (const guint8 *)header, (guint)length);
    if (size > 0)
        g_byte_array_append(npy, data, (guint)size);
    return g_byte_array_free_to_bytes(npy);
}

void
stream_file_add(GByteArray *tar, const char *path, const void *data, size_t size)
{
    static const guint8 zeros[BLOCK];
    char block[BLOCK] = { 0 };
    guint sum = 0;

    g_assert_cmpuint(strlen(path), <=, 100);
    memcpy(block, path, strlen(path));
    g_snprintf(block + 100, 8, "%07o", 0644u);
    g_snprintf(block + 108, 8, "%07o", 0u);
    g_snprintf(block + 116, 8, "%07o", 0u);
    g_snprintf(block + 124, 12, "%011" G_GINT64_MODIFIER "o", (guint64)size);
    g_snprintf(block + 136, 12, "%011o", 0u);
    block[156] = '0';
    memcpy(block + 257, "ustar\00000", 8);
    memset(block + 148, ' ', 8);
    for (guint i = 0; i < BLOCK; i++)
        sum += (guchar)block[i];
    g_snprintf(block + 148, 8, "%06o", sum);
    g_byte_array_append(tar, (const guint8 *)block, BLOCK);
    if (size > 0)
        g_byte_array_append(tar, data, (guint)size);
    g_byte_array_append(tar, zeros, (guint)((BLOCK - size % BLOCK) % BLOCK));
}

void
stream_file_add_text(GByteArray *tar, const char *path, const char *text)
{
    stream_file_add(tar, path, text, strlen(text));
}

GBytes *
stream_file_end(GByteArray *tar)
{
    static const guint8 zeros[2 * BLOCK];

    g_byte_array_append(tar, zeros, sizeof zeros);
    return g_byte_array_free_to_bytes(tar);
}

AssayArray *
stream_file_count(const char *axes, ...)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) names = g_strsplit(axes, ",", -1);
    size_t shape[ASSAY_MAX_AXES] = { 0 }, n_axes = g_strv_length(names);
    AssayArray *array;
    va_list args;

    va_start(args, axes);
    for (size_t i = 0; i < n_axes; i++)
        shape[i] = (size_t)va_arg(args, int);
    va_end(args);
    array = assay_array_new(ASSAY_U8, n_axes, shape, (const char *const *)names, G_MAXSIZE, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < assay_array_count(array); i++)
        ((guint8 *)array->data)[i] = (guint8)i;
    return array;
}

AssaySample *
stream_file_sample(const char *name, const char *field, AssayArray *array)
{
    AssaySample *sample = assay_sample_new(name);

    assay_sample_take_field(sample, field, array, NULL);
    return sample;
}

StreamFile *
stream_file_new(const char *tool)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayJson) stage = assay_json_object();
    StreamFile *self = g_new0(StreamFile, 1);
    AssayOutput *output;

    self->folder = g_dir_make_tmp("assay-test-XXXXXX", &error);
    g_assert_no_error(error);
    self->path = g_build_filename(self->folder, "stream.tar", NULL);
    output = assay_output_open(self->path, &error);
    g_assert_no_error(error);
    if (tool != NULL)
        assay_json_set_string(stage, "tool", tool);
    self->writer = assay_writer_new(output, tool != NULL ? stage : NULL);
    return self;
}

GBytes *
stream_file_finish(StreamFile *self)
{
    g_autoptr(GError) error = NULL;
    char *data = NULL;
    size_t size = 0;

    if (!assay_writer_close(self->writer, &error))
        g_assert_no_error(error);
    assay_writer_free(self->writer);
    g_file_get_contents(self->path, &data, &size, &error);
    g_assert_no_error(error);
    g_unlink(self->path);
    g_rmdir(self->folder);
    g_free(self->path);
    g_free(self->folder);
    g_free(self);
    return g_bytes_new_take(data, size);
}

AssayReader *
stream_file_read(GBytes *bytes, size_t max_bytes)
{
    g_autoptr(GError) error = NULL;
    AssayReader *reader =
        assay_reader_new(assay_input_from_bytes("test.tar", bytes), max_bytes, &error);

    g_assert_no_error(error);
    return reader;
}

AssaySample *
stream_file_next(AssayReader *reader)
{
    g_autoptr(GError) error = NULL;
    AssaySample *sample = NULL;
    gboolean read = assay_reader_next(reader, &sample, &error) &&
                    (sample == NULL || assay_sample_unpack(sample, G_MAXSIZE, &error));

    g_assert_no_error(error);
    g_assert_true(read);
    return sample;
}

static void
describe_sample(GString *text, const AssaySample *sample)
{
    AssayMember member;

    g_string_append_printf(text, "%s%s[", text->len > 0 ? " " : "", assay_sample_name(sample));
    for (size_t i = 0; assay_sample_member(sample, i, &member); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "," : "",
                               member.field != NULL ? member.field : member.suffix);
    g_string_append_c(text, ']');
    if (assay_sample_has_items(sample))
        g_string_append_printf(text, "{%" G_GSIZE_FORMAT "+%" G_GSIZE_FORMAT "}",
                               assay_sample_item_start(sample), assay_sample_n_items(sample));
}

char *
stream_file_describe(GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayReader) reader =
        assay_reader_new(assay_input_from_bytes("test.tar", bytes), ASSAY_MAX_SAMPLE, &error);
    GString *text = g_string_new(NULL);

    while (reader != NULL) {
        g_autoptr(AssaySample) sample = NULL;

        if (!assay_reader_next(reader, &sample, &error) || sample == NULL ||
            !assay_sample_unpack(sample, ASSAY_MAX_SAMPLE, &error))
            break;
        describe_sample(text, sample);
    }
    if (error != NULL)
        g_string_append_printf(text, "%s!%d", text->len > 0 ? " " : "", error->code);
    return g_string_free(text, FALSE);
}

char *
stream_file_members(GBytes *bytes)
{
    GString *text = g_string_new(NULL);
    size_t size, length;
    const char *data = g_bytes_get_data(bytes, &size);

    for (size_t at = 0; at + BLOCK <= size && data[at] != '\0';
         at += BLOCK + (length + BLOCK - 1) / BLOCK * BLOCK) {
        g_autofree char *name = g_strndup(data + at, 100);

        length = (size_t)g_ascii_strtoull(data + at + 124, NULL, 8);
        g_string_append_printf(text, "%s\n", name);
    }
    return g_string_free(text, FALSE);
}

void
stream_file_put(StreamFile *file, AssaySample *sample)
{
    g_autoptr(GError) error = NULL;

    if (!assay_writer_put(file->writer, sample, &error))
        g_assert_no_error(error);
}

void
stream_file_put_new(StreamFile *file, const char *name)
{
    g_autoptr(AssaySample) sample =
        stream_file_sample(name, "roll", stream_file_count("time,pitch", 2, 3));

    stream_file_put(file, sample);
}

GBytes *
stream_file_write(const char *tool, ...)
{
    StreamFile *file = stream_file_new(tool);
    const char *name;
    va_list args;

    va_start(args, tool);
    while ((name = va_arg(args, const char *)) != NULL)
        stream_file_put_new(file, name);
    va_end(args);
    return stream_file_finish(file);
}

GBytes *
stream_file_hand_on(GBytes *bytes, const char *tool)
{
    g_autoptr(AssayReader) reader = stream_file_read(bytes, ASSAY_MAX_SAMPLE);
    StreamFile *file = stream_file_new(tool);

    for (;;) {
        g_autoptr(AssaySample) sample = stream_file_next(reader);
        g_autoptr(GPtrArray) skips = assay_reader_take_skips(reader);

        if (sample != NULL)
            stream_file_put(file, sample);
        for (guint i = 0; i < skips->len; i++)
            assay_writer_skip(file->writer, skips->pdata[i]);
        if (sample == NULL)
            return stream_file_finish(file);
    }
}

GBytes *
stream_file_join(GBytes *a, GBytes *b)
{
    GByteArray *both = g_byte_array_new();

    g_byte_array_append(both, g_bytes_get_data(a, NULL), (guint)g_bytes_get_size(a));
    g_byte_array_append(both, g_bytes_get_data(b, NULL), (guint)g_bytes_get_size(b));
    return g_byte_array_free_to_bytes(both);
}

void
stream_file_assert_holds(GBytes *bytes, const char *expected)
{
    g_autofree char *found = stream_file_describe(bytes);

    g_assert_cmpstr(found, ==, expected);
}

void
stream_file_assert_members(GBytes *bytes, const char *expected)
{
    g_autofree char *found = stream_file_members(bytes);

    g_assert_cmpstr(found, ==, expected);
}

guint
stream_file_count_text(GBytes *bytes, const char *text)
{
    size_t size, n = strlen(text);
    const char *data = g_bytes_get_data(bytes, &size);
    guint count = 0;

    for (size_t i = 0; i + n <= size; i++)
        count += memcmp(data + i, text, n) == 0;
    return count;
}
