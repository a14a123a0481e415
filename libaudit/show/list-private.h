/* show/list-private.h - samples as lines of a list, under a description of their fields.
 *
 * Samples of one make are listed under one description; the sizes that differ from sample to sample
 * are columns of the list. Which sizes these are is seen from the first samples, which are held
 * back for that (their shapes, not their arrays). A sample of another make begins a new list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "shape-view-private.h"

typedef struct AssayList AssayList;

AssayList *assay_list_new(const AssayPage *page);

/* Drops what is held back. */
void assay_list_free(AssayList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayList, assay_list_free)

/**
 * assay_list_add:
 * @shape: (transfer full)
 * @n_items: -1 where there is no item axis
 * @bytes: how large the sample was: no more than 64 MiB are held back
 */
void assay_list_add(AssayList *self, AssayShape *shape, const char *name, const char *note,
                    gint64 n_items, size_t bytes);

/**
 * assay_list_announce:
 * @shape: of a sample that is still arriving in pieces
 * @bytes: of it so far
 *
 * Where that is more than is held back, writes the description that the sample will stand under.
 */
void assay_list_announce(AssayList *self, AssayShape *shape, size_t bytes);

/* Writes what is held back; what follows may be of another make. */
void assay_list_end(AssayList *self);
