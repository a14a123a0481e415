/* stats/measure.h - the measures of how far one distribution is from another: names, conventions.
 *
 * What is called reference has the distribution function F and the shares p, what is called
 * candidate has G and q. n and m are how many values they have, N = n + m.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/**
 * AssayMeasure:
 *
 * In the order in which a table lists them.
 */
typedef enum {
    ASSAY_MEASURE_KS,
    ASSAY_MEASURE_JSD,
    ASSAY_MEASURE_W1,
    ASSAY_MEASURE_ENERGY,
    ASSAY_MEASURE_CVM,
    ASSAY_MEASURE_CVM_U,
    ASSAY_MEASURE_AD,
    ASSAY_MEASURE_AD_STANDARD,
    ASSAY_MEASURE_LINF,
    ASSAY_MEASURE_KL,
    ASSAY_MEASURE_KL_REVERSE,
    ASSAY_MEASURE_HELLINGER,
    ASSAY_MEASURE_TV,
    ASSAY_MEASURE_OVERLAP,
    ASSAY_MEASURE_CHI2,
    ASSAY_MEASURE_PSI,
    ASSAY_N_MEASURES,
} AssayMeasure;

/* A set of measures: bit 1 << measure. */
typedef guint32 AssayMeasures;

#define ASSAY_MEASURES(measure) ((AssayMeasures)1 << (measure))
#define ASSAY_MEASURES_ALL (ASSAY_MEASURES(ASSAY_N_MEASURES) - 1)

/* Those that need bins; the others are of the values themselves. */
#define ASSAY_MEASURES_BINNED                                                                      \
    (ASSAY_MEASURES(ASSAY_MEASURE_JSD) | ASSAY_MEASURES(ASSAY_MEASURE_KL) |                        \
     ASSAY_MEASURES(ASSAY_MEASURE_KL_REVERSE) | ASSAY_MEASURES(ASSAY_MEASURE_HELLINGER) |          \
     ASSAY_MEASURES(ASSAY_MEASURE_TV) | ASSAY_MEASURES(ASSAY_MEASURE_OVERLAP) |                    \
     ASSAY_MEASURES(ASSAY_MEASURE_CHI2) | ASSAY_MEASURES(ASSAY_MEASURE_PSI))

/**
 * AssayMeasureFacts:
 * @name: as in a table: "ks"
 * @title: "Kolmogorov-Smirnov distance"
 * @convention: the formula and what the number hangs on, one sentence without a full stop
 * @is_binned: stands on shares of bins, not on the values themselves
 * @is_symmetric: the same when reference and candidate change places
 * @is_similarity: larger is nearer; of all others larger is farther, and 0 is equal (but see
 *     the convention of %ASSAY_MEASURE_CVM_U and %ASSAY_MEASURE_AD_STANDARD)
 * @grows_with_n: a test statistic, which of equal distributions stays in proportion to chance, and
 *     of unequal ones grows with the number of values; no distance
 * @has_logarithm: in the base of the configuration
 * @has_unit: in the unit of the values, or its root
 */
typedef struct {
    const char *name, *title, *convention;
    gboolean is_binned, is_symmetric, is_similarity, grows_with_n, has_logarithm, has_unit;
} AssayMeasureFacts;

ASSAY_API const AssayMeasureFacts *assay_measure_facts(AssayMeasure measure);

/**
 * assay_measure_from_name:
 *
 * Returns: the measure called @name, or -1
 */
ASSAY_API int assay_measure_from_name(const char *name);

G_END_DECLS
