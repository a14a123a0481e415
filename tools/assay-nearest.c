/* assay-nearest - the nearest item of a reference, and whether anything is a copy of it.
 *
 * in:  a reference and candidates: pictures, streams
 * out: a table (TSV): a row an item, or a row a set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/text.h>
#include <assay/media/picture.h>
#include <assay/signal/image.h>

#include "cli-label.h"
#include "cli-spec.h"
#include "cli.h"
#include "nearest-tables.h"

/* So many items are sought at a time. */
enum { BATCH = 4096 };

static AssayVectorConfig config = ASSAY_VECTOR_CONFIG_DEFAULT;
static char *field, *groups_file, **fail_on;
static CliLabel group_by = { .option = "--group-by", .otherwise = "are grouped as without it" };
static gboolean self_mode, summary, no_flip, cosine;
static int size = 16;
static gint64 top = -1, calibrate = 4096, seed;

static const GOptionEntry options[] = {
    { "summary", 0, 0, G_OPTION_ARG_NONE, &summary, "a row a set", NULL },
    { "top", 0, 0, G_OPTION_ARG_INT64, &top, "the N nearest alone, nearest first", "N" },
    { "self", 0, 0, G_OPTION_ARG_NONE, &self_mode,
      "the nearest of another group in the set itself, held against the reference's own", NULL },
    { "field", 0, 0, G_OPTION_ARG_FILENAME, &field, "which field [pixels, or the only one]",
      "NAME" },
    { "size", 0, 0, G_OPTION_ARG_INT, &size, "pictures are reduced to N by N [16]", "N" },
    { "no-flip", 0, 0, G_OPTION_ARG_NONE, &no_flip, "do not try pictures left to right", NULL },
    { "cosine", 0, 0, G_OPTION_ARG_NONE, &cosine, "of vectors: 1 - cos [Euclidean]", NULL },
    { "calibrate", 0, 0, G_OPTION_ARG_INT64, &calibrate,
      "reference items that tell what is usual [4096]; 0: all", "N" },
    { "groups", 0, 0, G_OPTION_ARG_FILENAME, &groups_file,
      "TSV of item and group: what stands or falls together", "FILE" },
    { "group-by", 0, 0, G_OPTION_ARG_FILENAME, &group_by.text,
      "the same by what a name matches, or a member of the metadata", "REGEX|meta:KEY" },
    { "fail-on", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &fail_on,
      "exit 1 where a row of the summary meets this: copies>0; may be given again", "EXPR" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the permutations [0]", "N" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-nearest",
    .synopsis = "[OPTION]... REFERENCE [LABEL=]FILE...",
    .summary =
        "Find for every picture or vector the nearest one of a reference, and say whether it\n"
        "is a copy, or nearer than two of the reference's own usually are.",
    .example = "assay-nearest --summary pictures/real pictures/gan",
    .options = options,
    .uses = CLI_READS,
};

static gpointer
make_vectors(gpointer user, AssaySample *sample, GError **error)
{
    (void)user;
    return assay_vectors_new(sample, &config, error);
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
    cli_label_count(&group_by, sample, vectors->origin->groups);
    tell_faults(vectors);
    self->n_faults += count_faults(vectors);
    return assay_crowd_add(self->reference, vectors, self->groups, error);
}

/* Seeks what waits, and prints it. */
static gboolean
flush(Nearest *self, GError **error)
{
    AssayVectors **vectors = (AssayVectors **)self->pending->pdata;
    g_autofree AssayCopy *copies = g_new(AssayCopy, self->n_pending + 1);
    AssayCopy *copy = copies;

    if (!assay_copies_find(self->reference, self->closeness, vectors, self->pending->len, cli.jobs,
                           copies, error))
        return FALSE;
    for (guint v = 0; v < self->pending->len; v++) {
        const AssayObservation *origin = vectors[v]->origin;
        size_t set = g_array_index(self->pending_sets, size_t, v);

        assay_copy_summary_add(self->summaries[set], vectors[v], self->groups, copy,
                               self->reference);
        for (size_t i = 0; i < vectors[v]->n_items; i++, copy++) {
            g_autofree char *item = NULL;

            if (summary)
                continue;
            item = assay_observation_identity(origin, origin->item_start + i);
            if (!nearest_print(self, set, item, copy, self->reference, error))
                return FALSE;
        }
    }
    g_ptr_array_set_size(self->pending, 0);
    g_array_set_size(self->pending_sets, 0);
    self->n_pending = 0;
    return TRUE;
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
    cli_label_count(&group_by, sample, vectors->origin->groups);
    tell_faults(vectors);
    if (self->within) {
        self->faults[set] += count_faults(vectors);
        return assay_crowd_add(self->crowds[set], vectors, self->groups, error);
    }
    g_ptr_array_add(self->pending, assay_vectors_ref(vectors));
    g_array_append_val(self->pending_sets, set);
    self->n_pending += vectors->n_items;
    return self->n_pending < BATCH || flush(self, error);
}

static gboolean
read_options(void)
{
    if (groups_file != NULL && group_by.text != NULL)
        return cli_usage("--groups and --group-by both say what stands together: give one of them"),
               FALSE;
    if (!cli_label_parse(&group_by, assay_label_new_group))
        return FALSE;
    if (size < 1 || size > ASSAY_VECTORS_MAX_SIZE)
        return cli_usage("--size=%d: give a number from 1 to %d", size, ASSAY_VECTORS_MAX_SIZE),
               FALSE;
    if (calibrate < 0)
        return cli_usage("--calibrate=%" G_GINT64_FORMAT ": give a number from 0 on", calibrate),
               FALSE;
    if (top != -1 && (top < 1 || top > 1000000))
        return cli_usage("--top=%" G_GINT64_FORMAT ": give a number from 1 to 1000000", top), FALSE;
    if (top != -1 && summary)
        return cli_usage("--summary has a row a set, --top rows of items: give one of them"), FALSE;
    config.field = field;
    config.size = (size_t)size;
    config.cosine = cosine;
    config.group_by = group_by.label;
    return TRUE;
}

static gboolean
read_set(Nearest *self, const char *const *operands,
         gboolean (*consume)(gpointer, AssaySample *, gpointer, size_t, GError **), GError **error)
{
    const AssaySourceConfig source = {
        .operands = operands,
        .media = assay_image_media,
        .pictures = &assay_image_arrays,
        .streams = TRUE,
        .hint = "of tables assay-array makes a stream",
        .array_hint = "assay-image --axes=... FILE makes a stream of pictures, assay-array "
                      "--axes=... of others",
        .max_bytes = cli.max_sample,
    };

    return cli_run(&(CliRun){ .source = source,
                              .analyse = make_vectors,
                              .free_result = free_vectors,
                              .consume = consume,
                              .user = self },
                   error);
}

/* How near its items are to each other, and how far p can go. */
static void
tell_closeness(const char *set, const AssayCrowd *crowd, const AssayCloseness *closeness)
{
    char items[ASSAY_TEXT_NUMBER_SIZE], groups[ASSAY_TEXT_NUMBER_SIZE],
        typical[ASSAY_TEXT_NUMBER_SIZE];

    assay_text_count(items, closeness->n_items);
    assay_text_count(groups, closeness->n_groups);
    assay_text_double_digits(typical, closeness->typical, 4);
    if (closeness->n_items == 0)
        cli_note("%s: is one group, so nothing is known of how near groups are: ratio and p are NA",
                 set);
    else
        cli_note("%s: of %s items in %s groups%s the nearest of another group is typically %s away",
                 set, items, groups,
                 assay_crowd_is_ungrouped(crowd) ? " (ungrouped: each counts as independent)" : "",
                 typical);
    if (closeness->n_items > 0 && !closeness->can_flag)
        cli_note("no item can reach p <= %g: of %s groups no p is below 1/%" G_GSIZE_FORMAT,
                 ASSAY_CLOSENESS_ALPHA, groups, closeness->n_groups + 1);
}

static gboolean
open_reference(Nearest *self, const char *operand, GError **error)
{
    g_autofree char *label = NULL;
    const char *file = cli_split_label(operand, &label);
    const char *const operands[] = { file, NULL };
    size_t n_items = calibrate == 0 ? G_MAXSIZE : (size_t)calibrate;

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
        tell_closeness("the reference", self->reference, self->closeness);
    return self->closeness != NULL;
}

/* A set sought within itself; the reference is drawn from until it is as large. */
static gboolean
seek_within(Nearest *self, size_t set, GError **error)
{
    AssayCrowd *crowd = self->crowds[set];
    size_t n = assay_crowd_n_items(crowd);
    g_autoptr(AssayCrowd) alike = NULL;
    g_autofree AssayCopy *copies = g_new(AssayCopy, n + 1);

    assay_crowd_seal(crowd);
    g_clear_pointer(&self->closeness, assay_closeness_free);
    if (self->reference != NULL && n > assay_crowd_n_items(self->reference))
        cli_note("%s: has more items than the reference, %" G_GSIZE_FORMAT
                 ", so what is usual in so large a set is not known, and p is NA",
                 self->sets.labels[set], assay_crowd_n_items(self->reference));
    else if (self->reference != NULL &&
             (alike = assay_crowd_draw(self->reference, n, error)) == NULL)
        return FALSE;
    self->closeness =
        assay_closeness_new(alike != NULL ? alike : crowd, alike != NULL ? n : 0, cli.jobs, error);
    if (self->closeness == NULL)
        return FALSE;
    if (alike != NULL)
        tell_closeness("as many of the reference", alike, self->closeness);
    if (!assay_copies_find_within(crowd, self->closeness, cli.jobs, copies, error))
        return FALSE;
    assay_copy_summary_add_within(self->summaries[set], crowd, copies, self->faults[set]);
    for (size_t i = 0; i < n && !summary; i++) {
        g_autofree char *item = assay_crowd_identity(crowd, i);

        if (!nearest_print(self, set, item, &copies[i], crowd, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
conclude(Nearest *self, GError **error)
{
    if (!cli_label_finish(&group_by, error) || (!self->within && !flush(self, error)))
        return FALSE;
    for (size_t i = 0; i < self->sets.n; i++) {
        if ((self->within && !seek_within(self, i, error)) || !nearest_conclude(self, i, error))
            return FALSE;
    }
    if (self->groups != NULL && assay_groups_n_unused(self->groups) > 0)
        cli_note("lines of %s that name no item: %" G_GSIZE_FORMAT, groups_file,
                 assay_groups_n_unused(self->groups));
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
    gboolean is_alone = self_mode && operands[1] == NULL;
    guint64 n_reference;
    int status;

    if (operands[1] == NULL && !is_alone)
        return cli_usage("a reference and what is held against it are to be named; for duplicates "
                         "within one set, --self");
    if (!cli_sets_read(&self->sets, operands + (is_alone ? 0 : 1)) ||
        !nearest_read_conditions(self))
        return CLI_USAGE;
    if (groups_file != NULL && (self->groups = cli_read_groups(groups_file, error)) == NULL)
        return CLI_FAILED;
    prepare_sets(self);
    self->output = assay_output_open(cli.output, error);
    if (self->output == NULL)
        return CLI_FAILED;
    self->table = nearest_table_new(self->output, summary);
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
    if ((self->lacks || self->n_faults > 0) && !cli.skip_bad && status == CLI_DONE)
        return CLI_SKIPPED;
    return self->is_met && status == CLI_DONE ? CLI_NO : status;
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
    if (!read_options())
        return CLI_USAGE;
    image.max_bytes = cli.max_sample;
    config.pictures = pictures = assay_image_stage(&image);
    self.flips = !no_flip;
    self.within = self_mode;
    self.has_summary = summary;
    self.fail_on = fail_on;
    self.seed = (guint64)seed;
    if (top != -1)
        nearest_hold_top(&self, (size_t)top);
    status = run(&self, argc, argv, &error);
    if (error != NULL)
        status = cli_fail(error);
    nearest_clear(&self);
    cli_label_clear(&group_by);
    return status;
}
