/* stream/parcel-private.h - an arrival on its way through a pipeline, with what became of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "refusals-private.h"
#include "source.h"

/* What became of a sample, or of a run of its items: the sample, and what the analysis made of it;
 * or a refusal. */
typedef struct AssayOutcome AssayOutcome;
struct AssayOutcome {
    AssaySample *sample;
    gpointer result;
    AssayRefusal refusal;
    gboolean is_final; /* refused for what no sample is to blame for */
    AssayOutcome *next;
};

/* An arrival on its way, and what became of it, in order. */
typedef struct {
    AssayArrival *arrival;
    GDestroyNotify free_result;
    AssayOutcome first, *last;
} AssayParcel;

/* Takes @arrival. */
AssayParcel *assay_parcel_new(AssayArrival *arrival, GDestroyNotify free_result);
void assay_parcel_free(gpointer data);

/* About how much memory it holds. */
size_t assay_parcel_bytes(const AssayParcel *self);

/* A place for what became of the next items. */
AssayOutcome *assay_parcel_add(AssayParcel *self);

/* Adds that the items are left out; @outcome has what else is known of that. Takes @fault. */
void assay_parcel_refuse(AssayParcel *self, AssayOutcome outcome, size_t start, size_t n_items,
                         GError *fault);

/* Whether a refusal ends the run. */
gboolean assay_outcome_is_final(const AssayOutcome *outcome);
