/* values/kind.h - what a file is, by its first bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/table.h"
#include "../stream/source.h"

G_BEGIN_DECLS

/* As many bytes suffice. */
#define ASSAY_KIND_SNIFFED ASSAY_TABLE_SNIFFED

/**
 * AssayKind:
 *
 * What a file is.
 */
typedef enum {
    ASSAY_KIND_UNKNOWN,
    ASSAY_KIND_EMPTY,
    ASSAY_KIND_STREAM,
    ASSAY_KIND_NPY,
    ASSAY_KIND_NPZ, /* or any other zip */
    ASSAY_KIND_IDX, /* plain or in gzip */
    ASSAY_KIND_MIDI,
    ASSAY_KIND_PICTURE,
    ASSAY_KIND_SOUND,
    ASSAY_KIND_JSON,
    ASSAY_KIND_TABLE,
} AssayKind;

/**
 * assay_kind_sniff:
 * @data: (array length=size): its first bytes
 * @name: its path, whose suffix decides where the bytes do not
 */
ASSAY_API AssayKind assay_kind_sniff(const guint8 *data, size_t size, const char *name);

/* What reads a picture that begins with @data, or is called @name; %NULL for none. */
ASSAY_API const AssayMedium *assay_kind_picture(const guint8 *data, size_t size, const char *name);

/* The suffixes of the kinds above, ended by %NULL: which files of a folder are shown. */
ASSAY_API const char *const *assay_kind_suffixes(void);

/* Sets @error for a file of no kind, which begins with @data: empty, or none of those above.
 * Returns: %FALSE. */
ASSAY_API gboolean assay_kind_refuse(const guint8 *data, size_t size, const char *name,
                                     GError **error);

G_END_DECLS
