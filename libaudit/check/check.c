/* check/check.c - counts and p-values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "check.h"

#include <math.h>
#include <stdlib.h>

#include "../base/error.h"
#include "check-private.h"

AssayChecker *
assay_checker_new(const AssaySpec *spec, const AssayCheckConfig *config, GError **error)
{
    AssayChecker *self;

    if (config->min_groups < 1 || config->min_groups > ASSAY_OWNER_GROUPS) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "a support threshold of %u groups: give 1 to %d", config->min_groups,
                    ASSAY_OWNER_GROUPS);
        return NULL;
    }
    self = g_new0(AssayChecker, 1);
    self->spec = spec;
    self->config = *config;
    self->digests = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < spec->sources->len; i++) {
        const AssaySpecSource *source = g_ptr_array_index(spec->sources, i);

        if (source->sha256[0] != '\0')
            g_hash_table_add(self->digests, source->sha256);
    }
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (!spec->rules[r].present)
            continue;
        self->calibrations[r] =
            assay_calibration_new(spec, r, config->min_groups, config->count_changes);
        if (config->want_findings)
            self->suggests[r] = assay_suggest_new(spec, r, config->min_groups, !config->every_step);
    }
    return self;
}

void
assay_checker_free(AssayChecker *self)
{
    if (self == NULL)
        return;
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        assay_calibration_free(self->calibrations[r]);
        assay_suggest_free(self->suggests[r]);
    }
    g_hash_table_unref(self->digests);
    g_free(self);
}

const AssayCalibration *
assay_checker_calibration(const AssayChecker *self, size_t rule)
{
    return self->calibrations[rule];
}

static void
clear_finding(gpointer data)
{
    AssayFinding *finding = data;

    g_free(finding->voices);
    g_free(finding->found);
    g_free(finding->context);
    g_free(finding->instead);
}

void
assay_verdict_free(AssayVerdict *self)
{
    if (self == NULL)
        return;
    assay_observation_free(self->observation);
    g_free(self->scores);
    g_array_unref(self->findings);
    g_free(self);
}

/* Which rules the sample can be judged by. A field that is not there, or lengths that are runs of a
 * roll here and notes there, leave a rule out; cells that are cut otherwise are refused, since all
 * that follows would be wrong in silence. */
static gboolean
choose_rules(const AssayChecker *self, AssayVerdict *verdict, GError **error)
{
    const AssayObservation *observation = verdict->observation;
    gboolean any = FALSE;

    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        const AssayJson *ours = observation->conventions[r];
        const AssayJson *theirs = self->spec->rules[r].convention;
        g_autofree char *difference = NULL;

        if (!self->spec->rules[r].present || !observation->present[r] ||
            !assay_json_equal(assay_json_get(ours, "from"), assay_json_get(theirs, "from")))
            continue;
        difference = assay_convention_difference(ours, theirs);
        if (difference != NULL) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                        "%s: rule %s: %s; make the stream as the spec's was made",
                        observation->name, assay_rule_types[r].name, difference);
            return FALSE;
        }
        verdict->judged[r] = any = TRUE;
    }
    if (!any) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has no field that a rule of the spec can judge; make the stream as the "
                    "spec's was made",
                    observation->name);
        return FALSE;
    }
    return TRUE;
}

static int
compare_findings(gconstpointer a, gconstpointer b)
{
    const AssayFinding *x = a, *y = b;
    double tx = x->time_q == x->time_q ? x->time_q : x->time_s;
    double ty = y->time_q == y->time_q ? y->time_q : y->time_s;

    if (x->item != y->item)
        return x->item < y->item ? -1 : 1;
    if (tx < ty || tx > ty)
        return tx < ty ? -1 : 1;
    return (x->rule > y->rule) - (x->rule < y->rule);
}

static gboolean
list_findings(const AssayChecker *self, AssaySample *sample, AssayVerdict *verdict, GError **error)
{
    g_autoptr(AssayLocator) locator = assay_locator_new(sample, error);
    size_t n_items = verdict->observation->n_items;

    if (locator == NULL)
        return FALSE;
    for (size_t i = 0; i < n_items; i++) {
        const AssayScore *scores = &verdict->scores[i * ASSAY_N_RULES];

        /* What breaks nothing need not be gone through again. */
        if (scores[ASSAY_RULE_TRANSITION].violations > 0 &&
            !assay_checker_list_transitions(self, sample, locator, i, verdict->findings, error))
            return FALSE;
        if (scores[ASSAY_RULE_DURATION].violations > 0 &&
            !assay_checker_list_durations(self, sample, locator, i, verdict->findings, error))
            return FALSE;
    }
    g_array_sort(verdict->findings, compare_findings);
    return TRUE;
}

AssayVerdict *
assay_checker_check(const AssayChecker *self, AssaySample *sample, GError **error)
{
    g_autoptr(AssayVerdict) verdict = g_new0(AssayVerdict, 1);
    AssayObserveConfig observe = self->config.observe;
    const AssayObservation *observation;

    verdict->findings = g_array_new(FALSE, TRUE, sizeof(AssayFinding));
    g_array_set_clear_func(verdict->findings, clear_finding);
    observe.order = self->spec->rules[ASSAY_RULE_TRANSITION].order;
    observation = verdict->observation = assay_observe(sample, &observe, error);
    if (observation == NULL || !choose_rules(self, verdict, error))
        return NULL;
    verdict->in_corpus = g_hash_table_contains(self->digests, observation->sha256);
    verdict->scores = g_new0(AssayScore, observation->n_items * ASSAY_N_RULES + 1);
    for (size_t i = 0; i < observation->n_items * ASSAY_N_RULES; i++) {
        const AssayCalibration *calibration = self->calibrations[i % ASSAY_N_RULES];
        AssayScore *score = &verdict->scores[i];

        score->p = (double)NAN;
        if (!verdict->judged[i % ASSAY_N_RULES])
            continue;
        assay_calibration_count(calibration, &observation->tallies[i], &score->violations,
                                &score->events);
        score->p = assay_calibration_p(calibration, &observation->tallies[i]);
    }
    if (self->config.want_findings && !list_findings(self, sample, verdict, error))
        return NULL;
    return g_steal_pointer(&verdict);
}
