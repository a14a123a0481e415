/* base/error.h - the one error domain of the library.
 *
 * A function that can fail takes a GError ** last and returns FALSE or NULL with it set. The
 * message is lower case, has no full stop, and names the object, the field and the value:
 * `bach-001: field "mel": value 17 is not finite`. The library never prints and never exits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

#define ASSAY_ERROR (assay_error_quark())

/**
 * AssayErrorCode:
 * @ASSAY_ERROR_IO: the system refused to open, read, write or close
 * @ASSAY_ERROR_FORMAT: bytes that are not what they claim to be; the message names the offset
 * @ASSAY_ERROR_FIELD: a sample lacks a field, or the field has other axes or another type
 * @ASSAY_ERROR_META: a sample's metadata lack a key, or hold another kind of value
 * @ASSAY_ERROR_RANGE: a value or an option outside what the operation is defined for
 * @ASSAY_ERROR_SPEC: a spec, a recipe or a pair of them that cannot be used
 * @ASSAY_ERROR_TRUNCATED: input that ends before its own end mark
 * @ASSAY_ERROR_USAGE: an operand or a combination of options that a user has to change
 */
typedef enum {
    ASSAY_ERROR_IO,
    ASSAY_ERROR_FORMAT,
    ASSAY_ERROR_FIELD,
    ASSAY_ERROR_META,
    ASSAY_ERROR_RANGE,
    ASSAY_ERROR_SPEC,
    ASSAY_ERROR_TRUNCATED,
    ASSAY_ERROR_USAGE,
} AssayErrorCode;

ASSAY_API GQuark assay_error_quark(void);

/**
 * assay_error_blame_item:
 * @error: (nullable): where an error of this domain was set, or will not be, as functions take it
 * @item: the index over the whole sample, as the message that names it has it
 *
 * Says that one item is to blame, and not the sample: the others of it may be used.
 */
ASSAY_API void assay_error_blame_item(GError **error, size_t item);

/* Whether one item is to blame for @error, and which. */
ASSAY_API gboolean assay_error_item(const GError *error, size_t *item);

G_END_DECLS
