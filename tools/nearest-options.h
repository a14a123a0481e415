/* tools/nearest-options.h - the options of assay-nearest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/detect/vectors.h>

#include "cli-label.h"

/**
 * NearestOptions:
 * @self_mode: whether sets are sought within themselves
 * @top: of --top; 0 without it
 * @calibrate: reference items that tell what is usual; 0: all
 */
typedef struct {
    AssayVectorConfig config;
    CliLabel group_by;
    char *groups_file, **fail_on;
    gboolean self_mode, summary, no_flip;
    gint64 top, calibrate, seed;
} NearestOptions;

extern NearestOptions nearest_options;
extern const GOptionEntry nearest_option_entries[];

/* Makes the configuration of what was typed; %FALSE for what makes no sense, which is told. */
gboolean nearest_options_read(void);
