/* feature/planes-maker.h - pictures and sound files made into planes as they are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/stage.h"

G_BEGIN_DECLS

/**
 * assay_planes_maker:
 * @max_bytes: a limit for each field
 *
 * A stage to be run before one that reads planes: of a picture, or an array of such, it makes
 * "pixels" as assay-image would, of a sound file "mel" as assay-mel would, and notes that in the
 * sample. Other samples go by as they are.
 *
 * Returns: (transfer full)
 */
ASSAY_API AssayStage *assay_planes_maker(size_t max_bytes);

G_END_DECLS
