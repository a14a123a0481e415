/* assay-spectrum --loss - how far the profiles of sets are from those of a reference, a row a set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/planes-maker.h>
#include <assay/image/spectral-loss.h>
#include <math.h>

#include "cli-sets.h"
#include "spectrum-modes.h"

/**
 * Losses:
 * @sums: of each set, the reference's first; %NULL before there is a profile
 * @shown: the name of the first sample, for messages
 */
typedef struct {
    CliSets sets;
    gboolean upconv;
    size_t n_rings;
    AssaySpectralSum **sums;
    char *shown;
} Losses;

static gboolean
fits(Losses *self, const AssaySample *sample, size_t n_rings)
{
    g_autoptr(GError) error = NULL;

    if (self->n_rings == 0) {
        self->n_rings = n_rings;
        self->shown = g_strdup(assay_sample_name(sample));
    }
    if (n_rings == self->n_rings)
        return TRUE;
    g_set_error(&error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: has %" G_GSIZE_FORMAT " rings, %s has %" G_GSIZE_FORMAT
                ": a loss is of pictures of one size; assay-image --size=WxH makes them so",
                assay_sample_name(sample), n_rings, self->shown, self->n_rings);
    cli_leave_out(error);
    return FALSE;
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Losses *self = user;
    const AssayArray *spectra = assay_sample_field(sample, "spectrum", error);
    size_t set = self->sets.set_of[operand], n;
    const double *values;

    (void)result;
    if (spectra == NULL)
        return FALSE;
    n = spectra->shape[spectra->n_axes - 1];
    if (!fits(self, sample, n))
        return TRUE;
    if (self->sums[set] == NULL)
        self->sums[set] = assay_spectral_sum_new(self->upconv, n);
    values = spectra->data;
    for (size_t i = 0; i < assay_array_count(spectra); i += n)
        assay_spectral_sum_add(self->sums[set], values + i);
    return TRUE;
}

/* Whether there is a set of which there was nothing to read; it is told. */
static gboolean
tell_empty(const Losses *self)
{
    gboolean lacks = FALSE;

    for (size_t i = 0; i < self->sets.n; i++) {
        if (self->sums[i] != NULL)
            continue;
        cli_warn("%s: nothing in this set", self->sets.labels[i]);
        lacks = TRUE;
    }
    return lacks;
}

static int
print(const Losses *self, GError **error)
{
    static const AssayColumn columns[] = {
        { "set", ASSAY_COLUMN_TEXT },
        { "items", ASSAY_COLUMN_INTEGER },
        { "left_out", ASSAY_COLUMN_INTEGER },
        { "loss", ASSAY_COLUMN_REAL },
    };
    g_autoptr(AssayOutput) output = assay_output_open(cli.output, error);
    g_autoptr(AssayTable) table = NULL;
    gboolean lacks;

    if (output == NULL)
        return CLI_FAILED;
    lacks = tell_empty(self);
    table =
        assay_table_new(output, columns, G_N_ELEMENTS(columns), assay_output_is_terminal(output));
    for (size_t i = 0; i < self->sets.n; i++) {
        const AssaySpectralSum *sum = self->sums[i];

        assay_table_text(table, self->sets.labels[i]);
        assay_table_int(table, sum == NULL ? 0 : (gint64)sum->n);
        assay_table_int(table, sum == NULL ? 0 : (gint64)sum->n_left_out);
        assay_table_real(table,
                         sum == NULL ? (double)NAN : assay_spectral_sum_loss(sum, self->sums[0]));
        if (!assay_table_row_end(table, error))
            return CLI_FAILED;
    }
    if (!assay_table_finish(table, error) || !assay_output_close(output, error))
        return CLI_FAILED;
    return cli_status_lacking(cli_status(), lacks);
}

static int
run(Losses *self, const AssaySpectrumConfig *config, GError **error)
{
    AssaySourceConfig source = spectrum_source((const char *const *)self->sets.operands);
    AssaySpectrumConfig own = *config;
    g_autoptr(AssayStage) maker = assay_planes_maker(cli.max_sample), stage = NULL;

    own.profile.scale = self->upconv ? ASSAY_PROFILE_TO_RANGE : ASSAY_PROFILE_AS_IT_IS;
    stage = assay_spectrum_stage(&own);
    source.names_repeat = TRUE;
    if (!cli_run(&(CliRun){ .source = source,
                            .stages = (const AssayStage *const[]){ maker, stage, NULL },
                            .consume = consume,
                            .user = self },
                 error))
        return CLI_FAILED;
    if (cli_n_consumed() == 0)
        return cli_status();
    if (self->sums[0] == NULL || self->sums[0]->n == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s, the reference, has no picture with a profile", self->sets.labels[0]);
        return CLI_FAILED;
    }
    return print(self, error);
}

int
spectrum_loss(const AssaySpectrumConfig *config, const char *const *operands)
{
    g_autoptr(GError) error = NULL;
    Losses self = { .upconv = config->profile.upconv };
    int status;

    if (operands[0] == NULL || operands[1] == NULL)
        return cli_usage(
            "--loss takes a reference and sets, as in assay-spectrum --loss real fake");
    if (!cli_sets_read(&self.sets, operands))
        return CLI_USAGE;
    self.sums = g_new0(AssaySpectralSum *, self.sets.n);
    status = run(&self, config, &error);
    if (error != NULL)
        status = cli_fail(error);
    for (size_t i = 0; i < self.sets.n; i++)
        assay_spectral_sum_free(self.sums[i]);
    g_free(self.sums);
    g_free(self.shown);
    cli_sets_clear(&self.sets);
    return status;
}
