/* media/sndfile-private.h - the door to libsndfile: sound files in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sound-write.h"

G_BEGIN_DECLS

/* A file that is being written, in memory that grows. */
typedef struct AssaySndfile AssaySndfile;

AssaySndfile *assay_sndfile_create(const AssaySoundFormat *format,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void assay_sndfile_free(AssaySndfile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySndfile, assay_sndfile_free)

/* Whole frames: of integers the highest bits count; floats are kept as they are. */
gboolean assay_sndfile_write_i32(AssaySndfile *self, const gint32 *values, gsize n_frames,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean assay_sndfile_write_f32(AssaySndfile *self, const float *values, gsize n_frames,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The file, once all is written. (transfer full) */
GBytes *assay_sndfile_finish(AssaySndfile *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
