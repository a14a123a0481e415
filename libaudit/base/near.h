/* base/near.h - which names are near one that was mistyped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

/**
 * assay_near_distance:
 *
 * Returns: how many letters must be put in, taken out, replaced, or exchanged with their neighbour
 *     to make @b of @a (optimal string alignment), upper and lower case being alike. Of texts
 * beyond 256 bytes the last 256 count.
 */
ASSAY_API guint assay_near_distance(const char *a, const char *b);

/**
 * AssayNear:
 *
 * The few nearest of many names, which are offered one by one and need not be kept.
 */
typedef struct AssayNear AssayNear;

ASSAY_API AssayNear *assay_near_new(const char *wanted);
ASSAY_API void assay_near_free(AssayNear *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayNear, assay_near_free)

ASSAY_API void assay_near_offer(AssayNear *self, const char *name);

/**
 * assay_near_text:
 *
 * Returns: (transfer full) (nullable): at most three names, the nearest first: "a", "a or b", "a, b
 *     or c"; %NULL where none is near. A name that ends in what was wanted, after a slash or a
 *     hyphen, is nearer than one that contains it, and that nearer than one that is spelled
 *     alike. What is much farther than the nearest is not among them.
 */
ASSAY_API char *assay_near_text(const AssayNear *self);

G_END_DECLS
