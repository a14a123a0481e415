/* stream/pipeline.h - from a source through stages to a consumer, over all cores, in order.
 *
 * Stands on: base/parallel.h, stream/source.h, stream/stage.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "intake.h"
#include "source.h"
#include "stage.h"

G_BEGIN_DECLS

/**
 * AssayPipeline:
 * @source: what is read
 * @before: (nullable): applied first of all, whatever fields a sample has: what happens to samples
 *     before anything is made of them
 * @stages: applied to each sample, in order; ended by %NULL; may be %NULL
 * @missing_only: begin behind the last stage whose field the sample has already, as a recipe is
 * run; stages that do not fit a sample are none of its recipe
 * @n_workers: how many threads work on samples; 1: none but the caller's
 * @max_bytes: how much may be in flight
 * @analyse: (nullable): runs in a worker after the stages; what it returns is handed to @consume.
 *     With an error set, the sample is left out; unless it is %ASSAY_ERROR_SPEC, or
 *     %ASSAY_ERROR_USAGE of the analysis, which no sample is to blame for: that ends everything.
 * @free_result: of what @analyse returns
 * @consume: gets each sample, in order, in the caller's thread; the result is freed after it
 * @skipped: gets what is left out, in its place in that order; @upstream says that an end record
 *     reported it, and only then @accepted means something. What goes on where it ended, for a
 *     reason that differs in numbers alone, is told together
 * @intake: (nullable): adds up what was consumed and what was left out
 * @progress: (nullable): called before each arrival is consumed, with the number of files begun
 *
 * Where a fault of a stage or of the analysis blames an item (assay_error_blame_item()), that item
 * is left out of the piece that it is in, and the others go on: in several runs, each of which has
 * been through all stages as a piece of its own. What blames none leaves out the whole piece.
 *
 * All callbacks get @user. A %FALSE from @consume ends everything.
 */
typedef struct {
    AssaySource *source;
    const AssayStage *before;
    const AssayStage *const *stages;
    gboolean missing_only;
    guint n_workers;
    size_t max_bytes;
    gpointer (*analyse)(gpointer user, AssaySample *sample, size_t operand, GError **error);
    GDestroyNotify free_result;
    gboolean (*consume)(gpointer user, AssaySample *sample, gpointer result, size_t operand,
                        GError **error);
    void (*skipped)(gpointer user, const AssaySkip *skip, gboolean upstream, size_t operand);
    AssayIntake *intake;
    void (*progress)(gpointer user, size_t files_begun);
    gpointer user;
} AssayPipeline;

/* What may be in flight by default. */
#define ASSAY_PIPELINE_BYTES ((size_t)256 << 20)

/**
 * assay_pipeline_run:
 *
 * Returns: %FALSE with the error of a stream that broke, of the consumer, or of a lack of memory;
 *     what came before it in the order has been consumed.
 */
ASSAY_API gboolean assay_pipeline_run(const AssayPipeline *self,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
