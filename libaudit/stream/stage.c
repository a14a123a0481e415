/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

void
assay_stage_free(AssayStage *self)
{
    if (self == NULL)
        return;
    assay_json_unref(self->options);
    if (self->config_free != NULL)
        self->config_free(self->config);
    g_free(self);
}

AssayJson *
assay_stage_record(const AssayStage *self)
{
    AssayJson *record = assay_json_object();

    assay_json_set_string(record, "tool", self->tool);
    assay_json_set_string(record, "version", ASSAY_VERSION);
    assay_json_set_take(record, "options", assay_json_ref(self->options));
    return record;
}

void
assay_stage_note(const AssayStage *self, AssaySample *sample)
{
    const AssayJson *before = assay_sample_stages(sample);
    g_autoptr(AssayJson) stages = before == NULL ? assay_json_array() : assay_json_copy(before);

    assay_json_append_take(stages, assay_stage_record(self));
    assay_sample_set_stages(sample, stages);
}
