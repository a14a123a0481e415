/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sound.h"

#include <pthread.h>
#include <string.h>

#include "../base/error.h"
#include "ogg-pages-private.h"
#include "sndfile-private.h"
#include "sound-chunks-private.h"
#include "sound-kinds-private.h"
#include "sound-levels-private.h"

/* Values of a block: of one channel, as many frames. */
enum { BLOCK = 16384 };

struct AssaySound {
    AssayContent *content; /* borrowed */
    sf_count_t at;         /* where libsndfile reads */
    GError *fault;         /* of a read that it asked for */
    SNDFILE *file;
    gboolean keeps_truncated, is_ended;
    AssaySoundFacts facts;
    AssaySoundLevels levels;
    float *block;
};

/* What libsndfile asks of a file. */

static sf_count_t
get_length(void *user)
{
    AssaySound *self = user;
    guint64 size = 0;

    if (self->fault == NULL && !assay_content_size(self->content, &size, &self->fault))
        return 0;
    return (sf_count_t)size;
}

static sf_count_t
seek(sf_count_t offset, int whence, void *user)
{
    AssaySound *self = user;
    sf_count_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self->at : get_length(self);
    sf_count_t to;

    if (__builtin_add_overflow(base, offset, &to) || to < 0)
        return -1;
    return self->at = to;
}

static sf_count_t
read_bytes(void *data, sf_count_t size, void *user)
{
    AssaySound *self = user;
    size_t got = 0;

    if (size <= 0 || self->fault != NULL ||
        !assay_content_read(self->content, (guint64)self->at, data, (size_t)size, &got,
                            &self->fault))
        return 0;
    self->at += (sf_count_t)got;
    return (sf_count_t)got;
}

static sf_count_t
tell(void *user)
{
    const AssaySound *self = user;

    return self->at;
}

/* libsndfile keeps why it could not open a file in one place for all threads. */
static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;

static gboolean
check_chunk(AssaySound *self, GError **error)
{
    AssaySoundChunk chunk;

    if (!assay_sound_chunk_find(self->content, &chunk, error))
        return FALSE;
    self->facts.is_unstated |= chunk.is_unstated;
    if (!chunk.is_found || chunk.there == chunk.declared)
        return TRUE;
    self->facts.missing_bytes = chunk.declared - chunk.there;
    if (self->keeps_truncated)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                "breaks off: of %" G_GUINT64_FORMAT " bytes of sound %" G_GUINT64_FORMAT
                " are there; assay-mel and assay-chroma take it as far as it goes by "
                "--truncated=keep",
                chunk.declared, chunk.there);
    return FALSE;
}

static gboolean
check_info(const AssaySound *self, const SF_INFO *info, GError **error)
{
    if (info->samplerate < 1) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "its rate is %d Hz", info->samplerate);
        return FALSE;
    }
    if (self->facts.n_channels < 1 || self->facts.n_channels > ASSAY_SOUND_MAX_CHANNELS) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "it has %d channels, not 1 to %d",
                    info->channels, ASSAY_SOUND_MAX_CHANNELS);
        return FALSE;
    }
    return TRUE;
}

/* Some reasons are those of libsndfile's own, who reads files by their names. */
static const char *
explain(const char *reason)
{
    if (g_str_has_prefix(reason, "File does not exist"))
        return "there is no whole frame in it";
    if (g_str_has_prefix(reason, "Internal error : SF_INFO"))
        return "its header says no rate";
    return reason;
}

