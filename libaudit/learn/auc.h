/* learn/auc.h - one number for how well values tell two classes apart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* A value whose class is known. */
typedef struct {
    double value;
    guint8 is_fake;
} AssayLabelled;

/**
 * assay_auc:
 * @items: (array length=n): no NaN; put in order
 *
 * The probability that a fake has the larger value, equal ones counting half: U of H. B. Mann and
 * D. R. Whitney (Annals of Mathematical Statistics 18, 1947), divided by the number of pairs.
 *
 * Returns: in 0 .. 1; NaN where a class has no item
 */
ASSAY_API double assay_auc(AssayLabelled *items, size_t n);

G_END_DECLS
