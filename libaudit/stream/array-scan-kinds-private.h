/* stream/array-scan-kinds-private.h - how files of each kind are looked through.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "array-part-private.h"

G_BEGIN_DECLS

extern const char *const assay_cifar_suffixes[];

/* Looks through raw bytes. */
gboolean assay_array_scan_raw(AssayArrayScan *self, AssayInput *input, GError **error);

/* Looks through an IDX file, or one of CIFAR's; each is one part. */
gboolean assay_array_scan_idx(AssayArrayScan *self, AssayInput *input, GError **error);
gboolean assay_array_scan_cifar(AssayArrayScan *self, AssayInput *input, GError **error);

/* From the start of such a file to its first value. @input: (transfer full) */
AssayInput *assay_array_open_pictures(const AssayArrayScan *self, AssayInput *input,
                                      const char *label, GError **error);

/* Takes over the labels that the source is to give to all items; they have to be as many. */
gboolean assay_array_scan_labels(AssayArrayScan *self, GError **error);

/* Looks through an .npz; @input: (transfer full). */
gboolean assay_array_scan_npz(AssayArrayScan *self, AssayInput *input, GError **error);

G_END_DECLS
