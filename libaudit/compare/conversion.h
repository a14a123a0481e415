/* compare/conversion.h - how files become the samples that are compared.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../spec/recipe.h"

G_BEGIN_DECLS

/**
 * assay_compare_conversion:
 * @fields: (nullable): that are asked for, ended by %NULL; %NULL: all
 *
 * As assay_recipe_for_any() has it. But what nobody asks for is not made; "spectrum" is,
 * as assay-spectrum has it, where it is asked for by name; and what a generator
 * leaves below 0 is no reason to leave a picture out: its pixels are compared as they are, and
 * count as 0 for its centroids.
 *
 * Returns: (transfer full): the stages
 */
ASSAY_API AssayRecipe *assay_compare_conversion(const char *const *fields);

G_END_DECLS
