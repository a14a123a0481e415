/* feature/chroma-private.h - what the parts of chroma share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chroma.h"

/* (transfer full): the options that shape the result, as texts that assay_chroma_config_set()
 * reads; none for a roll. */
AssayJson *assay_chroma_config_options(const AssayChromaConfig *self);

/* A listener with what it keeps from sample to sample; for one thread. */
gpointer assay_chroma_ear_new(const AssayStage *stage);
void assay_chroma_ear_free(gpointer state);

/* Makes "chroma" of sound. */
gboolean assay_chroma_apply_audio(const AssayStage *stage, gpointer state, AssaySample *sample,
                                  GError **error);
