/* rule/duration.h - lengths of notes as keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* A length in quarter notes, not negative and not -0, as 64 bits that order as lengths do. */
ASSAY_API guint64 assay_duration_key(double quarters);
ASSAY_API double assay_duration_value(guint64 key);

G_END_DECLS
