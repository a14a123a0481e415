/* feature/features.c - which features, and all of them for a sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "features.h"

#include <string.h>

#include "../base/error.h"
#include "../signal/log-spectrum.h"
#include "features-private.h"

static gboolean
find_group(const char *name, guint *group)
{
    for (*group = 0; *group < ASSAY_N_FEATURE_GROUPS; ++*group) {
        if (strcmp(name, assay_feature_types[*group].name) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean
set_groups(AssayFeaturesConfig *self, const char *value, GError **error)
{
    g_auto(GStrv) names = g_strsplit(value, ",", -1);
    const char *all[ASSAY_N_FEATURE_GROUPS + 1] = { NULL };
    g_autofree char *list = NULL;
    gboolean is_known = names[0] != NULL;
    guint group;

    self->groups = 0;
    for (size_t i = 0; is_known && names[i] != NULL; i++) {
        is_known = find_group(names[i], &group);
        self->groups |= is_known ? 1u << group : 0;
    }
    if (is_known)
        return TRUE;
    for (size_t k = 0; k < ASSAY_N_FEATURE_GROUPS; k++)
        all[k] = assay_feature_types[k].name;
    list = g_strjoinv(", ", (char **)all);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "--features=%s: name one or more of %s, as in moments,edges", value, list);
    return FALSE;
}

gboolean
assay_features_config_set(AssayFeaturesConfig *self, const char *key, const char *value,
                          GError **error)
{
    if (strcmp(key, "features") == 0)
        return set_groups(self, value, error);
    if (strcmp(key, "field") != 0)
        self->has_centroid_options = TRUE;
    return assay_centroid_config_set(&self->centroid, key, value, error);
}

void
assay_features_config_clear(AssayFeaturesConfig *self)
{
    assay_centroid_config_clear(&self->centroid);
}

size_t
assay_features_n_columns(guint groups)
{
    size_t n = 0;

    for (size_t k = 0; k < ASSAY_N_FEATURE_GROUPS; k++) {
        if ((groups >> k & 1) != 0)
            n += g_strv_length((char **)assay_feature_types[k].columns);
    }
    return n;
}

/* "notes, roll": (transfer full). */
static char *
list_fields(const AssaySample *sample)
{
    g_autofree const char **fields = assay_sample_fields(sample);

    return fields[0] == NULL ? g_strdup("no field") : g_strjoinv(", ", (char **)fields);
}

/* Of which groups features can be made of @sample; 0 with an error where one that is asked for, or
 * any at all, cannot be. */
static guint
choose_groups(const AssayFeaturesConfig *config, AssaySample *sample, GError **error)
{
    const char *field = config->centroid.field;
    guint groups = 0;

    if (field != NULL && assay_sample_field(sample, field, error) == NULL)
        return 0;
    for (size_t k = 0; k < ASSAY_N_FEATURE_GROUPS; k++) {
        const AssayFeatureType *type = &assay_feature_types[k];

        if (type->can_make(sample, field))
            groups |= 1u << k;
        else if ((config->groups >> k & 1) != 0) {
            g_autofree char *fields = list_fields(sample);

            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD, "%s: features %s need %s; it has %s",
                        assay_sample_name(sample), type->name, type->fields, fields);
            return 0;
        }
    }
    if (groups == 0) {
        g_autofree char *fields = list_fields(sample);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has no field to make features of (it has %s): assay-image makes pixels of "
                    "pictures; --field names another field",
                    assay_sample_name(sample), fields);
    }
    return config->groups != 0 ? groups & config->groups : groups;
}

/* Centroids that the sample has; with options that ask for others it is refused. */
static gboolean
open_centroids(AssayFeatureSource *self, gboolean *has_items, GError **error)
{
    static const char *const column[] = { "column", NULL }, *const window[] = { "window", NULL };
    gboolean ignored;

    if (self->config->has_centroid_options) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: has centroids already: give --ink, --clip and --compat to assay-centroid, "
                    "or a stream without them here",
                    assay_sample_name(self->sample));
        return FALSE;
    }
    self->centroids =
        assay_sample_expect(self->sample, "centroid", ASSAY_F64, column, has_items, error);
    if (self->centroids == NULL)
        return FALSE;
    if (assay_sample_has(self->sample, "slope")) {
        self->slopes =
            assay_sample_expect(self->sample, "slope", ASSAY_F64, window, &ignored, error);
        if (self->slopes == NULL)
            return FALSE;
    }
    return TRUE;
}

/* Fields of one sample have as many items as each other. */
static gboolean
check_items(const AssayFeatureSource *self, const char *one, size_t n_one, const char *other,
            size_t n_other, GError **error)
{
    if (n_one == n_other)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: field \"%s\" has %" G_GSIZE_FORMAT " items, field \"%s\" %" G_GSIZE_FORMAT,
                assay_sample_name(self->sample), one, n_one, other, n_other);
    return FALSE;
}

/* Opens what the groups need, grey only where they need it; @n_items is how many items there are.
 */
