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
    g_free(self->best);
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
    self->p = self->least_p = (double)NAN;
    if (config->n_permutations > 0)
        self->least_p =
            1 / MIN(assay_cross_n_labellings(cross, examples), (double)config->n_permutations + 1);
    return config->n_permutations == 0 ||
           assay_cross_p(cross, &config->model, examples, config->n_permutations, config->seed,
                         config->n_workers, &self->p, error);
}

static void
find_carriers(AssayApart *self, const AssayExamples *examples, const AssayCross *cross)
{
    AssayCarrier carriers[ASSAY_APART_CARRIERS];
    size_t n = assay_carriers_find(examples, cross->rows, cross->n, carriers, ASSAY_APART_CARRIERS);
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < n; i++) {
        g_autofree char *carrier = assay_carrier_text(&carriers[i], examples);

        assay_text_join(text, ", ", "%s", carrier);
    }
    self->carriers = g_string_free(g_steal_pointer(&text), FALSE);
    self->best = g_strdup_printf("%s (%s)", examples->columns[carriers[0].column],
                                 assay_carrier_side(&carriers[0]));
}

static GString *
make_note(const AssayApart *self, const AssayApartConfig *config, const AssayCollection *items,
          guint32 set, const AssayCross *cross)
{
    GString *text = g_string_new(NULL);
    g_autofree char *traits = assay_traits_tell(items->traits, set);
    size_t n_shared = assay_collection_n_shared(items, set);
    size_t n_repeated = assay_collection_n_repeated(items, set);
    char number[ASSAY_TEXT_NUMBER_SIZE];

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
    if (1 / self->least_p < FEW_LABELLINGS)
        assay_text_join(text, "; ", "no p below 1/%s",
                        assay_text_double(number, round(1 / self->least_p)));
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
    find_carriers(self, examples, cross);
    self->note = make_note(self, config, items, set, cross);
    return g_steal_pointer(&self);
}

char *
assay_apart_text(const AssayApart *self, const char *set, const char *reals)
{
    const AssayInterval *interval = &self->spread.intervals[ASSAY_ROC_AUC];
    g_autoptr(GString) auc = g_string_new("AUC ");
    char number[ASSAY_TEXT_NUMBER_SIZE], high[ASSAY_TEXT_NUMBER_SIZE];

    g_string_append(auc, assay_text_double_digits(number, self->values.values[ASSAY_ROC_AUC], 3));
    if (!isnan(interval->low))
        g_string_append_printf(auc, " (%s to %s)",
                               assay_text_double_digits(number, interval->low, 3),
                               assay_text_double_digits(high, interval->high, 3));
    if (isnan(self->p))
        return g_strdup_printf("%s: without p no saying whether it is told from %s: %s", set, reals,
                               auc->str);
    assay_text_double_digits(number, self->p, 3);
    if (self->least_p > ASSAY_APART_ALPHA)
        return g_strdup_printf("%s: no saying whether it is told from %s: %s, and no p is below "
                               "1/%s",
                               set, reals, auc->str,
                               assay_text_double(number, round(1 / self->least_p)));
    if (self->p > ASSAY_APART_ALPHA)
        return g_strdup_printf("%s: not told from %s: %s, p = %s", set, reals, auc->str, number);
    return g_strdup_printf("%s: told from %s: %s, p = %s; of single features best by %s", set,
                           reals, auc->str, number, self->best);
}
