/* media/sound-encode.c - libsndfile as a writer, into memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sound-encode-private.h"

#include <stdio.h>
#include <string.h>

#include "../base/error.h"
#include "sndfile-private.h"

struct AssaySoundEncoder {
    SNDFILE *file;
    guint8 *data;
    gsize size, room, at;
    gboolean lacks_memory;
};

/* What libsndfile asks of a file, in memory. */

static sf_count_t
memory_length(void *user)
{
    const AssaySoundEncoder *self = user;

    return (sf_count_t)self->size;
}

static sf_count_t
memory_seek(sf_count_t offset, int whence, void *user)
{
    AssaySoundEncoder *self = user;
    sf_count_t from = whence == SEEK_SET   ? 0
                      : whence == SEEK_CUR ? (sf_count_t)self->at
                                           : (sf_count_t)self->size;

    if (from + offset >= 0)
        self->at = MIN((gsize)(from + offset), self->size);
    return (sf_count_t)self->at;
}

static sf_count_t
memory_read(void *data, sf_count_t count, void *user)
{
    AssaySoundEncoder *self = user;
    gsize n = count < 0 ? 0 : MIN((gsize)count, self->size - self->at);

    memcpy(data, self->data + self->at, n);
    self->at += n;
    return (sf_count_t)n;
}

static sf_count_t
memory_write(const void *data, sf_count_t count, void *user)
{
    AssaySoundEncoder *self = user;
    gsize n = (gsize)count;

    if (count <= 0 || self->lacks_memory)
        return 0;
    if (n > self->room - self->at) {
        gsize room = MAX(self->at + n, self->room + self->room / 2);
        guint8 *larger = g_try_realloc(self->data, room);

        if (larger == NULL) {
            self->lacks_memory = TRUE;
            return 0;
        }
        self->data = larger;
        self->room = room;
    }
    memcpy(self->data + self->at, data, n);
    self->at += n;
    self->size = MAX(self->size, self->at);
    return count;
}

static sf_count_t
memory_tell(void *user)
{
    const AssaySoundEncoder *self = user;

    return (sf_count_t)self->at;
}

static SF_VIRTUAL_IO memory = {
    .get_filelen = memory_length,
    .seek = memory_seek,
    .read = memory_read,
    .write = memory_write,
    .tell = memory_tell,
};

static gboolean
fail(const AssaySoundEncoder *self, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "cannot make a sound file of it: %s",
                self->lacks_memory ? "there is no memory" : assay_sndfile()->strerror(self->file));
    return FALSE;
}

static int
format_of(const AssaySoundFormat *format)
{
    return (format->is_flac ? SF_FORMAT_FLAC : SF_FORMAT_WAV) |
           (format->bits == 16   ? SF_FORMAT_PCM_16
            : format->bits == 24 ? SF_FORMAT_PCM_24
                                 : SF_FORMAT_FLOAT);
}

AssaySoundEncoder *
assay_sound_encoder_new(const AssaySoundFormat *format, GError **error)
{
    AssaySoundEncoder *self = g_new0(AssaySoundEncoder, 1);
    SF_INFO info = {
        .samplerate = (int)format->rate_hz,
        .channels = (int)format->n_channels,
        .format = format_of(format),
    };

    self->file = assay_sndfile()->open_virtual(&memory, SFM_WRITE, &info, self);
    if (self->file == NULL) {
        fail(self, error);
        assay_sound_encoder_free(self);
        return NULL;
    }
    /* The chunk of peaks holds the time of day. */
    assay_sndfile()->command(self->file, SFC_SET_ADD_PEAK_CHUNK, NULL, SF_FALSE);
    return self;
}

void
assay_sound_encoder_free(AssaySoundEncoder *self)
{
    if (self == NULL)
        return;
    if (self->file != NULL)
        assay_sndfile()->close(self->file);
    g_free(self->data);
    g_free(self);
}

gboolean
assay_sound_encoder_write_i32(AssaySoundEncoder *self, const gint32 *values, gsize n_frames,
                              GError **error)
{
    return assay_sndfile()->writef_int(self->file, values, (sf_count_t)n_frames) ==
               (sf_count_t)n_frames ||
           fail(self, error);
}

gboolean
assay_sound_encoder_write_f32(AssaySoundEncoder *self, const float *values, gsize n_frames,
                              GError **error)
{
    return assay_sndfile()->writef_float(self->file, values, (sf_count_t)n_frames) ==
               (sf_count_t)n_frames ||
           fail(self, error);
}

GBytes *
assay_sound_encoder_finish(AssaySoundEncoder *self, GError **error)
{
    int code = assay_sndfile()->close(g_steal_pointer(&self->file));

    if (code != 0 || self->lacks_memory) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "cannot make a sound file of it: %s",
                    self->lacks_memory ? "there is no memory"
                                       : assay_sndfile()->error_number(code));
        return NULL;
    }
    return g_bytes_new_take(g_steal_pointer(&self->data), self->size);
}
