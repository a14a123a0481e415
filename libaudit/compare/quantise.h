/* compare/quantise.h - values rounded as files of so many levels have them, so that sides are
 * alike: what a generator gives as fractions beside what was read from 8 bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

/**
 * assay_quantise_read:
 * @text: "8": bits, 1 to 16, so that full scale is 2^8 - 1; or full scale itself, from 17 to 65535
 * @full_scale: (out): e.g. 255
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE
 */
ASSAY_API gboolean assay_quantise_read(const char *text, guint *full_scale,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_quantise:
 * @n_clipped: (inout): values outside 0 .. 1, which become its ends, are added
 *
 * Every field of fractions whose range is 0 to 1, by its "range" or "full_scale", becomes one of
 * whole numbers: value * @full_scale, rounded, halves to even. A field with a value that is not
 * finite is left as it is.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE without memory
 */
ASSAY_API gboolean assay_quantise(AssaySample *sample, guint full_scale, guint64 *n_clipped,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