static gboolean
open_file(AssaySound *self, GError **error)
{
    SF_VIRTUAL_IO io = { get_length, seek, read_bytes, NULL, tell };
    SF_INFO info = { 0 };
    const char *reason;

    pthread_mutex_lock(&opening);
    self->file = assay_sndfile()->open_virtual(&io, SFM_READ, &info, self);
    reason = explain(assay_sndfile()->error_number(assay_sndfile()->error(NULL)));
    pthread_mutex_unlock(&opening);
    if (self->fault != NULL) {
        g_propagate_error(error, g_error_copy(self->fault));
        return FALSE;
    }
    if (self->file == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "is no sound file that can be read: %s",
                    reason);
        return FALSE;
    }
    if (!assay_sound_describe(&self->facts, &info)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "is a sound file of a kind that is not read here; make a WAV or FLAC of it");
        return FALSE;
    }
    if (!check_info(self, &info, error))
        return FALSE;
    /* Where the header does not say, as that of a FLAC that was written to a pipe, or the last page
     * of an Ogg is missing, it says that there are more than anybody could count. */
    self->facts.is_unstated = info.frames == SF_COUNT_MAX && strcmp(self->facts.format, "Ogg") != 0;
    self->facts.declared = info.frames > 0 && !self->facts.is_unstated ? (guint64)info.frames : 0;
    return TRUE;
}

AssaySound *
assay_sound_open(AssayContent *content, gboolean keeps_truncated, GError **error)
{
    g_autoptr(AssaySound) self = g_new0(AssaySound, 1);
    guint8 head[512];
    size_t got;

    self->content = content;
    self->keeps_truncated = keeps_truncated;
    if (!assay_content_read(content, 0, head, sizeof head, &got, error))
        return NULL;
    if (got == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED, "is empty");
        return NULL;
    }
    if (!assay_sound_sniff(head, got)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "is no sound file, whatever its name says");
        return NULL;
    }
    if (!keeps_truncated && got >= 4 && memcmp(head, "OggS", 4) == 0 &&
        !assay_ogg_check(content, error))
        return NULL;
    if (!open_file(self, error) || !check_chunk(self, error))
        return NULL;
    self->block = g_new(float, MAX(BLOCK, self->facts.n_channels));
    assay_sound_levels_init(&self->levels, self->facts.n_channels,
                            assay_sound_full_scale(&self->facts));
    return g_steal_pointer(&self);
}

void
assay_sound_free(AssaySound *self)
{
    if (self == NULL)
        return;
    if (self->file != NULL)
        assay_sndfile()->close(self->file);
    assay_sound_levels_clear(&self->levels);
    g_clear_error(&self->fault);
    g_free(self->block);
    g_free(self);
}

/* Whether all came that was declared, once no more comes. */
static gboolean
check_end(AssaySound *self, GError **error)
{
    AssaySoundFacts *facts = &self->facts;
    int code = assay_sndfile()->error(self->file);

    self->is_ended = TRUE;
    if (self->keeps_truncated)
        return TRUE;
    if (code != SF_ERR_NO_ERROR) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "is damaged behind frame %" G_GUINT64_FORMAT ": %s", facts->n_frames,
                    assay_sndfile()->error_number(code));
        return FALSE;
    }
    if (facts->n_frames < facts->declared && facts->declared != SF_COUNT_MAX) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "breaks off: of %" G_GUINT64_FORMAT " frames %" G_GUINT64_FORMAT
                    " are there; assay-mel and assay-chroma take it as far as it goes by "
                    "--truncated=keep",
                    facts->declared, facts->n_frames);
        return FALSE;
    }
    return TRUE;
}

gboolean
assay_sound_read(AssaySound *self, const float **frames, size_t *n_frames, GError **error)
{
    guint n_channels = self->facts.n_channels;
    sf_count_t got = 0;
    size_t bad;

    *frames = self->block;
    *n_frames = 0;
    if (self->is_ended)
        return TRUE;
    got = assay_sndfile()->readf_float(self->file, self->block, MAX(BLOCK / n_channels, 1));
    if (self->fault != NULL) {
        g_propagate_error(error, g_error_copy(self->fault));
        return FALSE;
    }
    if (got <= 0)
        return check_end(self, error);
    *n_frames = (size_t)got;
    if (!assay_sound_levels_add(&self->levels, self->block, *n_frames, &bad)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "frame %" G_GUINT64_FORMAT ", channel %" G_GSIZE_FORMAT
                    ": the sample is %g; only finite ones are sound",
                    self->facts.n_frames + bad / n_channels, bad % n_channels + 1,
                    (double)self->block[bad]);
        return FALSE;
    }
    self->facts.n_frames += *n_frames;
    return TRUE;
}

