/* learn/familiar.h - what the files were like that a model has learnt from.
 *
 * A model that has seen pictures of one size and format alone calls others real or fake as readily,
 * and means their size and format. So it keeps which traits (learn/traits.h) its reals and fakes
 * had, and items that it is to judge are held against these.
 *
 * Stands on: learn/traits.h, base/json.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"
#include "traits.h"

G_BEGIN_DECLS

/* A value is kept, if so many of the reals, or fakes, have it, and not one file alone. */
#define ASSAY_FAMILIAR_KEPT 0.05

/* Of a trait whose kept values are those of fewer items, nothing is kept but that it varies. */
#define ASSAY_FAMILIAR_COVERED 0.9

/* Items are said to be of other files, if so many of them have values that were not kept: more than
 * are left out there. */
#define ASSAY_FAMILIAR_OTHERS 0.2

typedef struct AssayFamiliar AssayFamiliar;

/* Of all reals and fakes that were counted. */
ASSAY_API AssayFamiliar *assay_familiar_new(const AssayTraits *traits) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_familiar_free(AssayFamiliar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayFamiliar, assay_familiar_free)

/**
 * assay_familiar_tell:
 * @items: what is judged, called reals or fakes as it may be
 *
 * Nothing is said of a trait that varied among the reals, or the fakes; and nothing of one that the
 * files of one side do not have.
 *
 * Returns: (transfer full): each trait in which items are unlike those that were learnt from, with
 *     both values, as in "size 64 x 64, here 32 x 32; format PNG, here JPEG (3 of 8)"; or %NULL.
 */
ASSAY_API char *assay_familiar_tell(const AssayFamiliar *self,
                                    const AssayTraits *items) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full): of "real" and of "fake" a list of values for each trait, the commonest first;
 * the list of one that varied is empty. */
ASSAY_API AssayJson *assay_familiar_to_json(const AssayFamiliar *self) G_GNUC_WARN_UNUSED_RESULT;

/* %NULL with %ASSAY_ERROR_SPEC that names the place. */
ASSAY_API AssayFamiliar *assay_familiar_from_json(const AssayJsonAt *at,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
