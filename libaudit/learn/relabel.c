/* learn/relabel.c - the labels of items, permuted by groups within folds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/random.h"
#include "cross-private.h"

/* @order: rows by fold and group; @starts: of each group in it, and the end; @is_mixed: whether a
 * group has both labels */
struct AssayRelabel {
    size_t n, n_groups;
    size_t *order, *starts;
    guint8 *labels;
    guint *fold_of;
    guint8 *is_mixed;
};

typedef struct {
    guint fold;
    guint64 group;
    size_t row;
} Place;

static int
compare_places(const void *a, const void *b)
{
    const Place *x = a, *y = b;

    if (x->fold != y->fold)
        return (x->fold > y->fold) - (x->fold < y->fold);
    if (x->group != y->group)
        return (x->group > y->group) - (x->group < y->group);
    return (x->row > y->row) - (x->row < y->row);
}

AssayRelabel *
assay_relabel_new(const AssayCross *cross, const AssayExamples *items)
{
    AssayRelabel *self = g_new0(AssayRelabel, 1);
    g_autofree Place *places = g_new(Place, cross->n + 1);

    self->n = cross->n;
    self->order = g_new0(size_t, cross->n + 1);
    self->starts = g_new0(size_t, cross->n + 2);
    self->labels = g_new0(guint8, cross->n + 1);
    self->fold_of = g_new0(guint, cross->n + 1);
    self->is_mixed = g_new0(guint8, cross->n + 1);
    for (size_t i = 0; i < cross->n; i++)
        places[i] =
            (Place){ cross->fold_of[i], assay_examples_at(items, cross->rows[i])->group, i };
    qsort(places, cross->n, sizeof *places, compare_places);
    for (size_t i = 0; i < cross->n; i++) {
        size_t at = self->n_groups;

        self->order[i] = places[i].row;
        self->labels[i] = assay_examples_at(items, cross->rows[places[i].row])->is_fake ? 1 : 0;
        if (i == 0 || places[i].group != places[i - 1].group ||
            places[i].fold != places[i - 1].fold) {
            self->starts[at] = i;
            self->fold_of[at] = places[i].fold;
            self->n_groups++;
        } else if (self->labels[i] != self->labels[self->starts[at - 1]])
            self->is_mixed[at - 1] = 1;
    }
    self->starts[self->n_groups] = cross->n;
    return self;
}

void
assay_relabel_free(AssayRelabel *self)
{
    if (self == NULL)
        return;
    g_free(self->order);
    g_free(self->starts);
    g_free(self->labels);
    g_free(self->fold_of);
    g_free(self->is_mixed);
    g_free(self);
}

static void
shuffle_within(const AssayRelabel *self, size_t group, AssayRandom *random, size_t *room,
               guint8 *labels)
{
    size_t start = self->starts[group], n = self->starts[group + 1] - start;

    for (size_t i = 0; i < n; i++)
        room[i] = start + i;
    assay_random_shuffle(random, room, n);
    for (size_t i = 0; i < n; i++)
        labels[self->order[start + i]] = self->labels[room[i]];
}

/* Of the groups from @first on that are of one fold: those of one label swap labels. Returns the
 * first of the next fold. */
static size_t
shuffle_fold(const AssayRelabel *self, size_t first, AssayRandom *random, size_t *room,
             guint8 *labels)
{
    size_t end, n = 0, at = 0;

    for (end = first; end < self->n_groups && self->fold_of[end] == self->fold_of[first]; end++) {
        if (self->is_mixed[end] == 0)
            room[n++] = end;
    }
    assay_random_shuffle(random, room, n);
    for (size_t group = first; group < end; group++) {
        guint8 label;

        if (self->is_mixed[group] != 0)
            continue;
        label = self->labels[self->starts[room[at++]]];
        for (size_t i = self->starts[group]; i < self->starts[group + 1]; i++)
            labels[self->order[i]] = label;
    }
    for (size_t group = first; group < end; group++) {
        if (self->is_mixed[group] != 0)
            shuffle_within(self, group, random, room, labels);
    }
    return end;
}

void
assay_relabel_draw(const AssayRelabel *self, guint64 seed, guint number, guint8 *labels)
{
    g_autofree size_t *room = g_new(size_t, self->n + 1);
    AssayRandom random;

    assay_random_init_nth(&random, seed, "relabel", number);
    for (size_t group = 0; group < self->n_groups;)
        group = shuffle_fold(self, group, &random, room, labels);
}

static double
log_choose(size_t n, size_t k)
{
    return gsl_sf_lngamma((double)n + 1) - gsl_sf_lngamma((double)k + 1) -
           gsl_sf_lngamma((double)(n - k) + 1);
}

double
assay_cross_n_labellings(const AssayCross *cross, const AssayExamples *examples)
{
    g_autoptr(AssayRelabel) self = assay_relabel_new(cross, examples);
    double sum = 0;

    for (size_t group = 0; group < self->n_groups;) {
        guint fold = self->fold_of[group];
        size_t n = 0, n_fake = 0;

        for (; group < self->n_groups && self->fold_of[group] == fold; group++) {
            size_t start = self->starts[group], size = self->starts[group + 1] - start, fakes = 0;

            for (size_t i = start; i < start + size; i++)
                fakes += self->labels[i];
            if (self->is_mixed[group] != 0)
                sum += log_choose(size, fakes);
            n += self->is_mixed[group] == 0 ? 1 : 0;
            n_fake += self->is_mixed[group] == 0 && fakes > 0 ? 1 : 0;
        }
        sum += log_choose(n, n_fake);
    }
    return round(exp(sum));
}
