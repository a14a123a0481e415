/* stream/other-kinds.h - what a file is that nothing here reads, or not where it was given.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/**
 * assay_other_kind:
 * @data: (array length=size): how a file begins
 *
 * Returns: (nullable): what begins so for certain, as "a WebP picture", also of kinds that are
 *     read elsewhere; to be asked where nothing has recognised the bytes
 */
ASSAY_API const char *assay_other_kind(const guint8 *data, size_t size);

G_END_DECLS
