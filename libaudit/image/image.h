/* image/image.h - pictures of any origin as one field: channels, grey, crop, size, scale.
 *
 * Field "pixels", see image/pixels.h; made of the field "array" (files of pictures and of arrays,
 * whose axes are item, row, column and channel in any order), of a member of a foreign stream that
 * is a PNG, JPEG or PNM, or of "pixels" itself. In this order: values are brought to one scale;
 * channels are picked; colours become grey; the picture is cropped; it is brought to a size; it is
 * quantised.
 *
 * Scale: u8 and u16 stay as they are, "full_scale" is 255 or 65535 (PNM: the file's maximum; truth
 * values: 1). f16, f32 and f64 become f32, full scale 1, and lie in 0 to 1, or a range is given:
 * then x becomes (x - low) / (high - low), whatever the type, and what leaves 0 to 1 stays as it is
 * and is counted ("outside_range"). What is not finite is refused, always.
 *
 * Grey: (4899 R + 9617 G + 1868 B + 8192) >> 14 of whole numbers (ITU-R BT.601's weights in
 * 1/16384, as OpenCV has them), the same sum over 16384 of floats. Alpha that is opaque is dropped
 * then; other alpha is refused, as nobody knows what is behind.
 *
 * Metadata: what the file's decoder says, "full_scale", "channels" (where there are several),
 * "range" (where one was given), "outside_range", "quantised" (of floats: whether all are multiples
 * of 1/255), "original_size" [row, column] (of what was cropped or brought to a size), "clipped"
 * (by quantising; of a sample in pieces, in this piece).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/picture-arrays.h"
#include "../stream/stage.h"

G_BEGIN_DECLS

enum { ASSAY_IMAGE_MAX_PICKS = 16 };

/**
 * AssayImageConfig:
 * @grey: whether colours become grey
 * @channels: (nullable): as typed: "rgb", "a", "0,2"; owned
 * @picks: a letter of rgba, or an index
 * @crop_width, @crop_height: 0: not cropped
 * @has_place: whether @crop_x and @crop_y say where; else the centre
 * @width, @height: 0: as it is
 * @wide_scale: whether the value that means 1.0 is 256 (65536), rather than 255 (65535)
 * @quantise: whether the result is u8
 * @has_range: whether @low and @high of arrays mean 0 and 1
 * @axes: (nullable): the axes of arrays, ended by %NULL; owned
 * @from: (nullable): the suffix of the member of a foreign stream that is meant; owned
 * @max_bytes: a limit for the result
 */
typedef struct {
    gboolean grey;
    char *channels;
    size_t n_picks;
    guint32 picks[ASSAY_IMAGE_MAX_PICKS];
    size_t crop_width, crop_height, crop_x, crop_y;
    gboolean has_place;
    size_t width, height;
    gboolean wide_scale;
    gboolean quantise;
    gboolean has_range;
    double low, high;
    char **axes;
    char *from;
    size_t max_bytes;
} AssayImageConfig;

#define ASSAY_IMAGE_CONFIG_DEFAULT                                                                 \
    {                                                                                              \
        .max_bytes = ASSAY_MAX_SAMPLE                                                              \
    }

/**
 * assay_image_config_set:
 * @key: grey, channels, crop, size, full-scale, quantise, range, axes or from
 * @value: as typed: "yes", "rgb", "64x64", "32x32", "256", "8", "-1:1", "item,channel,row,column",
 *     "jpg"
 *
 * The one place where option texts are read, for the tool and for recipes alike.
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE that says what is allowed.
 */
ASSAY_API gboolean assay_image_config_set(AssayImageConfig *self, const char *key,
                                          const char *value,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_image_config_clear(AssayImageConfig *self);

/**
 * assay_image_stage:
 *
 * Returns: (transfer full): the stage "assay-image": adds "pixels" and removes "array". Its options
 *     are what shapes the result; those that say how arrays are read (range, axes, from) are not
 *     among them, so that pictures and arrays made alike are alike.
 */
ASSAY_API AssayStage *assay_image_stage(const AssayImageConfig *config);

/**
 * assay_image_census:
 * @config: borrowed by the result
 *
 * Returns: what looks at the values of a file of arrays, so that one that the stage would refuse
 *     does not begin to go out.
 */
ASSAY_API AssayCensus assay_image_census(const AssayImageConfig *config);

/**
 * assay_image_plan:
 * @pictures: (inout): gets how large values and items may become by @config
 */
ASSAY_API void assay_image_plan(const AssayImageConfig *config, AssayPictureArrays *pictures);

/* How files of many pictures are read by default, for programs that take media. */
extern ASSAY_API const AssayPictureArrays assay_image_arrays;

G_END_DECLS
