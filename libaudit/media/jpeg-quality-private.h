/* media/jpeg-quality-private.h - how strongly a JPEG was quantised.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * assay_jpeg_quality:
 * @table: (array fixed-size=64): of luminance, in rows
 *
 * Returns: the quality, 1 .. 100, whose table as the IJG's software makes it is nearest (by the sum
 *     of absolute differences; the higher one of several). Source: ITU-T T.81, table K.1, scaled as
 *     jpeg_set_quality() does.
 */
int assay_jpeg_quality(const guint16 *table);

G_END_DECLS
