/* tools/detect-data.h - the operands of assay-detect as items to learn from, or to try.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/learn/collect.h>
#include <assay/learn/model-file.h>

#include "cli-label.h"
#include "cli-sets.h"
#include "cli.h"

/**
 * DetectOptions:
 *
 * What the verbs that read data share, as typed.
 */
typedef struct {
    char *features, *field, *groups, *model;
    CliLabel group_by;
    double c, gamma;
    int clusters, folds;
    gboolean is_plain, is_one_sided;
    gint64 seed;
} DetectOptions;

extern DetectOptions detect_options;

/* Which features. */
#define DETECT_FEATURE_OPTIONS                                                                     \
    { "features",                                                                                  \
      0,                                                                                           \
      0,                                                                                           \
      G_OPTION_ARG_FILENAME,                                                                       \
      &detect_options.features,                                                                    \
      "which groups, as in noise,edges [all that fields allow]",                                   \
      "NAMES" },                                                                                   \
    {                                                                                              \
        "field", 0, 0, G_OPTION_ARG_FILENAME, &detect_options.field,                               \
            "of which field [pixels, mel or roll]", "NAME"                                         \
    }

/* What stands or falls together. */
#define DETECT_GROUP_OPTIONS                                                                       \
    { "groups",                                                                                    \
      0,                                                                                           \
      0,                                                                                           \
      G_OPTION_ARG_FILENAME,                                                                       \
      &detect_options.groups,                                                                      \
      "TSV of item and group: what stands or falls together",                                      \
      "FILE" },                                                                                    \
    {                                                                                              \
        "group-by", 0, 0, G_OPTION_ARG_FILENAME, &detect_options.group_by.text,                    \
            "the same by what a name matches, or meta:KEY, a member of the metadata", "REGEX"      \
    }

/* What kind of model. */
#define DETECT_MODEL_OPTIONS                                                                       \
    { "model",                                                                                     \
      0,                                                                                           \
      0,                                                                                           \
      G_OPTION_ARG_FILENAME,                                                                       \
      &detect_options.model,                                                                       \
      "ridge, logistic, linear, svm, rbf, poly, kmeans or one-class [ridge]",                      \
      "NAME" },                                                                                    \
        { "c", 0, 0, G_OPTION_ARG_DOUBLE, &detect_options.c, "what an error costs [1; ridge: 10]", \
          "X" },                                                                                   \
        { "gamma",                                                                                 \
          0,                                                                                       \
          0,                                                                                       \
          G_OPTION_ARG_DOUBLE,                                                                     \
          &detect_options.gamma,                                                                   \
          "of rbf and poly [1 / features]",                                                        \
          "X" },                                                                                   \
        { "clusters", 0, 0, G_OPTION_ARG_INT, &detect_options.clusters, "of kmeans [2]", "N" },    \
        { "one-sided",                                                                             \
          0,                                                                                       \
          0,                                                                                       \
          G_OPTION_ARG_NONE,                                                                       \
          &detect_options.is_one_sided,                                                            \
          "linear models see features alone, not how far these are from the middle",               \
          NULL },                                                                                  \
        { "plain",                                                                                 \
          0,                                                                                       \
          0,                                                                                       \
          G_OPTION_ARG_NONE,                                                                       \
          &detect_options.is_plain,                                                                \
          "features as they are, not scaled",                                                      \
          NULL },                                                                                  \
    {                                                                                              \
        "seed", 0, 0, G_OPTION_ARG_INT64, &detect_options.seed,                                    \
            "of folds, permutations and clusters [0]", "N"                                         \
    }

#define DETECT_FOLDS_OPTION                                                                        \
    {                                                                                              \
        "folds", 0, 0, G_OPTION_ARG_INT, &detect_options.folds, "of cross-validation [10]", "N"    \
    }

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
    size_t n_tables, n_items;
    const AssayStage *before;
    gboolean is_again;
    gboolean (*consume)(gpointer user, AssayExamples *examples, const char *sha256, GError **error);
    gpointer user;
    AssayRankConfig config;
    const AssaySetLabel *label;
} DetectData;

/* Reads the options; FALSE with a message. */
gboolean detect_read_options(void);

/* What they say of a model. */
gboolean detect_model_config(AssayModelConfig *config, GError **error);

/* Opens what the options name. */
gboolean detect_data_open(DetectData *self, GError **error);

/* Hands over what has been read, and begins anew, for the same operands in another state. */
AssayCollection *detect_data_next(DetectData *self, const AssayStage *before);
void detect_data_clear(DetectData *self);

/* Reads @operands, ended by NULL, in their order: tables of features, or whatever assay-features
 * reads; @labels has one for each. */
gboolean detect_data_read(DetectData *self, const char *const *operands,
                          const AssaySetLabel *labels, GError **error);

/* Warns of what may tell reals from fakes, or join them, beside what was asked: of all fakes
 * together, else of sets of them. */
void detect_tell_doubts(const AssayCollection *items, const CliSets *sets);

/* Of a run that has come to its end: what --groups and --group-by were good for. */
gboolean detect_data_finish(const DetectData *self, GError **error);

/* The operands as sets, of which the first is of reals, all others of fakes. */
AssaySetLabel *detect_labels(const CliSets *sets);

/* As cli_status(), where tables have been read too; CLI_FAILED with a message where there is no
 * item. */
int detect_status(const DetectData *self);
