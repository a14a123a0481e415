/* tools/detect-trial.h - reals and fakes that detectors are tried on, as they are and after
 * something has been done to them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "detect-data.h"

/* How sets are laid out, and what is done to them. */
#define DETECT_TRIAL_OPTIONS                                                                       \
    { "by-folder",                                                                                 \
      0,                                                                                           \
      0,                                                                                           \
      G_OPTION_ARG_NONE,                                                                           \
      &detect_by_folder,                                                                           \
      "operands are sets, with reals in folders 0_real and fakes in 1_fake",                       \
      NULL },                                                                                      \
    {                                                                                              \
        "perturb", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &detect_perturb,                             \
            "try items again after this, as in 'blur=2 jpeg=50' (assay-perturb); may be given "    \
            "again",                                                                               \
            "OPERATIONS"                                                                           \
    }

extern gboolean detect_by_folder;
extern char **detect_perturb;

/**
 * DetectTrial:
 * @labels: (owned) (array): of each operand of @sets
 */
typedef struct {
    DetectData data;
    CliSets sets;
    AssaySetLabel *labels;
} DetectTrial;

/* Reads what the operands are called and where they lie: %FALSE with a message, or with @error. */
gboolean detect_trial_open(DetectTrial *self, const char *const *operands, GError **error);
void detect_trial_clear(DetectTrial *self);

/* What OPERATIONS stand for: @texts, ended by NULL, or NULL itself; the random numbers of the i-th
 * belong to the seed + i. (transfer full), of AssayStage. */
GPtrArray *detect_trial_stages(char **texts, GError **error);

/* Reads all operands, after @before (nullable): (transfer full); NULL with an error, or without one
 * where nothing could be used. */
AssayCollection *detect_trial_read(DetectTrial *self, const AssayStage *before, GError **error);

/* Reads them after each of @stages, all into one. */
AssayCollection *detect_trial_read_all(DetectTrial *self, const GPtrArray *stages, GError **error);
