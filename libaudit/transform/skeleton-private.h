/* transform/skeleton-private.h - what is kept of a sample in whose shape noise is made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/random.h"
#include "../stream/sample.h"

/* Name, shape and metadata of a field, a few hundred bytes. */
typedef struct AssaySkeleton AssaySkeleton;

/**
 * assay_skeleton_new:
 * @array: of @field
 *
 * Returns: %NULL with %ASSAY_ERROR_FIELD where nothing backs the number of its items.
 */
AssaySkeleton *assay_skeleton_new(AssaySample *sample, const char *field, const AssayArray *array,
                                  GError **error);
void assay_skeleton_free(AssaySkeleton *self);

/**
 * AssayNoise:
 * @kind: "bernoulli", by which numbers and samples are known
 * @options: all that it is made by
 * @meta: (nullable): of the field, instead of that of the original
 * @draw: fills @n values of @type
 */
typedef struct {
    const char *kind, *field;
    guint64 seed;
    const AssayJson *options, *meta;
    AssayType type;
    void (*draw)(gconstpointer user, AssayRandom *random, void *values, size_t n);
    gconstpointer user;
} AssayNoise;

/* A sample of that shape, the numbers of each item being its own: (transfer full). */
AssaySample *assay_skeleton_make(const AssaySkeleton *self, const AssayNoise *noise,
                                 GError **error);

/* Whether the values of @field are parts of a full scale, as those of pixels: it is called so, or
 * its metadata tell one. */
gboolean assay_has_scale(AssaySample *sample, const char *field);

/**
 * assay_sum_intensity:
 * @sum: (inout): the finite values of @field, in units of full scale, are added
 * @n: (inout): how many there are
 */
gboolean assay_sum_intensity(AssaySample *sample, const char *field, double *sum, guint64 *n,
                             GError **error);
