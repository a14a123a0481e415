/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "points.h"

#include <math.h>

#include "../base/error.h"

gboolean
assay_points_check(const AssayPoints *self, const char *what, size_t least, GError **error)
{
    if (self->n < least) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s has %" G_GSIZE_FORMAT " vectors: at least %" G_GSIZE_FORMAT " are needed",
                    what, self->n, least);
        return FALSE;
    }
    if (self->n_columns == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s has vectors without columns", what);
        return FALSE;
    }
    for (size_t i = 0; i < self->n * self->n_columns; i++) {
        if (!(fabs(self->values[i]) <= ASSAY_POINTS_MOST)) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: column %" G_GSIZE_FORMAT " of vector %" G_GSIZE_FORMAT
                        " is not within -1e150 to 1e150",
                        what, i % self->n_columns, i / self->n_columns);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean
assay_points_check_pair(const AssayPoints *reference, const AssayPoints *candidate, size_t least,
                        GError **error)
{
    if (!assay_points_check(reference, "the reference", least, error) ||
        !assay_points_check(candidate, "the candidate", least, error))
        return FALSE;
    if (reference->n_columns != candidate->n_columns) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "the candidate has %" G_GSIZE_FORMAT
                    " columns and the reference %" G_GSIZE_FORMAT,
                    candidate->n_columns, reference->n_columns);
        return FALSE;
    }
    return TRUE;
}
