/* tests/unit/stream-file.h - arrays, tars and streams made by hand, and what a reader makes of
 * them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/stream/stream.h>

/* A .npy of version 1 with this dictionary as its header, unpadded. */
GBytes *stream_file_npy(const char *header, const void *data, size_t size);

/* Appends a member to a tar (ustar; the name up to 100 bytes), header and padding included. */
void stream_file_add(GByteArray *tar, const char *path, const void *data, size_t size);
void stream_file_add_text(GByteArray *tar, const char *path, const char *text);

/* Two blocks of zeros; the tar becomes these bytes. */
GBytes *stream_file_end(GByteArray *tar);

/* An array of u8 that counts 0, 1, 2 ...; the axes' names are parted by commas, their lengths come
 * after them as int. */
AssayArray *stream_file_count(const char *axes, ...);

/* A sample with that array as a field. */
AssaySample *stream_file_sample(const char *name, const char *field, AssayArray *array);

/* A writer, and where it writes to. */
typedef struct {
    AssayWriter *writer;
    char *folder, *path;
} StreamFile;

/* With a stage of this tool, or of none where it is NULL. */
StreamFile *stream_file_new(const char *tool);

/* Closes the writer; the bytes it wrote. Frees it all. */
GBytes *stream_file_finish(StreamFile *self);

/* Writes a sample, or a new one with a small roll; fails the test on an error. */
void stream_file_put(StreamFile *self, AssaySample *sample);
void stream_file_put_new(StreamFile *self, const char *name);

/* A stream of such samples, their names ended by NULL, as a program called @tool writes it. */
GBytes *stream_file_write(const char *tool, ...);

/* Reads @bytes and writes what comes, as a program that adds nothing but its name; without one it
 * leaves no trace. */
GBytes *stream_file_hand_on(GBytes *bytes, const char *tool);

GBytes *stream_file_join(GBytes *a, GBytes *b);

/* What stream_file_describe() and stream_file_members() say. */
void stream_file_assert_holds(GBytes *bytes, const char *expected);
void stream_file_assert_members(GBytes *bytes, const char *expected);

/* How often @text occurs in @bytes. */
guint stream_file_count_text(GBytes *bytes, const char *text);

/* A reader of these bytes. */
AssayReader *stream_file_read(GBytes *bytes, size_t max_bytes);

/* The next sample, its metadata read, or NULL at the end; fails the test on an error. */
AssaySample *stream_file_next(AssayReader *reader);

/* What @bytes hold, in words: "a[roll] b/x[roll,jpg]", then "!" and the code of the error that
 * ended it, if one did. Items are shown as "c[array]{3+2}": from 3 on, 2 of them. */
char *stream_file_describe(GBytes *bytes);

/* The paths of the members of a tar, in order, one a line. */
char *stream_file_members(GBytes *bytes);
