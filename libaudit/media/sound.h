/* media/sound.h - sound files, read block by block: WAV, AIFF, AU, CAF, W64, FLAC, Ogg, MP3.
 *
 * Stands on: libsndfile. It is silent about most damage, so what it
 * delivers is held against what the file declares: the bytes of its chunk of samples, the frames
 * that its header counts, and the checksums and numbers of the pages of an Ogg file. Nothing is
 * allocated because a header says so.
 *
 * A frame is one sample of each channel. Full scale is 1: integers of B bits are divided by
 * 2^(B-1).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/content.h"
#include "../stream/source.h"

G_BEGIN_DECLS

/* The most channels a file may have. */
#define ASSAY_SOUND_MAX_CHANNELS 256

/* Sound files as a medium: a stage decodes them, see assay_sample_content(). */
extern ASSAY_API const AssayMedium assay_sound_medium;

/**
 * AssaySoundFacts:
 * @format: "WAV"
 * @encoding: "PCM", "float", "Vorbis" ...
 * @bits: of a sample; 0 where the encoding has none
 * @n_frames: frames read so far
 * @declared: frames that the header counts; 0 where it counts none
 * @missing_bytes: of its chunk of samples, beyond the end of the file
 * @is_unstated: its header leaves open how long it is, as of a program that wrote to a pipe
 * @peak: the largest absolute value
 * @offset: the mean of the channel whose mean is furthest from 0
 * @clipped: samples in runs of at least ASSAY_SOUND_CLIP_RUN at full scale in a channel; full scale
 *     is the largest value that the encoding has, or 1
 * @silent_lead, @silent_tail, @silent_longest: frames at the start, at the end, and anywhere in a
 *     row, of which all samples are exactly 0
 */
typedef struct {
    const char *format, *encoding;
    guint bits, rate_hz, n_channels;
    guint64 n_frames, declared, missing_bytes;
    gboolean is_unstated;
    double peak, offset;
    guint64 clipped, silent_lead, silent_tail, silent_longest;
} AssaySoundFacts;

#define ASSAY_SOUND_CLIP_RUN 3

typedef struct AssaySound AssaySound;

/**
 * assay_sound_open:
 * @content: (transfer none): outlives the result
 * @keeps_truncated: whether a file that breaks off is read as far as it goes
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_FORMAT: no sound file that is read here;
 *     a page of an Ogg file that is damaged or missing; %ASSAY_ERROR_TRUNCATED: its chunk of
 * samples, or its last page, goes beyond its end.
 */
ASSAY_API AssaySound *assay_sound_open(AssayContent *content, gboolean keeps_truncated,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_sound_free(AssaySound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySound, assay_sound_free)

/**
 * assay_sound_read:
 * @frames: (out): the next frames, [frame, channel], float32; valid until the next call
 * @n_frames: (out): how many, at most 16,384; 0 at the end
 *
 * Returns: %FALSE with %ASSAY_ERROR_TRUNCATED: fewer frames than declared; %ASSAY_ERROR_FORMAT:
 *     damage that the decoder noticed; %ASSAY_ERROR_RANGE: a sample that is not finite, named by
 *     frame and channel; %ASSAY_ERROR_IO.
 */
ASSAY_API gboolean assay_sound_read(AssaySound *self, const float **frames, size_t *n_frames,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is known so far; all of it once the end is reached. */
ASSAY_API const AssaySoundFacts *assay_sound_facts(AssaySound *self);

/* Adds the facts to @source, the metadata of a sample's source. */
ASSAY_API void assay_sound_put_facts(const AssaySoundFacts *self, AssayJson *source);

/**
 * assay_sound_decode:
 *
 * Adds the field "audio" to @sample, all of the file as it is: [frame] or [frame, channel], its
 * metadata "rate_hz"; and the facts to its source.
 *
 * Returns: %FALSE as assay_sound_open() and assay_sound_read(), and with %ASSAY_ERROR_RANGE over
 *     @max_bytes.
 */
ASSAY_API gboolean assay_sound_decode(AssaySample *sample, AssayContent *content, size_t max_bytes,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a file that begins with these bytes (up to 512) is such a file. */
ASSAY_API gboolean assay_sound_sniff(const void *data, size_t size);

G_END_DECLS
