/* transform/baseline.h - what baselines have in common: their samples are made rather than read.
 *
 * A baseline is what an audit is held against: noise, a walk through a spec, real music out of
 * order. To add a kind: a function that makes sample @index in any thread, its numbers from (seed,
 * kind, identity), and assay_baseline_set_source() on what it made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

/**
 * assay_baseline_set_source:
 * @kind: "bernoulli"; the format of the source
 * @options: all that the sample was made by
 * @of: (nullable): the SHA-256 of what it was made of
 *
 * A baseline comes from no file: its source is its own recipe, name and all, so that it is never
 * taken for the piece whose name it may have, nor for one of a corpus.
 */
ASSAY_API void assay_baseline_set_source(AssaySample *sample, const char *kind,
                                         const AssayJson *options, const char *of);

/**
 * AssayBaselineRun:
 * @make: sample @index, in any thread
 * @put: gets each finished sample, in order, in the caller's thread
 */
typedef struct {
    size_t n_samples;
    AssaySample *(*make)(gconstpointer baseline, size_t index, GError **error);
    gconstpointer baseline;
    gboolean (*put)(gpointer user, AssaySample *sample, GError **error);
    gpointer user;
} AssayBaselineRun;

/**
 * assay_baseline_run:
 *
 * Makes all samples in @n_workers threads; what is put is the same for any number of them. 256 MiB
 * are in flight at most, or one sample.
 */
ASSAY_API gboolean assay_baseline_run(const AssayBaselineRun *run, guint n_workers,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
