/* transform/perturb-private.h - what the operations of perturb share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/random.h"
#include "../image/pixels.h"
#include "../media/jpeg-recode.h"
#include "../media/midi.h"
#include "perturb.h"

G_BEGIN_DECLS

/* What an operation is of. */
typedef enum {
    ASSAY_PERTURB_PICTURES = 1,
    ASSAY_PERTURB_SOUND = 2,
    ASSAY_PERTURB_MUSIC = 4,
} AssayPerturbMedia;

/**
 * AssayPerturbWork:
 * @name: of the sample, for messages
 * @array: the field, ours
 * @midi: notes instead of that
 * @next: (nullable): what takes its place behind the operation at hand, laid out as @next_layout
 * @layout: of pictures, as @array is; of sound n_items, width (frames) and n_channels alone;
 *     of rolls and chroma n_items, height (steps) and width (pitches or classes)
 * @n_colours: channels that are no alpha
 * @top: the largest value of integers
 * @pitch_low: of a roll
 * @drawn: (nullable): what the operation has drawn for an item, where that is no number
 * @is_changed: whether any item is
 * @coder: (nullable): for JPEG
 */
typedef struct {
    const AssayPerturbConfig *config;
    const char *name;
    AssayArray *array, *next;
    AssayMidi *midi;
    AssayPixelLayout layout, next_layout;
    size_t n_colours;
    double full_scale, top;
    guint rate_hz;
    gboolean is_roll;
    guint8 pitch_low;
    char *drawn;
    gboolean is_changed;
    AssayJpegCoder *coder;
} AssayPerturbWork;

/**
 * AssayPerturbOperator:
 * @least, @most, @is_whole: of its values
 * @advice: what to give
 * @prepare: (nullable): before the first item; may make @next
 * @apply: to item @item: in @array, or from there into @next
 */
typedef struct {
    const char *name;
    AssayPerturbMedia media;
    double least, most;
    gboolean is_whole;
    const char *advice;
    gboolean (*prepare)(AssayPerturbWork *work, const AssayPerturbation *operation, GError **error);
    gboolean (*apply)(AssayPerturbWork *work, size_t item, double value, AssayRandom *random,
                      GError **error);
} AssayPerturbOperator;

/* By kind. */
extern const AssayPerturbOperator assay_perturb_operators[];

/* The options that are recorded, as assay_perturb_config_set() reads them: (transfer full). */
AssayJson *assay_perturb_options(const AssayPerturbConfig *self);

/* Files become fields: sound "audio", pictures "pixels" by @image. */
gboolean assay_perturb_make_field(const AssayStage *image, size_t max_bytes, AssaySample *sample,
                                  GError **error);

/* A copy of @field, and how it lies. */
gboolean assay_perturb_open(AssayPerturbWork *work, AssaySample *sample, const char *field,
                            GError **error);
gboolean assay_perturb_open_music(AssayPerturbWork *work, AssaySample *sample, const char *field,
                                  const AssayArray *array, GError **error);
gboolean assay_perturb_open_notes(AssayPerturbWork *work, AssaySample *sample, GError **error);

/* The values of an item, and where they begin. */
size_t assay_perturb_item_size(const AssayPerturbWork *work);
void *assay_perturb_item(const AssayPerturbWork *work, size_t item);

/* @n values of @array from flat index @start on, rounded and clipped to 0 .. @top if integers. */
void assay_perturb_store(AssayArray *array, size_t start, const double *values, size_t n,
                         double top);

/* Each value of an item but alpha, in full scales, is handed to @change. */
void assay_perturb_colours(AssayPerturbWork *work, size_t item,
                           void (*change)(gpointer user, double *value), gpointer user);

/* Memory for @n times @size bytes; %NULL with %ASSAY_ERROR_RANGE. */
gpointer assay_perturb_memory(size_t n, size_t size, GError **error);

gboolean assay_perturb_blur(AssayPerturbWork *work, size_t item, double sigma, AssayRandom *random,
                            GError **error);
gboolean assay_perturb_noise(AssayPerturbWork *work, size_t item, double sigma, AssayRandom *random,
                             GError **error);
gboolean assay_perturb_jpeg(AssayPerturbWork *work, size_t item, double quality,
                            AssayRandom *random, GError **error);
gboolean assay_perturb_flip(AssayPerturbWork *work, size_t item, double which, AssayRandom *random,
                            GError **error);
gboolean assay_perturb_quantise(AssayPerturbWork *work, size_t item, double n, AssayRandom *random,
                                GError **error);
gboolean assay_perturb_gamma(AssayPerturbWork *work, size_t item, double gamma, AssayRandom *random,
                             GError **error);
gboolean assay_perturb_resize(AssayPerturbWork *work, size_t item, double factor,
                              AssayRandom *random, GError **error);
gboolean assay_perturb_crop_prepare(AssayPerturbWork *work, const AssayPerturbation *operation,
                                    GError **error);
gboolean assay_perturb_crop(AssayPerturbWork *work, size_t item, double value, AssayRandom *random,
                            GError **error);
gboolean assay_perturb_gain(AssayPerturbWork *work, size_t item, double gain_db,
                            AssayRandom *random, GError **error);
gboolean assay_perturb_mu_law(AssayPerturbWork *work, size_t item, double bits, AssayRandom *random,
                              GError **error);
gboolean assay_perturb_resample(AssayPerturbWork *work, size_t item, double rate_hz,
                                AssayRandom *random, GError **error);
gboolean assay_perturb_stretch_prepare(AssayPerturbWork *work, const AssayPerturbation *operation,
                                       GError **error);
gboolean assay_perturb_stretch(AssayPerturbWork *work, size_t item, double factor,
                               AssayRandom *random, GError **error);
gboolean assay_perturb_transpose(AssayPerturbWork *work, size_t item, double semitones,
                                 AssayRandom *random, GError **error);

G_END_DECLS
