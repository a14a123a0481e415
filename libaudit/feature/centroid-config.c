/* feature/centroid-config.c - the options of centroids, read and written as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "centroid.h"

static gboolean
refuse(const char *key, const char *value, const char *advice, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--%s=%s: %s", key, value, advice);
    return FALSE;
}

static gboolean
set_ink(AssayCentroidConfig *self, const char *value, GError **error)
{
    char *end;

    self->ink = g_ascii_strtod(value, &end);
    if (end == value || *end != '\0' || !isfinite(self->ink) || self->ink < 0)
        return refuse("ink", value, "give a number from 0 on, in units of full scale, as in 0.05",
                      error);
    return TRUE;
}

static gboolean
set_window(AssayCentroidConfig *self, const char *value, GError **error)
{
    guint64 n;

    if (!g_ascii_string_to_unsigned(value, 10, 2, ASSAY_CENTROID_MAX_WINDOW, &n, NULL))
        return refuse("window", value, "give a number of columns from 2 to 4096, as in 7", error);
    self->window = (guint)n;
    return TRUE;
}

gboolean
assay_centroid_config_set(AssayCentroidConfig *self, const char *key, const char *value,
                          GError **error)
{
    if (strcmp(key, "ink") == 0)
        return set_ink(self, value, error);
    if (strcmp(key, "window") == 0)
        return set_window(self, value, error);
    if (strcmp(key, "field") == 0) {
        if (value[0] == '\0')
            return refuse(key, value, "name a field, as in pixels", error);
        g_free(self->field);
        self->field = g_strdup(value);
        return TRUE;
    }
    if (strcmp(key, "clip") == 0) {
        self->clip = strcmp(value, "yes") == 0;
        return self->clip || strcmp(value, "no") == 0 ||
               refuse(key, value, "give yes or no", error);
    }
    if (strcmp(key, "compat") == 0) {
        self->tequilagan = strcmp(value, "tequilagan") == 0;
        return self->tequilagan || refuse(key, value, "it can be tequilagan", error);
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "a centroid has no option \"%s\"", key);
    return FALSE;
}

void
assay_centroid_config_clear(AssayCentroidConfig *self)
{
    g_clear_pointer(&self->field, g_free);
}

AssayJson *
assay_centroid_config_options(const AssayCentroidConfig *self)
{
    AssayJson *options = assay_json_object();
    char number[ASSAY_TEXT_NUMBER_SIZE];

    if (self->field != NULL)
        assay_json_set_string(options, "field", self->field);
    assay_json_set_string(options, "ink", assay_text_double(number, self->ink));
    assay_json_set_string(options, "window", assay_text_double(number, self->window));
    assay_json_set_string(options, "clip", self->clip ? "yes" : "no");
    if (self->tequilagan)
        assay_json_set_string(options, "compat", "tequilagan");
    return options;
}
