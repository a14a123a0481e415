/* assay-spectrum - the points and lines of the average spectrum of each set, as a table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/image/peaks.h>

#include "spectrum-sets.h"

static const AssayColumn peak_columns[] = {
    { "set", ASSAY_COLUMN_TEXT },     { "kind", ASSAY_COLUMN_TEXT },
    { "row", ASSAY_COLUMN_INTEGER },  { "column", ASSAY_COLUMN_INTEGER },
    { "period", ASSAY_COLUMN_REAL },  { "height", ASSAY_COLUMN_REAL },
    { "spreads", ASSAY_COLUMN_REAL }, { "grid", ASSAY_COLUMN_INTEGER },
};

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
