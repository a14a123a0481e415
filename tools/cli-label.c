/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-label.h"

#include <assay/base/text.h>

#include "cli.h"

gboolean
cli_label_parse(CliLabel *self, AssayLabel *(*parse)(const char *text, GError **error))
{
    g_autoptr(GError) error = NULL;

    if (self->text == NULL)
        return TRUE;
    self->label = parse(self->text, &error);
    if (self->label == NULL)
        cli_usage("%s=%s", self->option, error->message);
    return self->label != NULL;
}

gboolean
cli_label_parse_groups(CliLabel *self, const char *groups)
{
    if (groups != NULL && self->text != NULL)
        return cli_usage("--groups and --group-by both say what stands together: give one of them"),
               FALSE;
    return cli_label_parse(self, assay_label_new_group);
}

void
cli_label_count(CliLabel *self, AssaySample *sample, char *const *labels)
{
    size_t n = assay_sample_n_items(sample);

    self->n_items += n;
    for (size_t i = 0; labels != NULL && i < n; i++) {
        if (labels[i] != NULL)
            continue;
        self->n_without++;
        if (self->miss == NULL)
            self->miss = assay_label_explain(self->label, sample);
    }
}

gboolean
cli_label_finish(const CliLabel *self, GError **error)
{
    char some[ASSAY_TEXT_NUMBER_SIZE], all[ASSAY_TEXT_NUMBER_SIZE];

    if (self->label == NULL || self->n_without == 0)
        return TRUE;
    if (self->n_without == self->n_items) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "%s=%s: %s", self->option, self->text,
                    self->miss);
        return FALSE;
    }
    cli_note("%s=%s does not apply to %s of %s items: they %s", self->option, self->text,
             assay_text_count(some, self->n_without), assay_text_count(all, self->n_items),
             self->otherwise);
    return TRUE;
}

void
cli_label_clear(CliLabel *self)
{
    assay_label_free(self->label);
    g_free(self->miss);
    g_free(self->text);
}
