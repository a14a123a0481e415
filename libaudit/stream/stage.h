/* stream/stage.h - one step of a pipeline: what a converter does to a sample, and how it says so.
 *
 * A stage is made once, with its options checked; it is then shared by all workers and does not
 * change. What it needs to scribble on is a state a worker. The same stage runs in a converter's
 * own program, and in-process where a program takes media and a recipe names the stages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sample.h"

G_BEGIN_DECLS

typedef struct AssayStage AssayStage;

/**
 * AssayStage:
 * @tool: the program it belongs to: "assay-roll"
 * @options: an object: the effective options that shape the result, by their long names; no
 *     operands, nothing that leaves the result as it is
 * @field: the field it makes; a sample that has it is left alone where a recipe is run
 * @more_fields: (nullable): others that it may make beside that, ended by %NULL
 * @remakes: whether it can make @field of that itself, so that --replace is not to remove it
 * @fits: (nullable): whether a sample is of the kind that this stage is for; where a recipe is run,
 *     others go by
 * @apply: adds @field to @sample; %FALSE where the sample cannot be used, which leaves the batch
 *     going on without it. What one item of several is to blame for says so by
 *     assay_sample_blame(): the pipeline then comes again with the others
 */
struct AssayStage {
    const char *tool;
    AssayJson *options;
    const char *field;
    const char *const *more_fields;
    gboolean remakes;
    gboolean (*fits)(AssaySample *sample);
    gboolean (*apply)(const AssayStage *self, gpointer state, AssaySample *sample, GError **error);
    gpointer (*state_new)(const AssayStage *self); /* NULL: no state */
    void (*state_free)(gpointer state);
    gpointer config;
    GDestroyNotify config_free;
};

ASSAY_API void assay_stage_free(AssayStage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayStage, assay_stage_free)

/**
 * assay_stage_record:
 *
 * Returns: (transfer full): its entry in a stream's head: tool, version, options.
 */
ASSAY_API AssayJson *assay_stage_record(const AssayStage *self);

/**
 * assay_stage_note:
 *
 * Adds its record to the stages of @sample: what is run in-process leaves the same trace as the
 * programs would have.
 */
ASSAY_API void assay_stage_note(const AssayStage *self, AssaySample *sample);

G_END_DECLS
