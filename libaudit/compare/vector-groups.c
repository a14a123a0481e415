/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vector-groups-private.h"

/* Vectors are in the order of their groups. */
void
assay_vector_groups_init(AssayVectorGroups *self, const AssayVectorField *field, size_t most_groups,
                         size_t most_vectors)
{
    self->field = field;
    self->groups = g_array_new(FALSE, FALSE, sizeof(AssayVectorGroup));
    for (size_t i = 0; i < field->groups->len; i++) {
        const AssayVectorGroup group = { i, 1 };

        if (i > 0 && g_array_index(field->groups, guint64, i) ==
                         g_array_index(field->groups, guint64, i - 1))
            g_array_index(self->groups, AssayVectorGroup, self->groups->len - 1).n++;
        else
            g_array_append_val(self->groups, group);
    }
    self->n_kept = self->n_vectors = 0;
    while (self->n_kept < MIN(self->groups->len, most_groups) &&
           assay_vector_groups_at(self, self->n_kept)->n <= most_vectors - self->n_vectors)
        self->n_vectors += assay_vector_groups_at(self, self->n_kept++)->n;
}

void
assay_vector_groups_clear(AssayVectorGroups *self)
{
    if (self->groups != NULL)
        g_array_unref(self->groups);
}
