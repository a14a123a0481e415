/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dense-rows-private.h"

#include <stdatomic.h>

/* The count is ours, not that of the array: the thread sanitizer sees who lets go last. */
struct AssayDenseRows {
    atomic_uint n_owners;
    GArray *values;
};

AssayDenseRows *
assay_dense_rows_new(size_t room)
{
    AssayDenseRows *self = g_new(AssayDenseRows, 1);

    atomic_init(&self->n_owners, 1);
    self->values =
        g_array_sized_new(FALSE, FALSE, sizeof(guint16), (guint)(room * ASSAY_DENSE_CELLS));
    return self;
}

AssayDenseRows *
assay_dense_rows_ref(AssayDenseRows *self)
{
    atomic_fetch_add(&self->n_owners, 1);
    return self;
}

void
assay_dense_rows_unref(AssayDenseRows *self)
{
    if (self == NULL || atomic_fetch_sub(&self->n_owners, 1) > 1)
        return;
    g_array_free(self->values, TRUE);
    g_free(self);
}

guint16 *
assay_dense_rows_add(AssayDenseRows *self)
{
    guint at = self->values->len;

    g_array_set_size(self->values, at + ASSAY_DENSE_CELLS);
    return &g_array_index(self->values, guint16, at);
}

size_t
assay_dense_rows_count(const AssayDenseRows *self)
{
    return self->values->len / ASSAY_DENSE_CELLS;
}

const guint16 *
assay_dense_rows_nth(const AssayDenseRows *self, size_t n)
{
    return &g_array_index(self->values, guint16, n * ASSAY_DENSE_CELLS);
}
