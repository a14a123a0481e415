/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect-data.h"

#include <assay/base/table.h>

#include "cli-groups.h"
#include "detect-samples.h"

gboolean
detect_data_open(DetectData *self, GError **error)
{
    if (!detect_features_config(&self->config, error))
        return FALSE;
    if (detect_options.groups != NULL &&
        (self->groups = cli_read_groups(detect_options.groups, error)) == NULL)
        return FALSE;
    (void)detect_data_next(self, NULL);
    self->is_again = FALSE;
    return TRUE;
}

AssayCollection *
detect_data_next(DetectData *self, const AssayStage *before)
{
    AssayCollection *read = self->collection;

    self->collection = assay_collection_new(cli.max_sample, self->groups);
    self->collection->group_by = detect_options.group_by.label;
    if (detect_options.features != NULL) /* a model says by itself which columns it needs */
        self->collection->feature_groups = self->config.features.groups;
    self->before = before;
    self->is_again = TRUE;
    return read;
}

void
detect_data_clear(DetectData *self)
{
    assay_features_config_clear(&self->config.features);
    assay_collection_free(self->collection);
    assay_pieces_clear(&self->pieces);
    assay_groups_free(self->groups);
    cli_label_clear(&detect_options.group_by);
}

/* Whether a file is a table of items: it has a column "item". */
static gboolean
is_table(const char *operand)
{
    g_autoptr(AssayInput) input = NULL;
    const guint8 *data;
    size_t size = ASSAY_TABLE_SNIFFED;

    return g_file_test(operand, G_FILE_TEST_IS_REGULAR) &&
           (input = assay_input_open(operand, NULL)) != NULL &&
           assay_input_peek(input, &data, &size, NULL) &&
           assay_table_sniff_column(data, size, "item");
}

static gboolean
read_table(DetectData *self, const char *path, GError **error)
{
    g_autoptr(AssayInput) input = assay_input_open(path, error);
    g_autofree char *sha256 = NULL;
    size_t n_before = self->collection->examples->items->len;
    guint64 size;

    if (input == NULL)
        return FALSE;
    assay_input_digest(input);
    if (!assay_collection_read(self->collection, input, self->label, error))
        return FALSE;
    sha256 = assay_input_finish(input, &size, error);
    if (sha256 == NULL)
        return FALSE;
    if (self->file != NULL)
        assay_model_file_add_input(self->file, assay_input_name(input), sha256,
                                   self->label->is_fake);
    self->n_tables++;
    self->n_items += self->collection->examples->items->len - n_before;
    return self->consume == NULL ||
           self->consume(self->user, self->collection->examples, sha256, error);
}

/* A table; nothing can be done to that before it is read. */
static gboolean
take_table(DetectData *self, const char *path, GError **error)
{
    g_autofree char *shown = NULL;

    if (self->before == NULL)
        return read_table(self, path, error);
    shown = g_filename_display_name(path);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "%s: is a table of features, to which nothing can be done: give the pictures or "
                "sounds themselves",
                shown);
    return FALSE;
}

/* Tables one by one; what lies between them is one run. */
gboolean
detect_data_read(DetectData *self, const char *const *operands, const AssaySetLabel *labels,
                 GError **error)
{
    g_autoptr(GPtrArray) run = g_ptr_array_new();

    for (size_t i = 0;; i++) {
        gboolean ends_run = operands[i] == NULL || is_table(operands[i]);

        if (!ends_run) {
            g_ptr_array_add(run, (gpointer)operands[i]);
            continue;
        }
        if (run->len > 0) {
            self->label = labels + i - run->len;
            g_ptr_array_add(run, NULL);
            if (!detect_read_samples(self, (const char *const *)run->pdata, error))
                return FALSE;
            g_ptr_array_set_size(run, 0);
        }
        if (operands[i] == NULL)
            return TRUE;
        self->label = labels + i;
        if (!take_table(self, operands[i], error))
            return FALSE;
    }
}

gboolean
detect_data_finish(const DetectData *self, GError **error)
{
    if (!cli_label_finish(&detect_options.group_by, error))
        return FALSE;
    cli_tell_unused_groups(self->groups, detect_options.groups);
    return TRUE;
}

AssaySetLabel *
detect_labels(const CliSets *sets)
{
    size_t n = g_strv_length(sets->operands);
    AssaySetLabel *labels = g_new0(AssaySetLabel, n + 1);

    for (size_t i = 0; i < n; i++)
        labels[i] = (AssaySetLabel){ (guint32)sets->set_of[i], sets->set_of[i] != 0 };
    return labels;
}

int
detect_status(const DetectData *self)
{
    if (cli_n_consumed() > 0 || self->n_tables == 0)
        return cli_status();
    if (self->n_items == 0)
        cli_warn("there was nothing to read: the tables have no rows");
    return self->n_items > 0 ? CLI_DONE : CLI_FAILED;
}
