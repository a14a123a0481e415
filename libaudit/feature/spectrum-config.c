/* feature/spectrum-config.c - the options of profiles, read and written as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "spectrum.h"

static const char *const scales[] = {
    [ASSAY_PROFILE_AS_IT_IS] = "none",
    [ASSAY_PROFILE_TO_FIRST] = "first",
    [ASSAY_PROFILE_TO_RANGE] = "minmax",
};

static gboolean
refuse(const char *key, const char *value, const char *advice, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--%s=%s: %s", key, value, advice);
    return FALSE;
}

static gboolean
set_field(AssaySpectrumConfig *self, const char *value, GError **error)
{
    if (value[0] == '\0')
        return refuse("field", value, "name a field, as in pixels", error);
    g_free(self->field);
    self->field = g_strdup(value);
    return TRUE;
}

static gboolean
set_points(AssaySpectrumConfig *self, const char *value, GError **error)
{
    guint64 n;

    if (!g_ascii_string_to_unsigned(value, 10, 1, ASSAY_PROFILE_MAX_POINTS, &n, NULL))
        return refuse("points", value, "give a number of values from 1 to 65536, as in 80", error);
    self->profile.points = (guint)n;
    return TRUE;
}

static gboolean
set_scale(AssaySpectrumConfig *self, const char *value, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(scales); i++) {
        if (strcmp(value, scales[i]) != 0)
            continue;
        self->profile.scale = (AssayProfileScale)i;
        return TRUE;
    }
    return refuse("normalise", value, "it can be first, minmax or none", error);
}

gboolean
assay_spectrum_config_set(AssaySpectrumConfig *self, const char *key, const char *value,
                          GError **error)
{
    if (strcmp(key, "field") == 0)
        return set_field(self, value, error);
    if (strcmp(key, "points") == 0)
        return set_points(self, value, error);
    if (strcmp(key, "normalise") == 0)
        return set_scale(self, value, error);
    if (strcmp(key, "channels") == 0) {
        self->by_channel = strcmp(value, "yes") == 0;
        return self->by_channel || strcmp(value, "no") == 0 ||
               refuse(key, value, "give yes or no", error);
    }
    if (strcmp(key, "compat") == 0) {
        self->profile.upconv = strcmp(value, "upconv") == 0;
        return self->profile.upconv || refuse(key, value, "it can be upconv", error);
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "a spectrum has no option \"%s\"", key);
    return FALSE;
}

void
assay_spectrum_config_clear(AssaySpectrumConfig *self)
{
    g_clear_pointer(&self->field, g_free);
}

AssayJson *
assay_spectrum_config_options(const AssaySpectrumConfig *self)
{
    AssayJson *options = assay_json_object();
    char number[ASSAY_TEXT_NUMBER_SIZE];

    if (self->field != NULL)
        assay_json_set_string(options, "field", self->field);
    assay_json_set_string(options, "channels", self->by_channel ? "yes" : "no");
    if (self->profile.points > 0)
        assay_json_set_string(options, "points", assay_text_double(number, self->profile.points));
    assay_json_set_string(options, "normalise", scales[self->profile.scale]);
    if (self->profile.upconv)
        assay_json_set_string(options, "compat", "upconv");
    return options;
}
