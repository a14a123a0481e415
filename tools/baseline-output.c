/* tools/baseline-output.c - where the samples of any kind go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "baseline-verbs.h"

void
baseline_open(BaselineOutput *self)
{
    AssayOutput *output = cli_output();

    self->stage = assay_json_object();
    self->writer = assay_writer_new(output, self->stage);
}

void
baseline_describe(BaselineOutput *self, AssayJson *options)
{
    assay_json_set_string(self->stage, "tool", "assay-baseline");
    assay_json_set_string(self->stage, "version", ASSAY_VERSION);
    assay_json_set_take(self->stage, "options", options);
}

gboolean
baseline_put(gpointer output, AssaySample *sample, GError **error)
{
    const BaselineOutput *self = output;

    return assay_writer_put(self->writer, sample, error);
}

gboolean
baseline_close(BaselineOutput *self, GError **error)
{
    return assay_writer_close(self->writer, error);
}

void
baseline_clear(BaselineOutput *self)
{
    assay_writer_free(self->writer);
    assay_json_unref(self->stage);
}
