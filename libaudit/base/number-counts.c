/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number-counts.h"

enum { FEWEST_SLOTS = 64, AHEAD = 16 };

/* Of no number, the count is 0. */
typedef struct {
    guint64 number, count;
} Slot;

/**
 * AssayNumberCounts:
 * @n_slots: a power of two; at least twice as many as there are numbers
 * @slots: a number is in the first that was free from that of its last bits on
 */
struct AssayNumberCounts {
    size_t n, n_slots;
    Slot *slots;
};

AssayNumberCounts *
assay_number_counts_new(void)
{
    AssayNumberCounts *self = g_new0(AssayNumberCounts, 1);

    self->n_slots = FEWEST_SLOTS;
    self->slots = g_new0(Slot, self->n_slots);
    return self;
}

void
assay_number_counts_free(AssayNumberCounts *self)
{
    if (self == NULL)
        return;
    g_free(self->slots);
    g_free(self);
}

/* Where @number is, or belongs. */
static Slot *
find_slot(const AssayNumberCounts *self, guint64 number)
{
    size_t last = self->n_slots - 1, at = (size_t)number & last;

    while (self->slots[at].count > 0 && self->slots[at].number != number)
        at = (at + 1) & last;
    return &self->slots[at];
}

static void
grow(AssayNumberCounts *self)
{
    g_autofree Slot *before = self->slots;
    size_t n = self->n_slots;

    self->n_slots = 2 * n;
    self->slots = g_new0(Slot, self->n_slots);
    for (size_t i = 0; i < n; i++) {
        if (before[i].count > 0)
            *find_slot(self, before[i].number) = before[i];
    }
}

void
assay_number_counts_add(AssayNumberCounts *self, guint64 number, guint64 count)
{
    Slot *slot = find_slot(self, number);

    g_return_if_fail(count > 0);
    slot->number = number;
    slot->count += count;
    if (slot->count > count)
        return;
    self->n++;
    if (2 * self->n > self->n_slots)
        grow(self);
}

/* Has the slot that @number will be looked for in brought near. */
static void
look_ahead(const AssayNumberCounts *self, guint64 number)
{
#ifdef __GNUC__
    __builtin_prefetch(&self->slots[(size_t)number & (self->n_slots - 1)], 1);
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
    return find_slot(self, number)->count;
}

size_t
assay_number_counts_size(const AssayNumberCounts *self)
{
    return self->n;
}

gboolean
assay_number_counts_next(const AssayNumberCounts *self, size_t *at, guint64 *number, guint64 *count)
{
    while (*at < self->n_slots) {
        const Slot *slot = &self->slots[(*at)++];

        if (slot->count == 0)
            continue;
        *number = slot->number;
        if (count != NULL)
            *count = slot->count;
        return TRUE;
    }
    return FALSE;
}
