/* assay-spectrum - the average spectrum of each set, as a stream or as a table of its peaks; and
 * the cosine statistics of each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/image/peaks.h>
#include <assay/stream/names.h>

#include "spectrum-sets.h"

static const char *const kinds[] = { "incoherent", "coherent", "cosine" };

static const AssayColumn peak_columns[] = {
    { "set", ASSAY_COLUMN_TEXT },     { "kind", ASSAY_COLUMN_TEXT },
    { "row", ASSAY_COLUMN_INTEGER },  { "column", ASSAY_COLUMN_INTEGER },
    { "period", ASSAY_COLUMN_REAL },  { "height", ASSAY_COLUMN_REAL },
    { "spreads", ASSAY_COLUMN_REAL }, { "grid", ASSAY_COLUMN_INTEGER },
};

static AssayJson *
new_record(const AssayAverageConfig *config)
{
    AssayJson *record = assay_json_object(), *options = assay_json_object();

    assay_json_set_string(options, config->kind == ASSAY_AVERAGE_COSINE ? "dct" : "average", "yes");
    if (config->kind == ASSAY_AVERAGE_COHERENT)
        assay_json_set_string(options, "coherent", "yes");
    if (config->field != NULL)
        assay_json_set_string(options, "field", config->field);
    assay_json_set_string(record, "tool", "assay-spectrum");
    assay_json_set_string(record, "version", ASSAY_VERSION);
    assay_json_set_take(record, "options", options);
    return record;
}

/* What the numbers of a field are. */
static AssayJson *
new_meta(const AssayAverageSum *sum)
{
    AssayJson *meta = assay_json_object();

    assay_json_set_string(meta, "average", sum->axes[1] == NULL ? "sound" : kinds[sum->kind]);
    assay_json_set_integer(meta, "n", (gint64)sum->moments->n);
    assay_json_set_string(meta, "unit", "nats");
    if (sum->rate_hz > 0)
        assay_json_set_integer(meta, "rate_hz", sum->rate_hz);
    return meta;
}

/* The statistics of a set, and how its mean differs from that of @first, if that is given. */
static gboolean
add_cosine(AssaySample *sample, const AssayAverageSum *sum, const AssayAverageSum *first,
           GError **error)
{
    AssayArray *mean = assay_average_sum_finish(sum, cli.max_sample, error), *deviation,
               *difference;

    if (mean == NULL)
        return FALSE;
    assay_sample_take_field(sample, "dct_mean", mean, new_meta(sum));
    if ((deviation = assay_average_sum_deviation(sum, cli.max_sample, error)) == NULL)
        return FALSE;
    assay_sample_take_field(sample, "dct_deviation", deviation, new_meta(sum));
    if (first == NULL)
        return TRUE;
    difference =
        assay_average_sum_difference(sum, first, assay_sample_name(sample), cli.max_sample, error);
    if (difference == NULL)
        return FALSE;
    assay_sample_take_field(sample, "dct_difference", difference, new_meta(sum));
    return TRUE;
}

static gboolean
write_set(AssayWriter *writer, const char *label, const AssayAverageSum *sum,
          const AssayAverageSum *first, GError **error)
{
    g_autofree char *name = assay_name_from_text(label);
    g_autoptr(AssaySample) sample = assay_sample_new(name);
    AssayArray *average;

    if (sum->kind == ASSAY_AVERAGE_COSINE)
        return add_cosine(sample, sum, first, error) && assay_writer_put(writer, sample, error);
    if ((average = assay_average_sum_finish(sum, cli.max_sample, error)) == NULL)
        return FALSE;
    assay_sample_take_field(sample, sum->axes[1] == NULL ? "log_spectrum" : "spectrum", average,
                            new_meta(sum));
    return assay_writer_put(writer, sample, error);
}

/* Sets that go into one stream have names of their own. */
static gboolean
check_names(const CliSets *sets, GError **error)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < sets->n; i++) {
        char *name = assay_name_from_text(sets->labels[i]);

        if (name[0] == '\0' || g_hash_table_contains(names, name)) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "%s: %s: call it otherwise, as in real=FOLDER", sets->labels[i],
                        name[0] == '\0' ? "a sample of a stream cannot be called so"
                                        : "another set has that name in a stream");
            g_free(name);
            return FALSE;
        }
        g_hash_table_add(names, name);
    }
    return TRUE;
}

