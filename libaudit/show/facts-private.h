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
#include "page-private.h"

/**
 * AssayFact:
 * @name: the key in the metadata
 * @brief: a word or two after a number, for a list: "too short"; %NULL for what is a remark only,
 * in that the result lacks nothing and reads as the file says
 * @one, @many: what is counted: "note too short for a step"
 * @meaning: what became of it
 */
typedef struct {
    const char *name;
    const char *brief;
    const char *one, *many;
    const char *meaning;
} AssayFact;

/* %NULL where nothing is known of @name. */
const AssayFact *assay_fact_find(const char *name);

/* Appends "1,344 drum notes", after a comma if @text is not empty; @fact has a brief form. */
void assay_fact_append_brief(GString *text, const AssayFact *fact, guint64 count);

/* Sums over samples or files. */
typedef struct AssayFactSums AssayFactSums;

AssayFactSums *assay_fact_sums_new(void);
void assay_fact_sums_free(AssayFactSums *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayFactSums, assay_fact_sums_free)

/* Once a thing and fact. */
void assay_fact_sums_add(AssayFactSums *self, const AssayFact *fact, guint64 count);

/* "in all  398  notes too short for a step, in 12 samples", a line a fact; @thing is "sample". */
void assay_fact_sums_print(const AssayFactSums *self, const AssayPage *page, const char *thing);

/**
 * assay_facts_of_sample:
 * @sums: gains the counts
 *
 * Returns: (transfer full): in brief what @sample lacks, or "": "1,344 drum notes out, 398 too
 * short".
 */
char *assay_facts_of_sample(AssaySample *sample, AssayFactSums *sums);
