/* media/sound-encode-private.h - a sound file that is being made, in memory that grows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sound-write.h"

G_BEGIN_DECLS

typedef struct AssaySoundEncoder AssaySoundEncoder;

AssaySoundEncoder *assay_sound_encoder_new(const AssaySoundFormat *format,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void assay_sound_encoder_free(AssaySoundEncoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySoundEncoder, assay_sound_encoder_free)

/* Whole frames: of integers the highest bits count; floats are kept as they are. */
gboolean assay_sound_encoder_write_i32(AssaySoundEncoder *self, const gint32 *values,
                                       gsize n_frames, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean assay_sound_encoder_write_f32(AssaySoundEncoder *self, const float *values, gsize n_frames,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The file, once all is written. (transfer full) */
GBytes *assay_sound_encoder_finish(AssaySoundEncoder *self,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
