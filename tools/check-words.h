/* tools/check-words.h - what assay-check says on standard error.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "check-tables.h"

/* In words: with @in_full what was found; in any case what limits the answer; with @is_first also
 * what holds for all rules of the set. */
void check_tell(const Check *self, const char *set, size_t rule, const AssaySummaryRow *row,
                gboolean is_first, gboolean in_full);

/* That no p can be small, where the corpus has too few groups; or that there is none. */
void check_tell_reach(const Check *self, const char *spec_name);
