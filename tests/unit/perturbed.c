/* tests/unit/perturbed.c - samples changed by operations as they are typed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "perturbed.h"

AssayStage *
perturbed_stage(const char *operations)
{
    AssayPerturbConfig config = ASSAY_PERTURB_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;
    AssayStage *stage;

    g_assert_true(assay_perturb_config_parse(&config, operations, &error));
    stage = assay_perturb_stage(&config, &error);
    g_assert_no_error(error);
    return stage;
}

AssaySample *
perturbed(AssaySample *sample, const char *operations)
{
    g_autoptr(AssayStage) stage = perturbed_stage(operations);
    g_autoptr(GError) error = NULL;
    gpointer state = stage->state_new != NULL ? stage->state_new(stage) : NULL;

    g_assert_true(stage->apply(stage, state, sample, &error));
    g_assert_no_error(error);
    if (state != NULL)
        stage->state_free(state);
    return sample;
}
