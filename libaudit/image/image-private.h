/* image/image-private.h - what the parts of image share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "image.h"
#include "pixels.h"

G_BEGIN_DECLS

/* (transfer full): the options that shape the result, as texts that assay_image_config_set() reads.
 */
AssayJson *assay_image_config_options(const AssayImageConfig *self);

/**
 * AssayImageTally:
 * @type: of the array
 * @n: how many values there were
 * @n_outside: of them outside 0 to 1, once they are on the scale of the range
 * @is_quantised: whether all of them are multiples of 1/255 there
 * @has_bad: whether one was not finite: number @bad_index, @bad
 *
 * What is known of the values of an array.
 */
typedef struct {
    AssayType type;
    guint64 n, n_outside;
    double low, high;
    gboolean is_quantised;
    gboolean has_bad;
    guint64 bad_index;
    double bad;
    size_t item_start; /* of the values, where they are a piece of what is talked about */
} AssayImageTally;

AssayImageTally assay_image_tally_new(AssayType type);
void assay_image_tally_add(AssayImageTally *self, const AssayImageConfig *config,
                           const double *values, size_t n);

/* Whether values of this type need to be looked at. */
gboolean assay_image_tally_is_needed(AssayType type, const AssayImageConfig *config);

/**
 * assay_image_tally_finish:
 * @n_axes, @shape, @axes: of the array, to say where a value is
 * @meta: gets range, outside_range, quantised
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE for values that are no pixels. Where one is none at all,
 *     its item is to blame, see assay_error_blame_item().
 */
gboolean assay_image_tally_finish(const AssayImageTally *self, const AssayImageConfig *config,
                                  const char *label, size_t n_axes, const size_t *shape,
                                  const char *const *axes, AssayJson *meta, GError **error);

/* @array (transfer full), whose axes are known, as [item,] row, column [, channel], of u8, u16 or
 * f32, on its scale; @meta gets what is found; @item_start: which item is the first. (transfer
 * full)
 */
AssayArray *assay_image_scale(const AssayImageConfig *config, AssayArray *array, const char *name,
                              size_t item_start, AssayJson *meta, GError **error);

/* The channels that are picked, and their names in @meta; grey. @pixels: (transfer full) */
AssayArray *assay_image_pick(const AssayImageConfig *config, AssayArray *pixels, const char *name,
                             AssayJson *meta, GError **error);
AssayArray *assay_image_grey(const AssayImageConfig *config, AssayArray *pixels, const char *name,
                             size_t item_start, AssayJson *meta, GError **error);

G_END_DECLS
