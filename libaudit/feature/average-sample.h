/* feature/average-sample.h - what a set has in common, as a sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"
#include "average.h"

G_BEGIN_DECLS

/* (transfer full): the entry of such samples in the head of their stream, @tool and its options. */
ASSAY_API AssayJson *assay_average_record(const AssayAverageConfig *config, const char *tool);

/**
 * assay_average_sample:
 * @name: of the set
 * @first: (nullable): another set, which this one is held against
 *
 * Returns: (transfer full): a sample called @name, with its average, "spectrum" of pictures or
 *     "log_spectrum" of sounds; of cosine statistics "dct_mean", "dct_deviation", and with @first
 *     "dct_difference", less the mean of that. The metadata of each field say how many items it is
 *     the average of. %NULL with %ASSAY_ERROR_RANGE: more than @max_bytes, or @first is of another
 *     size.
 */
ASSAY_API AssaySample *assay_average_sample(const char *name, const AssayAverageSum *sum,
                                            const AssayAverageSum *first, size_t max_bytes,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
