/* distribution/float-values.h - the values themselves of variables of floating-point numbers.
 *
 * A distribution knows of them by cells; what has to be exact takes them from here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "distributions.h"

G_BEGIN_DECLS

/**
 * AssayFloatValues:
 * @name: of the variable
 * @is_double: whether @values are of doubles, else of floats
 * @values: the finite ones of all items, divided by the scale's divisor
 */
typedef struct {
    char *name;
    gboolean is_double;
    size_t n;
    void *values;
} AssayFloatValues;

ASSAY_API void assay_float_values_free(AssayFloatValues *self);

/**
 * assay_float_values:
 * @items, @config: as assay_distributions_observe()'s
 *
 * Whole numbers of more than 16 bits are among them, as doubles. To be called in a worker.
 *
 * Returns: (transfer full) (element-type AssayFloatValues): by name, of all variables that are not
 *     whole numbers of at most 16 bits; or %NULL with %ASSAY_ERROR_RANGE without memory
 */
ASSAY_API GPtrArray *assay_float_values(AssaySample *sample, const AssayObservation *items,
                                        const AssayDistributionConfig *config,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
