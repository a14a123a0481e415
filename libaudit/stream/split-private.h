/* stream/split-private.h - which items of a piece are refused, where the others are to go on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/**
 * AssaySplit:
 * @attempt: works on @count items from @start on and hands on what comes of them; or says why not
 *     (transfer full): all of them are then still to be done
 * @refuse: @count items from @start on are left out for @fault (transfer full). %FALSE ends it all
 */
typedef struct {
    GError *(*attempt)(gpointer user, size_t start, size_t count);
    gboolean (*refuse)(gpointer user, size_t start, size_t count, GError *fault);
} AssaySplit;

/**
 * assay_split_items:
 * @fault: (transfer full): why @n items from @start on cannot be used together
 *
 * Hands on what can be, in order, in as few runs as there can be where few items are refused, and
 * refuses each item that is named by a fault. What fails without a name is refused as it was tried.
 * All attempts together take as long as a few times @n items do, however many are refused.
 */
void assay_split_items(const AssaySplit *self, gpointer user, size_t start, size_t n,
                       GError *fault);
