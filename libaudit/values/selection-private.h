/* values/selection-private.h - which samples and items were asked for by name.
 *
 * A name is that of a sample, "NAME[17]" for one item of it, or a pattern with * and ?. What is
 * called literally so goes before what a text could mean otherwise.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

typedef struct AssaySelection AssaySelection;

/* @names: ended by %NULL; none, or %NULL, asks for everything. */
AssaySelection *assay_selection_new(const char *const *names);
void assay_selection_free(AssaySelection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySelection, assay_selection_free)

/* Whether one thing is asked for: one name that is no pattern. */
gboolean assay_selection_is_single(const AssaySelection *self);

/**
 * assay_selection_match:
 * @whole: (out): whether all of @sample (or of this piece of it) is asked for
 * @items: (out): else which items, by their index in this piece; freed with g_array_unref()
 *
 * Returns: whether anything of it is.
 */
gboolean assay_selection_match(AssaySelection *self, const AssaySample *sample, gboolean *whole,
                               GArray **items);

/* Whether nothing more can be found: every name was, and none is a pattern. A sample with items may
 * still go on in further pieces of its name. */
gboolean assay_selection_is_complete(const AssaySelection *self);

/* Returns: %FALSE with %ASSAY_ERROR_USAGE that lists names near the first one not found. */
gboolean assay_selection_check(const AssaySelection *self, GError **error);
