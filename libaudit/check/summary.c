/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summary.h"

#include <math.h>

#include "../base/random.h"
#include "../stats/permutation.h"

/* Labellings drawn: 9,999, or fewer where sets are so large that this would take minutes. */
enum { PERMUTATIONS = 9999, FEWER_PERMUTATIONS = 999, MANY_GROUPS = 20000 };

/* p is a ratio of integers, rounded once or twice; .05 itself is meant to be flagged. */
#define ROUNDING 1e-12

typedef struct {
    AssayRateGroup rates[ASSAY_N_RULES];
} Group;

struct AssaySummary {
    GHashTable *group_ids; /* name -> index + 1 */
    GArray *groups;        /* Group */
    guint64 n_items, in_corpus;
    guint64 events[ASSAY_N_RULES], violations[ASSAY_N_RULES];
    guint64 flagged[ASSAY_N_RULES], judged[ASSAY_N_RULES], unjudged[ASSAY_N_RULES];
};

gboolean
assay_summary_can_flag(const AssaySpec *spec)
{
    return 1 / ((double)spec->n_groups + 1) <= ASSAY_SUMMARY_ALPHA + ROUNDING;
}

AssaySummary *
assay_summary_new(void)
{
    AssaySummary *self = g_new0(AssaySummary, 1);

    self->group_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->groups = g_array_new(FALSE, TRUE, sizeof(Group));
    return self;
}

void
assay_summary_free(AssaySummary *self)
{
    if (self == NULL)
        return;
    g_hash_table_unref(self->group_ids);
    g_array_unref(self->groups);
    g_free(self);
}

/* The group called @name (taken), added where it is new. */
static Group *
find_group(AssaySummary *self, char *name)
{
    gpointer found;

    if (g_hash_table_lookup_extended(self->group_ids, name, NULL, &found)) {
        g_free(name);
    } else {
        g_array_set_size(self->groups, self->groups->len + 1);
        found = GUINT_TO_POINTER(self->groups->len - 1);
        g_hash_table_insert(self->group_ids, name, found);
    }
    return &g_array_index(self->groups, Group, GPOINTER_TO_UINT(found));
}

static char *
group_name(const AssayObservation *observation, size_t at, AssayGroups *groups)
{
    g_autofree char *identity =
        assay_observation_identity(observation, observation->item_start + at);
    const char *group = assay_groups_of_item(groups, observation, at);

    if (group != NULL)
        return g_strdup_printf("group\n%s", group);
    if (observation->has_items && !observation->windows)
        return g_strdup_printf("item\n%s\n%s", observation->sha256, identity);
    return g_strdup_printf("source\n%s\n%s", observation->sha256, observation->name);
}

void
assay_summary_add_item(AssaySummary *self, const AssayVerdict *verdict, size_t at,
                       AssayGroups *groups)
{
    Group *group = find_group(self, group_name(verdict->observation, at, groups));

    self->n_items++;
    self->in_corpus += (guint64)(verdict->in_corpus != FALSE);
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        const AssayScore *score = &verdict->scores[at * ASSAY_N_RULES + r];

        self->unjudged[r] += (guint64)(!verdict->judged[r]);
        group->rates[r].violations += score->violations;
        group->rates[r].events += score->events;
        self->violations[r] += score->violations;
        self->events[r] += score->events;
        if (score->events > 0) {
            self->judged[r]++;
            self->flagged[r] += score->p <= ASSAY_SUMMARY_ALPHA + ROUNDING;
        }
    }
}

void
assay_summary_add(AssaySummary *self, const AssayVerdict *verdict, AssayGroups *groups)
{
    for (size_t i = 0; i < verdict->observation->n_items; i++)
        assay_summary_add_item(self, verdict, i, groups);
}

/* The corpus' groups, each with what its items show when it is left out. */
static AssayRateGroup *
left_out_groups(const AssaySpec *spec, const AssayCalibration *calibration)
{
    AssayRateGroup *rates = g_new0(AssayRateGroup, spec->n_groups + 1);

    for (guint i = 0; i < spec->items->len; i++) {
        const AssayItem *item = g_ptr_array_index(spec->items, i);

        rates[item->group_id].violations += assay_calibration_violations(calibration, i);
        rates[item->group_id].events += assay_calibration_events(calibration, i);
    }
    return rates;
}

gboolean
assay_summary_row(const AssaySummary *self, const AssaySpec *spec, const AssayChecker *checker,
                  size_t rule, guint64 seed, const char *set, AssaySummaryRow *row, GError **error)
{
    const AssayCalibration *calibration = assay_checker_calibration(checker, rule);
    g_autofree AssayRateGroup *reference = left_out_groups(spec, calibration);
    g_autofree AssayRateGroup *test = g_new0(AssayRateGroup, self->groups->len + 1);
    g_autofree char *identity = g_strdup_printf("%s\n%s", assay_rule_types[rule].name, set);
    gboolean is_large = self->groups->len + spec->n_groups > MANY_GROUPS;
    AssayRateTest result;
    AssayRandom random;

    for (guint i = 0; i < self->groups->len; i++)
        test[i] = g_array_index(self->groups, Group, i).rates[rule];
    assay_random_init(&random, seed, "assay-check", identity);
    if (!assay_permutation_rate_test(test, self->groups->len, reference, spec->n_groups,
                                     is_large ? FEWER_PERMUTATIONS : PERMUTATIONS, &random, &result,
                                     error))
        return FALSE;
    *row = (AssaySummaryRow){
        .rule = assay_rule_types[rule].name,
        .items = self->n_items,
        .groups = self->groups->len,
        .in_corpus = self->in_corpus,
        .unjudged = self->unjudged[rule],
        .events = self->events[rule],
        .violations = self->violations[rule],
        .rate = result.rate_test,
        .expected = assay_calibration_rate(calibration),
        .p = result.p,
        .flagged = self->judged[rule] == 0 || assay_spec_is_derived(spec)
                       ? (double)NAN
                       : (double)self->flagged[rule] / (double)self->judged[rule],
        .n_labellings = result.n_labellings,
        .is_exact = result.is_exact,
    };
    row->ratio = row->expected > 0 ? row->rate / row->expected : (double)NAN;
    return TRUE;
}
