/* tests/unit/roll-stage.c - the stage assay-roll, on one sample at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "roll-stage.h"

#include <assay/base/error.h>
#include <stdarg.h>
#include <string.h>

AssayStage *
roll_stage_new(const char *key, ...)
{
    AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;
    AssayStage *stage;
    va_list args;

    va_start(args, key);
    for (; key != NULL; key = va_arg(args, const char *)) {
        if (!assay_roll_config_set(&config, key, va_arg(args, const char *), &error))
            g_assert_no_error(error);
    }
    va_end(args);
    stage = assay_roll_stage(&config);
    assay_roll_config_clear(&config);
    return stage;
}

const AssayArray *
roll_stage_apply(const AssayStage *stage, AssaySample *sample)
{
    g_autoptr(GError) error = NULL;
    const AssayArray *roll;

    if (!stage->apply(stage, NULL, sample, &error))
        g_assert_no_error(error);
    roll = assay_sample_field(sample, "roll", &error);
    g_assert_no_error(error);
    return roll;
}

void
roll_stage_refuses(const AssayStage *stage, AssaySample *sample, int code, const char *says)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(stage->apply(stage, NULL, sample, &error));
    g_assert_error(error, ASSAY_ERROR, code);
    if (error != NULL && strstr(error->message, says) == NULL)
        g_test_fail_printf("\"%s\" does not say \"%s\"", error->message, says);
}

gint64
roll_stage_count(AssaySample *sample, const char *key)
{
    return assay_json_peek_integer(assay_json_get(assay_sample_field_meta(sample, "roll"), key));
}

char *
roll_stage_show(const AssayArray *roll)
{
    GString *text = g_string_new(NULL);
    size_t row = roll->shape[roll->n_axes - 1];

    for (size_t i = 0; i < assay_array_count(roll); i++)
        g_string_append_printf(text, "%s%02x", i > 0 && i % row == 0 ? " " : "",
                               ((const guint8 *)roll->data)[i]);
    return g_string_free(text, FALSE);
}
