/* base/foreign.h - whether a thread is within a library that may end the process.
 *
 * libarchive calls exit(3) with status 1 where it has no memory. A program whose status 1 means
 * something else asks in a handler of atexit(3), which runs in the thread that called exit(3),
 * whether it was such a library that called.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

/* Around each call into the library; they do not nest. */
ASSAY_API void assay_foreign_enter(void);
ASSAY_API void assay_foreign_leave(void);

/* Whether this thread is between the two. */
ASSAY_API gboolean assay_foreign_is_within(void);

G_END_DECLS
