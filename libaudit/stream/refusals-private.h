/* stream/refusals-private.h - what is left out, told once where several items or pieces of a sample
 * are left out for one reason.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/**
 * AssayRefusal:
 * @has_items: whether it is @n_items from @start on of the sample @name
 * @fault: why; of several, that of the first
 * @n_lacking: items between the first and the last of them that did not come at all
 */
typedef struct {
    char *name;
    gboolean has_items;
    size_t start, n_items;
    GError *fault;
    size_t n_lacking;
} AssayRefusal;

/* Leaves what can be used again. */
void assay_refusal_clear(AssayRefusal *self);

/**
 * assay_refusal_extend:
 * @fault: (transfer full) (nullable): %NULL afterwards where @self says it, too
 *
 * Returns: whether @n_items from @start on go on where @self ends, and @fault differs from that of
 *     @self in numbers alone; @self is then of them, too. What no item is to blame for goes on
 * behind items that did not come, too.
 */
gboolean assay_refusal_extend(AssayRefusal *self, size_t start, size_t n_items, GError **fault);

/**
 * assay_refusal_text:
 * @is_all: whether nothing of the sample is left
 *
 * Returns: (transfer full): the message; it says which items it is about, where the fault does not.
 */
char *assay_refusal_text(const AssayRefusal *self, gboolean is_all);
