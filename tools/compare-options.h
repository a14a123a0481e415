/* tools/compare-options.h - the options of assay-compare.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/compare/compare.h>
#include <assay/compare/set.h>

#include "cli-label.h"

/**
 * CompareOptions:
 * @fields: as typed; @part has what they may be columns of
 * @quantise: as typed
 * @n_ranked: of --rank; 0 without it
 */
typedef struct {
    AssayCompareConfig config;
    AssayPartConfig part;
    CliLabel group_by, by;
    char **fields, **fail_on;
    char *groups_file, *quantise;
    size_t n_ranked;
} CompareOptions;

extern CompareOptions compare_options;
extern const GOptionEntry compare_option_entries[];

/* Makes the configurations of what was typed; %FALSE for what makes no sense, which is told. */
gboolean compare_options_read(void);
void compare_options_clear(void);
