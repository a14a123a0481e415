/* learn/carriers.h - which features alone tell fakes from reals best.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "examples.h"

G_BEGIN_DECLS

/**
 * AssayCarrierSide:
 * @ASSAY_CARRIER_HIGHER, @ASSAY_CARRIER_LOWER: fakes have larger values, or smaller
 * @ASSAY_CARRIER_FARTHER, @ASSAY_CARRIER_NEARER: theirs are farther from the middle of all, or
 *     nearer to it
 */
typedef enum {
    ASSAY_CARRIER_HIGHER,
    ASSAY_CARRIER_LOWER,
    ASSAY_CARRIER_FARTHER,
    ASSAY_CARRIER_NEARER,
} AssayCarrierSide;

/**
 * AssayCarrier:
 * @column: of the examples
 * @auc: of this feature alone, on its side: at least 1/2. Of the items at hand, and the best of
 *     several: it flatters a little.
 */
typedef struct {
    size_t column;
    AssayCarrierSide side;
    double auc;
} AssayCarrier;

/**
 * assay_carriers_find:
 * @rows: (array length=n): which examples
 * @carriers: (out caller-allocates) (array length=most): the best first; of equal ones the first
 *     column. The middle is the mean; values that are missing are passed by.
 *
 * Returns: how many there are, fewer than @most where there are fewer columns
 */
ASSAY_API size_t assay_carriers_find(const AssayExamples *examples, const size_t *rows, size_t n,
                                     AssayCarrier *carriers, size_t most);

/* How fakes are: "higher". */
ASSAY_API const char *assay_carrier_side(const AssayCarrier *self);

/* "noise_rg higher 0.99": (transfer full). */
ASSAY_API char *assay_carrier_text(const AssayCarrier *self, const AssayExamples *examples);

G_END_DECLS
