/* feature/chroma.h - the pitch-class set of every step.
 *
 * Field "chroma", [time, class] or [item, time, class], uint8 0 or 1, 12 classes, C first: class k
 * is on where any pitch p of the roll with p mod 12 = k is. A step's set as 12 bits (bit k for
 * class k, C = bit 0) is its state: 4,096 states, silence is 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/stage.h"

G_BEGIN_DECLS

#define ASSAY_CHROMA_STATES 4096
#define ASSAY_CHROMA_CLASSES 12
#define ASSAY_CHROMA_UNIT "1 = sounding; class 0 = C"

/**
 * assay_chroma_stage:
 *
 * Returns: (transfer full): the stage "assay-chroma": adds "chroma" to a sample with "roll", whose
 *     metadata (step, range, drums, windows) it carries on.
 */
ASSAY_API AssayStage *assay_chroma_stage(void);

/**
 * assay_chroma_state:
 * @classes: 12 values, 0 or not
 *
 * Returns: the state, 0 .. 4095.
 */
ASSAY_API guint assay_chroma_state(const guint8 *classes);

/* The other way: @classes become 0 or 1. */
ASSAY_API void assay_chroma_set(guint8 *classes, guint state);

G_END_DECLS
