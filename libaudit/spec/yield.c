/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield.h"

#include "../base/error.h"

static gboolean
has_events(const AssayObservation *observation)
{
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (observation->present[r])
            return TRUE;
    }
    return FALSE;
}

/* Whether there is anything to learn; says what there is instead. */
static gboolean
check(const AssayYield *self, AssaySample *sample, GError **error)
{
    g_autofree const char **fields = NULL;
    g_autofree char *list = NULL;

    if (has_events(self->observation) || assay_spread_n_variables(self->spread) > 0)
        return TRUE;
    fields = assay_sample_fields(sample);
    list = g_strjoinv(", ", (char **)fields);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD, "%s: no field of numbers; it has %s",
                assay_sample_name(sample), list[0] != '\0' ? list : "none");
    return FALSE;
}

AssayYield *
assay_yield_new(AssaySample *sample, const AssayObserveConfig *config, gboolean rules_only,
                GError **error)
{
    const AssayDistributionConfig all = ASSAY_DISTRIBUTION_CONFIG_DEFAULT;
    g_autoptr(AssayYield) self = g_new0(AssayYield, 1);
    AssayObserveConfig observe = *config;

    observe.rules = rules_only ? ASSAY_RULES_NEEDED : ASSAY_RULES_OPTIONAL;
    self->observation = assay_observe(sample, &observe, error);
    if (self->observation == NULL)
        return NULL;
    if (rules_only)
        return g_steal_pointer(&self);
    self->spread = assay_distributions_observe(sample, self->observation, &all, error);
    if (self->spread == NULL || !check(self, sample, error))
        return NULL;
    return g_steal_pointer(&self);
}

void
assay_yield_free(AssayYield *self)
{
    if (self == NULL)
        return;
    assay_observation_free(self->observation);
    assay_spread_free(self->spread);
    g_free(self);
}
