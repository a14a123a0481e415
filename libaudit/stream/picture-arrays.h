/* stream/picture-arrays.h - how files of many pictures become samples: IDX, CIFAR's, .npy, .npz.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"
#include "npy.h"

G_BEGIN_DECLS

/**
 * AssayCensus:
 * @looks: whether it looks at the values of such an array at all
 * @begin: a new state, for an array with @axes, ended by %NULL
 * @count: @n further values, as they lie in the file
 * @finish: what there was, into the metadata of the field; %FALSE where the array is of no use
 * @free: of a state
 *
 * What looks at all values of an array before the first piece of it goes out.
 */
typedef struct AssayCensus AssayCensus;
struct AssayCensus {
    gboolean (*looks)(const AssayCensus *self, const AssayNpyHeader *header);
    gpointer (*begin)(const AssayCensus *self, const AssayNpyHeader *header,
                      const char *const *axes);
    void (*count)(gpointer state, const AssayNpyHeader *header, const void *values, size_t n);
    gboolean (*finish)(gpointer state, const char *label, AssayJson *meta, GError **error);
    void (*free)(gpointer state);
    gconstpointer config;
};

/**
 * AssayPictureArrays:
 * @census: (nullable): borrowed
 * @take: how many items are wanted of all files together, single pictures counting one; 0: all
 * @value_bytes: as many bytes a value may become later on, and
 * @item_bytes: an item; 0: as they are. Pieces are cut so that they are none too large then.
 * @labels: (nullable): one for each item of every array; borrowed
 * @labels_name: of the file they are from, for messages
 */
typedef struct {
    const AssayCensus *census;
    size_t take;
    size_t value_bytes, item_bytes;
    const AssayJson *labels;
    const char *labels_name;
} AssayPictureArrays;

G_END_DECLS
