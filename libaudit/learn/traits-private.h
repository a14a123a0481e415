/* learn/traits-private.h - the values of traits, counted, for who keeps or compares them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "traits.h"

enum { ASSAY_N_TRAITS = 13, ASSAY_TRAIT_LENGTH = 40 }; /* a value has so many characters at most */

/* What a value that cannot be named is called. */
#define ASSAY_TRAIT_VARIOUS "various"

/* A value of a trait, as reals (0) and fakes (1) have it. */
typedef struct {
    const char *value;
    guint64 n_items[2], n_samples[2];
} AssayTraitSum;

const char *assay_trait_name(size_t trait);

/* Of AssayTraitSum: the values of a trait, in the order of their bytes, of all sets. */
GArray *assay_traits_sum(const AssayTraits *self, size_t trait) G_GNUC_WARN_UNUSED_RESULT;
