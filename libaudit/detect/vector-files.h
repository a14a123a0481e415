/* detect/vector-files.h - files of sound, before they are vectors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../spec/recipe.h"

G_BEGIN_DECLS

/* The files that vectors are made of: pictures and sound; ended by %NULL. */
extern ASSAY_API const AssayMedium *const assay_vector_media[];

/**
 * assay_vector_conversion:
 * @field: (nullable): which field vectors are made of
 *
 * Returns: (transfer full): the stages of assay_recipe_for_any() that make a spectrogram of what is
 *     sound; none where another field is meant. Pictures are made by assay_vectors_new().
 */
ASSAY_API AssayRecipe *assay_vector_conversion(const char *field) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
