/* stream/ustar-private.h - the header of a member of a tar whose name is short and plain.
 *
 * POSIX.1-2017, pax, "ustar Interchange Format".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* What tars are made of. */
#define ASSAY_TAR_BLOCK ((size_t)512)

/* Whether @path has fewer than 100 bytes, all printable ones of ASCII, and so needs no more than a
 * plain header. */
gboolean assay_ustar_is_plain(const char *path);

/**
 * assay_ustar_header:
 * @block: (out caller-allocates) (array fixed-size=512): what libarchive writes for such a member:
 *     a regular file of nobody, mode 644, of the first second of 1970
 *
 * Returns: %FALSE, with nothing written, where it takes more than that: a name of 100 bytes or
 *     more or with others than the printable ones of ASCII, or a size of 8 GiB or more
 */
gboolean assay_ustar_header(guint8 *block, const char *path, guint64 size);
