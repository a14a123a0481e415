/* tools/nearest-read.h - what assay-nearest reads, as vectors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "nearest-tables.h"

/* All of the reference, and how near its items are to each other. FALSE without an error is wrong
 * usage, which is told; the reference is empty where nothing could be read, which was told too. */
gboolean nearest_open_reference(Nearest *self, const char *operand, GError **error);

/* The sets: each sample is sought and printed as it comes; of --self they are kept. */
gboolean nearest_read_candidates(Nearest *self, GError **error);
