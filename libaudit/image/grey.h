/* image/grey.h - red, green and blue as one grey.
 *
 * The weights are those of ITU-R BT.601 in parts of 2^14, as most decoders of 8 bits have them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum {
    ASSAY_GREY_RED = 4899,
    ASSAY_GREY_GREEN = 9617,
    ASSAY_GREY_BLUE = 1868,
    ASSAY_GREY_BITS = 14
};

/* Of whole numbers of at most 16 bits: rounded, half up. */
static inline guint32
assay_grey_of_integers(guint32 red, guint32 green, guint32 blue)
{
    return (ASSAY_GREY_RED * red + ASSAY_GREY_GREEN * green + ASSAY_GREY_BLUE * blue +
            (1U << (ASSAY_GREY_BITS - 1))) >>
           ASSAY_GREY_BITS;
}

static inline double
assay_grey_of_reals(double red, double green, double blue)
{
    return (ASSAY_GREY_RED * red + ASSAY_GREY_GREEN * green + ASSAY_GREY_BLUE * blue) /
           (1 << ASSAY_GREY_BITS);
}

G_END_DECLS