static gboolean
open_source(AssayFeatureSource *self, guint groups, size_t *n_items, GError **error)
{
    const guint moments = 1u << ASSAY_FEATURES_MOMENTS, combs = 1u << ASSAY_FEATURES_COMB;
    const guint grey = 1u << ASSAY_FEATURES_INTENSITY | 1u << ASSAY_FEATURES_NOISE |
                       1u << ASSAY_FEATURES_QUALITY | 1u << ASSAY_FEATURES_PROFILE;
    gboolean has_centroids = assay_sample_has(self->sample, "centroid"), has_items = FALSE;
    size_t n_combs;
    guint rate_hz;
    const AssayCentroidConfig *config = &self->config->centroid;

    if ((groups & moments) != 0 && has_centroids && !open_centroids(self, &has_items, error))
        return FALSE;
    *n_items = has_items ? self->centroids->shape[0] : 1;
    if ((groups & combs) != 0) {
        self->combs = assay_log_spectra_of(self->sample, &n_combs, &has_items, &rate_hz, error);
        if (self->combs == NULL)
            return FALSE;
        if (self->centroids != NULL &&
            !check_items(self, "log_spectrum", n_combs, "centroid", *n_items, error))
            return FALSE;
        *n_items = n_combs;
    }
    if ((groups & ~combs & (has_centroids ? ~moments : ~0u)) == 0)
        return TRUE;
    self->has_planes = TRUE;
    if ((groups & grey) == 0 && ((groups & moments) == 0 || has_centroids)
            ? !assay_planes_look(&self->planes, self->sample, config->field, error)
            : !assay_planes_open(&self->planes, self->sample, config->field, error))
        return FALSE;
    self->values = assay_sample_field(self->sample, self->planes.field, error);
    if ((self->centroids != NULL || self->combs != NULL) &&
        !check_items(self, self->centroids != NULL ? "centroid" : "log_spectrum", *n_items,
                     self->planes.field, self->planes.n_items, error))
        return FALSE;
    *n_items = self->planes.n_items;
    return (groups & moments) == 0 || has_centroids || assay_open_moments(self, error);
}

static void
clear_source(AssayFeatureSource *self)
{
    assay_planes_clear(&self->planes);
    assay_array_free(self->room);
}

static gboolean
make_values(AssayFeatureSource *source, AssayFeatures *rows, GError **error)
{
    guint chosen[ASSAY_N_FEATURE_GROUPS], n_chosen = 0;

    for (guint k = 0; k < ASSAY_N_FEATURE_GROUPS; k++) {
        if ((rows->groups >> k & 1) != 0)
            chosen[n_chosen++] = k;
    }
    for (size_t i = 0; i < rows->n_items; i++) {
        double *row = rows->values + i * rows->n_columns;

        for (guint k = 0; k < n_chosen; k++) {
            if (!assay_feature_types[chosen[k]].make(source, i, row + rows->starts[chosen[k]],
                                                     error))
                return FALSE;
        }
    }
    return TRUE;
}

static AssayFeatures *
make_rows(AssayFeatureSource *source, guint groups, size_t n_items, GError **error)
{
    g_autoptr(AssayFeatures) self = g_new0(AssayFeatures, 1);
    size_t most = source->config->centroid.max_bytes / sizeof(double);

    self->groups = groups;
    self->n_columns = assay_features_n_columns(groups);
    for (guint k = 0; k <= ASSAY_N_FEATURE_GROUPS; k++)
        self->starts[k] = assay_features_n_columns(groups & ((1u << k) - 1));
    self->item_start = assay_sample_item_start(source->sample);
    self->n_items = n_items;
    if (n_items <= most / self->n_columns)
        self->values = g_try_new(double, MAX(n_items * self->n_columns, 1));
    if (self->values == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: the features of %" G_GSIZE_FORMAT " items pass the limit; --features "
                    "makes fewer, --max-sample raises it",
                    assay_sample_name(source->sample), n_items);
        return NULL;
    }
    return make_values(source, self, error) ? g_steal_pointer(&self) : NULL;
}

AssayFeatures *
assay_features_of(const AssayFeaturesConfig *config, AssaySample *sample, GError **error)
{
    AssayFeatureSource source = { .config = config, .sample = sample, .levels_item = G_MAXSIZE };
    guint groups = choose_groups(config, sample, error);
    AssayFeatures *features = NULL;
    size_t n_items;

    if (groups != 0 && open_source(&source, groups, &n_items, error))
        features = make_rows(&source, groups, n_items, error);
    clear_source(&source);
    return features;
}

void
assay_features_free(AssayFeatures *self)
{
    if (self == NULL)
        return;
    g_free(self->values);
    g_free(self);
}

gboolean
assay_features_have(const AssayFeatures *self, guint groups, const char *sample, GError **error)
{
    for (size_t k = 0; k < ASSAY_N_FEATURE_GROUPS; k++) {
        if (((groups & ~self->groups) >> k & 1) == 0)
            continue;
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has no %s for features %s, which the samples before it have; --features "
                    "chooses others",
                    sample, assay_feature_types[k].fields, assay_feature_types[k].name);
        return FALSE;
    }
    return TRUE;
}

const double *
assay_features_row(const AssayFeatures *self, size_t item, AssayFeatureGroup group)
{
    if ((self->groups >> group & 1) == 0)
        return NULL;
    return self->values + item * self->n_columns + self->starts[group];
}
