/* base/text-private.h - a number as text, where others stand beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* What assay_text_put_doubles() writes of one value, without long vectors. */
char *assay_text_put_one(char *buffer, double value);
