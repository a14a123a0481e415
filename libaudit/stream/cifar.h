/* stream/cifar.h - the binary files of CIFAR-10 and CIFAR-100.
 *
 * Records of one label (CIFAR-10), or of a coarse and a fine one (CIFAR-100), and 3072 bytes: the
 * red plane of 32 x 32, the green, the blue. Source: the page of the data sets (Krizhevsky),
 * "Binary version".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/input.h"
#include "../base/json.h"

G_BEGIN_DECLS

enum { ASSAY_CIFAR_SIZE = 32, ASSAY_CIFAR_PLANES = 3 };

/**
 * AssayCifar:
 * @n_labels: of a record: 1 or 2
 * @n_items: how many records
 * @labels: (element-type guint8): of all records
 */
typedef struct {
    guint n_labels;
    size_t n_items;
    GByteArray *labels;
} AssayCifar;

ASSAY_API void assay_cifar_clear(AssayCifar *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssayCifar, assay_cifar_clear)

/**
 * assay_cifar_scan:
 * @self: (out): which of the two it is, by the size and by the labels, which are below 10, or 20
 *     and 100; to be cleared, also on failure
 * @input: is read to its end
 * @name: what to call it in a message
 *
 * Returns: %FALSE with %ASSAY_ERROR_FORMAT, %ASSAY_ERROR_TRUNCATED, or what reading reports.
 */
ASSAY_API gboolean assay_cifar_scan(AssayCifar *self, AssayInput *input, const char *name,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full): label @which of every record, the first @n of them. */
ASSAY_API AssayJson *assay_cifar_labels(const AssayCifar *self, guint which, size_t n);

/**
 * assay_cifar_values:
 * @input: (transfer full): at the start of a file with @n_labels a record
 *
 * Returns: (transfer full): the planes alone.
 */
ASSAY_API AssayInput *assay_cifar_values(AssayInput *input, guint n_labels);

G_END_DECLS
