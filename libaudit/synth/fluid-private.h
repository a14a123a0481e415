/* synth/fluid-private.h - the door to FluidSynth.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../signal/performance.h"
#include "synth.h"

G_BEGIN_DECLS

/* Frames in a block, of which FluidSynth knows no part. */
#define ASSAY_FLUID_BLOCK 64

/* A SoundFont as FluidSynth has read it, for one thread. */
typedef struct AssayFluid AssayFluid;

/* %ASSAY_ERROR_USAGE where FluidSynth cannot use the SoundFont, which is borrowed. */
AssayFluid *assay_fluid_new(const AssayRenderConfig *config, const AssaySoundfont *soundfont,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void assay_fluid_free(AssayFluid *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayFluid, assay_fluid_free)

/**
 * assay_fluid_play:
 * @frames: (out): room for @max_frames of one or two values each, as @config says
 * @max_frames: at least the performance's
 *
 * Returns: how many frames it lasts until all is silent: @max_frames where it does not end before.
 */
gsize assay_fluid_play(AssayFluid *self, const AssayPerformance *performance, float *frames,
                       gsize max_frames);

/* How many of the notes have an instrument that the SoundFont lacks. */
gsize assay_fluid_substituted(AssayFluid *self, const AssayPerformance *performance);

G_END_DECLS
