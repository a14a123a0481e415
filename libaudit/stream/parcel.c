/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel-private.h"

#include "../base/error.h"

AssayParcel *
assay_parcel_new(AssayArrival *arrival, GDestroyNotify free_result)
{
    AssayParcel *self = g_new0(AssayParcel, 1);

    self->arrival = arrival;
    self->free_result = free_result;
    return self;
}

static void
clear_outcome(AssayParcel *self, AssayOutcome *outcome)
{
    assay_sample_free(outcome->sample);
    if (self->free_result != NULL && outcome->result != NULL)
        self->free_result(outcome->result);
    assay_refusal_clear(&outcome->refusal);
}

void
assay_parcel_free(gpointer data)
{
    AssayParcel *self = data;
    AssayOutcome *next;

    clear_outcome(self, &self->first);
    for (AssayOutcome *outcome = self->first.next; outcome != NULL; outcome = next) {
        next = outcome->next;
        clear_outcome(self, outcome);
        g_free(outcome);
    }
    assay_arrival_free(self->arrival);
    g_free(self);
}

AssayOutcome *
assay_parcel_add(AssayParcel *self)
{
    if (self->last == NULL) {
        self->last = &self->first;
    } else {
        self->last->next = g_new0(AssayOutcome, 1);
        self->last = self->last->next;
    }
    return self->last;
}

gboolean
assay_outcome_is_final(const AssayOutcome *outcome)
{
    return outcome->is_final ||
           g_error_matches(outcome->refusal.fault, ASSAY_ERROR, ASSAY_ERROR_SPEC);
}

void
assay_parcel_refuse(AssayParcel *self, AssayOutcome outcome, size_t start, size_t n_items,
                    GError *fault)
{
    AssayOutcome *added = assay_parcel_add(self);

    outcome.refusal.name = g_strdup(self->arrival->name);
    outcome.refusal.has_items = self->arrival->has_items;
    outcome.refusal.start = start;
    outcome.refusal.n_items = n_items;
    outcome.refusal.fault = fault;
    *added = outcome;
}

size_t
assay_parcel_bytes(const AssayParcel *self)
{
    size_t bytes = assay_arrival_bytes(self->arrival);

    for (const AssayOutcome *outcome = &self->first; outcome != NULL; outcome = outcome->next)
        bytes += outcome->sample != NULL ? assay_sample_bytes(outcome->sample) : 0;
    return bytes;
}
