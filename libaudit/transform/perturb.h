/* transform/perturb.h - pictures and sounds changed as they are on their way through the world.
 *
 * What tells generated from real should still do so after a blur, a JPEG file, another size, noise.
 * Each operation is given a value, or a range from which the value of every item is drawn uniformly
 * (as a whole number where only these are allowed), and a probability with which an item undergoes
 * it. They are done in the order in which they stand here, whatever the order of the options; other
 * orders are several stages. Behind each the values have the field's type again: integers are
 * rounded, halves up, and clipped to 0 and full scale; floats are neither.
 *
 * Of "pixels", [item,] row, column [, channel]; of two or four channels the last is alpha, which is
 * changed only where pixels move:
 *
 *   resize=FACTOR  brought to FACTOR of its width and height and back, both by a triangle as wide
 *                  as two pixels of the smaller picture (Pillow's "bilinear")
 *   blur=SIGMA     Gaussian of that standard deviation in pixels, cut off at 4 SIGMA, of each
 *                  channel; beyond the edge the picture is reflected, the edge pixel twice: as
 *                  scipy.ndimage.gaussian_filter has it, but in double throughout, rounded once
 *   gamma=G        full scale times (x / full scale)^G; what is below 0 counts as 0
 *   noise=SIGMA    normal, independent, of that standard deviation in full scales
 *   quantise=N     to the nearest of N values from 0 to full scale
 *   jpeg=QUALITY   coded and decoded, see media/jpeg-recode.h; values become 8 bits
 *   crop=WxH       a part of that size, at a place drawn for each item
 *   flip=WHICH     horizontal: left is right; vertical: up is down
 *
 * Of "audio", [frame [, channel]] or [item, frame], which may exceed full scale (1):
 *
 *   gain=DB        louder by so many decibels
 *   noise=SIGMA    as above
 *   stretch=F      played so that it lasts F times as long (rounded to 1e-5), by resampling: every
 *                  frequency is divided by F
 *   resample=HZ    brought to that rate and back to its own: what is above HZ / 2 is lost
 *   mu-law=BITS    coded and decoded by mu-law: with mu = 2^BITS - 1, sign(x) ln(1 + mu |x|) /
 *                  ln(1 + mu) is rounded to one of 2^BITS values from -1 to 1 (as WaveNet has it);
 *                  what exceeds full scale is clipped
 *
 * Of music, "notes", "roll" and "chroma" alike, whichever of them there are:
 *
 *   transpose=N    by so many semitones, as transform/arrange.h has it; of a sample with an item
 *                  axis "roll" and "chroma" alone, item by item
 *
 * Compatible to "cnn-detection" (Sheng-Yu Wang, Oliver Wang, Richard Zhang, Andrew Owens, Alexei
 * Efros, "CNN-generated images are surprisingly easy to spot... for now", CVPR 2020) blurred
 * integers are cut off, not rounded, first after the columns and then after the rows, as SciPy
 * does when it blurs an array of uint8 in place.
 *
 * Random numbers come from (seed, "perturb-NAME-G", identity of the item), G being how many stages
 * of this kind the sample has gone through with this one: equal for any order and number of items
 * and threads, and whatever other operations there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/stage.h"

G_BEGIN_DECLS

/* In the order in which they are done. */
typedef enum {
    ASSAY_PERTURB_RESIZE,
    ASSAY_PERTURB_BLUR,
    ASSAY_PERTURB_GAMMA,
    ASSAY_PERTURB_GAIN,
    ASSAY_PERTURB_NOISE,
    ASSAY_PERTURB_QUANTISE,
    ASSAY_PERTURB_STRETCH,
    ASSAY_PERTURB_RESAMPLE,
    ASSAY_PERTURB_MU_LAW,
    ASSAY_PERTURB_JPEG,
    ASSAY_PERTURB_CROP,
    ASSAY_PERTURB_FLIP,
    ASSAY_PERTURB_TRANSPOSE,
    ASSAY_N_PERTURBATIONS,
} AssayPerturbKind;

/**
 * AssayPerturbation:
 * @is_given: whether it is done
 * @low, @high: the range of values, alike for a single one; of a crop width and height, of a flip 0
 *     (horizontal) or 1
 * @share: with which probability
 */
typedef struct {
    gboolean is_given;
    double low, high;
    double share;
} AssayPerturbation;

/**
 * AssayPerturbConfig:
 * @operations: by kind
 * @is_compatible: whether blurs are those of "cnn-detection"
 * @max_bytes: a limit for the result
 */
typedef struct {
    AssayPerturbation operations[ASSAY_N_PERTURBATIONS];
    guint64 seed;
    gboolean is_compatible;
    size_t max_bytes;
} AssayPerturbConfig;

#define ASSAY_PERTURB_CONFIG_DEFAULT                                                               \
    {                                                                                              \
        .max_bytes = ASSAY_MAX_SAMPLE                                                              \
    }

/**
 * assay_perturb_config_set:
 * @key: an operation as above; or augment, compat, seed
 * @value: as typed: "2", "0:3", "30:100@.5" (the probability, 1 without one); of crop "64x64", of
 *     flip "horizontal@.5"; of augment "cnn-detection", which is blur=0:3@.5, jpeg=30:100@.5 and
 *     compat=cnn-detection, or "cnn-detection@.1"; of compat "cnn-detection"
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE that says what is allowed.
 */
ASSAY_API gboolean assay_perturb_config_set(AssayPerturbConfig *self, const char *key,
                                            const char *value,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_perturb_config_parse:
 * @text: "blur=0:3@.5 jpeg=30:100@.5": several of the above, with blanks between
 *
 * Returns: %FALSE as assay_perturb_config_set(), also for another key.
 */
ASSAY_API gboolean assay_perturb_config_parse(AssayPerturbConfig *self, const char *text,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_perturb_stage:
 *
 * The stage "assay-perturb". A sample that is a picture (a file, or arrays in rows and columns)
 * gets "pixels" first as assay-image makes them by default, a sound file "audio". Its "pixels" or
 * "audio" are changed; foreign members, metadata and fields of one value an item stay; other fields
 * go, since they were made of what has changed. The metadata of a sample without an item axis gain
 * "perturbed": the values drawn, by operation.
 *
 * apply fails with %ASSAY_ERROR_FIELD for samples without such a field, or one of other axes or
 * type; %ASSAY_ERROR_RANGE where an operation cannot be done, and for values that are not finite.
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_USAGE where there is no operation, or where
 *     some are of pictures and others of sound or music.
 */
ASSAY_API AssayStage *assay_perturb_stage(const AssayPerturbConfig *config,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
