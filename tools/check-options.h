/* tools/check-options.h - the options of assay-check.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/check/check.h>

#include "cli-label.h"

/**
 * CheckOptions:
 * @config: made of what was typed
 * @fail_on: (nullable): as typed
 */
typedef struct {
    AssayCheckConfig config;
    char *spec_name, *groups_file, **fail_on;
    CliLabel group_by, by;
    gboolean summary, per_item, methods;
    gint64 seed;
} CheckOptions;

extern CheckOptions check_options;
extern const GOptionEntry check_option_entries[];

/* Makes the configuration of what was typed; %FALSE for what makes no sense, which is told. */
gboolean check_options_read(void);
void check_options_clear(void);
