/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "meter.h"

/* Within a segment time is counted in parts of a tick, @denominator to the tick: a beat is then
 * 4 * division parts whatever the meter, and all of bars and beats is whole numbers. */
typedef struct {
    AssayMeter meter;
    gint64 first_bar;
} MeterSegment;

struct AssayMeterMap {
    gint64 beat; /* parts in a beat */
    gboolean has_upbeat;
    gsize n;
    MeterSegment *segments;
};

typedef struct {
    AssayTempo tempo;
    gint64 us_num; /* up to its begin */
} TempoSegment;

struct AssayTempoMap {
    gsize n;
    TempoSegment *segments;
};

static gboolean
fail_range(GError **error, const char *what, gsize index, const char *field, gint64 value)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%s %zu: %s %" G_GINT64_FORMAT " is out of range", what, index, field, value);
    return FALSE;
}

static gboolean
check_tick(const char *what, gsize index, gint64 previous, gint64 tick, GError **error)
{
    if (tick < 0 || tick > ASSAY_TICK_MAX)
        return fail_range(error, what, index, "tick", tick);
    if (tick <= previous) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s %zu: tick %" G_GINT64_FORMAT " does not come after the one before it", what,
                    index, tick);
        return FALSE;
    }
    return TRUE;
}

static gboolean
check_meters(const AssayMeter *meters, gsize n, guint division, GError **error)
{
    gsize i;

    if (division < 1 || division > 0x7fff) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "division %u is outside 1 .. 32767",
                    division);
        return FALSE;
    }
    for (i = 0; i < n; i++) {
        const guint denominator = meters[i].denominator;

        if (!check_tick("meter", i, i > 0 ? meters[i - 1].tick : -1, meters[i].tick, error))
            return FALSE;
        if (meters[i].numerator == 0)
            return fail_range(error, "meter", i, "numerator", 0);
        if (denominator == 0 || (denominator & (denominator - 1)) != 0)
            return fail_range(error, "meter", i, "denominator", denominator);
    }
    return TRUE;
}

static gint64
bars_between(const AssayMeterMap *self, const AssayMeter *meter, gint64 end)
{
    const gint64 bar = meter->numerator * self->beat;

    return ((end - meter->tick) * meter->denominator + bar - 1) / bar;
}

AssayMeterMap *
assay_meter_map_new(const AssayMeter *meters, gsize n, guint division, GError **error)
{
    const AssayMeter common = ASSAY_METER_DEFAULT;
    const gsize n_implied = n == 0 || meters[0].tick > 0 ? 1 : 0;
    AssayMeterMap *self;
    MeterSegment *s;
    gsize i;

    g_return_val_if_fail(meters != NULL || n == 0, NULL);

    if (!check_meters(meters, n, division, error))
        return NULL;
    self = g_new0(AssayMeterMap, 1);
    self->beat = 4 * (gint64)division;
    self->n = n + n_implied;
    self->segments = s = g_new0(MeterSegment, self->n);
    s[0].meter = common;
    for (i = 0; i < n; i++)
        s[i + n_implied].meter = meters[i];

    self->has_upbeat =
        self->n > 1 && s[1].meter.tick * s[1].meter.denominator < s[1].meter.numerator * self->beat;
    s[0].first_bar = self->has_upbeat ? 0 : 1;
    for (i = 1; i < self->n; i++)
        s[i].first_bar =
            i == 1 && self->has_upbeat
                ? 1
                : s[i - 1].first_bar + bars_between(self, &s[i - 1].meter, s[i].meter.tick);
    return self;
}

void
assay_meter_map_locate(const AssayMeterMap *self, gint64 tick, gint64 *bar, double *beat)
{
    const gint64 at = CLAMP(tick, 0, ASSAY_TICK_MAX);
    const MeterSegment *s;
    gint64 parts;
    gsize low = 0, high;

    g_return_if_fail(self != NULL && bar != NULL && beat != NULL);

    high = self->n;
    while (high - low > 1) {
        const gsize middle = low + (high - low) / 2;

        if (self->segments[middle].meter.tick <= at)
            low = middle;
        else
            high = middle;
    }
    s = self->segments + low;
    if (low == 0 && self->has_upbeat) {
        /* Counted back from the first full bar. */
        parts = s[1].meter.numerator * self->beat - (s[1].meter.tick - at) * s[1].meter.denominator;
        *bar = 0;
    } else {
        const gint64 bar_parts = s->meter.numerator * self->beat;

        parts = (at - s->meter.tick) * s->meter.denominator;
        *bar = s->first_bar + parts / bar_parts;
        parts %= bar_parts;
    }
    *beat = 1.0 + (double)parts / (double)self->beat;
}

void
assay_meter_map_free(AssayMeterMap *self)
{
    if (self == NULL)
        return;
    g_free(self->segments);
    g_free(self);
}

AssayTempoMap *
assay_tempo_map_new(const AssayTempo *tempos, gsize n, GError **error)
{
    const gsize n_implied = n == 0 || tempos[0].tick > 0 ? 1 : 0;
    AssayTempoMap *self;
    TempoSegment *s;
    gsize i;

    g_return_val_if_fail(tempos != NULL || n == 0, NULL);

    for (i = 0; i < n; i++) {
        if (!check_tick("tempo", i, i > 0 ? tempos[i - 1].tick : -1, tempos[i].tick, error))
            return NULL;
        if (tempos[i].us_per_quarter < 1 || tempos[i].us_per_quarter > 0xffffff) {
            fail_range(error, "tempo", i, "us_per_quarter", tempos[i].us_per_quarter);
            return NULL;
        }
    }
    self = g_new0(AssayTempoMap, 1);
    self->n = n + n_implied;
    self->segments = s = g_new0(TempoSegment, self->n);
    s[0].tempo.us_per_quarter = ASSAY_TEMPO_DEFAULT_US;
    for (i = 0; i < n; i++)
        s[i + n_implied].tempo = tempos[i];
    for (i = 1; i < self->n; i++)
        s[i].us_num = s[i - 1].us_num +
                      (s[i].tempo.tick - s[i - 1].tempo.tick) * s[i - 1].tempo.us_per_quarter;
    return self;
}

gint64
assay_tempo_map_us_num(const AssayTempoMap *self, gint64 tick)
{
    const gint64 at = CLAMP(tick, 0, ASSAY_TICK_MAX);
    const TempoSegment *s;
    gsize low = 0, high;

    g_return_val_if_fail(self != NULL, 0);

    high = self->n;
    while (high - low > 1) {
        const gsize middle = low + (high - low) / 2;

        if (self->segments[middle].tempo.tick <= at)
            low = middle;
        else
            high = middle;
    }
    s = self->segments + low;
    return s->us_num + (at - s->tempo.tick) * s->tempo.us_per_quarter;
}

void
assay_tempo_map_free(AssayTempoMap *self)
{
    if (self == NULL)
        return;
    g_free(self->segments);
    g_free(self);
}
