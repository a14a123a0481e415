/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "set-of-values.h"

#include <string.h>

static const AssayDistributionConfig all = ASSAY_DISTRIBUTION_CONFIG_DEFAULT;

static void
store(AssayArray *array, size_t i, double value)
{
    switch (array->type) {
    case ASSAY_U8:
        ((guint8 *)array->data)[i] = (guint8)value;
        break;
    case ASSAY_I8:
        ((gint8 *)array->data)[i] = (gint8)value;
        break;
    case ASSAY_U16:
        ((guint16 *)array->data)[i] = (guint16)value;
        break;
    case ASSAY_I16:
        ((gint16 *)array->data)[i] = (gint16)value;
        break;
    case ASSAY_F32:
        ((float *)array->data)[i] = (float)value;
        break;
    case ASSAY_F64:
        ((double *)array->data)[i] = value;
        break;
    default:
        g_assert_not_reached();
    }
}

AssaySample *
values_new(const char *name, const char *field, AssayType type, size_t n_items, size_t n,
           const double *values, const char *meta)
{
    static const char *const axes[] = { "item", "value", NULL };
    const size_t shape[] = { n_items, n };
    const size_t skipped = n_items == 0;
    AssaySample *sample = assay_sample_new(name);
    g_autoptr(GError) error = NULL;
    AssayArray *array =
        assay_array_new(type, 2 - skipped, shape + skipped, axes + skipped, G_MAXSIZE, &error);
    AssayJson *json = meta == NULL ? NULL : assay_json_parse(meta, strlen(meta), "meta", &error);

    g_assert_no_error(error);
    for (size_t i = 0; i < n * MAX(n_items, 1); i++)
        store(array, i, values[i]);
    assay_sample_take_field(sample, field, array, json);
    if (n_items > 0)
        assay_sample_set_items(sample, 0, n_items);
    return sample;
}

static gboolean
add(AssayDistributions *self, AssaySample *sample, const AssayDistributionConfig *counted,
    AssayGroups *groups, GError **error)
{
    const AssayObserveConfig config = { .rules = ASSAY_RULES_NONE, .order = 1 };
    g_autoptr(AssaySample) own = sample;
    g_autoptr(AssayObservation) items = assay_observe(own, &config, error);
    g_autoptr(AssaySpread) spread = NULL;

    if (items == NULL)
        return FALSE;
    spread = assay_distributions_observe(own, items, counted, error);
    return spread != NULL && assay_distributions_add(self, spread, items, groups, error);
}

gboolean
set_try(AssayDistributions *self, AssaySample *sample, GError **error)
{
    return add(self, sample, &all, NULL, error);
}

void
set_add(AssayDistributions *self, AssaySample *sample, AssayGroups *groups)
{
    g_autoptr(GError) error = NULL;

    if (!add(self, sample, &all, groups, &error))
        g_assert_no_error(error);
}

void
set_add_some(AssayDistributions *self, AssaySample *sample, const AssayDistributionConfig *config)
{
    g_autoptr(GError) error = NULL;

    if (!add(self, sample, config, NULL, &error))
        g_assert_no_error(error);
}

static void
print_moments(GString *out, const AssayMomentSum *moments)
{
    for (guint k = 0; k < ASSAY_N_MOMENTS; k++)
        g_string_append_printf(
            out, " %" G_GINT64_MODIFIER "x.%" G_GINT64_MODIFIER "x/%" G_GUINT64_FORMAT,
            (guint64)(moments[k].sum >> 64), (guint64)moments[k].sum, moments[k].n);
    g_string_append_c(out, '\n');
}

static void
print_variable(GString *out, const AssayDistribution *self)
{
    g_string_append_printf(
        out,
        "%s: %" G_GUINT64_FORMAT " values %" G_GUINT64_FORMAT " non-finite %" G_GUINT64_FORMAT
        " items %" G_GUINT64_FORMAT " groups %" G_GUINT64_FORMAT " below %" G_GUINT64_FORMAT
        " above from %" G_GINT64_MODIFIER "x kept %" G_GSIZE_FORMAT "\n",
        self->name, self->n_values, self->n_non_finite, self->n_items, self->n_groups, self->below,
        self->above, self->dropped_from, self->n_kept_cells);
    for (size_t i = 0; i < ASSAY_N_CELLS; i++) {
        if (self->counts[i] > 0)
            g_string_append_printf(out,
                                   " %" G_GSIZE_FORMAT ":%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                   i, self->counts[i], self->exact != NULL ? self->exact[i] : 0);
    }
    for (size_t i = 0; i < ASSAY_DISTRIBUTION_BINS; i++)
        g_string_append_printf(out, " %" G_GUINT64_FORMAT, self->bins[i]);
    print_moments(out, self->moments);
    for (guint i = 0; i < self->groups->len; i++) {
        const AssayGroupCells *group = g_ptr_array_index(self->groups, i);
        AssayCellList list;

        assay_group_cells_list(group, &list);
        g_assert_cmpuint(list.n, ==, group->n_cells);
        g_string_append_printf(out, "%" G_GINT64_MODIFIER "x %" G_GUINT64_FORMAT, group->hash,
                               group->n_items);
        for (size_t k = 0; k < list.n; k++)
            g_string_append_printf(out, " %u:%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                   list.cells[k], list.counts[k],
                                   list.exact != NULL ? list.exact[k] : 0);
        print_moments(out, group->moments);
    }
}

char *
set_text(const AssayDistributions *self)
{
    GString *out = g_string_new(NULL);

    g_string_append_printf(out, "%" G_GUINT64_FORMAT " items %" G_GUINT64_FORMAT " groups\n",
                           self->n_items, self->n_groups);
    for (guint i = 0; i < self->variables->len; i++)
        print_variable(out, g_ptr_array_index(self->variables, i));
    return g_string_free(out, FALSE);
}
