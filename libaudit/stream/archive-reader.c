/* stream/archive-reader.c - members read from a tar or a zip, which has to be whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "archive-private.h"

#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "libarchive-private.h"
#include "stream.h"
#include "zip-end-private.h"

/* What a tar is made of. */
enum { TAR_RECORD = 512 };

/* The most bytes that are asked for because a header announces them: a piece, with some to spare.
 */
#define MAX_ANNOUNCED ((size_t)4 << 20)

/**
 * Room:
 * @data: a member's bytes on their way, of which @length are there
 * @read: where what was read straight to there ends; what of it libarchive did not deliver yet is
 *     behind @length
 *
 * What does not come out of gzip is read to where it stays: libarchive delivers blocks as they were
 * read, so that it says what they are and copies nothing.
 */
typedef struct {
    guint8 *data;
    size_t size, length, read;
} Room;

struct AssayArchiveReader {
    struct archive *archive;
    struct archive_entry *entry;
    AssayArchiveKind kind;
    AssayInput *input;
    gboolean is_gzip;
    guint64 n_read;      /* bytes of it handed to libarchive */
    const guint8 *block; /* the last of these */
    size_t block_size;
    Room room;           /* of the member that is being read; else without data */
    guint8 *left;        /* a room of which libarchive has not delivered all */
    GError *input_error; /* what the read callback met */
    locale_t locale;
    char *path;
    gboolean is_encrypted; /* the member called that */
    gboolean in_member;    /* what goes wrong goes wrong with it */
    /* of a zip: how many members there were, and its last bytes */
    guint64 n_members;
    GByteArray *tail;
};

gboolean
assay_stream_sniff(const guint8 *data, size_t size)
{
    if (size >= 2 && data[0] == 0x1f && data[1] == 0x8b)
        return TRUE; /* gzip; what is inside shows when it is opened */
    return size >= 262 && memcmp(data + 257, "ustar", 5) == 0;
}

/* Into the room that is left, and no further: what follows a member lies in a block. */
static gboolean
read_into_room(AssayArchiveReader *self, const guint8 **data, size_t *size)
{
    Room *room = &self->room;

    *data = room->data + room->length;
    if (!assay_input_read_into(self->input, room->data + room->length, room->size - room->length,
                               size, &self->input_error))
        return FALSE;
    room->read = room->length + *size;
    return TRUE;
}

static la_ssize_t
read_block(struct archive *archive, void *user, const void **block)
{
    AssayArchiveReader *self = user;
    gboolean has_room =
        self->kind == ASSAY_ARCHIVE_TAR && !self->is_gzip && self->room.length < self->room.size;
    const guint8 *data;
    size_t size;

    (void)archive;
    g_clear_pointer(&self->left, g_free); /* it would not ask for more */
    if (has_room ? !read_into_room(self, &data, &size)
                 : !assay_input_read(self->input, &data, &size, &self->input_error))
        return -1;
    *block = self->block = data;
    self->block_size = size;
    self->n_read += size;
    if (self->kind == ASSAY_ARCHIVE_ZIP)
        assay_zip_end_keep(self->tail, data, size);
    return (la_ssize_t)size;
}

/* Whether a gzip begins with the header that was taken last, for a fault, and where. */
static gboolean
is_gzip_here(const AssayArchiveReader *self, gint64 at, guint64 *begin)
{
    guint64 start = self->n_read - self->block_size;

    *begin = at < TAR_RECORD ? 0 : (guint64)at - TAR_RECORD;
    if (self->kind != ASSAY_ARCHIVE_TAR || self->is_gzip || *begin < start ||
        *begin - start + 2 > self->block_size)
        return FALSE;
    return memcmp(self->block + (*begin - start), "\x1f\x8b", 2) == 0;
}

