/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "distributions.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "distribution-json.h"
#include "distribution-private.h"
#include "group-hash.h"

static void
free_distribution(gpointer data)
{
    assay_distribution_free(data);
}

AssayDistributions *
assay_distributions_new(void)
{
    AssayDistributions *self = g_new0(AssayDistributions, 1);

    self->variables = g_ptr_array_new_with_free_func(free_distribution);
    self->hashes = assay_number_counts_new();
    return self;
}

void
assay_distributions_free(AssayDistributions *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->variables);
    assay_number_counts_free(self->hashes);
    g_free(self);
}

AssayDistribution *
assay_distributions_find(const AssayDistributions *self, const char *name)
{
    for (guint i = 0; i < self->variables->len; i++) {
        AssayDistribution *variable = g_ptr_array_index(self->variables, i);

        if (strcmp(variable->name, name) == 0)
            return variable;
    }
    return NULL;
}

/* A variable of what is to be added, wherever it comes from. */
typedef struct {
    const char *name;
    const AssayScale *scale;
} Named;

static Named
name_of_spread(const GPtrArray *variables, guint index)
{
    const AssaySpreadVariable *variable = g_ptr_array_index(variables, index);

    return (Named){ variable->name, &variable->scale };
}

static Named
name_of_distribution(const GPtrArray *variables, guint index)
{
    const AssayDistribution *variable = g_ptr_array_index(variables, index);

    return (Named){ variable->name, &variable->scale };
}

/* How pictures of 8 and of 16 bits become of one kind. */
static const char *
hint_at_bits(const AssayScale *a, const AssayScale *b)
{
    double low = MIN(a->divisor, b->divisor), high = MAX(a->divisor, b->divisor);

    return low <= 256 && low >= 255 && high <= 65536 && high >= 65535
               ? "; of pictures, assay-image --quantise=8 makes all of 8 bits"
               : "";
}

/* Both lists are by name. @who: what is to be added, and @before what is there. */
static gboolean
check_variables(const AssayDistributions *self, const GPtrArray *more,
                Named (*get)(const GPtrArray *variables, guint index), const char *who,
                const char *before, GError **error)
{
    for (guint i = 0; i < self->variables->len || i < more->len; i++) {
        const AssayDistribution *ours =
            i < self->variables->len ? g_ptr_array_index(self->variables, i) : NULL;
        Named theirs = i < more->len ? get(more, i) : (Named){ NULL, NULL };
        int order = ours == NULL ? 1 : theirs.name == NULL ? -1 : strcmp(ours->name, theirs.name);
        g_autofree char *difference = NULL;

        if (order != 0) {
            g_set_error(
                error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                "%s: has %s values \"%s\", which %s %s; leave it out, or convert all in one way",
                who, order < 0 ? "no" : "the", order < 0 ? ours->name : theirs.name, before,
                order < 0 ? "had" : "had not");
            return FALSE;
        }
        difference = assay_scale_difference(theirs.scale, &ours->scale);
        if (difference != NULL) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                        "%s: values \"%s\": %s as in %s; convert all in one way%s", who, ours->name,
                        difference, before, hint_at_bits(theirs.scale, &ours->scale));
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
check_items(const AssayDistributions *self, guint64 n_items, const char *who, GError **error)
{
    if (n_items <= ASSAY_DISTRIBUTION_ITEMS - self->n_items)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, "%s: more than 2^32 items in all", who);
    return FALSE;
}

void
assay_distributions_note_group(AssayDistributions *self, guint64 hash, guint64 n_items)
{
    assay_number_counts_add(self->hashes, hash, n_items);
}

/* The values of an item, where those of all items together are not known. */
static void
add_cells(AssayDistribution *self, const AssaySpreadVariable *from, size_t at)
{
    AssayCellCount room[ASSAY_DENSE_CELLS];
    size_t n;
    const AssayCellCount *cells = assay_spread_cells(from, at, room, &n);

    for (size_t i = 0; i < n; i++) {
        self->counts[cells[i].cell] += cells[i].count;
        if (self->exact != NULL)
            self->exact[cells[i].cell] += cells[i].exact;
    }
}

static void
add_items(AssayDistribution *self, const AssaySpreadVariable *from)
{
    for (size_t i = 0; !from->has_totals && i < from->ends->len; i++)
        add_cells(self, from, i);
    for (size_t i = 0; i < from->moments->len; i++) {
        const double *moments = g_array_index(from->moments, AssayItemMoments, i).of;

        for (guint k = 0; k < ASSAY_N_MOMENTS; k++)
            assay_moment_add(&self->moments[k], moments[k]);
    }
}

static void
add_totals(AssayDistribution *self, const AssaySpreadVariable *from)
{
    self->n_values += from->n_values;
    self->n_non_finite += from->n_non_finite;
    self->n_items += from->ends->len;
    self->below += from->below;
    self->above += from->above;
    for (size_t i = 0; i < ASSAY_DISTRIBUTION_BINS; i++)
        self->bins[i] += from->bins[i];
    for (size_t i = 0; from->has_totals && i < G_N_ELEMENTS(from->totals); i++)
        self->counts[i] += from->totals[i];
}

static void
set_n_groups(AssayDistributions *self)
{
    self->n_groups = assay_number_counts_size(self->hashes);
    for (guint i = 0; i < self->variables->len; i++)
        ((AssayDistribution *)g_ptr_array_index(self->variables, i))->n_groups = self->n_groups;
}

guint64
assay_distributions_dropped_from(const AssayDistributions *self)
{
    guint64 hash = self->is_started ? 0 : ASSAY_DROPPED_NONE;

    for (guint i = 0; i < self->variables->len; i++) {
        const AssayDistribution *variable = g_ptr_array_index(self->variables, i);

        hash = MAX(hash, variable->dropped_from);
    }
    return hash;
}

