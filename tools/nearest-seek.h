/* tools/nearest-seek.h - the search of assay-nearest, and what it says of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "nearest-tables.h"

/* Seeks what waits, and prints it. */
gboolean nearest_flush(Nearest *self, GError **error);

/* Seeks a set within itself; the reference is drawn from until it is as large. */
gboolean nearest_seek_within(Nearest *self, size_t set, GError **error);

/* How near its items are to each other, and how far p can go. */
void nearest_tell_closeness(const char *set, const AssayCrowd *crowd,
                            const AssayCloseness *closeness);
