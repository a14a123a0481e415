/* fuzz/fuzz-cifar.c - bytes as a file of CIFAR's: its labels, and as many planes as it has records.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/stream/cifar.h>
#include <stdint.h>

enum { PICTURE = ASSAY_CIFAR_PLANES * ASSAY_CIFAR_SIZE * ASSAY_CIFAR_SIZE };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(AssayInput) input = assay_input_from_bytes("x.bin", bytes);
    g_autoptr(AssayInput) values = NULL;
    g_autoptr(GError) error = NULL;
    g_auto(AssayCifar) cifar = { 0 };
    guint64 n = 0;
    size_t got = 1;

    if (!assay_cifar_scan(&cifar, input, "x.bin", &error)) {
        g_assert(error != NULL);
        return 0;
    }
    g_assert(cifar.n_items * (PICTURE + cifar.n_labels) == size);
    g_assert(cifar.labels->len == cifar.n_items * cifar.n_labels);
    for (guint which = 0; which < cifar.n_labels; which++) {
        g_autoptr(AssayJson) labels = assay_cifar_labels(&cifar, which, cifar.n_items);

        g_assert(assay_json_size(labels) == cifar.n_items);
    }
    values = assay_cifar_values(assay_input_from_bytes("x.bin", bytes), cifar.n_labels);
    while (got > 0) {
        guint8 block[100];

        g_assert(assay_input_read_into(values, block, sizeof block, &got, &error));
        n += got;
    }
    g_assert(n == (guint64)cifar.n_items * PICTURE);
    return 0;
}
