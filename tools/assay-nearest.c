/* assay-nearest - the nearest item of a reference, and whether anything is a copy of it.
 *
 * in:  a reference and candidates: pictures, sound, streams
 * out: a table (TSV): a row an item, or a row a set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/detect/vector-files.h>
#include <assay/image/image.h>

#include "cli-spec.h"
#include "cli.h"
#include "nearest-options.h"
#include "nearest-seek.h"

/* So many items are sought at a time. */
enum { BATCH = 4096 };

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

static gpointer
make_vectors(gpointer user, AssaySample *sample, GError **error)
{
    (void)user;
    return assay_vectors_new(sample, &options->config, error);
}

static void
free_vectors(gpointer data)
{
    assay_vectors_unref(data);
}

/* Items that have no vector are told; the others of their sample are used. */
static void
tell_faults(const AssayVectors *vectors)
{
    for (size_t i = 0; i < vectors->n_items; i++) {
        g_autofree char *identity = NULL;

        if (vectors->faults[i] == NULL)
            continue;
        identity = assay_observation_identity(vectors->origin, vectors->origin->item_start + i);
        cli_warn("%s: left out: %s", identity, vectors->faults[i]);
    }
}

static guint64
count_faults(const AssayVectors *vectors)
{
    guint64 n = 0;

    for (size_t i = 0; i < vectors->n_items; i++)
        n += vectors->faults[i] != NULL ? 1 : 0;
    return n;
}

/* Whether @vectors go with what is in @crowd; if not, their sample is left out. */
static gboolean
is_usable(const AssayCrowd *crowd, const AssayVectors *vectors, const char *set)
{
    g_autoptr(GError) error = NULL;

    if (crowd == NULL || assay_crowd_suits(crowd, vectors, set, &error))
        return TRUE;
    cli_leave_out(error);
    return FALSE;
}

static gboolean
add_reference(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Nearest *self = user;
    AssayVectors *vectors = result;

    (void)operand;
    if (!is_usable(self->reference, vectors, "the reference so far"))
        return TRUE;
    cli_label_count(&options->group_by, sample, vectors->origin->groups);
    tell_faults(vectors);
    self->n_faults += count_faults(vectors);
    return assay_crowd_add(self->reference, vectors, self->groups, error);
}

static gboolean
add_candidate(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Nearest *self = user;
    AssayVectors *vectors = result;
    size_t set = self->sets.set_of[operand];

    if (!is_usable(self->reference, vectors, "the reference") ||
        (self->within && !is_usable(self->crowds[set], vectors, "the set so far")))
        return TRUE;
    cli_label_count(&options->group_by, sample, vectors->origin->groups);
    tell_faults(vectors);
    if (self->within) {
        self->faults[set] += count_faults(vectors);
        return assay_crowd_add(self->crowds[set], vectors, self->groups, error);
    }
    g_ptr_array_add(self->pending, assay_vectors_ref(vectors));
    g_array_append_val(self->pending_sets, set);
    self->n_pending += vectors->n_items;
    return self->n_pending < BATCH || nearest_flush(self, error);
}

static gboolean
read_set(Nearest *self, const char *const *operands,
         gboolean (*consume)(gpointer, AssaySample *, gpointer, size_t, GError **), GError **error)
{
    const AssaySourceConfig source = {
        .operands = operands,
        .media = assay_vector_media,
        .pictures = &assay_image_arrays,
        .streams = TRUE,
        .hint = "of tables assay-array makes a stream",
        .array_hint = "assay-image --axes=... FILE makes a stream of pictures, assay-array "
                      "--axes=... of others",
        .max_bytes = cli.max_sample,
    };

    return cli_run(&(CliRun){ .source = source,
                              .stages = (const AssayStage *const *)self->conversion->stages,
                              .missing_only = TRUE,
                              .analyse = make_vectors,
                              .free_result = free_vectors,
                              .consume = consume,
                              .user = self },
                   error);
}

static gboolean
open_reference(Nearest *self, const char *operand, GError **error)
{
    g_autofree char *label = NULL;
    const char *file = cli_split_label(operand, &label);
    const char *const operands[] = { file, NULL };
    size_t n_items = options->calibrate == 0 ? G_MAXSIZE : (size_t)options->calibrate;

    if (file == NULL)
        return FALSE;
    self->reference = assay_crowd_new(self->flips);
    if (!read_set(self, operands, add_reference, error))
        return FALSE;
    if (assay_crowd_n_items(self->reference) == 0) {
        if (cli_n_consumed() > 0)
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                        "%s: has no item that anything could be held against", label);
        return cli_n_consumed() == 0;
    }
    assay_crowd_seal(self->reference);
    if (self->within)
        return TRUE;
    self->closeness = assay_closeness_new(self->reference, n_items, cli.jobs, error);
    if (self->closeness != NULL)
        nearest_tell_closeness("the reference", self->reference, self->closeness);
    return self->closeness != NULL;
}

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
    if (!is_alone && !open_reference(self, operands[0], error))
        return *error != NULL ? CLI_FAILED : CLI_USAGE;
    if (!is_alone && assay_crowd_n_items(self->reference) == 0)
        return cli_status();
    n_reference = cli_n_consumed();
    if (!read_set(self, (const char *const *)self->sets.operands, add_candidate, error))
        return CLI_FAILED;
    status = cli_status();
    if (cli_n_consumed() == 0)
        return status;
    if (cli_n_consumed() == n_reference)
        return cli_warn("there is nothing to hold against the reference"), CLI_FAILED;
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
        nearest_hold_top(&self, (size_t)options->top);
    status = run(&self, argc, argv, &error);
    if (error != NULL)
        status = cli_fail(error);
    assay_recipe_free(self.conversion);
    nearest_clear(&self);
    cli_label_clear(&options->group_by);
    return status;
}
