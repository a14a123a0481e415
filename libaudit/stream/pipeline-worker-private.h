/* stream/pipeline-worker-private.h - what becomes of an arrival: a sample that went through the
 * stages, or the items of it that did, one run of them after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "parcel-private.h"
#include "pipeline.h"

typedef struct AssayPipelineWorker AssayPipelineWorker;

/* Returns: (transfer full): for one thread. */
AssayPipelineWorker *assay_pipeline_worker_new(const AssayPipeline *pipeline);
void assay_pipeline_worker_free(gpointer data);

/* Makes of the parcel's arrival what the pipeline asks for. Where one item is to blame for a
 * failure, the others are tried without it. */
void assay_pipeline_work(AssayPipelineWorker *self, AssayParcel *parcel);
