/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spec-values-private.h"

#include <math.h>
#include <stdlib.h>

#include "../base/text.h"

/* Columns of text before the number of values, and the most atoms of a line. */
enum { NAME_WIDTH = 34, MAX_ATOMS = 5 };

/* A value that occurs, and how often: of fractions those that are exactly a cell's bound. */
typedef struct {
    double value;
    guint64 count;
} Atom;

static int
compare_atoms(const void *a, const void *b)
{
    const Atom *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static void
print_value(GString *out, double value)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    g_string_append(out, assay_text_double_digits(text, value, 4));
}

static void
print_share(GString *out, guint64 part, guint64 whole)
{
    g_string_append_printf(out, "%.3g %%", 100 * (double)part / (double)whole);
}

/* From the lowest to the highest cell that has values. */
static void
print_extent(GString *out, const AssayDistribution *self)
{
    size_t first = 0, last = ASSAY_N_CELLS - 1;

    while (self->counts[first] == 0)
        first++;
    while (self->counts[last] == 0)
        last--;
    g_string_append(out, ", from ");
    print_value(out, assay_scale_value(&self->scale, (guint16)first));
    g_string_append(out, " to ");
    print_value(out, assay_scale_value(&self->scale, (guint16)last));
    if (self->below + self->above > 0) {
        g_string_append(out, "; outside ");
        print_value(out, self->scale.low);
        g_string_append(out, " to ");
        print_value(out, self->scale.high);
        g_string_append(out, ": ");
        print_share(out, self->below + self->above, self->n_values);
    }
}

/* Values that a hundredth of all have, the most frequent first. */
static void
print_atoms(GString *out, const AssayDistribution *self, guint top)
{
    const guint64 *counts = self->exact != NULL ? self->exact : self->counts;
    g_autoptr(GArray) atoms = g_array_new(FALSE, FALSE, sizeof(Atom));

    for (size_t i = 0; i < ASSAY_N_CELLS; i++) {
        Atom atom = { assay_scale_value(&self->scale, (guint16)i), counts[i] };

        if (counts[i] > 0 && (double)counts[i] >= (double)self->n_values / 100)
            g_array_append_val(atoms, atom);
    }
    top = MIN(top, MAX_ATOMS);
    if (atoms->len == 0 || top == 0)
        return;
    qsort(atoms->data, atoms->len, sizeof(Atom), compare_atoms);
    g_string_append(out, "    frequent: ");
    for (guint i = 0; i < MIN(atoms->len, top); i++) {
        const Atom *atom = &g_array_index(atoms, Atom, i);

        g_string_append(out, i > 0 ? ", " : "");
        print_value(out, atom->value);
        g_string_append(out, " (");
        print_share(out, atom->count, self->n_values);
        g_string_append_c(out, ')');
    }
    g_string_append(out, atoms->len > top ? ", ...\n" : "\n");
}

static void
print_moments(GString *out, const AssayDistribution *self)
{
    const char *separator = "    mean over items: ";

    for (guint k = 0; k < ASSAY_N_MOMENTS; k++) {
        double mean = assay_moment_mean(&self->moments[k]);

        if (isnan(mean))
            continue;
        g_string_append_printf(out, "%s%s ", separator, assay_moment_name((AssayMoment)k));
        print_value(out, mean);
        separator = ", ";
    }
    if (separator[0] == ',')
        g_string_append_c(out, '\n');
}

/* Of fractions, what is known of a value is its cell: a KS from cells is off by the largest share
 * that one cell has beside its bound, at most. */
static void
print_precision(GString *out, const AssayDistribution *self)
{
    guint64 most = 0;

    if (self->exact == NULL)
        return;
    for (size_t i = 0; i < ASSAY_N_CELLS; i++)
        most = MAX(most, self->counts[i] - self->exact[i]);
    if (most == 0) {
        g_string_append(out, "    known exactly\n");
        return;
    }
    g_string_append(out, "    known by cells of 0.8 %: KS to within ");
    print_share(out, most, self->n_values);
    g_string_append_c(out, '\n');
}

static void
print_variable(GString *out, const AssayDistribution *self, guint top)
{
    g_autofree char *name = assay_text_escape_controls(self->name);
    char count[ASSAY_TEXT_NUMBER_SIZE], groups[ASSAY_TEXT_NUMBER_SIZE];
    size_t used = assay_text_display_width(name);

    g_string_append_printf(out, "  %s", name);
    for (; used < NAME_WIDTH; used++)
        g_string_append_c(out, ' ');
    g_string_append_printf(out, "%14s", assay_text_count(count, self->n_values));
    if (self->n_values > 0)
        print_extent(out, self);
    if (self->n_non_finite > 0)
        g_string_append_printf(out, "; and %s that are no number",
                               assay_text_count(count, self->n_non_finite));
    g_string_append_c(out, '\n');
    if (self->n_values == 0)
        return;
    print_atoms(out, self, top);
    print_moments(out, self);
    print_precision(out, self);
    if (self->groups->len < self->n_groups)
        g_string_append_printf(out, "    each alone: %s of %s groups\n",
                               assay_text_count(count, self->groups->len),
                               assay_text_count(groups, self->n_groups));
}

void
assay_spec_print_values(GString *out, const AssaySpec *spec, guint top)
{
    if (!assay_spec_has_distributions(spec))
        return;
    g_string_append(out, "\nvalues\n");
    for (guint i = 0; i < spec->distributions->variables->len; i++)
        print_variable(out, g_ptr_array_index(spec->distributions->variables, i), top);
}
