/* compare/rank-part.c - what one sample adds to a ranking.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "quantise.h"
#include "ranking.h"

/* Which field the features are made of, in the order in which feature/planes.h looks for one. */
static const char *
find_field(const AssaySample *sample, const char *asked_for)
{
    static const char *const fields[] = { "pixels", "mel", "roll", NULL };

    if (asked_for != NULL)
        return asked_for;
    for (size_t i = 0; fields[i] != NULL; i++) {
        if (assay_sample_has(sample, fields[i]))
            return fields[i];
    }
    return "centroid";
}

AssayRankPart *
assay_rank_part_new(AssaySample *sample, const AssayRankConfig *config, GError **error)
{
    g_autoptr(AssayRankPart) self = g_new0(AssayRankPart, 1);

    if (config->full_scale > 0 &&
        !assay_quantise(sample, config->full_scale, &self->n_clipped, error))
        return NULL;
    self->items = assay_observe(sample, &config->observe, error);
    if (self->items == NULL)
        return NULL;
    self->rows = assay_features_of(&config->features, sample, error);
    if (self->rows == NULL)
        return NULL;
    self->field = g_strdup(find_field(sample, config->features.centroid.field));
    return g_steal_pointer(&self);
}

void
assay_rank_part_free(AssayRankPart *self)
{
    if (self == NULL)
        return;
    assay_observation_free(self->items);
    assay_features_free(self->rows);
    g_free(self->field);
    g_free(self);
}
