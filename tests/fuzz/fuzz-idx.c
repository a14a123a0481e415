/* fuzz/fuzz-idx.c - bytes as an IDX file, plain or in gzip: pictures, and labels.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/image/image.h>
#include <assay/stream/idx.h>
#include <stdint.h>

#include "array-source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(AssayArrayConfig) config = assay_array_config_new();
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(AssayInput) input = assay_input_from_bytes("x", bytes);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayJson) labels = assay_idx_read_labels(input, &error);
    AssayPictureArrays pictures = assay_image_arrays;
    gboolean is_gzip;

    g_assert((labels == NULL) == (error != NULL));
    if (!assay_idx_sniff(data, size, &is_gzip))
        return 0;
    array_source_read(array_source_file(data, size), config, &pictures);
    pictures.take = 1;
    array_source_read(array_source_file(data, size), config, &pictures);
    return 0;
}
