/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversion.h"

#include <string.h>

#include "../feature/centroid.h"

static void
leave_out_centroids(AssayRecipe *recipe, const char *const *fields)
{
    if (fields != NULL && !g_strv_contains(fields, "centroid") && !g_strv_contains(fields, "slope"))
        assay_recipe_leave_out(recipe, "assay-centroid");
}

static void
clip_centroids(AssayRecipe *recipe)
{
    AssayCentroidConfig clip = ASSAY_CENTROID_CONFIG_DEFAULT;

    clip.clip = TRUE;
    for (AssayStage **stage = recipe->stages; *stage != NULL; stage++) {
        AssayStage *clipping;

        if (strcmp((*stage)->tool, "assay-centroid") != 0)
            continue;
        clipping = assay_centroid_stage(&clip);
        clipping->fits = (*stage)->fits;
        assay_stage_free(*stage);
        *stage = clipping;
    }
}

AssayRecipe *
assay_compare_conversion(const char *const *fields)
{
    AssayRecipe *recipe = assay_recipe_for_any();

    leave_out_centroids(recipe, fields);
    clip_centroids(recipe);
    if (fields != NULL && g_strv_contains(fields, "spectrum"))
        assay_recipe_add_spectra(recipe);
    return recipe;
}
