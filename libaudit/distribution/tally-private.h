/* distribution/tally-private.h - one item of a variable while its values are counted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "distribution-private.h"

enum { ASSAY_TALLY_CHUNK = 1024 };

/**
 * AssayTallyItem:
 * @start: in the array of @variable
 * @n: rows
 */
typedef struct {
    const AssayVariable *variable;
    size_t start, n;
} AssayTallyItem;

/**
 * assay_tally_read:
 * @values: (out caller-allocates) (array fixed-size=1024): those of the rows from @at on
 *
 * Returns: how many of 1,024 rows, or of the last ones, count
 */
size_t assay_tally_read(const AssayTallyItem *item, size_t at, double *values);

/* Counts values that are no whole numbers. @moments: found where they are wanted, else left */
void assay_tally_floats(AssaySpreadVariable *self, const AssayTallyItem *item, double *moments);

/* Central moments from sums of powers of differences from the mean, over @n. */
void assay_tally_set_moments(double *moments, double mean, double n, double m2, double m3,
                             double m4);
