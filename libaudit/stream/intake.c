/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake.h"

void
assay_intake_clear(AssayIntake *self)
{
    assay_pieces_clear(&self->pieces);
}

static void
end_input(AssayIntake *self)
{
    self->n_consumed = self->n_refused = self->n_last = 0;
    self->n_runs = 0;
    self->is_withdrawn = FALSE;
}

void
assay_intake_begin(AssayIntake *self)
{
    assay_pieces_clear(&self->pieces);
    end_input(self);
}

/* The input that came last is one of those of which something was consumed, or of the others. */
static void
count_input(AssayIntake *self)
{
    if (self->n_runs > 0) {
        self->n_inputs++;
        self->n_items += self->n_consumed + self->n_refused;
        self->n_items_left_out += self->n_refused;
    } else {
        self->n_left_out++;
    }
}

static void
uncount_input(AssayIntake *self)
{
    if (self->n_runs > 0) {
        self->n_inputs--;
        self->n_items -= self->n_consumed + self->n_refused;
        self->n_items_left_out -= self->n_refused;
    } else {
        self->n_left_out--;
    }
}

/* Whether it goes on; what it counts for is then still to be counted anew. */
static gboolean
go_on(AssayIntake *self, const char *name, gboolean has_items, size_t start, size_t n_items)
{
    gboolean goes_on = assay_pieces_add(&self->pieces, name, has_items, start, n_items);

    if (goes_on)
        uncount_input(self);
    else
        end_input(self);
    return goes_on;
}

gboolean
assay_intake_consume(AssayIntake *self, const char *name, gboolean has_items, size_t start,
                     size_t n_items)
{
    gboolean goes_on = go_on(self, name, has_items, start, n_items);

    self->n_runs++;
    self->n_last = has_items ? n_items : 1;
    self->n_consumed += self->n_last;
    count_input(self);
    return goes_on;
}

gboolean
assay_intake_leave_out(AssayIntake *self, const char *name, gboolean has_items, size_t start,
                       size_t n_items)
{
    gboolean goes_on = go_on(self, name, has_items, start, n_items);

    self->n_refused += has_items ? n_items : 1;
    count_input(self);
    return goes_on;
}

void
assay_intake_add_upstream(AssayIntake *self, size_t n_items)
{
    self->n_left_out += n_items == 0 ? 1 : 0;
    self->n_items += n_items;
    self->n_items_left_out += n_items;
}

gboolean
assay_intake_withdraw(AssayIntake *self)
{
    gboolean is_first = !self->is_withdrawn;

    if (self->n_runs == 0)
        return TRUE;
    self->is_withdrawn = TRUE;
    uncount_input(self);
    self->n_runs--;
    self->n_consumed -= self->n_last;
    self->n_refused += self->n_last;
    self->n_last = 0;
    count_input(self);
    return is_first;
}
