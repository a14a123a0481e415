/* media/ogg-pages.c - checksums and numbers of Ogg pages.
 *
 * RFC 3533, The Ogg Encapsulation Format Version 0: section 6.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ogg-pages-private.h"

#include <string.h>

#include "../base/error.h"

enum { HEAD = 27, MAX_PAGE = HEAD + 255 + 255 * 255 };

enum { FIRST_PAGE = 2, LAST_PAGE = 4 }; /* flags */

enum { AT_FLAGS = 5, AT_SERIAL = 14, AT_NUMBER = 18, AT_CHECKSUM = 22, AT_SEGMENTS = 26 };

/* So many logical streams are followed at a time; of more, numbers are not looked at. */
enum { MAX_STREAMS = 16 };

#define POLYNOMIAL 0x04c11db7U

typedef struct {
    guint32 serial, next;
    gboolean is_open;
} Stream;

typedef struct {
    AssayContent *content;
    guint64 at; /* of the page */
    guint8 page[MAX_PAGE];
    size_t size;
    guint32 table[256];
    Stream streams[MAX_STREAMS];
    size_t n_streams;
} Walk;

static guint32
number_at(const guint8 *bytes)
{
    return (guint32)bytes[0] | (guint32)bytes[1] << 8 | (guint32)bytes[2] << 16 |
           (guint32)bytes[3] << 24;
}

static void
fill_table(guint32 *table)
{
    for (guint32 i = 0; i < 256; i++) {
        guint32 r = i << 24;

        for (int bit = 0; bit < 8; bit++)
            r = r << 1 ^ (r >> 31 != 0 ? POLYNOMIAL : 0);
        table[i] = r;
    }
}

/* Of a page whose own checksum counts as 0. */
static guint32
checksum(const Walk *self)
{
    guint32 sum = 0;

    for (size_t i = 0; i < self->size; i++) {
        guint8 byte = i >= AT_CHECKSUM && i < AT_CHECKSUM + 4 ? 0 : self->page[i];

        sum = sum << 8 ^ self->table[sum >> 24 ^ byte];
    }
    return sum;
}

static gboolean
fail(const Walk *self, int code, const char *what, GError **error)
{
    g_set_error(error, ASSAY_ERROR, code,
                "%s (the Ogg page at byte %" G_GUINT64_FORMAT
                "); assay-mel and assay-chroma take what can be decoded by --truncated=keep",
                what, self->at);
    return FALSE;
}

/* How long the page is whose first @got bytes are there; 0 where that is no page. */
static size_t
page_size(const guint8 *page, size_t got)
{
    size_t size;

    if (got < HEAD || memcmp(page, "OggS", 4) != 0)
        return 0;
    size = HEAD + (size_t)page[AT_SEGMENTS];
    for (size_t i = HEAD; i < HEAD + (size_t)page[AT_SEGMENTS]; i++)
        size += i < got ? page[i] : 0;
    return size;
}

/* Whether a stream is not over. */
static gboolean
is_within(const Walk *self)
{
    for (size_t i = 0; i < self->n_streams; i++) {
        if (self->streams[i].is_open)
            return TRUE;
    }
    return FALSE;
}

/* Where the stream called @serial is followed, or may be; or NULL. */
static Stream *
find_stream(Walk *self, guint32 serial)
{
    Stream *free_one = NULL;

    for (size_t i = 0; i < self->n_streams; i++) {
        if (self->streams[i].serial == serial)
            return &self->streams[i];
        if (!self->streams[i].is_open)
            free_one = &self->streams[i];
    }
    if (free_one == NULL && self->n_streams < MAX_STREAMS)
        free_one = &self->streams[self->n_streams++];
    return free_one;
}

/* Follows the logical stream of the page. */
static gboolean
count_page(Walk *self, GError **error)
{
    guint32 serial = number_at(self->page + AT_SERIAL), number = number_at(self->page + AT_NUMBER);
    Stream *stream = find_stream(self, serial);

    if (stream == NULL)
        return TRUE;
    if (stream->is_open && stream->serial == serial && stream->next != number &&
        (self->page[AT_FLAGS] & FIRST_PAGE) == 0)
        return fail(self, ASSAY_ERROR_FORMAT, "lacks a part of its sound", error);
    *stream = (Stream){ serial, number + 1, (self->page[AT_FLAGS] & LAST_PAGE) == 0 };
    return TRUE;
}

gboolean
assay_ogg_check(AssayContent *content, GError **error)
{
    g_autofree Walk *self = g_new0(Walk, 1);
    size_t got;

    self->content = content;
    fill_table(self->table);
    for (;; self->at += self->size) {
        if (!assay_content_read(content, self->at, self->page, MAX_PAGE, &got, error))
            return FALSE;
        if (got == 0)
            return !is_within(self) ||
                   fail(self, ASSAY_ERROR_TRUNCATED, "breaks off, without its last page", error);
        self->size = page_size(self->page, got);
        if (self->size > got || (self->size == 0 && got < HEAD && is_within(self)))
            return fail(self, ASSAY_ERROR_TRUNCATED, "breaks off", error);
        if (self->size == 0)
            return (self->at > 0 && !is_within(self)) ||
                   fail(self, ASSAY_ERROR_FORMAT, "is damaged", error);
        if (checksum(self) != number_at(self->page + AT_CHECKSUM))
            return fail(self, ASSAY_ERROR_FORMAT, "is damaged", error);
        if (!count_page(self, error))
            return FALSE;
    }
}
