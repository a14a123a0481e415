/* tools/nearest-sets.h - what assay-nearest says of a set, and what --fail-on asks of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "nearest-tables.h"

/* Reads --fail-on; FALSE with a message. */
gboolean nearest_read_conditions(Nearest *self, char **fail_on);

/* The row of a set: printed or told in words, and held against the conditions. */
gboolean nearest_conclude(Nearest *self, size_t set, GError **error);
