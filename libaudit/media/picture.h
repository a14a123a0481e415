/* media/picture.h - files of one picture each, as media: PNG, JPEG, PNM.
 *
 * Stands on: libpng (png.c) and libjpeg (jpeg.c); PNM is read here.
 * Each decoder adds the field "array", [row, column] or [row, column, channel], as the file has it:
 * u8, or u16 where values pass 255; palettes and grey of fewer bits than 8 are expanded, JPEG's
 * YCbCr becomes RGB, alpha is a channel, and the picture is turned as its EXIF data say. Metadata
 * of the field: "full_scale" (the value that means 1.0), "bit_depth" and "colour" of the file,
 * "channels" (their names, where there is more than one), and what is particular:
 * "orientation" (EXIF's, where it is not 1, and has been applied), "interlaced", "progressive",
 * "jpeg_quality" (that of the IJG's tables nearest to those of the file), "jpeg_tables" (their
 * digest), "jpeg_subsampling", "appended_bytes" (behind the end of the picture).
 *
 * A picture that is cut off or damaged is refused, never filled up; so is one that claims more
 * pixels than its bytes can hold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/source.h"

G_BEGIN_DECLS

extern ASSAY_API const AssayMedium assay_png_medium;
extern ASSAY_API const AssayMedium assay_jpeg_medium;
extern ASSAY_API const AssayMedium assay_pnm_medium; /* PBM, PGM, PPM, PAM */

/* All of these, ended by %NULL. */
extern ASSAY_API const AssayMedium *const assay_image_media[];

G_END_DECLS
