/* tools/cli-convert.c - programs that add a field to samples, from their source to their end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli.h"

typedef struct {
    AssayWriter *writer;
    const AssayStage *stage;
} Convert;

static const char *const no_fields[] = { NULL };

static gboolean
free_field(AssaySample *sample, const char *field, gboolean is_kept, GError **error)
{
    if (!assay_sample_has(sample, field))
        return TRUE;
    if (cli.replace) {
        if (!is_kept)
            assay_sample_remove_field(sample, field);
        return TRUE;
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: has a field \"%s\" already; --replace makes it anew",
                assay_sample_name(sample), field);
    return FALSE;
}

/* In a worker: the output fields must be free, or --replace given. */
static gboolean
free_fields(const AssayStage *self, gpointer state, AssaySample *sample, GError **error)
{
    const AssayStage *next = self->config;
    const char *const *more = next->more_fields != NULL ? next->more_fields : no_fields;

    (void)state;
    if (!free_field(sample, next->field, next->remakes, error))
        return FALSE;
    for (size_t i = 0; more[i] != NULL; i++) {
        if (!free_field(sample, more[i], FALSE, error))
            return FALSE;
    }
    return TRUE;
}

/* The names of all that @stage makes, ended by %NULL. */
static const char **
list_fields(const AssayStage *stage)
{
    const char *const *more = stage->more_fields != NULL ? stage->more_fields : no_fields;
    size_t n = g_strv_length((char **)more);
    const char **list = g_new0(const char *, n + 2);

    list[0] = stage->field;
    for (size_t i = 0; i < n; i++)
        list[i + 1] = more[i];
    return list;
}

/* In a worker: what it has made is in its caches. */
static gpointer
prepare_sample(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    const Convert *self = user;

    (void)operand;
    (void)error;
    assay_writer_prepare(self->writer, sample);
    return NULL;
}

static gboolean
write_sample(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    const Convert *self = user;

    (void)result;
    (void)operand;
    return assay_writer_put(self->writer, sample, error);
}

int
cli_convert(const AssaySourceConfig *source, const AssayStage *stage)
{
    return cli_convert_after(source, NULL, stage);
}

int
cli_convert_after(const AssaySourceConfig *source, const AssayStage *before,
                  const AssayStage *stage)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayWriter) writer = NULL;
    g_autoptr(AssayJson) record = assay_stage_record(stage);
    const AssayStage check = { .field = "", .apply = free_fields, .config = (gpointer)stage };
    const AssayStage *const all[] = { before, &check, stage, NULL };
    g_autofree const char **only = list_fields(stage);
    Convert convert = { NULL, stage };
    CliRun run = { .source = *source, .analyse = prepare_sample, .consume = write_sample };

    writer = assay_writer_new(cli_output(), record);
    if (stage->apply != NULL)
        run.stages = before != NULL ? all : all + 1;
    if (cli.only)
        assay_writer_only(writer, only);
    convert.writer = run.writer = writer;
    run.user = &convert;
    if (!cli_run(&run, &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status(); /* nothing came out: no stream either */
    return assay_writer_close(writer, &error) ? cli_status() : cli_fail(error);
}