static gboolean
read_fault(AssayArchiveReader *self, GError **error)
{
    const char *what = archive_error_string(self->archive);
    gint64 at = archive_filter_bytes(self->archive, 0);
    g_autofree char *where = NULL;
    guint64 begin;
    g_autofree char *member = NULL;

    if (self->input_error != NULL) {
        g_propagate_error(error, g_steal_pointer(&self->input_error));
        return FALSE;
    }
    if (is_gzip_here(self, at, &begin)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: from byte %" G_GUINT64_FORMAT
                    " on, something follows that is in gzip; compress all of it or none",
                    assay_input_name(self->input), begin);
        return FALSE;
    }
    if (what == NULL) /* of one that lacks its last bytes it says nothing */
        what = self->kind == ASSAY_ARCHIVE_ZIP ? "truncated" : "truncated gzip input";
    if (self->in_member)
        member = assay_text_escape_controls(self->path);
    if (at >= 0)
        where = g_strdup_printf(", near byte %" G_GINT64_FORMAT, at);
    /* What libarchive calls truncated is truncated; the rest is a format that is broken. */
    g_set_error(error, ASSAY_ERROR,
                strstr(what, "runcated") != NULL ? ASSAY_ERROR_TRUNCATED : ASSAY_ERROR_FORMAT,
                "%s: %s%s%snot a whole %s: %s%s", assay_input_name(self->input),
                self->in_member ? "member " : "", self->in_member ? member : "",
                self->in_member ? ": " : "", self->kind == ASSAY_ARCHIVE_ZIP ? "zip" : "tar", what,
                where != NULL ? where : "");
    return FALSE;
}

/* What libarchive is to make of the input. */
static int
support_formats(AssayArchiveReader *self)
{
    int status;

    if (self->kind == ASSAY_ARCHIVE_ZIP)
        return archive_read_support_format_zip_streamable(self->archive);
    status = archive_read_support_format_tar(self->archive);
    if (status == ARCHIVE_OK)
        status = archive_read_support_filter_gzip(self->archive);
    if (status == ARCHIVE_OK)
        status =
            archive_read_set_format_option(self->archive, "tar", "read_concatenated_archives", "1");
    return status;
}

AssayArchiveReader *
assay_archive_reader_new(AssayInput *input, AssayArchiveKind kind, GError **error)
{
    AssayArchiveReader *self = g_new0(AssayArchiveReader, 1);
    const guint8 *head;
    size_t size = 512;
    locale_t before;
    int status;

    self->kind = kind;
    self->input = input;
    self->tail = g_byte_array_new();
    self->locale = assay_libarchive_locale();
    self->archive = assay_libarchive_made(archive_read_new());
    self->entry =
        assay_libarchive_made(archive_entry_new()); /* that of archive_read_new() may be lacking */
    if (!assay_input_peek(input, &head, &size, error)) {
        assay_archive_reader_free(self);
        return NULL;
    }
    if (size == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "%s: is empty: the program before it in the pipe may have failed",
                    assay_input_name(input));
        assay_archive_reader_free(self);
        return NULL;
    }
    self->is_gzip = kind == ASSAY_ARCHIVE_TAR && size >= 2 && memcmp(head, "\x1f\x8b", 2) == 0;
    before = assay_libarchive_enter(self->locale);
    status = support_formats(self);
    if (status == ARCHIVE_OK)
        status = archive_read_open(self->archive, self, NULL, read_block, NULL);
    assay_libarchive_leave(before);
    if (status != ARCHIVE_OK) {
        read_fault(self, error);
        assay_archive_reader_free(self);
        return NULL;
    }
    return self;
}

void
assay_archive_reader_free(AssayArchiveReader *self)
{
    if (self == NULL)
        return;
    archive_entry_free(self->entry);
    archive_read_free(self->archive);
    if (self->locale != (locale_t)0)
        freelocale(self->locale);
    assay_input_free(self->input);
    g_clear_error(&self->input_error);
    g_byte_array_unref(self->tail);
    g_free(self->room.data);
    g_free(self->left);
    g_free(self->path);
    g_free(self);
}

const char *
assay_archive_reader_name(const AssayArchiveReader *self)
{
    return assay_input_name(self->input);
}

AssayInput *
assay_archive_reader_input(const AssayArchiveReader *self)
{
    return self->input;
}

gboolean
assay_archive_reader_is_encrypted(const AssayArchiveReader *self)
{
    return self->is_encrypted;
}

/* What libarchive left unread, and then the directory. */
static gboolean
check_zip_end(AssayArchiveReader *self, GError **error)
{
    const void *block;
    la_ssize_t size;

    do
        size = read_block(self->archive, self, &block);
    while (size > 0);
    if (size < 0)
        return read_fault(self, error);
    return assay_zip_end_check(self->tail, self->n_members, assay_input_name(self->input), error);
}

/* What follows the end of a gzip and is none, libarchive would leave unread without a word. */
static gboolean
check_end(AssayArchiveReader *self, GError **error)
{
    guint64 used = (guint64)archive_filter_bytes(self->archive, -1);
    const guint8 *data;
    size_t more = 1;

    if (self->kind == ASSAY_ARCHIVE_ZIP)
        return check_zip_end(self, error);
    if (!assay_input_peek(self->input, &data, &more, error))
        return FALSE;
    if (used == self->n_read && more == 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "%s: after its gzip, from byte %" G_GUINT64_FORMAT
                " on, something follows that is none; compress all of it or none",
                assay_input_name(self->input), used);
    return FALSE;
}

