/* spec/recipe.h - how media become the fields that a spec speaks of.
 *
 * A recipe is an array of {"tool", "options"}, the stages of a stream's head without what does not
 * shape the result (versions). From it the same stages can be built and run in-process.
 *
 * To let a recipe run a converter: a row in the table of recipe-stages.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/source.h"
#include "../stream/stage.h"

G_BEGIN_DECLS

/* The recipe of the stages of a head; empty for %NULL: (transfer full). */
ASSAY_API AssayJson *assay_recipe_from_stages(const AssayJson *stages);

/* The recipe by which media are read where none is named: a roll by 1/16, and its pitch-class
 * sets: (transfer full). */
ASSAY_API AssayJson *assay_recipe_default(void);

/* Where @a differs from @b, in words that name both values; %NULL where it does not: (transfer
 * full). */
ASSAY_API char *assay_recipe_difference(const AssayJson *a, const AssayJson *b);

/* @recipe as a command line: "assay-roll --step=1/16 | assay-chroma"; "unknown" where it is empty:
 * (transfer full). */
ASSAY_API char *assay_recipe_command(const AssayJson *recipe);

/**
 * AssayRecipe:
 * @stages: ended by %NULL
 * @media: the files that the first of them reads, ended by %NULL
 * @array_axes: (nullable): the axes that the recipe names for .npy files
 */
typedef struct {
    AssayStage **stages;
    const AssayMedium *const *media;
    char **array_axes;
} AssayRecipe;

/**
 * assay_recipe_build:
 * @json: a recipe
 * @name: of the spec it stands in, for messages
 *
 * Stages up to assay-render are left out where others follow: sound files are recordings, and notes
 * are not played in-process.
 *
 * Returns: (transfer full): the stages; or %NULL with %ASSAY_ERROR_SPEC for a stage that cannot be
 *     run in-process (a baseline, a program of a later version): give the program a stream then.
 */
ASSAY_API AssayRecipe *assay_recipe_build(const AssayJson *json, const char *name,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_recipe_free(AssayRecipe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayRecipe, assay_recipe_free)

/**
 * assay_recipe_for_any:
 *
 * The stages by which samples of any kind are read where no recipe is named, each sample by those
 * that fit it: music (notes, a roll, a chroma, an array over time and pitch) by
 * assay_recipe_default(), pictures (files of them, or pixels in rows and columns) by assay-image
 * and assay-centroid, sound (files, or audio with its rate) by assay-mel and assay-centroid; others
 * as they are. Music that has been played stays music.
 *
 * Returns: (transfer full): the stages of all kinds, one kind after the other
 */
ASSAY_API AssayRecipe *assay_recipe_for_any(void);

/* Runs assay-spectrum as well, on pictures and on sound. */
ASSAY_API void assay_recipe_add_spectra(AssayRecipe *self);

/* Makes of sound, before anything else does, the spectrum in which combs are looked for. */
ASSAY_API void assay_recipe_add_combs(AssayRecipe *self);

/* Runs no stage of @tool: nobody asks for its field, and samples need not be fit for it. */
ASSAY_API void assay_recipe_leave_out(AssayRecipe *self, const char *tool);

/* The media that these stages are for, ended by %NULL: MIDI files, pictures and sound. */
extern ASSAY_API const AssayMedium *const assay_recipe_media[];

G_END_DECLS
