/* tools/nearest-seek.c - what waits is sought, in the reference or within its own set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "nearest-seek.h"

#include <assay/base/text.h>

#include "cli.h"

gboolean
nearest_flush(Nearest *self, GError **error)
{
    AssayVectors **vectors = (AssayVectors **)self->pending->pdata;
    g_autofree AssayCopy *copies = g_new(AssayCopy, self->n_pending + 1);
    AssayCopy *copy = copies;

    if (!assay_copies_find(self->reference, self->closeness, vectors, self->pending->len, cli.jobs,
                           copies, error))
        return FALSE;
    for (guint v = 0; v < self->pending->len; v++) {
        const AssayObservation *origin = vectors[v]->origin;
        size_t set = g_array_index(self->pending_sets, size_t, v);

        assay_copy_summary_add(self->summaries[set], vectors[v], self->groups, copy,
                               self->reference);
        for (size_t i = 0; i < vectors[v]->n_items; i++, copy++) {
            g_autofree char *item = NULL;

            if (self->has_summary)
                continue;
            item = assay_observation_identity(origin, origin->item_start + i);
            if (!nearest_print(self, set, item, copy, self->reference, error))
                return FALSE;
        }
    }
    g_ptr_array_set_size(self->pending, 0);
    g_array_set_size(self->pending_sets, 0);
    self->n_pending = 0;
    return TRUE;
}

void
nearest_tell_closeness(const char *set, const AssayCrowd *crowd, const AssayCloseness *closeness)
{
    char items[ASSAY_TEXT_NUMBER_SIZE], groups[ASSAY_TEXT_NUMBER_SIZE],
        typical[ASSAY_TEXT_NUMBER_SIZE];

    assay_text_count(items, closeness->n_items);
    assay_text_count(groups, closeness->n_groups);
    assay_text_double_digits(typical, closeness->typical, 4);
    if (closeness->n_items == 0)
        cli_note("%s: is one group, so nothing is known of how near groups are: ratio and p are NA",
                 set);
    else
        cli_note("%s: of %s items in %s groups%s the nearest of another group is typically %s away",
                 set, items, groups,
                 assay_crowd_is_ungrouped(crowd) ? " (ungrouped: each counts as independent)" : "",
                 typical);
    if (closeness->n_items > 0 && !closeness->can_flag)
        cli_note("no item can reach p <= %g: of %s groups no p is below 1/%" G_GSIZE_FORMAT,
                 ASSAY_CLOSENESS_ALPHA, groups, closeness->n_groups + 1);
}

gboolean
nearest_seek_within(Nearest *self, size_t set, GError **error)
{
    AssayCrowd *crowd = self->crowds[set];
    size_t n = assay_crowd_n_items(crowd);
    g_autoptr(AssayCrowd) alike = NULL;
    g_autofree AssayCopy *copies = g_new(AssayCopy, n + 1);

    assay_crowd_seal(crowd);
    g_clear_pointer(&self->closeness, assay_closeness_free);
    if (self->reference != NULL && n > assay_crowd_n_items(self->reference))
        cli_note("%s: has more items than the reference, %" G_GSIZE_FORMAT
                 ", so what is usual in so large a set is not known, and p is NA",
                 self->sets.labels[set], assay_crowd_n_items(self->reference));
    else if (self->reference != NULL &&
             (alike = assay_crowd_draw(self->reference, n, error)) == NULL)
        return FALSE;
    self->closeness =
        assay_closeness_new(alike != NULL ? alike : crowd, alike != NULL ? n : 0, cli.jobs, error);
    if (self->closeness == NULL)
        return FALSE;
    if (alike != NULL)
        nearest_tell_closeness("as many of the reference", alike, self->closeness);
    if (!assay_copies_find_within(crowd, self->closeness, cli.jobs, copies, error))
        return FALSE;
    assay_copy_summary_add_within(self->summaries[set], crowd, copies, self->faults[set]);
    for (size_t i = 0; i < n && !self->has_summary; i++) {
        g_autofree char *item = assay_crowd_identity(crowd, i);

        if (!nearest_print(self, set, item, &copies[i], crowd, error))
            return FALSE;
    }
    return TRUE;
}
