/* tools/detect-data.h - the operands of assay-detect as items to learn from, or to try.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/learn/collect.h>
#include <assay/learn/model-file.h>

#include "cli-sets.h"
#include "cli.h"
#include "detect-options.h"

/**
 * DetectData:
 * @collection: (owned)
 * @groups: (owned) (nullable): what --groups has said
 * @file: (nullable): is told of every file
 * @n_tables, @n_items: (out): how many tables have been read, and how many items in all
 * @before: (nullable): what happens to samples before features are made of them
 * @is_again: whether the operands have been read before, in another state
 * @consume: (nullable): called after each sample and table, with the items that it has added
 */
typedef struct {
    AssayCollection *collection;
    AssayGroups *groups;
    AssayModelFile *file;
    AssayPieces pieces; /* of what it was told of */
    size_t n_tables, n_items;
    const AssayStage *before;
    gboolean is_again;
    gboolean (*consume)(gpointer user, AssayExamples *examples, const char *sha256, GError **error);
    gpointer user;
    AssayRankConfig config;
    const AssaySetLabel *label;
} DetectData;

/* Opens what the options name. */
gboolean detect_data_open(DetectData *self, GError **error);

/* Hands over what has been read, and begins anew, for the same operands in another state. */
AssayCollection *detect_data_next(DetectData *self, const AssayStage *before);
void detect_data_clear(DetectData *self);

/* Reads @operands, ended by NULL, in their order: tables of features, or whatever assay-features
 * reads; @labels has one for each. */
gboolean detect_data_read(DetectData *self, const char *const *operands,
                          const AssaySetLabel *labels, GError **error);

/* Of a run that has come to its end: what --groups and --group-by were good for. */
gboolean detect_data_finish(const DetectData *self, GError **error);

/* The operands as sets, of which the first is of reals, all others of fakes. */
AssaySetLabel *detect_labels(const CliSets *sets);

/* As cli_status(), where tables have been read too; CLI_FAILED with a message where there is no
 * item. */
int detect_status(const DetectData *self);
