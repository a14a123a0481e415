/* assay-spectrum - the average spectrum of each set, or its cosine statistics, as a stream.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/average-sample.h>
#include <assay/stream/names.h>

#include "spectrum-sets.h"

static gboolean
write_set(AssayWriter *writer, const char *label, const AssayAverageSum *sum,
          const AssayAverageSum *first, GError **error)
{
    g_autofree char *name = assay_name_from_text(label);
    g_autoptr(AssaySample) sample = assay_average_sample(name, sum, first, cli.max_sample, error);

    return sample != NULL && assay_writer_put(writer, sample, error);
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
    g_autoptr(AssayJson) record = assay_average_record(config, "assay-spectrum");
    g_autoptr(AssayWriter) writer = assay_writer_new(cli_output(), record);
    g_autoptr(GError) error = NULL;
    SpectrumSets self = { .writer = writer };
    int status = CLI_DONE;

    if (spectrum_sets_read(&self, config, operands, &status, &error) && !write_sets(&self, &error))
        status = CLI_FAILED;
    spectrum_sets_clear(&self);
    return error != NULL ? cli_fail(error) : status;
}
