/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spectrum.h"

#include <string.h>

#include "../base/error.h"
#include "../base/text.h"

/* Rings are named one by one up to so many: what compares fields then compares each alone. */
enum { MAX_NAMED = 256 };

/* The last axis but that of channels lies along a row; a spectrogram is so on its side, which is
 * all the same to a profile. */
static size_t
width_of(const AssayPlanes *planes)
{
    return planes->by_column ? planes->n_rows : planes->n_columns;
}

static size_t
height_of(const AssayPlanes *planes)
{
    return planes->by_column ? planes->n_columns : planes->n_rows;
}

gboolean
assay_spectrum_prepare(const AssaySpectrumConfig *config, const AssayPlanes *planes,
                       AssayProfile **profile, GError **error)
{
    size_t width = width_of(planes), height = height_of(planes);

    if (*profile != NULL && assay_profile_is_for(*profile, &config->profile, width, height))
        return TRUE;
    g_clear_pointer(profile, assay_profile_free);
    *profile = assay_profile_new(&config->profile, width, height, config->max_bytes, error);
    if (*profile == NULL)
        g_prefix_error(error, "%s: field \"%s\": ", planes->sample, planes->field);
    return *profile != NULL;
}

typedef struct {
    const AssayPlanes *planes;
    size_t item, channel;
} Place;

static void
get_row(gpointer data, size_t y, double *row)
{
    const Place *place = data;
    const AssayPlanes *planes = place->planes;
    size_t n = width_of(planes), first = (place->item * height_of(planes) + y) * n;

    if (planes->n_channels == 1)
        assay_array_values(planes->array, first, n, row);
    else
        assay_array_every(planes->array, first * planes->n_channels + place->channel,
                          planes->n_channels, n, row);
}

gboolean
assay_spectrum_of_item(AssayProfile *profile, const AssayPlanes *planes, size_t item,
                       size_t channel, double *values)
{
    Place place = { planes, item, channel };

    return assay_profile_of(profile, get_row, &place, planes->full_scale, values);
}

static AssayArray *
new_field(const AssaySpectrumConfig *config, const AssayPlanes *planes, size_t length,
          GError **error)
{
    const char *axes[4] = { NULL };
    size_t shape[3], n = 0;

    if (planes->has_items) {
        axes[n] = "item";
        shape[n++] = planes->n_items;
    }
    if (assay_array_axis(planes->array, "channel") >= 0) {
        axes[n] = "channel";
        shape[n++] = planes->n_channels;
    }
    axes[n] = "ring";
    shape[n++] = length;
    return assay_array_new(ASSAY_F64, n, shape, axes, config->max_bytes, error);
}

/* Where values lie, in cycles a pixel. Published rings are circles in bins, which are frequencies
 * where the sides are alike. */
static void
set_frequencies(AssayJson *meta, const AssaySpectrumConfig *config, const AssayPlanes *planes,
                const AssayProfile *profile)
{
    size_t n_rings = assay_profile_n_rings(profile), length = assay_profile_length(profile);
    double bin = 1 / (double)MAX(planes->n_rows, planes->n_columns);

    if (config->profile.upconv && planes->n_rows != planes->n_columns)
        return;
    assay_json_set_real(meta, "frequency_first", config->profile.upconv ? 1.5 * bin : 0);
    if (length > 1)
        assay_json_set_real(meta, "frequency_step",
                            bin * (double)(n_rings - 1) / (double)(length - 1));
}

static void
name_rings(AssayJson *meta, const AssaySpectrumConfig *config, size_t length)
{
    AssayJson *names = assay_json_array();
    size_t first = config->profile.upconv && config->profile.points == 0 ? 1 : 0;

    for (size_t k = 0; k < length; k++) {
        char name[ASSAY_TEXT_NUMBER_SIZE];

        assay_json_append_take(names,
                               assay_json_string(assay_text_double(name, (double)(k + first))));
    }
    assay_json_set_take(meta, "columns", names);
}

static const char *
unit_of(const AssayProfileConfig *config)
{
    if (config->scale == ASSAY_PROFILE_TO_RANGE)
        return "share of the range";
    if (config->upconv)
        return config->scale == ASSAY_PROFILE_TO_FIRST ? "share of the first" : "20 ln";
    return "dB";
}

static AssayJson *
make_meta(const AssaySpectrumConfig *config, const AssayPlanes *planes, const AssayProfile *profile,
          guint64 n_non_finite)
{
    AssayJson *meta = assay_json_object();
    size_t length = assay_profile_length(profile);

    assay_json_set_string(meta, "of", planes->field);
    assay_json_set_string(meta, "unit", unit_of(&config->profile));
    assay_json_set_integer(meta, "rings", (gint64)assay_profile_n_rings(profile));
    set_frequencies(meta, config, planes, profile);
    if (length <= MAX_NAMED)
        name_rings(meta, config, length);
    if (n_non_finite > 0)
        assay_json_set_integer(meta, "non_finite_items", (gint64)n_non_finite);
    return meta;
}

static gboolean
fill(const AssaySpectrumConfig *config, const AssayPlanes *planes, AssayProfile **profile,
     AssaySample *sample, GError **error)
{
    AssayArray *field;
    guint64 n_non_finite = 0;
    double *values;

    if (!assay_spectrum_prepare(config, planes, profile, error))
        return FALSE;
    field = new_field(config, planes, assay_profile_length(*profile), error);
    if (field == NULL)
        return FALSE;
    values = field->data;
    for (size_t i = 0; i < planes->n_items; i++) {
        gboolean is_finite = TRUE;

        for (size_t c = 0; c < planes->n_channels; c++) {
            is_finite = assay_spectrum_of_item(*profile, planes, i, c, values) && is_finite;
            values += assay_profile_length(*profile);
        }
        n_non_finite += is_finite ? 0 : 1;
    }
    assay_sample_take_field(sample, "spectrum", field,
                            make_meta(config, planes, *profile, n_non_finite));
    return TRUE;
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    const AssaySpectrumConfig *config = stage->config;
    g_auto(AssayPlanes) planes = { 0 };

    if (config->by_channel ? !assay_planes_look(&planes, sample, config->field, error)
                           : !assay_planes_open(&planes, sample, config->field, error))
        return FALSE;
    return fill(config, &planes, state, sample, error);
}

static gpointer
new_state(const AssayStage *stage)
{
    (void)stage;
    return g_new0(AssayProfile *, 1);
}

static void
free_state(gpointer state)
{
    assay_profile_free(*(AssayProfile **)state);
    g_free(state);
}

static void
free_config(gpointer config)
{
    assay_spectrum_config_clear(config);
    g_free(config);
}

AssayStage *
assay_spectrum_stage(const AssaySpectrumConfig *config)
{
    AssayStage *stage = g_new0(AssayStage, 1);
    AssaySpectrumConfig *own = g_memdup2(config, sizeof *config);

    own->field = g_strdup(config->field);
    stage->tool = "assay-spectrum";
    stage->options = assay_spectrum_config_options(own);
    stage->field = "spectrum";
    stage->apply = apply;
    stage->state_new = new_state;
    stage->state_free = free_state;
    stage->config = own;
    stage->config_free = free_config;
    return stage;
}
