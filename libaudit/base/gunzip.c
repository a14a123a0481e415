/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gunzip.h"

#include <string.h>
#include <zlib.h>

#include "error.h"

enum {
    GZIP = 16, /* added to the window's size: a gzip is expected, and its sum is checked */
    BLOCK = 16384,
};

typedef struct {
    AssayInput *input;
    gboolean is_own, is_ready, is_within; /* within a gzip, so that its end has to come */
    z_stream zlib;
    guint8 block[BLOCK];
    guint64 n_read, n_made, max_bytes;
} Gunzip;

static void
free_gunzip(gpointer data)
{
    Gunzip *self = data;

    if (self->is_ready)
        inflateEnd(&self->zlib);
    if (self->is_own)
        assay_input_free(self->input);
    g_free(self);
}

gboolean
assay_gunzip_sniff(const guint8 *data, size_t size)
{
    return size >= 3 && memcmp(data, "\x1f\x8b\x08", 3) == 0;
}

size_t
assay_gunzip_peek(const guint8 *data, size_t size, guint8 *out, size_t out_size)
{
    z_stream zlib = { .next_in = (guint8 *)data,
                      .avail_in = (guint)MIN(size, G_MAXINT),
                      .next_out = out,
                      .avail_out = (guint)MIN(out_size, G_MAXINT) };

    if (inflateInit2(&zlib, GZIP + MAX_WBITS) != Z_OK)
        return 0;
    inflate(&zlib, Z_SYNC_FLUSH);
    inflateEnd(&zlib);
    return out_size - zlib.avail_out;
}

/* More of the input; none at its end. */
static gboolean
fill(Gunzip *self, GError **error)
{
    size_t got;

    if (self->zlib.avail_in > 0)
        return TRUE;
    if (!assay_input_read_into(self->input, self->block, BLOCK, &got, error))
        return FALSE;
    self->zlib.next_in = self->block;
    self->zlib.avail_in = (guint)got;
    self->n_read += got;
    return TRUE;
}

static gboolean
broken(const Gunzip *self, const char *what, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "%s: its gzip is damaged before byte %" G_GUINT64_FORMAT ": %s",
                assay_input_name(self->input), self->n_read - self->zlib.avail_in, what);
    return FALSE;
}

/* At the start, or between two gzips: another one begins, or the end has come. */
static gboolean
begin(Gunzip *self, gboolean *is_end, GError **error)
{
    *is_end = self->zlib.avail_in == 0;
    if (*is_end)
        return TRUE;
    if (self->n_made > 0 && *self->zlib.next_in != 0x1f)
        return broken(self, "other bytes follow its end", error);
    inflateReset(&self->zlib); /* cannot fail where it has been made */
    self->is_within = TRUE;
    return TRUE;
}

/* As much as there is room for, or that this block gives. */
static gboolean
unpack(Gunzip *self, GError **error)
{
    guint before = self->zlib.avail_out;
    int status = inflate(&self->zlib, Z_NO_FLUSH);

    self->n_made += before - self->zlib.avail_out;
    if (self->n_made > self->max_bytes) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: unpacks to more than %" G_GUINT64_FORMAT
                    " bytes; --max-sample raises the limit",
                    assay_input_name(self->input), self->max_bytes);
        return FALSE;
    }
    if (status == Z_STREAM_END)
        self->is_within = FALSE;
    else if (status != Z_OK && status != Z_BUF_ERROR)
        return broken(self, self->zlib.msg != NULL ? self->zlib.msg : zError(status), error);
    return TRUE;
}

static gboolean
read_some(gpointer user, void *data, size_t size, size_t *got, GError **error)
{
    Gunzip *self = user;
    guint room = (guint)MIN(size, G_MAXINT);

    self->zlib.next_out = data;
    self->zlib.avail_out = room;
    while (self->zlib.avail_out == room) {
        gboolean is_end = FALSE;

        if (!fill(self, error) || (!self->is_within && !begin(self, &is_end, error)))
            return FALSE;
        if (is_end)
            break;
        if (self->zlib.avail_in == 0) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                        "%s: its gzip is cut off at byte %" G_GUINT64_FORMAT,
                        assay_input_name(self->input), self->n_read);
            return FALSE;
        }
        if (!unpack(self, error))
            return FALSE;
    }
    *got = room - self->zlib.avail_out;
    return TRUE;
}

AssayInput *
assay_gunzip_new(AssayInput *input, gboolean take, guint64 max_bytes, GError **error)
{
    Gunzip *self = g_new0(Gunzip, 1);

    self->input = input;
    self->is_own = take;
    self->max_bytes = max_bytes;
    self->is_ready = inflateInit2(&self->zlib, GZIP + MAX_WBITS) == Z_OK;
    if (self->is_ready)
        return assay_input_from_reader(assay_input_name(input), read_some, self, free_gunzip);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s: no memory to unpack a gzip",
                assay_input_name(input));
    free_gunzip(self);
    return NULL;
}
