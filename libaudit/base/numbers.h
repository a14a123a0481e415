/* base/numbers.h - numbers of several rows, made ready to be written as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

typedef struct AssayNumbers AssayNumbers;

/* Returns: (transfer full): none yet. */
ASSAY_API AssayNumbers *assay_numbers_new(void);
ASSAY_API void assay_numbers_free(AssayNumbers *self);

/**
 * assay_numbers_set:
 * @values: (transfer none): they stay as they are until they are written
 *
 * Makes @n numbers ready, in the place of those before: many at once take less time than each row
 * alone.
 */
ASSAY_API void assay_numbers_set(AssayNumbers *self, const double *values, size_t n);

/* Returns: (transfer none): the values. */
ASSAY_API const double *assay_numbers_values(const AssayNumbers *self);

/**
 * assay_numbers_put:
 * @first: of the @n numbers that are written, 1 or more
 * @buffer: (out): @n times ASSAY_TEXT_NUMBER_SIZE bytes
 *
 * What assay_text_put_doubles() writes of them. Returns: where the text ends, at its final zero.
 */
ASSAY_API char *assay_numbers_put(const AssayNumbers *self, size_t first, size_t n, char *buffer,
                                  char separator);

G_END_DECLS
