/* stream/other-kinds-private.h - what a file is that nothing here reads, or not where it was given.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/**
 * assay_other_kind:
 * @data: (array length=size): how a file begins
 *
 * Returns: (nullable): what begins so for certain, as "a GIF picture"
 */
const char *assay_other_kind(const guint8 *data, size_t size);
