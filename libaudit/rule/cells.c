/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"

#include <math.h>

#include "../base/error.h"
#include "duration.h"

const AssayArray *
assay_rule_cells(AssaySample *sample, const char *field, const char *axis, GError **error)
{
    const char *const axes[] = { "time", axis, NULL };
    gboolean has_items;
    const AssayArray *cells = assay_sample_expect(sample, field, ASSAY_U8, axes, &has_items, error);

    if (cells != NULL && !has_items && assay_sample_has_items(sample)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" has no axis \"item\", which another field has",
                    assay_sample_name(sample), field);
        return NULL;
    }
    return cells;
}

/* The length of a step: in quarter notes, or in seconds where steps are in seconds. */
static double
roll_step(AssaySample *sample)
{
    const AssayJson *meta = assay_sample_field_meta(sample, "roll");
    double rate = assay_json_peek_real(assay_json_get(meta, "rate_hz"));
    double step = assay_json_peek_real(assay_json_get(meta, "step_q"));

    return rate > 0 ? 1 / rate : step;
}

gboolean
assay_rule_runs(AssaySample *sample, size_t index,
                void (*visit)(gpointer user, int pitch, size_t step, guint64 key), gpointer user,
                GError **error)
{
    const AssayArray *roll = assay_rule_cells(sample, "roll", "pitch", error);
    const AssayJson *meta = assay_sample_field_meta(sample, "roll");
    gint64 low = assay_json_peek_integer(assay_json_get(meta, "pitch_low"));
    double step;
    size_t n_steps, width;
    const guint8 *cells;

    if (roll == NULL)
        return FALSE;
    step = roll_step(sample);
    if (!(step > 0) || isinf(step)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                    "%s: field \"roll\": neither step_q nor rate_hz in its metadata",
                    assay_sample_name(sample));
        return FALSE;
    }
    n_steps = roll->shape[roll->n_axes - 2];
    width = roll->shape[roll->n_axes - 1];
    cells = (const guint8 *)roll->data + index * n_steps * width;
    for (size_t p = 0; p < width; p++) {
        int pitch = (int)CLAMP(low, 0, 127) + (int)p;

        for (size_t t = 0, run = 0; t <= n_steps; t++) {
            if (t < n_steps && cells[t * width + p] != 0) {
                run++;
                continue;
            }
            if (run > 0)
                visit(user, pitch, t - run, assay_duration_key((double)run * step));
            run = 0;
        }
    }
    return TRUE;
}
