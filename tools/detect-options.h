/* tools/detect-options.h - the options that verbs of assay-detect share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/compare/ranking.h>
#include <assay/learn/model.h>

#include "cli-label.h"

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

/* Reads what was typed; FALSE with a message. */
gboolean detect_read_options(void);

/* What it says of a model. */
gboolean detect_model_config(AssayModelConfig *config, GError **error);

/* What it says of features, and of what items are called; to be cleared, whatever comes of it. */
gboolean detect_features_config(AssayRankConfig *config, GError **error);
