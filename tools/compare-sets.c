/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare-sets.h"

#include <assay/compare/classed.h>
#include <assay/compare/conversion.h>

#include "cli-spec-find.h"
#include "cli-spec.h"
#include "compare-options.h"
#include "compare-table.h"
#include "compare-verdict.h"

static CompareOptions *const options = &compare_options;

typedef struct {
    CompareRun *run;
    AssayClassedSets *sets;
    CliFailOn fail_on;
} Sets;

static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    const Sets *self = user;
    AssayPartConfig config = options->part;

    if (self->run->groups == NULL)
        config.distributions.dropped_from =
            assay_classed_sets_dropped_from(self->sets, self->run->set_of[operand]);
    return assay_part_new(sample, &config, error);
}

static void
free_part(gpointer data)
{
    assay_part_free(data);
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    const Sets *self = user;
    const AssayObservation *items = assay_part_items(result);

    cli_label_count(&options->group_by, sample, items->groups);
    cli_label_count(&options->by, sample, items->classes);
    self->run->n_clipped += assay_part_n_clipped(result);
    return assay_classed_sets_add(self->sets, self->run->set_of[operand], result, self->run->groups,
                                  error);
}

/* A spec is a set, or a part of one, by itself; the recipe of the first is that of files. */
static gboolean
read_specs(const Sets *self, GError **error)
{
    CompareRun *run = self->run;

    for (size_t i = 0; run->named.operands[i] != NULL; i++) {
        const char *operand = run->named.operands[i];
        g_autoptr(AssaySpec) spec = NULL;

        if (!cli_is_spec(operand)) {
            compare_run_add(run, operand, run->named.set_of[i]);
            continue;
        }
        spec = cli_read_spec(operand, error);
        if (spec == NULL ||
            !assay_classed_sets_add_spec(self->sets, run->named.set_of[i], spec, error))
            return FALSE;
        if (run->recipe == NULL && assay_json_size(spec->recipe) > 0)
            run->recipe = assay_recipe_build(spec->recipe, operand, NULL);
    }
    if (run->recipe == NULL)
        run->recipe = assay_compare_conversion(options->part.distributions.fields);
    return TRUE;
}

/* Programs of other settings make other numbers of the same files. */
static void
tell_differences(const Sets *self)
{
    for (size_t i = 1; i < self->run->named.n; i++) {
        g_autofree char *difference = assay_classed_sets_difference(self->sets, i);

        if (difference != NULL)
            cli_note("%s was made otherwise than %s: %s", self->run->named.labels[i],
                     self->run->named.labels[0], difference);
    }
}

/* A set of which nothing could be read has no rows; a reference that is so, nothing to say. */
static gboolean
check_sets(const Sets *self, gboolean *lacks, GError **error)
{
    *lacks = FALSE;
    if (assay_classed_sets_is_empty(self->sets, 0)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: nothing in the reference to compare with", self->run->named.labels[0]);
        return FALSE;
    }
    for (size_t i = 1; i < self->run->named.n; i++) {
        if (!assay_classed_sets_is_empty(self->sets, i))
            continue;
        cli_warn("%s: nothing in this set", self->run->named.labels[i]);
        *lacks = TRUE;
    }
    return TRUE;
}

/* All rows of all sets: measured, then printed. */
static gboolean
conclude(Sets *self, GError **error)
{
    g_autoptr(GPtrArray) rows =
        g_ptr_array_new_with_free_func((GDestroyNotify)assay_compare_row_free);

    if (!cli_label_finish(&options->group_by, error) || !cli_label_finish(&options->by, error) ||
        !assay_classed_sets_compare(self->sets, &options->config, rows, error))
        return FALSE;
    assay_compare_adjust(rows);
    compare_run_tell_clipped(self->run);
    if (!compare_table_print(&self->fail_on, rows, error))
        return FALSE;
    if (!options->config.tequilagan)
        compare_verdict_tell(rows);
    return TRUE;
}

static int
compare(Sets *self, GError **error)
{
    CliRun samples = {
        .analyse = analyse, .free_result = free_part, .consume = consume, .user = self
    };
    int status = CLI_DONE;
    gboolean lacks;

    if (!compare_table_parse(&self->fail_on, options->fail_on, error) || !read_specs(self, error))
        return CLI_FAILED;
    if (self->run->n_operands > 0) {
        if (!compare_run_read(self->run, &samples, error))
            return CLI_FAILED;
        status = cli_status();
        if (cli_n_consumed() == 0)
            return status;
    }
    if (!check_sets(self, &lacks, error))
        return CLI_FAILED;
    tell_differences(self);
    if (!conclude(self, error))
        return CLI_FAILED;
    status = cli_status_lacking(status, lacks);
    return self->fail_on.is_met && status == CLI_DONE ? CLI_NO : status;
}

int
compare_sets(CompareRun *run, GError **error)
{
    const CliSets *named = &run->named;
    Sets self = { .run = run,
                  .sets = assay_classed_sets_new((const char *const *)named->labels, named->n,
                                                 options->by.text, g_get_tmp_dir()) };
    int status = compare(&self, error);

    assay_classed_sets_free(self.sets);
    cli_fail_on_clear(&self.fail_on);
    return status;
}