const AssaySoundFacts *
assay_sound_facts(AssaySound *self)
{
    assay_sound_levels_report(&self->levels, &self->facts);
    return &self->facts;
}

static void
set_count(AssayJson *source, const char *key, guint64 count)
{
    if (count > 0)
        assay_json_set_integer(source, key, (gint64)MIN(count, G_MAXINT64));
}

void
assay_sound_put_facts(const AssaySoundFacts *self, AssayJson *source)
{
    assay_json_set_string(source, "format", self->format);
    assay_json_set_string(source, "encoding", self->encoding);
    set_count(source, "bits", self->bits);
    assay_json_set_integer(source, "rate_hz", self->rate_hz);
    assay_json_set_integer(source, "channels", self->n_channels);
    assay_json_set_integer(source, "frames", (gint64)self->n_frames);
    assay_json_set_real(source, "peak", self->peak);
    assay_json_set_real(source, "dc", self->offset);
    set_count(source, "clipped", self->clipped);
    set_count(source, "silent_lead", self->silent_lead);
    set_count(source, "silent_tail", self->silent_tail);
    set_count(source, "silent_longest", self->silent_longest);
    if (self->declared == SF_COUNT_MAX)
        assay_json_set_integer(source, "missing_end", 1);
    else if (self->declared > self->n_frames)
        set_count(source, "missing_frames", self->declared - self->n_frames);
    set_count(source, "missing_bytes", self->missing_bytes);
    if (self->is_unstated)
        assay_json_set_integer(source, "unstated_length", 1);
}

/* MPEG has no more than 11 bits of ones at a frame's head, and the other fields must make sense;
 * layer 1, which nobody uses, is left to text in UTF-16. */
static gboolean
is_mpeg_frame(const guint8 *head, size_t size)
{
    return size >= 4 && head[0] == 0xff && (head[1] & 0xe0) == 0xe0 && (head[1] & 0x18) != 0x08 &&
           (head[1] & 0x06) != 0 && (head[1] & 0x06) != 0x06 && (head[2] & 0xf0) != 0xf0 &&
           (head[2] & 0xf0) != 0 && (head[2] & 0x0c) != 0x0c;
}

gboolean
assay_sound_sniff(const void *data, size_t size)
{
    static const struct {
        const char *magic, *form;
        size_t form_at;
    } marks[] = {
        { "RIFF", "WAVE", 8 }, { "RIFX", "WAVE", 8 }, { "RF64", "WAVE", 8 },
        { "FORM", "AIF", 8 },  { "fLaC", "", 0 },     { "OggS", "", 0 },
        { "caff", "", 0 },     { ".snd", "", 0 },     { "riff\x2e\x91\xcf\x11", "wave", 24 },
        { "ID3", "", 0 },
    };
    const guint8 *head = data;

    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        size_t n = strlen(marks[i].magic), m = strlen(marks[i].form);

        if (size >= MAX(n, marks[i].form_at + m) && memcmp(head, marks[i].magic, n) == 0 &&
            memcmp(head + marks[i].form_at, marks[i].form, m) == 0)
            return TRUE;
    }
    return is_mpeg_frame(head, size);
}

static const char *const suffixes[] = { ".wav", ".wave", ".flac", ".ogg",  ".oga", ".opus",
                                        ".mp3", ".aif",  ".aiff", ".aifc", ".au",  ".snd",
                                        ".caf", ".w64",  ".rf64", NULL };

const AssayMedium assay_sound_medium = { "sound file", suffixes, assay_sound_sniff, NULL };