static gboolean
write_sets(const SpectrumSets *self, GError **error)
{
    const AssayAverageSum *first = self->named.n < 2 ? NULL : self->sums[0];

    if (!check_names(&self->named, error))
        return FALSE;
    for (size_t i = 0; i < self->named.n; i++) {
        if (self->sums[i] != NULL &&
            !write_set(self->writer, self->named.labels[i], self->sums[i], first, error))
            return FALSE;
    }
    return assay_writer_close(self->writer, error);
}

int
spectrum_average(const AssayAverageConfig *config, const char *const *operands)
{
    g_autoptr(AssayJson) record = new_record(config);
    g_autoptr(AssayWriter) writer = assay_writer_new(cli_output(), record);
    g_autoptr(GError) error = NULL;
    SpectrumSets self = { .writer = writer };
    int status = CLI_DONE;

    if (spectrum_sets_read(&self, config, operands, &status, &error) && !write_sets(&self, &error))
        status = CLI_FAILED;
    spectrum_sets_clear(&self);
    return error != NULL ? cli_fail(error) : status;
}

static const char *
name_kind(AssayPeakKind kind)
{
    return kind == ASSAY_PEAK_POINT ? "point" : kind == ASSAY_PEAK_ROW ? "row" : "column";
}

static gboolean
print_peak(AssayTable *table, const char *label, const AssayPeak *peak, GError **error)
{
    assay_table_text(table, label);
    assay_table_text(table, name_kind(peak->kind));
    if (peak->kind == ASSAY_PEAK_COLUMN)
        assay_table_na(table);
    else
        assay_table_int(table, peak->row);
    if (peak->kind == ASSAY_PEAK_ROW)
        assay_table_na(table);
    else
        assay_table_int(table, peak->column);
    assay_table_real(table, peak->period);
    assay_table_real(table, peak->height);
    assay_table_real(table, peak->spreads);
    if (peak->grid == 0)
        assay_table_na(table);
    else
        assay_table_int(table, peak->grid);
    return assay_table_row_end(table, error);
}

static gboolean
print_peaks(AssayTable *table, const char *label, const AssayAverageSum *sum, size_t most,
            GError **error)
{
    g_autoptr(AssayArray) average = NULL;
    g_autoptr(GArray) peaks = NULL;

    if (sum->axes[1] == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: --peaks is for pictures; --combs finds the lines of sounds", label);
        return FALSE;
    }
    average = assay_average_sum_finish(sum, cli.max_sample, error);
    if (average == NULL)
        return FALSE;
    peaks = assay_peaks_find(average->data, sum->height, sum->width, most, error);
    for (guint i = 0; peaks != NULL && i < peaks->len; i++) {
        if (!print_peak(table, label, &g_array_index(peaks, AssayPeak, i), error))
            return FALSE;
    }
    return peaks != NULL;
}

static gboolean
print_sets(const SpectrumSets *self, AssayTable *table, size_t most, GError **error)
{
    for (size_t i = 0; i < self->named.n; i++) {
        if (self->sums[i] != NULL &&
            !print_peaks(table, self->named.labels[i], self->sums[i], most, error))
            return FALSE;
    }
    return assay_table_finish(table, error);
}

int
spectrum_peaks(const AssayAverageConfig *config, size_t most, const char *const *operands)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayOutput) output = assay_output_open(cli.output, &error);
    g_autoptr(AssayTable) table = NULL;
    SpectrumSets self = { 0 };
    int status = CLI_DONE;

    if (output == NULL)
        return cli_fail(error);
    table = assay_table_new(output, peak_columns, G_N_ELEMENTS(peak_columns),
                            assay_output_is_terminal(output));
    if (spectrum_sets_read(&self, config, operands, &status, &error) &&
        !(print_sets(&self, table, most, &error) && assay_output_close(output, &error)))
        status = CLI_FAILED;
    spectrum_sets_clear(&self);
    return error != NULL ? cli_fail(error) : status;
}
