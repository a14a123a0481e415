/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number-counts.h"

enum { FEWEST_SLOTS = 64, AHEAD = 16 };

/**
 * AssayNumberCounts:
 * @n: how many numbers there are, 0 among them
 * @n_slots: a power of two; at least twice as many as there are numbers
 * @numbers: each in the first slot that was free from that of its last bits on; a slot with 0 is
 *     free
 * @counts: (nullable): of each slot; %NULL while each number there was met once
 * @n_zeros: the count of the number 0
 */
struct AssayNumberCounts {
    size_t n, n_slots;
    guint64 *numbers, *counts;
    guint64 n_zeros;
};

AssayNumberCounts *
assay_number_counts_new(void)
{
    AssayNumberCounts *self = g_new0(AssayNumberCounts, 1);

    self->n_slots = FEWEST_SLOTS;
    self->numbers = g_new0(guint64, self->n_slots);
    return self;
}

void
assay_number_counts_free(AssayNumberCounts *self)
{
    if (self == NULL)
        return;
    g_free(self->numbers);
    g_free(self->counts);
    g_free(self);
}

/* Where @number is, or belongs; it is not 0. */
static size_t
find_slot(const AssayNumberCounts *self, guint64 number)
{
    size_t last = self->n_slots - 1, at = (size_t)number & last;

    while (self->numbers[at] != 0 && self->numbers[at] != number)
        at = (at + 1) & last;
    return at;
}

static guint64
count_at(const AssayNumberCounts *self, size_t at)
{
    if (self->numbers[at] == 0)
        return 0;
    return self->counts != NULL ? self->counts[at] : 1;
}

static void
grow(AssayNumberCounts *self, size_t n_slots)
{
    const AssayNumberCounts before = *self;

    self->n_slots = n_slots;
    self->numbers = g_new0(guint64, n_slots);
    if (before.counts != NULL)
        self->counts = g_new0(guint64, n_slots);
    for (size_t i = 0; i < before.n_slots; i++) {
        size_t at;

        if (before.numbers[i] == 0)
            continue;
        at = find_slot(self, before.numbers[i]);
        self->numbers[at] = before.numbers[i];
        if (before.counts != NULL)
            self->counts[at] = before.counts[i];
    }
    g_free(before.numbers);
    g_free(before.counts);
}

void
assay_number_counts_expect(AssayNumberCounts *self, size_t n)
{
    size_t n_slots = self->n_slots;

    while (n_slots / 2 < MIN(n, ASSAY_NUMBER_COUNTS_EXPECTED))
        n_slots *= 2;
    if (n_slots > self->n_slots)
        grow(self, n_slots);
}

/* Whatever was met so far was met once. */
static void
begin_counts(AssayNumberCounts *self)
{
    self->counts = g_new(guint64, self->n_slots);
    for (size_t i = 0; i < self->n_slots; i++)
        self->counts[i] = self->numbers[i] != 0;
}

void
assay_number_counts_add(AssayNumberCounts *self, guint64 number, guint64 count)
{
    size_t is_new;
    size_t at;

    g_return_if_fail(count > 0);
    if (number == 0) {
        self->n += self->n_zeros == 0;
        self->n_zeros += count;
        return;
    }
    at = find_slot(self, number);
    is_new = self->numbers[at] == 0;
    if (self->counts == NULL && (count > 1 || !is_new))
        begin_counts(self);
    self->numbers[at] = number;
    if (self->counts != NULL)
        self->counts[at] += count;
    self->n += is_new;
    if (is_new && 2 * self->n > self->n_slots)
        grow(self, 2 * self->n_slots);
}

/* Has the slot that @number will be looked for in brought near. */
static void
look_ahead(const AssayNumberCounts *self, guint64 number)
{
#ifdef __GNUC__
    __builtin_prefetch(&self->numbers[(size_t)number & (self->n_slots - 1)], 1);
#endif
}

void
assay_number_counts_add_each(AssayNumberCounts *self, const guint64 *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i + AHEAD < n)
            look_ahead(self, numbers[i + AHEAD]);
        assay_number_counts_add(self, numbers[i], 1);
    }
}

guint64
assay_number_counts_get(const AssayNumberCounts *self, guint64 number)
{
    return number == 0 ? self->n_zeros : count_at(self, find_slot(self, number));
}

size_t
assay_number_counts_size(const AssayNumberCounts *self)
{
    return self->n;
}

gboolean
assay_number_counts_next(const AssayNumberCounts *self, size_t *at, guint64 *number, guint64 *count)
{
    while (*at <= self->n_slots) { /* behind the slots comes 0 */
        size_t slot = (*at)++;
        guint64 found = slot < self->n_slots ? count_at(self, slot) : self->n_zeros;

        if (found == 0)
            continue;
        *number = slot < self->n_slots ? self->numbers[slot] : 0;
        if (count != NULL)
            *count = found;
        return TRUE;
    }
    return FALSE;
}

size_t
assay_number_counts_n_shared(const AssayNumberCounts *a, const AssayNumberCounts *b)
{
    const AssayNumberCounts *few = a->n < b->n ? a : b, *many = few == a ? b : a;
    size_t n = few->n_zeros > 0 && many->n_zeros > 0;

    for (size_t i = 0; i < few->n_slots; i++)
        n += few->numbers[i] != 0 && count_at(many, find_slot(many, few->numbers[i])) > 0;
    return n;
}
