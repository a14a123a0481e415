/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nearest-read.h"

#include <assay/detect/vector-files.h>
#include <assay/image/image.h>

#include "cli.h"
#include "nearest-options.h"
#include "nearest-seek.h"

/* So many items are sought at a time. */
enum { BATCH = 4096 };

static NearestOptions *const options = &nearest_options;

static gpointer
make_vectors(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    (void)user;
    (void)operand;
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

gboolean
nearest_open_reference(Nearest *self, const char *operand, GError **error)
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

gboolean
nearest_read_candidates(Nearest *self, GError **error)
{
    return read_set(self, (const char *const *)self->sets.operands, add_candidate, error);
}
