/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pieces.h"

#include <string.h>

gboolean
assay_pieces_go_on(const AssayPieces *self, const char *name, gboolean has_items, size_t start)
{
    return has_items && start > 0 && start >= self->next && self->name != NULL &&
           strcmp(self->name, name) == 0;
}

gboolean
assay_pieces_add(AssayPieces *self, const char *name, gboolean has_items, size_t start,
                 size_t n_items)
{
    gboolean is_further = assay_pieces_go_on(self, name, has_items, start);

    if (!is_further) {
        g_free(self->name);
        self->name = has_items ? g_strdup(name) : NULL;
    }
    self->next = start + n_items;
    return is_further;
}

gboolean
assay_pieces_add_sample(AssayPieces *self, const AssaySample *sample)
{
    return assay_pieces_add(self, assay_sample_name(sample), assay_sample_has_items(sample),
                            assay_sample_item_start(sample), assay_sample_n_items(sample));
}

void
assay_pieces_clear(AssayPieces *self)
{
    g_clear_pointer(&self->name, g_free);
    self->next = 0;
}
