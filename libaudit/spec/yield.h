/* spec/yield.h - what a sample gives to a spec: the events that rules find, and its values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "spec.h"

G_BEGIN_DECLS

/**
 * AssayYield:
 * @spread: (nullable): %NULL where rules alone are wanted
 */
typedef struct {
    AssayObservation *observation;
    AssaySpread *spread;
} AssayYield;

/**
 * assay_yield_new:
 * @config: how it is observed; its @rules are set here
 * @rules_only: its values are of no interest, and what no rule can read is refused
 *
 * In a worker.
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_FIELD where there is nothing to learn, which
 *     says what fields there are; or with what assay_observe() or assay_distributions_observe()
 *     report.
 */
ASSAY_API AssayYield *assay_yield_new(AssaySample *sample, const AssayObserveConfig *config,
                                      gboolean rules_only,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_yield_free(AssayYield *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayYield, assay_yield_free)

G_END_DECLS
