/* signal/roll-config.c - the options of a roll, read and written as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "roll-private.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"

/* Bounds that keep ticks * denominator and the like far from 63 bits. */
enum { MAX_RATIO = 65536, MAX_STEPS = 1 << 30 };

static gboolean
refuse(const char *key, const char *value, const char *advice, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--%s=%s: %s", key, value, advice);
    return FALSE;
}

static gboolean
read_integer(const char *text, const char **end, guint32 max, guint32 *value)
{
    guint64 n;
    char *stop;

    if (!g_ascii_isdigit(*text))
        return FALSE;
    errno = 0;
    n = g_ascii_strtoull(text, &stop, 10);
    if (errno != 0 || n > max)
        return FALSE;
    *end = stop;
    *value = (guint32)n;
    return TRUE;
}

static gboolean
set_pitches(AssayRollConfig *self, const char *value, GError **error)
{
    const char *at = value;
    guint32 low, high;

    if (!read_integer(at, &at, 127, &low) || *at != ':' || !read_integer(at + 1, &at, 127, &high) ||
        *at != '\0' || low > high)
        return refuse("pitches", value, "give the lowest and the highest MIDI pitch, as in 36:84",
                      error);
    self->pitch_low = (guint8)low;
    self->pitch_high = (guint8)high;
    return TRUE;
}

static gboolean
set_axes(AssayRollConfig *self, const char *value, GError **error)
{
    g_auto(GStrv) axes = g_strsplit(value, ",", -1);
    guint n = g_strv_length(axes), known = 0;

    for (guint i = 0; i < n; i++) {
        static const char *const names[] = { "time", "pitch", "item" };

        for (guint k = 0; k < G_N_ELEMENTS(names); k++) {
            if (strcmp(axes[i], names[k]) == 0)
                known |= 1u << k;
        }
    }
    if ((known & 3) != 3 || n != (known == 7 ? 3u : 2u))
        return refuse("axes", value,
                      "name the axes time and pitch, and item where there is one, in the order of "
                      "the array, as in item,pitch,time",
                      error);
    g_strfreev(self->axes);
    self->axes = g_steal_pointer(&axes);
    return TRUE;
}

static gboolean
set_threshold(AssayRollConfig *self, const char *value, GError **error)
{
    char *end;

    self->threshold = g_ascii_strtod(value, &end);
    if (end == value || *end != '\0' || !isfinite(self->threshold))
        return refuse("threshold", value, "give a number, as in 0.5", error);
    return TRUE;
}

static gboolean
set_steps(const char *key, const char *value, guint32 *steps, GError **error)
{
    const char *at = value;

    if (!read_integer(value, &at, MAX_STEPS, steps) || *at != '\0' || *steps == 0)
        return refuse(key, value, "give a number of steps, at least 1, as in 64", error);
    return TRUE;
}

gboolean
assay_roll_config_set(AssayRollConfig *self, const char *key, const char *value, GError **error)
{
    const char *at = value;
    guint32 n;

    if (strcmp(key, "step") == 0) {
        self->rate_num = 0;
        if (!assay_text_ratio(value, FALSE, MAX_RATIO, &self->step_num, &self->step_den))
            return refuse(key, value, "give a part of a whole note, as in 1/16", error);
        return TRUE;
    }
    if (strcmp(key, "fps") == 0) {
        if (!assay_text_ratio(value, FALSE, MAX_RATIO, &self->rate_num, &self->rate_den)) {
            self->rate_num = 0;
            return refuse(key, value, "give steps a second, a whole number or a ratio, as in 100",
                          error);
        }
        return TRUE;
    }
    if (strcmp(key, "pitches") == 0)
        return set_pitches(self, value, error);
    if (strcmp(key, "axes") == 0)
        return set_axes(self, value, error);
    if (strcmp(key, "threshold") == 0)
        return set_threshold(self, value, error);
    if (strcmp(key, "window") == 0)
        return set_steps(key, value, &self->window, error);
    if (strcmp(key, "hop") == 0)
        return set_steps(key, value, &self->hop, error);
    if (strcmp(key, "pitch-low") == 0) {
        if (!read_integer(value, &at, 127, &n) || *at != '\0')
            return refuse(key, value, "give the MIDI pitch of the lowest row, as in 30", error);
        self->array_low = (guint8)n;
        return TRUE;
    }
    if (strcmp(key, "drums") == 0) {
        self->drums = strcmp(value, "yes") == 0;
        return self->drums || strcmp(value, "no") == 0 ||
               refuse(key, value, "give yes or no", error);
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "a roll has no option \"%s\"", key);
    return FALSE;
}

void
assay_roll_config_clear(AssayRollConfig *self)
{
    g_clear_pointer(&self->axes, g_strfreev);
}

static void
set_text(AssayJson *options, const char *key, char *text)
{
    assay_json_set_string(options, key, text);
    g_free(text);
}

AssayJson *
assay_roll_config_options(const AssayRollConfig *self)
{
    AssayJson *options = assay_json_object();
    char number[ASSAY_TEXT_NUMBER_SIZE];

    if (self->rate_num == 0)
        set_text(options, "step", g_strdup_printf("%u/%u", self->step_num, self->step_den));
    else if (self->rate_den == 1)
        set_text(options, "fps", g_strdup_printf("%u", self->rate_num));
    else
        set_text(options, "fps", g_strdup_printf("%u/%u", self->rate_num, self->rate_den));
    set_text(options, "pitches", g_strdup_printf("%u:%u", self->pitch_low, self->pitch_high));
    assay_json_set_string(options, "drums", self->drums ? "yes" : "no");
    if (self->window > 0) {
        set_text(options, "window", g_strdup_printf("%u", self->window));
        set_text(options, "hop", g_strdup_printf("%u", self->hop));
    }
    /* What only arrays ask for, where there may be arrays. */
    if (self->axes != NULL)
        set_text(options, "axes", g_strjoinv(",", self->axes));
    if (self->axes != NULL || self->array_low != 0)
        set_text(options, "pitch-low", g_strdup_printf("%u", self->array_low));
    if (self->axes != NULL || self->threshold != 0)
        assay_json_set_string(options, "threshold", assay_text_double(number, self->threshold));
    return options;
}
