/* tools/detect-samples.h - what is no table, as items to learn from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "detect-data.h"

/* Reads @operands, ended by NULL, into the collection; the labels of @self are theirs. */
gboolean detect_read_samples(DetectData *self, const char *const *operands, GError **error);
