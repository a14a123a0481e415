/* stream/zip-end-private.h - the directory at the end of a zip, which libarchive, reading forwards,
 * does not look at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* Keeps the last bytes of what passes, as many as the record that ends a zip may have. */
void assay_zip_end_keep(GByteArray *tail, const guint8 *data, size_t size);

/* Whether the zip @name, which ends in @tail, has a whole directory that lists @n_members. */
gboolean assay_zip_end_check(const GByteArray *tail, guint64 n_members, const char *name,
                             GError **error);
