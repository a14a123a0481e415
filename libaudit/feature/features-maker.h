/* feature/features-maker.h - what features are made of, made of samples as they are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/stage.h"
#include "features.h"

G_BEGIN_DECLS

/**
 * assay_features_maker:
 * @config: which features; borrowed, as long as the stage is there
 *
 * A stage to be run before assay_features_of(). Where @config asks for combs, or for all groups and
 * the sample is sound and no music that was rendered, it adds "log_spectrum"; but with a field that
 * is named it does not. Then, of a sample without a field that features can be made of, it makes
 * "pixels" of a picture or an array of such, "mel" of a sound file, unless combs alone are asked
 * for, and "roll" of notes, as assay-image, assay-mel and assay-roll would. Other samples go by as
 * they are.
 *
 * Returns: (transfer full)
 */
ASSAY_API AssayStage *assay_features_maker(const AssayFeaturesConfig *config);

G_END_DECLS