gboolean
assay_distributions_is_array(const AssayObservation *items)
{
    return items->has_items && !items->windows && items->piece == NULL;
}

guint64
assay_distributions_hash_source(const AssayObservation *items)
{
    const char *origin = !items->has_items ? "file" : items->windows ? "windows" : "array";

    return assay_group_hash_source(items->name, items->sha256, origin);
}

guint64 *
assay_distributions_hash_items(const AssayObservation *items, AssayGroups *groups)
{
    guint64 source = assay_distributions_hash_source(items);
    gboolean is_array = items->has_items && !items->windows;
    guint64 *hashes = g_new(guint64, items->n_items + 1);

    for (size_t i = 0; i < items->n_items; i++) {
        const char *group = assay_groups_of_item(groups, items, i);

        if (group != NULL)
            hashes[i] = assay_group_hash_name(group);
        else
            hashes[i] = is_array ? assay_group_hash_item(source, items->item_start + i) : source;
    }
    return hashes;
}

/* Whether all items of an array are here so far: of one that is parted into classes no class may
 * expect all. */
static gboolean
has_all(const AssayDistributions *self, const AssaySpread *spread, const AssayObservation *items)
{
    return spread->n_items == items->n_items && self->n_items >= items->item_start;
}

gboolean
assay_distributions_add(AssayDistributions *self, const AssaySpread *spread,
                        const AssayObservation *items, AssayGroups *groups, GError **error)
{
    g_autofree guint64 *hashes = NULL;

    g_return_val_if_fail(spread->n_items <= items->n_items, FALSE);
    if (!check_items(self, spread->n_items, items->name, error) ||
        (self->is_started && !check_variables(self, spread->variables, name_of_spread, items->name,
                                              "the samples before it", error)))
        return FALSE;
    hashes = assay_distributions_hash_items(items, groups);
    for (size_t i = 0; i < spread->n_items; i++) /* which ascends */
        hashes[i] = hashes[spread->which[i]];
    if (has_all(self, spread, items))
        assay_number_counts_expect(self->hashes, items->n_whole);
    assay_number_counts_add_each(self->hashes, hashes, spread->n_items);
    for (guint v = 0; v < spread->variables->len; v++) {
        const AssaySpreadVariable *from = g_ptr_array_index(spread->variables, v);
        AssayDistribution *variable;

        if (!self->is_started)
            g_ptr_array_add(self->variables, assay_distribution_new(from->name, &from->scale));
        variable = g_ptr_array_index(self->variables, v);
        add_totals(variable, from);
        add_items(variable, from);
        assay_distribution_drop_from(variable, spread->dropped_from);
        assay_distribution_keep_items(variable, from, hashes, spread->n_items);
    }
    self->is_started = TRUE;
    self->n_items += spread->n_items;
    set_n_groups(self);
    return TRUE;
}

/* Sums that are written down are less than 2^63. */
static gboolean
check_sums(const AssayDistributions *self, const AssayDistributions *other, GError **error)
{
    for (guint i = 0; i < self->variables->len; i++) {
        const AssayDistribution *a = g_ptr_array_index(self->variables, i);
        const AssayDistribution *b = g_ptr_array_index(other->variables, i);

        if (a->n_values + a->n_non_finite <= G_MAXINT64 - b->n_values - b->n_non_finite)
            continue;
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "values \"%s\": the counts add up to more than 2^63", a->name);
        return FALSE;
    }
    return TRUE;
}

static void
merge_distribution(AssayDistribution *self, const AssayDistribution *other)
{
    self->n_values += other->n_values;
    self->n_non_finite += other->n_non_finite;
    self->n_items += other->n_items;
    self->below += other->below;
    self->above += other->above;
    for (size_t i = 0; i < ASSAY_DISTRIBUTION_BINS; i++)
        self->bins[i] += other->bins[i];
    for (size_t i = 0; i < ASSAY_N_CELLS; i++) {
        self->counts[i] += other->counts[i];
        if (self->exact != NULL)
            self->exact[i] += other->exact[i];
    }
    for (guint k = 0; k < ASSAY_N_MOMENTS; k++) {
        self->moments[k].sum += other->moments[k].sum;
        self->moments[k].n += other->moments[k].n;
    }
    assay_distribution_drop_from(self, other->dropped_from);
    for (guint i = 0; i < other->groups->len; i++)
        assay_distribution_keep_group(self, g_ptr_array_index(other->groups, i));
}

gboolean
assay_distributions_merge(AssayDistributions *self, const AssayDistributions *other, GError **error)
{
    guint64 hash, n_items;
    size_t at = 0;

    if (!other->is_started)
        return TRUE;
    if (!check_items(self, other->n_items, "the other", error))
        return FALSE;
    if (self->is_started && (!check_variables(self, other->variables, name_of_distribution,
                                              "the other", "the first", error) ||
                             !check_sums(self, other, error)))
        return FALSE;
    for (guint i = 0; i < other->variables->len; i++) {
        const AssayDistribution *from = g_ptr_array_index(other->variables, i);

        if (!self->is_started)
            g_ptr_array_add(self->variables, assay_distribution_new(from->name, &from->scale));
        merge_distribution(g_ptr_array_index(self->variables, i), from);
    }
    while (assay_number_counts_next(other->hashes, &at, &hash, &n_items))
        assay_distributions_note_group(self, hash, n_items);
    self->is_started = TRUE;
    self->n_items += other->n_items;
    set_n_groups(self);
    return TRUE;
}
