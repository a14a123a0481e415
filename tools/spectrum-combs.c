/* assay-spectrum - the combs of lines of each sound, or of each set of sounds, as a table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/signal/log-spectrum.h>

#include "spectrum-sets.h"

#define COMB_COLUMNS                                                                               \
    { "strength", ASSAY_COLUMN_REAL }, { "period", ASSAY_COLUMN_REAL },                            \
        { "spacing_hz", ASSAY_COLUMN_REAL }, { "excess", ASSAY_COLUMN_REAL },                      \
        { "teeth", ASSAY_COLUMN_INTEGER }, { "binary_strength", ASSAY_COLUMN_REAL },               \
    {                                                                                              \
        "binary_period", ASSAY_COLUMN_REAL                                                         \
    }

static const AssayColumn item_columns[] = { { "item", ASSAY_COLUMN_TEXT }, COMB_COLUMNS };

static const AssayColumn set_columns[] = { { "set", ASSAY_COLUMN_TEXT },
                                           { "items", ASSAY_COLUMN_INTEGER },
                                           COMB_COLUMNS };

/* From here on the comb of a set is worth a sentence. */
static const double TELLING = 10;

static gboolean
print_combs(AssayTable *table, const AssayCombs *combs, guint rate_hz, GError **error)
{
    const AssayComb *comb = &combs->strongest;

    assay_table_real(table, comb->strength);
    assay_table_real(table, comb->period);
    if (rate_hz > 0)
        assay_table_real(table, rate_hz / comb->period);
    else
        assay_table_na(table);
    assay_table_real(table, comb->excess);
    if (comb->n_teeth > 0)
        assay_table_int(table, comb->n_teeth);
    else
        assay_table_na(table);
    assay_table_real(table, combs->binary.strength);
    assay_table_real(table, combs->binary.period);
    return assay_table_row_end(table, error);
}

/* The combs of the items of a sample. */
typedef struct {
    guint rate_hz;
    size_t n;
    AssayCombs combs[];
} Combs;

static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    gboolean has_items;
    size_t n;
    guint rate_hz;
    const double *spectra;
    Combs *self;

    (void)user;
    (void)operand;
    if (!assay_sample_has(sample, "log_spectrum")) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: is no sound: --combs reads sound files, and streams with audio",
                    assay_sample_name(sample));
        return NULL;
    }
    spectra = assay_log_spectra_of(sample, &n, &has_items, &rate_hz, error);
    if (spectra == NULL)
        return NULL;
    self = g_try_malloc(sizeof *self + n * sizeof self->combs[0]);
    if (self == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: no memory for the combs of %" G_GSIZE_FORMAT " items",
                    assay_sample_name(sample), n);
        return NULL;
    }
    self->rate_hz = rate_hz;
    self->n = n;
    for (size_t i = 0; i < n; i++)
        self->combs[i] = assay_combs_find(spectra + i * ASSAY_COMB_BINS);
    return self;
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    AssayTable *table = user;
    const Combs *combs = result;

    (void)operand;
    for (size_t i = 0; i < combs->n; i++) {
        g_autofree char *identity =
            assay_sample_identity(sample, assay_sample_item_start(sample) + i);

        assay_table_text(table, identity);
        if (!print_combs(table, &combs->combs[i], combs->rate_hz, error))
            return FALSE;
    }
    return TRUE;
}

static int
print_items(AssayTable *table, AssayOutput *output, const char *const *operands, GError **error)
{
    g_autoptr(AssayStage) listener = spectrum_listener();
    const AssayStage *const stages[] = { listener, NULL };
    const CliRun run = { .source = spectrum_source(operands),
                         .stages = stages,
                         .analyse = analyse,
                         .free_result = g_free,
                         .consume = consume,
                         .user = table };

    if (!cli_run(&run, error))
        return CLI_FAILED;
    if (cli_n_consumed() == 0)
        return cli_status();
    return assay_table_finish(table, error) && assay_output_close(output, error) ? cli_status()
                                                                                 : CLI_FAILED;
}

static gboolean
print_set(AssayTable *table, const char *label, const AssayAverageSum *sum, GError **error)
{
    AssayCombs combs;

    if (sum->axes[1] != NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: --combs is for sounds; --peaks finds what stands out of pictures", label);
        return FALSE;
    }
    combs = assay_combs_find(sum->moments->mean);
    if (combs.strongest.strength >= TELLING && sum->rate_hz > 0)
        cli_note("%s: lines every %.6g Hz, as processing in steps of %.6g samples leaves them",
                 label, sum->rate_hz / combs.strongest.period, combs.strongest.period);
    assay_table_text(table, label);
    assay_table_int(table, (gint64)sum->moments->n);
    return print_combs(table, &combs, sum->rate_hz, error);
}

static int
print_sets(AssayTable *table, AssayOutput *output, const char *const *operands, GError **error)
{
    const AssayAverageConfig config = { .kind = ASSAY_AVERAGE_INCOHERENT,
                                        .max_bytes = cli.max_sample };
    SpectrumSets self = { 0 };
    gboolean done = TRUE;
    int status = CLI_DONE;

    if (spectrum_sets_read(&self, &config, operands, &status, error)) {
        for (size_t i = 0; i < self.named.n && done; i++) {
            if (self.sums[i] != NULL)
                done = print_set(table, self.named.labels[i], self.sums[i], error);
        }
        done = done && assay_table_finish(table, error) && assay_output_close(output, error);
    }
    spectrum_sets_clear(&self);
    return status;
}

int
spectrum_combs(gboolean of_sets, const char *const *operands)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayOutput) output = assay_output_open(cli.output, &error);
    g_autoptr(AssayTable) table = NULL;
    int status;

    if (output == NULL)
        return cli_fail(error);
    table = assay_table_new(output, of_sets ? set_columns : item_columns,
                            of_sets ? G_N_ELEMENTS(set_columns) : G_N_ELEMENTS(item_columns),
                            assay_output_is_terminal(output));
    status = of_sets ? print_sets(table, output, operands, &error)
                     : print_items(table, output, operands, &error);
    return error != NULL ? cli_fail(error) : status;
}
