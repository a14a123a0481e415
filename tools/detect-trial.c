/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect-trial.h"

#include <assay/transform/perturb.h>
#include <string.h>

#include "detect-folders.h"

gboolean detect_by_folder;
char **detect_perturb;

static AssayStage *
make_stage(const char *operations, guint number, GError **error)
{
    AssayPerturbConfig config = ASSAY_PERTURB_CONFIG_DEFAULT;

    config.max_bytes = cli.max_sample;
    config.seed = (guint64)detect_options.seed + number;
    return assay_perturb_config_parse(&config, operations, error)
               ? assay_perturb_stage(&config, error)
               : NULL;
}

static void
free_stage(gpointer data)
{
    assay_stage_free(data);
}

GPtrArray *
detect_trial_stages(char **texts, GError **error)
{
    g_autoptr(GPtrArray) stages = g_ptr_array_new_with_free_func(free_stage);

    for (guint i = 0; texts != NULL && texts[i] != NULL; i++) {
        AssayStage *stage = make_stage(texts[i], i, error);

        if (stage == NULL)
            return NULL;
        g_ptr_array_add(stages, stage);
    }
    return g_steal_pointer(&stages);
}

gboolean
detect_trial_open(DetectTrial *self, const char *const *operands, GError **error)
{
    if (!cli_sets_read(&self->sets, operands))
        return FALSE;
    for (char **operand = self->sets.operands; *operand != NULL; operand++) {
        if (strcmp(*operand, "-") == 0 && detect_perturb != NULL)
            return cli_usage("--perturb reads everything again, and standard input can be read "
                             "once: give files"),
                   FALSE;
    }
    if (detect_by_folder) {
        self->labels = detect_folders(&self->sets, error);
        if (self->labels == NULL)
            return FALSE;
    } else if (self->sets.n < 2) {
        return cli_usage("reals and fakes are to be named, reals first: REAL FAKE..."), FALSE;
    } else {
        self->labels = detect_labels(&self->sets);
    }
    return detect_data_open(&self->data, error);
}

void
detect_trial_clear(DetectTrial *self)
{
    cli_sets_clear(&self->sets);
    g_free(self->labels);
    detect_data_clear(&self->data);
}

static gboolean
read_state(DetectTrial *self, const AssayStage *before, GError **error)
{
    self->data.before = before;
    return detect_data_read(&self->data, (const char *const *)self->sets.operands, self->labels,
                            error);
}

static AssayCollection *
finish(DetectTrial *self)
{
    return self->data.collection->examples->items->len == 0 ? NULL
                                                            : detect_data_next(&self->data, NULL);
}

AssayCollection *
detect_trial_read(DetectTrial *self, const AssayStage *before, GError **error)
{
    return read_state(self, before, error) ? finish(self) : NULL;
}

AssayCollection *
detect_trial_read_all(DetectTrial *self, const GPtrArray *stages, GError **error)
{
    for (guint i = 0; i < stages->len; i++) {
        if (!read_state(self, g_ptr_array_index(stages, i), error))
            return NULL;
    }
    return finish(self);
}
