/* assay-nearest - the nearest item of a reference, and whether anything is a copy of it.
 *
 * in:  a reference and candidates: pictures, sound, streams
 * out: a table (TSV): a row an item, or a row a set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/detect/vector-files.h>
#include <assay/image/image.h>

#include "cli-groups.h"
#include "cli.h"
#include "nearest-options.h"
#include "nearest-read.h"
#include "nearest-seek.h"
#include "nearest-sets.h"

static NearestOptions *const options = &nearest_options;

static const CliTool tool = {
    .name = "assay-nearest",
    .synopsis = "[OPTION]... REFERENCE [LABEL=]FILE...",
    .summary = "Find for every picture, sound or vector the nearest one of a reference, and say\n"
               "whether it is a copy, or nearer than two of the reference's own usually are.",
    .example = "assay-nearest --summary pictures/real pictures/gan",
    .options = nearest_option_entries,
    .uses = CLI_READS,
};

static gboolean
conclude(Nearest *self, GError **error)
{
    if (!cli_label_finish(&options->group_by, error) ||
        (!self->within && !nearest_flush(self, error)))
        return FALSE;
    for (size_t i = 0; i < self->sets.n; i++) {
        if ((self->within && !nearest_seek_within(self, i, error)) ||
            !nearest_conclude(self, i, error))
            return FALSE;
    }
    cli_tell_unused_groups(self->groups, options->groups_file);
    return (self->top == NULL || nearest_print_top(self, error)) &&
           assay_table_finish(self->table, error) && assay_output_close(self->output, error);
}

static void
free_vectors(gpointer data)
{
    assay_vectors_unref(data);
}

static void
prepare_sets(Nearest *self)
{
    self->summaries = g_new0(AssayCopySummary *, self->sets.n + 1);
    self->crowds = g_new0(AssayCrowd *, self->sets.n + 1);
    self->faults = g_new0(guint64, self->sets.n + 1);
    self->pending = g_ptr_array_new_with_free_func(free_vectors);
    self->pending_sets = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t i = 0; i < self->sets.n; i++) {
        self->summaries[i] = assay_copy_summary_new();
        if (self->within)
            self->crowds[i] = assay_crowd_new(self->flips);
    }
}

static int
run(Nearest *self, int argc, char **argv, GError **error)
{
    const char *const *operands = cli_operands(argc, argv);
    gboolean is_alone = options->self_mode && operands[1] == NULL;
    guint64 n_reference;
    int status;

    if (operands[1] == NULL && !is_alone)
        return cli_usage("a reference and what is held against it are to be named; for duplicates "
                         "within one set, --self");
    if (!cli_sets_read(&self->sets, operands + (is_alone ? 0 : 1)) ||
        !nearest_read_conditions(self, options->fail_on))
        return CLI_USAGE;
    if (options->groups_file != NULL &&
        (self->groups = cli_read_groups(options->groups_file, error)) == NULL)
        return CLI_FAILED;
    prepare_sets(self);
    self->output = assay_output_open(cli.output, error);
    if (self->output == NULL)
        return CLI_FAILED;
    self->table = nearest_table_new(self->output, options->summary);
    if (!is_alone && !nearest_open_reference(self, operands[0], error))
        return *error != NULL ? CLI_FAILED : CLI_USAGE;
    if (!is_alone && assay_crowd_n_items(self->reference) == 0) {
        cli_warn("%s: nothing in the reference", operands[0]);
        return cli_status();
    }
    n_reference = cli_n_consumed();
    if (!nearest_read_candidates(self, error))
        return CLI_FAILED;
    status = cli_status();
    if (cli_n_consumed() == 0)
        return status;
    if (cli_n_consumed() == n_reference) {
        g_autofree char *labels = g_strjoinv(", ", self->sets.labels);

        cli_warn("%s: nothing to hold against the reference", labels);
        return CLI_FAILED;
    }
    if (!conclude(self, error))
        return CLI_FAILED;
    status = cli_status_lacking(status, self->lacks || self->n_faults > 0);
    return self->fail_on.is_met && status == CLI_DONE ? CLI_NO : status;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    AssayImageConfig image = ASSAY_IMAGE_CONFIG_DEFAULT;
    g_autoptr(AssayStage) pictures = NULL;
    Nearest self = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    if (!nearest_options_read())
        return CLI_USAGE;
    image.max_bytes = cli.max_sample;
    options->config.pictures = pictures = assay_image_stage(&image);
    self.conversion = assay_vector_conversion(options->config.field);
    self.flips = !options->no_flip;
    self.within = options->self_mode;
    self.has_summary = options->summary;
    self.seed = (guint64)options->seed;
    if (options->top > 0)
        self.top = assay_copy_list_new((size_t)options->top);
    status = run(&self, argc, argv, &error);
    if (error != NULL)
        status = cli_fail(error);
    assay_recipe_free(self.conversion);
    nearest_clear(&self);
    cli_label_clear(&options->group_by);
    return status;
}
