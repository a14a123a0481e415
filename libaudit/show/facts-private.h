/* show/facts-private.h - audit facts in words: what was irregular about a source, and what a stage
 * left out.
 *
 * Facts are whole numbers in the metadata: in "source" (of the file) and in the metadata of a field
 * (of the stage that made it). Absent means none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

/**
 * AssayFact:
 * @name: the key in the metadata
 * @one, @many: what is counted: "note too short for a step"
 * @meaning: a sentence part that says what became of it
 * @is_loss: whether the result lacks something, or reads otherwise than the file says; other facts
 *     are remarks
 */
typedef struct {
    const char *name;
    const char *one, *many;
    const char *meaning;
    gboolean is_loss;
} AssayFact;

/* %NULL where nothing is known of @name. */
const AssayFact *assay_fact_find(const char *name);

/* Sums over samples. */
typedef struct AssayFactSums AssayFactSums;

AssayFactSums *assay_fact_sums_new(void);
void assay_fact_sums_free(AssayFactSums *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayFactSums, assay_fact_sums_free)

/**
 * assay_facts_of_sample:
 * @sums: (nullable): gains the counts
 *
 * Returns: (transfer full): the losses of @sample, "" for none: "3 notes overlap, 1,344 drum notes
 *     left out".
 */
char *assay_facts_of_sample(AssaySample *sample, AssayFactSums *sums);

/* (transfer full): "398 notes too short for a step (in 12), ...": counts and in how many samples.
 */
char *assay_fact_sums_text(const AssayFactSums *self);