gboolean
assay_archive_reader_next(AssayArchiveReader *self, const char **path, GError **error)
{
    *path = NULL;
    self->in_member = FALSE;
    for (;;) {
        gboolean is_file = FALSE;
        const char *name;
        locale_t before = assay_libarchive_enter(self->locale);
        int status = archive_read_next_header2(self->archive, self->entry);

        if (status == ARCHIVE_OK || status == ARCHIVE_WARN) {
            name = archive_entry_pathname(self->entry);
            is_file = archive_entry_filetype(self->entry) == AE_IFREG &&
                      archive_entry_hardlink(self->entry) == NULL;
            g_free(self->path);
            self->path = name == NULL ? NULL : g_strdup(name);
            self->is_encrypted = archive_entry_is_data_encrypted(self->entry) != 0;
            self->n_members++;
        }
        assay_libarchive_leave(before);
        if (status == ARCHIVE_EOF)
            return check_end(self, error);
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return read_fault(self, error);
        if (is_file)
            break;
    }
    if (self->path == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: a member without a name, near "
                    "byte %" G_GINT64_FORMAT,
                    assay_input_name(self->input), (gint64)archive_filter_bytes(self->archive, 0));
        return FALSE;
    }
    *path = self->path;
    return TRUE;
}

/* How large the member is to be. */
static size_t
announced_size(const AssayArchiveReader *self)
{
    la_int64_t size = archive_entry_size_is_set(self->entry) ? archive_entry_size(self->entry) : 0;

    return size < 0 ? 0 : (size_t)size;
}

/* Ends the room, or begins one of @size, with what is there; libarchive may still read the old. */
static guint8 *
change_room(AssayArchiveReader *self, size_t size)
{
    Room *room = &self->room;

    if (room->read > room->length) {
        self->left = room->data;
        room->data = memcpy(g_malloc(size), room->data, MIN(size, room->length));
        room->read = 0;
    } else if (size != room->size) {
        room->data = g_realloc(room->data, size);
    }
    room->size = size;
    return room->data;
}

static void
add_to_room(AssayArchiveReader *self, const void *block, size_t size)
{
    Room *room = &self->room;

    if (size > room->size - room->length)
        change_room(self, MAX(2 * room->size, room->length + size));
    if (block != room->data + room->length)
        memmove(room->data + room->length, block, size);
    room->length += size;
}

/* All that the member has. */
static gboolean
fill_room(AssayArchiveReader *self, size_t max_bytes, GError **error)
{
    for (;;) {
        const void *block;
        la_int64_t offset;
        size_t size, length = self->room.length;
        locale_t before = assay_libarchive_enter(self->locale);
        int status = archive_read_data_block(self->archive, &block, &size, &offset);

        assay_libarchive_leave(before);
        if (status == ARCHIVE_EOF)
            return TRUE;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return read_fault(self, error);
        if (offset < 0 || (guint64)offset != length) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                        "%s: member %s is sparse; make the tar without --sparse",
                        assay_input_name(self->input), self->path);
            return FALSE;
        }
        if (size > max_bytes || length > max_bytes - size) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: member %s makes its sample larger than --max-sample allows",
                        assay_input_name(self->input), self->path);
            return FALSE;
        }
        add_to_room(self, block, size);
    }
}

GBytes *
assay_archive_reader_bytes(AssayArchiveReader *self, size_t max_bytes, GError **error)
{
    size_t size = MIN(announced_size(self), MIN(max_bytes, MAX_ANNOUNCED));
    guint8 *data;

    self->room = (Room){ .data = g_malloc(MAX(size, 1)), .size = MAX(size, 1) };
    if (!fill_room(self, max_bytes, error)) /* and then it stays there until the end */
        return NULL;
    size = self->room.length;
    data = change_room(self, MAX(size, 1)); /* many of these may wait at a time */
    self->room = (Room){ .data = NULL };
    return g_bytes_new_take(data, size);
}

gboolean
assay_archive_reader_read(AssayArchiveReader *self, void *data, size_t size, size_t *got,
                          GError **error)
{
    locale_t before = assay_libarchive_enter(self->locale);
    la_ssize_t n = archive_read_data(self->archive, data, size);

    assay_libarchive_leave(before);
    self->in_member = TRUE;
    *got = n < 0 ? 0 : (size_t)n;
    return n >= 0 || read_fault(self, error);
}
