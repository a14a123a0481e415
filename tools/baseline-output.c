/* tools/baseline-output.c - where the samples of any kind go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/transform/excerpt.h>
#include <stdlib.h>
#include <string.h>

#include "baseline-verbs.h"

static const char *const music[] = { "chroma", "notes", "roll", NULL };

void
baseline_open(BaselineOutput *self, gboolean midi, const char *field)
{
    const AssayArrangement plain = ASSAY_ARRANGEMENT_DEFAULT;

    if (midi && field != NULL && !g_strv_contains(music, field))
        exit(cli_usage("--field=%s: --midi writes roll, chroma or notes, and no other field",
                       field));
    if (midi) {
        self->midi = cli_midi_new();
        self->notes = assay_arrange_stage(&plain);
        return;
    }
    self->stage = assay_json_object();
    self->writer = assay_writer_new(cli_output(), self->stage);
}

void
baseline_describe(BaselineOutput *self, AssayJson *options)
{
    if (self->stage == NULL) {
        assay_json_unref(options);
        return;
    }
    assay_json_set_string(self->stage, "tool", "assay-baseline");
    assay_json_set_string(self->stage, "version", ASSAY_VERSION);
    assay_json_set_take(self->stage, "options", options);
}

gboolean
baseline_leave_out(BaselineOutput *self, const AssaySample *sample, GError *fault, GError **error)
{
    g_autoptr(GError) own = fault;
    AssaySkip skip = { .name = (char *)assay_sample_name(sample),
                       .reason = fault->message,
                       .accepted = cli.skip_bad };

    if (!g_error_matches(fault, ASSAY_ERROR, ASSAY_ERROR_FIELD)) {
        g_propagate_error(error, g_steal_pointer(&own));
        return FALSE;
    }
    cli_leave_out(fault);
    if (self->writer != NULL)
        assay_writer_skip(self->writer, &skip);
    return TRUE;
}

static gboolean
check_item(gpointer user, AssaySample *item, GError **error)
{
    const BaselineOutput *self = user;
    g_autoptr(GBytes) file = cli_midi_make(self->midi, item, error);

    return file != NULL;
}

static gboolean
write_item(gpointer user, AssaySample *item, GError **error)
{
    BaselineOutput *self = user;
    g_autoptr(GBytes) file = cli_midi_make(self->midi, item, error);

    self->n_files++;
    return file != NULL && cli_files_put(self->midi, assay_sample_name(item), file, error);
}

/* The file of @sample; or a look at those of its items, each of which is a piece. */
static gboolean
prepare(BaselineOutput *self, AssaySample *sample, GBytes **file, GError **error)
{
    const AssayArrangement *arrangement = self->notes->config;

    if (assay_arrangement_expands(arrangement, sample))
        return assay_excerpts_each(arrangement, sample, check_item, self, error);
    if (self->notes->apply(self->notes, NULL, sample, error))
        *file = cli_midi_make(self->midi, sample, error);
    return *file != NULL;
}

static gboolean
put_midi(BaselineOutput *self, AssaySample *sample, GError **error)
{
    g_autofree const char **fields = assay_sample_fields(sample);
    g_autoptr(GBytes) file = NULL;
    g_autoptr(GError) local = NULL;

    if (!g_strv_contains(music, fields[0])) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: field \"%s\": --midi writes roll, chroma or notes; name one with --field",
                    assay_sample_name(sample), fields[0]);
        return FALSE;
    }
    if (!prepare(self, sample, &file, &local)) {
        if (cli_n_consumed() == 0) { /* made of a spec: all others would fail likewise */
            g_propagate_error(error, g_steal_pointer(&local));
            return FALSE;
        }
        cli_leave_out(local);
        return TRUE;
    }
    if (file == NULL)
        return assay_excerpts_each(self->notes->config, sample, write_item, self, error);
    self->n_files++;
    return cli_files_put(self->midi, assay_sample_name(sample), file, error);
}

gboolean
baseline_put(gpointer output, AssaySample *sample, GError **error)
{
    BaselineOutput *self = output;

    return self->midi != NULL ? put_midi(self, sample, error)
                              : assay_writer_put(self->writer, sample, error);
}

gboolean
baseline_close(BaselineOutput *self, GError **error)
{
    if (self->midi == NULL)
        return assay_writer_close(self->writer, error);
    if (self->n_files == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "nothing came out: no sample has an item");
        return FALSE;
    }
    return cli_files_close(self->midi, error);
}

void
baseline_clear(BaselineOutput *self)
{
    cli_files_free(self->midi);
    assay_stage_free(self->notes);
    assay_writer_free(self->writer);
    assay_json_unref(self->stage);
}
