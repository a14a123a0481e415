/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "apart.h"

#include <math.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../learn/carriers.h"
#include "../learn/cross.h"

/* Of fewer labellings p is coarse, and that is noted. */
enum { FEW_LABELLINGS = 100 };

void
assay_apart_free(AssayApart *self)
{
    if (self == NULL)
        return;
    g_free(self->carriers);
    if (self->note != NULL)
        g_string_free(self->note, TRUE);
    g_free(self);
}

static gboolean
measure(AssayApart *self, const AssayApartConfig *config, const AssayExamples *examples,
        const AssayCross *cross, const char *name, GError **error)
{
    g_autofree AssayScored *scored =
        assay_examples_scored(examples, cross->rows, cross->scores, cross->n);
    g_autoptr(AssayRoc) roc = assay_roc_new(scored, cross->n, error);
    AssayRandom random;

    if (roc == NULL)
        return FALSE;
    assay_roc_measure(roc, 0, &self->values);
    assay_random_init(&random, config->seed, "detect", name);
    assay_roc_spread(roc, 0, config->n_draws, config->confidence, &random, &self->spread);
    self->p = (double)NAN;
    return config->n_permutations == 0 ||
           assay_cross_p(cross, &config->model, examples, config->n_permutations, config->seed,
                         config->n_workers, &self->p, error);
}

static char *
list_carriers(const AssayExamples *examples, const AssayCross *cross)
{
    AssayCarrier carriers[ASSAY_APART_CARRIERS];
    size_t n = assay_carriers_find(examples, cross->rows, cross->n, carriers, ASSAY_APART_CARRIERS);
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < n; i++) {
        g_autofree char *carrier = assay_carrier_text(&carriers[i], examples);

        assay_text_join(text, ", ", "%s", carrier);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static GString *
make_note(const AssayApart *self, const AssayApartConfig *config, const AssayCollection *items,
          guint32 set, const AssayCross *cross)
{
    GString *text = g_string_new(NULL);
    double n_labellings = assay_cross_n_labellings(cross, items->examples);
    g_autofree char *traits = assay_traits_tell(items->traits, set);
    size_t n_shared = assay_collection_n_shared(items, set);
    size_t n_repeated = assay_collection_n_repeated(items, set);
    char number[ASSAY_TEXT_NUMBER_SIZE];

    n_labellings = MIN(n_labellings, (double)config->n_permutations + 1);
    if (traits != NULL)
        assay_text_join(text, "; ", "told apart by their files alone: %s", traits);
    if (n_shared > 0)
        assay_text_join(text, "; ", "%" G_GSIZE_FORMAT " fakes are reals too", n_shared);
    if (n_repeated > 0)
        assay_text_join(text, "; ", "repeated items: %" G_GSIZE_FORMAT, n_repeated);
    if (cross->n_folds < config->n_folds)
        assay_text_join(text, "; ", "%u folds", cross->n_folds);
    if (items->is_ungrouped)
        assay_text_join(text, "; ", "ungrouped");
    if (isnan(self->spread.intervals[ASSAY_ROC_AUC].low))
        assay_text_join(text, "; ", "too few groups for an interval");
    if (config->n_permutations > 0 && n_labellings < FEW_LABELLINGS)
        assay_text_join(text, "; ", "no p below 1/%s", assay_text_double(number, n_labellings));
    return text;
}

static gboolean
check_counts(const AssayExampleCounts *counts, GError **error)
{
    if (counts->n_items[0] > 0 && counts->n_items[1] > 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "cannot be tried: there is no %s to be used",
                counts->n_items[0] == 0 ? "real item" : "fake");
    return FALSE;
}

AssayApart *
assay_apart_new(const AssayApartConfig *config, const AssayCollection *items, guint32 set,
                const char *name, GError **error)
{
    const AssayExamples *examples = items->examples;
    g_autoptr(AssayApart) self = g_new0(AssayApart, 1);
    g_autoptr(AssayCross) cross = NULL;
    size_t n;
    g_autofree size_t *rows = assay_examples_rows(examples, set, &n);

    self->counts = assay_examples_count(examples, rows, n);
    if (!check_counts(&self->counts, error))
        return NULL;
    cross = assay_cross_new(&config->model, examples, rows, n, config->n_folds, config->n_workers,
                            error);
    if (cross == NULL || !measure(self, config, examples, cross, name, error))
        return NULL;
    self->carriers = list_carriers(examples, cross);
    self->note = make_note(self, config, items, set, cross);
    return g_steal_pointer(&self);
}
