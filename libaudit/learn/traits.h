/* learn/traits.h - what files say of how they were made, where it tells fakes from reals by itself.
 *
 * Whoever gathers reals here and fakes there has often scaled, coded or recorded them otherwise;
 * detectors find that first, and it says nothing of generators. Traits are what metadata have:
 * size, format, depth, JPEG quality and sampling, rate, channels, length.
 *
 * Stands on: stream/sample.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

/* A trait tells by itself, if the best guess from it alone is right of so many items, the mean of
 * reals and fakes. */
#define ASSAY_TRAITS_TELL 0.9

typedef struct AssayTraits AssayTraits;

ASSAY_API AssayTraits *assay_traits_new(void);
ASSAY_API void assay_traits_free(AssayTraits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayTraits, assay_traits_free)

/**
 * assay_traits_read:
 * @field: what is learnt from: the traits of pictures are those of "pixels"
 *
 * Returns: (transfer full): texts, %NULL where nothing is said of a trait; assay_traits_clear()
 *     frees them.
 */
ASSAY_API char **assay_traits_read(AssaySample *sample,
                                   const char *field) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_traits_clear(char **values);

/* Counts @n_items of a sample that has these traits. */
ASSAY_API void assay_traits_count(AssayTraits *self, char *const *values, guint32 set,
                                  gboolean is_fake, size_t n_items);

/**
 * assay_traits_tell:
 * @set: the fakes of this set, against its own reals, if it has some, or all; %G_MAXUINT32: all
 *
 * A value that one sample alone has could not be guessed from: such values count as one, "various".
 *
 * Returns: (transfer full): each trait that tells by itself, and the value that most reals and most
 *     fakes have, as in "format of reals PNG, of fakes JPEG"; or %NULL.
 */
ASSAY_API char *assay_traits_tell(const AssayTraits *self, guint32 set) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
