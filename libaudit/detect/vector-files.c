/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vector-files.h"

#include <string.h>

#include "../media/picture.h"
#include "../media/sound.h"

const AssayMedium *const assay_vector_media[] = { &assay_png_medium, &assay_jpeg_medium,
                                                  &assay_pnm_medium, &assay_sound_medium, NULL };

AssayRecipe *
assay_vector_conversion(const char *field)
{
    AssayRecipe *recipe = assay_recipe_for_any();
    gboolean is_meant = field == NULL || strcmp(field, "mel") == 0;
    size_t n = 0;

    for (size_t i = 0; recipe->stages[i] != NULL; i++) {
        if (is_meant && strcmp(recipe->stages[i]->tool, "assay-mel") == 0)
            recipe->stages[n++] = recipe->stages[i];
        else
            assay_stage_free(recipe->stages[i]);
    }
    recipe->stages[n] = NULL;
    return recipe;
}
