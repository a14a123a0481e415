/* stream/array-scan-private.h - a file of arrays, looked through before a sample is made of it.
 *
 * The scan reads the file once: for its digest, and so that what is wrong with it is known before
 * the first piece goes out. The arrays are then read from their starts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "array-part-private.h"

G_BEGIN_DECLS

/* @input: (transfer full), also on failure; @file and @config are borrowed. */
AssayArrayScan *assay_array_scan_new(AssayInput *input, const AssayFile *file,
                                     const AssaySourceConfig *config, GError **error);
void assay_array_scan_free(AssayArrayScan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayArrayScan, assay_array_scan_free)

/* The bytes of a part, from its first value on. */
AssayInput *assay_array_scan_open(const AssayArrayScan *self, const AssayArrayPart *part,
                                  GError **error);

G_END_DECLS
