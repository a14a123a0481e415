/* learn/one-class-parts-private.h - what a one-class machine is made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "one-class-private.h"

/* Where the reals are in a block: squares of distances are away' inverse away. */
typedef struct {
    double *centre, *inverse;
} AssayBall;

/**
 * AssayOneClass:
 * @first: (array length=n_blocks + 1): of the inputs, each block's
 * @balls: (array length=n_folds * n_blocks): learnt without the items of the fold
 * @fold_of: (array length=n_reference): of each real that p is counted by
 * @distances: (array length=n_reference * n_blocks): their squares
 * @offset: of scores: what all but one in twenty of the reals are at most, each by the blocks that
 *     have not seen it
 * @own: (array length=n_own) (nullable): scores of what it was fitted to
 */
typedef struct {
    size_t n_inputs, n_blocks, *first;
    guint n_folds;
    AssayBall *balls;
    size_t n_reference;
    guint *fold_of;
    double *distances, offset;
    size_t n_own;
    double *own;
} AssayOneClass;

/* Without blocks, folds and reference. */
AssayOneClass *assay_one_class_new(size_t n_inputs);
