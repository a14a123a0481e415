/* tools/detect-options.c - what verbs of assay-detect are asked alike.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "detect-options.h"

#include <math.h>

#include "cli.h"

enum { MAX_FOLDS = 1000 };

DetectOptions detect_options = {
    .group_by = CLI_LABEL_GROUP_BY,
    .clusters = 2,
    .folds = 10,
};

static gboolean
check_number(const char *name, double value)
{
    if (isfinite(value) && value >= 0 && value <= 1e12)
        return TRUE;
    return cli_usage("--%s=%g: give a number above 0", name, value), FALSE;
}

gboolean
detect_read_options(void)
{
    DetectOptions *typed = &detect_options;

    if (typed->clusters < 2 || typed->clusters > ASSAY_MODEL_MAX_CLUSTERS)
        return cli_usage("--clusters=%d: give a number from 2 to %d", typed->clusters,
                         ASSAY_MODEL_MAX_CLUSTERS),
               FALSE;
    if (typed->folds < 2 || typed->folds > MAX_FOLDS)
        return cli_usage("--folds=%d: give a number from 2 to %d", typed->folds, MAX_FOLDS), FALSE;
    return check_number("c", typed->c) && check_number("gamma", typed->gamma) &&
           cli_label_parse_groups(&typed->group_by, typed->groups);
}

gboolean
detect_model_config(AssayModelConfig *config, GError **error)
{
    *config = (AssayModelConfig)ASSAY_MODEL_CONFIG_DEFAULT;
    config->c = detect_options.c;
    config->gamma = detect_options.gamma;
    config->clusters = (guint)detect_options.clusters;
    config->is_plain = detect_options.is_plain;
    config->is_one_sided = detect_options.is_one_sided;
    config->seed = (guint64)detect_options.seed;
    return detect_options.model == NULL ||
           assay_model_kind_find(detect_options.model, &config->kind, error);
}

gboolean
detect_features_config(AssayRankConfig *config, GError **error)
{
    const DetectOptions *typed = &detect_options;
    AssayFeaturesConfig *features = &config->features;

    *config = (AssayRankConfig){
        .features = ASSAY_FEATURES_CONFIG_DEFAULT,
        .observe = { .rules = ASSAY_RULES_NONE, .order = 1, .group_by = typed->group_by.label }
    };
    features->centroid.clip = TRUE;
    features->centroid.max_bytes = cli.max_sample;
    return (typed->features == NULL ||
            assay_features_config_set(features, "features", typed->features, error)) &&
           (typed->field == NULL ||
            assay_features_config_set(features, "field", typed->field, error));
}
