/* detect/vectors.h - the items of a sample as vectors between which there are distances.
 *
 * Stands on: rule/rule.h (names and groups of items), image/resize.h, detect/nearest.h.
 * Pictures (a field of axes [item,] row, column [, channel]) are reduced: grey, so many by so many
 * by area average, in steps of 1/255 of full scale. Spectrograms (float32 of axes [item,] time,
 * mel) are reduced likewise, as they are: so many parts of the time by so many of the bands, which
 * makes sounds of any length comparable. Of any other field the values of an item are its vector,
 * as float32.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../rule/rule.h"
#include "../stream/stage.h"
#include "nearest.h"

G_BEGIN_DECLS

#define ASSAY_VECTORS_MAX_SIZE 256

/**
 * AssayVectorConfig:
 * @field: (nullable): which; %NULL: "pixels", "mel", or the only one there is
 * @size: of reduced pictures and spectrograms, 1 .. ASSAY_VECTORS_MAX_SIZE
 * @cosine: the distance is 1 - cos: vectors are brought to length 1
 * @group_by: (nullable): gives each item its group
 * @pictures: (nullable): the stage that makes "pixels" of what comes from a file or from a foreign
 *     stream
 */
typedef struct {
    const char *field;
    size_t size;
    gboolean cosine;
    const AssayLabel *group_by;
    const AssayStage *pictures;
} AssayVectorConfig;

#define ASSAY_VECTOR_CONFIG_DEFAULT                                                                \
    {                                                                                              \
        .field = NULL, .size = 16, .cosine = FALSE, .group_by = NULL, .pictures = NULL             \
    }

/**
 * AssayVectors:
 * @origin: names, sources and groups of the items
 * @field: what they were made of
 * @is_cosine: whether they have length 1
 * @width: of a reduced picture; 0 for other vectors
 * @n_dims: values an item
 * @values: (array length=n_items * n_dims)
 * @digests, @flipped: (array length=n_items): of the values before they were reduced; flipped ones
 *     of pictures alone
 * @faults: (array length=n_items): why an item has no vector; else %NULL
 */
typedef struct {
    AssayObservation *origin;
    char *field;
    gboolean is_cosine;
    size_t width, n_dims, n_items;
    float *values;
    AssayNearestDigest *digests, *flipped;
    char **faults;
    int n_refs;
} AssayVectors;

/**
 * assay_vectors_new:
 *
 * Any thread, on different samples.
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_FIELD (no such field, several and none named,
 *     none at all, nothing in it), %ASSAY_ERROR_META (a full scale that is none), or
 *     %ASSAY_ERROR_RANGE (no memory, more values than ASSAY_NEAREST_MAX_DIMS).
 */
ASSAY_API AssayVectors *assay_vectors_new(AssaySample *sample, const AssayVectorConfig *config,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API AssayVectors *assay_vectors_ref(AssayVectors *self);
ASSAY_API void assay_vectors_unref(AssayVectors *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayVectors, assay_vectors_unref)

/* Whether an item has several values, all of them equal, as a white picture has. */
ASSAY_API gboolean assay_vectors_is_constant(const AssayVectors *self, size_t item);

G_END_DECLS
