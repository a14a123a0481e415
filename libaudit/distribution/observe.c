/* distribution/observe.c - the values of a sample, counted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "dense-rows-private.h"
#include "distribution-private.h"
#include "group-hash.h"

static void
free_variable(gpointer data)
{
    AssaySpreadVariable *self = data;

    g_array_unref(self->cells);
    assay_dense_rows_unref(self->dense);
    g_array_unref(self->ends);
    g_array_unref(self->moments);
    g_free(self->name);
    g_free(self);
}

void
assay_spread_free(AssaySpread *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->variables);
    g_free(self->which);
    g_free(self->is_kept);
    g_free(self);
}

size_t
assay_spread_n_variables(const AssaySpread *self)
{
    return self->variables->len;
}

/* @count more values of a cell, of which @bin is the bin. */
static void
add_to_bin(AssaySpreadVariable *self, guint bin, guint64 count)
{
    if (bin == ASSAY_BIN_BELOW)
        self->below += count;
    else if (bin == ASSAY_BIN_ABOVE)
        self->above += count;
    else
        self->bins[bin] += count;
}

static guint
bin_of_cell(const AssaySpreadVariable *self, guint cell)
{
    return assay_bin_of(self->scale.low, self->scale.high,
                        assay_scale_value(&self->scale, (guint16)cell));
}

/* Of whole numbers the cells say it; a cell's bin is looked for once. */
static void
find_integer_bins(AssaySpreadVariable *self)
{
    const AssayCellCount *cells = (const AssayCellCount *)(const void *)self->cells->data;
    enum { UNKNOWN = 255 };
    guint8 bins[1 << 16];

    for (guint cell = 0; self->has_totals && cell < G_N_ELEMENTS(self->totals); cell++) {
        if (self->totals[cell] > 0)
            add_to_bin(self, bin_of_cell(self, cell), self->totals[cell]);
    }
    if (self->has_totals)
        return;
    memset(bins, UNKNOWN, sizeof bins);
    for (guint i = 0; i < self->cells->len; i++) {
        guint8 *bin = &bins[cells[i].cell];

        if (*bin == UNKNOWN)
            *bin = (guint8)bin_of_cell(self, cells[i].cell);
        add_to_bin(self, *bin, cells[i].count);
    }
}

/* How many items from @first on lie one after the other, none of which is kept. */
static size_t
length_of_run(const AssaySpread *spread, size_t first)
{
    size_t end = first;

    while (end < spread->n_items && !spread->is_kept[end] &&
           spread->which[end] == spread->which[first] + (end - first))
        end++;
    return end - first;
}

static AssaySpreadVariable *
count_variable(const AssayVariable *variable, const AssaySpread *spread, gboolean skips_moments)
{
    AssaySpreadVariable *self = g_new0(AssaySpreadVariable, 1);
    gboolean has_runs =
        spread->is_kept != NULL && skips_moments && assay_variable_is_of_bytes(variable);

    self->name = g_strdup(variable->name);
    self->scale = variable->scale;
    self->skips_moments = skips_moments;
    self->cells = g_array_new(FALSE, FALSE, sizeof(AssayCellCount));
    self->ends = g_array_sized_new(FALSE, FALSE, sizeof(size_t), (guint)spread->n_items);
    self->moments = g_array_sized_new(FALSE, FALSE, sizeof(AssayItemMoments),
                                      skips_moments ? 0 : (guint)spread->n_items);
    if (assay_variable_is_of_bytes(variable) && variable->block >= ASSAY_DENSE_CELLS &&
        variable->block <= G_MAXUINT16)
        self->dense = assay_dense_rows_new(spread->n_kept);
    for (size_t i = 0; i < spread->n_items;) {
        size_t n = has_runs ? length_of_run(spread, i) : 0;

        if (n == 0)
            assay_spread_tally(self, variable, spread->which[i]);
        else
            assay_spread_tally_run(self, variable, spread->which[i], n);
        i += MAX(n, 1);
    }
    if (self->scale.is_integer && assay_scale_has_range(&self->scale))
        find_integer_bins(self);
    return self;
}

/* What a thread last found out of an array that comes in pieces. */
typedef struct {
    guint64 source, n_items, bound;
} Whole;

static GPrivate last_whole = G_PRIVATE_INIT(g_free);

/* From which number on no group of the whole array will be kept, whatever else the set has: there
 * are enough below it. */
static guint64
bound_of_whole(const AssayObservation *items)
{
    Whole *last = g_private_get(&last_whole);
    guint64 source;

    if (items->n_whole <= items->n_items || items->groups != NULL ||
        !assay_distributions_is_array(items))
        return ASSAY_DROPPED_NONE;
    source = assay_distributions_hash_source(items);
    if (last == NULL) {
        last = g_new0(Whole, 1);
        g_private_set(&last_whole, last);
    }
    if (last->source != source || last->n_items != items->n_whole)
        *last = (Whole){ source, items->n_whole,
                         assay_group_hash_bound(source, items->n_whole,
                                                ASSAY_DISTRIBUTION_GROUPS + 1) };
    return last->bound;
}

/* Which items are of groups that will be kept: most of a large set are not. */
static void
find_kept(AssaySpread *self, const AssayObservation *items, const AssayDistributionConfig *config)
{
    g_autofree guint64 *hashes = NULL;

    self->n_kept = self->n_items;
    self->dropped_from = ASSAY_DROPPED_NONE;
    if (config->dropped_from == 0)
        return;
    if (config->wanted == NULL)
        self->dropped_from = bound_of_whole(items);
    self->dropped_from = MIN(self->dropped_from, config->dropped_from);
    if (self->dropped_from == ASSAY_DROPPED_NONE)
        return;
    hashes = assay_distributions_hash_items(items, NULL);
    self->is_kept = g_new(guint8, self->n_items + 1);
    self->n_kept = 0;
    for (size_t i = 0; i < self->n_items; i++) {
        self->is_kept[i] = hashes[self->which[i]] < self->dropped_from;
        self->n_kept += self->is_kept[i];
    }
}

AssaySpread *
assay_distributions_observe(AssaySample *sample, const AssayObservation *items,
                            const AssayDistributionConfig *config, GError **error)
{
    g_autoptr(AssaySpread) self = g_new0(AssaySpread, 1);
    g_autoptr(GPtrArray) variables = assay_variables_of(sample, items, config);

    self->variables = g_ptr_array_new_with_free_func(free_variable);
    self->which = g_new0(size_t, items->n_items + 1);
    for (size_t i = 0; i < items->n_items; i++) {
        if (config->wanted == NULL || config->wanted[i])
            self->which[self->n_items++] = i;
    }
    find_kept(self, items, config);
    for (guint i = 0; i < variables->len; i++) {
        const AssayVariable *variable = g_ptr_array_index(variables, i);

        if (variable->block > G_MAXUINT32) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: field \"%s\": an item of %" G_GSIZE_FORMAT
                        " values, more than the 2^32 that are counted; cut it into several",
                        items->name, variable->name, variable->block);
            return NULL;
        }
        g_ptr_array_add(self->variables, count_variable(variable, self, config->skips_moments));
    }
    return g_steal_pointer(&self);
}
