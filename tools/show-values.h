/* tools/show-values.h - assay-show -f and --tsv: values of a field, or what fields there are, of
 * all files alike.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/values/values.h>

#include "show-run.h"

/* The values of a field, from the first file to the end of the output: the exit status. */
int show_values(ShowRun *self, const AssayValuesConfig *config);

/* A row for each sample and field, likewise; @limit: of the first so many samples, 0: of all. */
int show_fields(ShowRun *self, guint64 limit);
