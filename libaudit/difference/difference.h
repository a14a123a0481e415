/* difference/difference.h - how two streams differ, sample by sample.
 *
 * Samples are paired in their order. Where names do not agree, a few samples ahead are looked at
 * (at most 16, and 64 MiB) to find where they agree again. Pieces of a sample with an item axis
 * need not be cut alike. What is said of a difference is one line: `bach/chor001: field "roll":
 * [12, 60]: 64 against 0, and 213 more of 32,256 values`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/input.h"

G_BEGIN_DECLS

/**
 * AssayDifferenceConfig:
 * @tolerance: numbers this near are equal: |a - b| <= @tolerance; at least 0
 * @relative: or this near for their size: |a - b| <= @relative * max(|a|, |b|); at least 0
 * @ignore_meta: metadata, heads and end records are not compared
 * @max_bytes: a limit for each sample
 *
 * NaN equals NaN, 0 equals -0, an infinity equals itself. Versions of programs are never compared.
 */
typedef struct {
    double tolerance;
    double relative;
    gboolean ignore_meta;
    size_t max_bytes;
} AssayDifferenceConfig;

/**
 * AssayDifferenceReport:
 * @line: what differs, in words, without a line end
 *
 * Returns: %FALSE to hear of no more, which ends the comparison.
 */
typedef gboolean (*AssayDifferenceReport)(gpointer user, const char *line);

/**
 * AssayDifferenceCounts:
 * @samples: pairs of samples compared
 * @values: pairs of values
 * @differences: lines reported; 0 means that the streams are equal
 */
typedef struct {
    guint64 samples;
    guint64 values;
    guint64 differences;
} AssayDifferenceCounts;

/**
 * assay_difference_run:
 * @a, @b: (transfer full): two streams
 * @counts: (out)
 *
 * Returns: %FALSE where one of them is no stream, breaks off, or cannot be decoded; the message
 *     names it.
 */
ASSAY_API gboolean assay_difference_run(AssayInput *a, AssayInput *b,
                                        const AssayDifferenceConfig *config,
                                        AssayDifferenceReport report, gpointer user,
                                        AssayDifferenceCounts *counts,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
