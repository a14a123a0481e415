/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect-samples.h"

#include <assay/image/image.h>
#include <assay/spec/recipe.h>

static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    (void)operand;
    return assay_learn_part_new(sample, &((const DetectData *)user)->config, error);
}

static void
free_part(gpointer data)
{
    assay_learn_part_free(data);
}

/* What has other features is left out. */
static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    DetectData *self = user;
    const AssayLearnPart *part = result;
    const AssayObservation *items = part->part->items;
    g_autoptr(GError) unfit = NULL;

    if (!self->is_again)
        cli_label_count(&detect_options.group_by, sample, items->groups);
    if (!assay_collection_add(self->collection, part, &self->label[operand], &unfit)) {
        if (g_error_matches(unfit, ASSAY_ERROR, ASSAY_ERROR_RANGE)) {
            g_propagate_error(error, g_steal_pointer(&unfit));
            return FALSE;
        }
        cli_leave_out(unfit);
        return TRUE;
    }
    if (self->file != NULL && !assay_pieces_add(&self->pieces, items->name, items->has_items,
                                                items->item_start, items->n_items))
        assay_model_file_add_input(self->file, items->name, items->sha256,
                                   self->label[operand].is_fake);
    self->n_items += items->n_items;
    return self->consume == NULL ||
           self->consume(self->user, self->collection->examples, items->sha256, error);
}

static gboolean
wants_combs(const DetectData *self)
{
    guint groups = self->config.features.groups;

    return groups == 0 || (groups >> ASSAY_FEATURES_COMB & 1) != 0;
}

gboolean
detect_read_samples(DetectData *self, const char *const *operands, GError **error)
{
    g_autoptr(AssayRecipe) recipe = assay_recipe_for_any();
    CliRun run = { .source = { .operands = operands,
                               .media = assay_recipe_media,
                               .streams = TRUE,
                               .pictures = &assay_image_arrays,
                               .max_bytes = cli.max_sample,
                               .names_repeat = TRUE,
                               .hint = "a table of features is a file, not a pipe, that has a "
                                       "column \"item\", and tabs between columns",
                               .array_hint = "assay-image --axes=... FILE makes a stream of "
                                             "pictures, assay-array --axes=... of others" },
                   .before = self->before,
                   .missing_only = TRUE,
                   .analyse = analyse,
                   .free_result = free_part,
                   .consume = consume,
                   .user = self };

    assay_recipe_leave_out(recipe, "assay-centroid");
    if (wants_combs(self)) /* from here on the stages stay where they are */
        assay_recipe_add_combs(recipe);
    run.stages = (const AssayStage *const *)recipe->stages;
    run.source.array_axes = (const char *const *)recipe->array_axes;
    return cli_run(&run, error);
}
