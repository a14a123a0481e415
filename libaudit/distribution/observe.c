/* distribution/observe.c - the values of a sample, counted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "distribution-private.h"

static void
free_variable(gpointer data)
{
    AssaySpreadVariable *self = data;

    g_array_unref(self->cells);
    g_array_unref(self->items);
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
    g_free(self);
}

size_t
assay_spread_n_variables(const AssaySpread *self)
{
    return self->variables->len;
}

/* Of whole numbers the cells say it; a cell's bin is looked for once. */
static void
find_integer_bins(AssaySpreadVariable *self)
{
    const AssayCellCount *cells = (const AssayCellCount *)(const void *)self->cells->data;
    enum { UNKNOWN = 255 };
    guint8 bins[1 << 16];

    memset(bins, UNKNOWN, sizeof bins);
    for (guint i = 0; i < self->cells->len; i++) {
        guint8 *bin = &bins[cells[i].cell];

        if (*bin == UNKNOWN)
            *bin = (guint8)assay_bin_of(self->scale.low, self->scale.high,
                                        assay_scale_value(&self->scale, cells[i].cell));
        if (*bin == ASSAY_BIN_BELOW)
            self->below += cells[i].count;
        else if (*bin == ASSAY_BIN_ABOVE)
            self->above += cells[i].count;
        else
            self->bins[*bin] += cells[i].count;
    }
}

static AssaySpreadVariable *
count_variable(const AssayVariable *variable, const AssaySpread *spread, gboolean skips_moments)
{
    AssaySpreadVariable *self = g_new0(AssaySpreadVariable, 1);

    self->name = g_strdup(variable->name);
    self->scale = variable->scale;
    self->skips_moments = skips_moments;
    self->cells = g_array_new(FALSE, FALSE, sizeof(AssayCellCount));
    self->items = g_array_new(FALSE, FALSE, sizeof(AssayItemValues));
    for (size_t i = 0; i < spread->n_items; i++)
        assay_spread_tally(self, variable, spread->which[i]);
    if (self->scale.is_integer && assay_scale_has_range(&self->scale))
        find_integer_bins(self);
    return self;
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
