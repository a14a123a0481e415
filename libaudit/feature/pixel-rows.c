/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pixel-rows-private.h"

AssayPixelRows
assay_pixel_rows(const AssayArray *array, size_t item)
{
    size_t skip = assay_array_axis(array, "item") == 0 ? 1 : 0;
    AssayPixelRows self = { .array = array,
                            .n_rows = array->shape[skip],
                            .n_columns = array->shape[skip + 1],
                            .n_channels = array->n_axes - skip < 3 ? 1 : array->shape[skip + 2] };

    self.start = item * self.n_rows * self.n_columns * self.n_channels;
    return self;
}
