/* assay-features - a table of what items can be told apart by: one row an item.
 *
 * in:  pictures, sound, MIDI files, or a stream with "pixels", "mel", "roll" or "centroid"
 * out: TSV: item, and the columns of each group of features
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/features-maker.h>
#include <assay/image/image.h>
#include <assay/media/notes.h>
#include <assay/media/picture.h>
#include <assay/media/sound.h>

#include "cli.h"

static AssayFeaturesConfig config = ASSAY_FEATURES_CONFIG_DEFAULT;
static char *features, *field, *ink, *compat;
static gboolean clip;

#define TEXT 0, 0, G_OPTION_ARG_FILENAME

static const GOptionEntry options[] = {
    { "features", TEXT, &features, "which groups, as in moments,edges [all that fields allow]",
      "NAMES" },
    { "field", TEXT, &field, "of which field [pixels, mel or roll]", "NAME" },
    { "ink", TEXT, &ink, "a column is empty up to this sum, in full scales [0]", "X" },
    { "clip", 0, 0, G_OPTION_ARG_NONE, &clip, "count values below 0 as 0 in centroids", NULL },
    { "compat", TEXT, &compat, "centroids as a published program has them: tequilagan", "NAME" },
    G_OPTION_ENTRY_NULL,
};

/* Hands every text that was typed to the one place that reads it. */
static gboolean
configure(GError **error)
{
    for (const GOptionEntry *entry = options; entry->long_name != NULL; entry++) {
        const char *text =
            entry->arg == G_OPTION_ARG_NONE ? (clip ? "yes" : NULL) : *(char **)entry->arg_data;

        if (text != NULL && !assay_features_config_set(&config, entry->long_name, text, error))
            return FALSE;
    }
    return TRUE;
}

static const CliTool tool = {
    .name = "assay-features",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "Make a table of numbers by which items can be told apart, one row an item:\n"
               "intensity, atoms, edge-refined histogram, moments of centroid and slope,\n"
               "noise, sharpness, colourfulness, profile of the spectrum; combs in sound.\n"
               "Reads streams, pictures, sound as spectrograms, and MIDI files as rolls.",
    .example = "assay-features --features=moments pictures/real",
    .options = options,
    .uses = CLI_READS,
};

/* Rows whose numbers are made at once. */
enum { ROWS = 8 };

/* The columns are those of the first sample's groups. */
typedef struct {
    AssayOutput *output;
    AssayTable *table;
    guint groups;
    AssayNumbers *numbers; /* of the rows at hand */
} Features;

static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    (void)user;
    (void)operand;
    return assay_features_of(&config, sample, error);
}

static void
free_features(gpointer data)
{
    assay_features_free(data);
}

static AssayTable *
new_table(AssayOutput *output, guint groups)
{
    g_autofree AssayColumn *columns = g_new(AssayColumn, 1 + assay_features_n_columns(groups));
    size_t n = 0;

    columns[n++] = (AssayColumn){ "item", ASSAY_COLUMN_TEXT };
    for (size_t k = 0; k < ASSAY_N_FEATURE_GROUPS; k++) {
        const char *const *names = assay_feature_types[k].columns;

        for (size_t i = 0; (groups >> k & 1) != 0 && names[i] != NULL; i++)
            columns[n++] = (AssayColumn){ names[i], ASSAY_COLUMN_REAL };
    }
    return assay_table_new(output, columns, n, assay_output_is_terminal(output));
}

/* Of the table's groups: all that were made, mostly. */
static gboolean
print_item(const Features *self, const AssayFeatures *rows, size_t item, GError **error)
{
    size_t start = item % ROWS * rows->n_columns;

    assay_table_item(self->table, rows->item_start + item);
    if (rows->groups == self->groups)
        assay_table_numbers(self->table, self->numbers, start, rows->n_columns);
    for (guint k = 0; k < ASSAY_N_FEATURE_GROUPS && rows->groups != self->groups; k++) {
        if ((self->groups >> k & 1) != 0)
            assay_table_numbers(self->table, self->numbers, start + rows->starts[k],
                                rows->starts[k + 1] - rows->starts[k]);
    }
    return assay_table_row_end(self->table, error);
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Features *self = user;
    const AssayFeatures *rows = result;
    g_autoptr(GError) unfit = NULL;

    (void)operand;
    if (self->table == NULL) {
        self->groups = rows->groups;
        self->table = new_table(self->output, rows->groups);
    }
    if (!assay_features_have(rows, self->groups, assay_sample_name(sample), &unfit)) {
        cli_leave_out(unfit);
        return TRUE;
    }
    assay_table_set_name(self->table, assay_sample_name(sample), assay_sample_has_items(sample));
    for (size_t i = 0; i < rows->n_items; i++) {
        if (i % ROWS == 0)
            assay_numbers_set(self->numbers, rows->values + i * rows->n_columns,
                              MIN((size_t)ROWS, rows->n_items - i) * rows->n_columns);
        if (!print_item(self, rows, i, error))
            return FALSE;
    }
    return TRUE;
}

static int
run(Features *self, const AssaySourceConfig *source, GError **error)
{
    g_autoptr(AssayStage) maker = assay_features_maker(&config);
    const AssayStage *const stages[] = { maker, NULL };
    const CliRun run = { .source = *source,
                         .stages = stages,
                         .analyse = analyse,
                         .free_result = free_features,
                         .consume = consume,
                         .user = self };

    self->output = assay_output_open(cli.output, error);
    if (self->output == NULL || !cli_run(&run, error))
        return CLI_FAILED;
    if (cli_n_consumed() == 0)
        return cli_status();
    if (!assay_table_finish(self->table, error) || !assay_output_close(self->output, error))
        return CLI_FAILED;
    return cli_status();
}

int
main(int argc, char **argv)
{
    const AssayMedium *const media[] = { &assay_png_medium,  &assay_jpeg_medium,  &assay_pnm_medium,
                                         &assay_midi_medium, &assay_sound_medium, NULL };
    AssaySourceConfig source = { .streams = TRUE,
                                 .media = media,
                                 .pictures = &assay_image_arrays,
                                 .array_hint = "assay-image --axes=... FILE makes a stream of it" };
    g_autoptr(GError) error = NULL;
    Features self = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    if (!configure(&error))
        return cli_usage("%s", error->message);
    self.numbers = assay_numbers_new();
    config.centroid.max_bytes = cli.max_sample;
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    status = run(&self, &source, &error);
    if (error != NULL)
        status = cli_fail(error);
    assay_table_free(self.table);
    assay_numbers_free(self.numbers);
    assay_output_free(self.output);
    assay_features_config_clear(&config);
    return status;
}
