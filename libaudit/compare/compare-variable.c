/* compare/compare-variable.c - the rows of one variable.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/text.h"
#include "../stats/ks.h"
#include "compare-private.h"

#define MAX_ATOMS ((size_t)8)
#define MIN_ATOM 0.01

/* What is measured of every variable; with "all", everything. */
#define BASIC_MEASURES                                                                             \
    (ASSAY_MEASURES(ASSAY_MEASURE_KS) | ASSAY_MEASURES(ASSAY_MEASURE_JSD) |                        \
     ASSAY_MEASURES(ASSAY_MEASURE_W1))

/* One variable of two sets while it is compared. */
typedef struct {
    const AssayCompareConfig *config;
    AssayPair pair;
    AssayDivergence divergence;
    double cell_error;
    double atoms[MAX_ATOMS + 2]; /* ascending */
    size_t n_atoms;
    GArray *trials; /* AssayTrial */
    GPtrArray *rows;
} Variable;

static gboolean
is_wanted(const AssayCompareConfig *config, const char *name)
{
    return config->measures == NULL || g_strv_contains(config->measures, name);
}

static AssayMeasures
wanted_measures(const AssayCompareConfig *config)
{
    AssayMeasures measures = 0;

    for (guint m = 0; m < ASSAY_N_MEASURES; m++) {
        gboolean is_asked =
            config->all || config->measures != NULL || (BASIC_MEASURES & ASSAY_MEASURES(m)) != 0;

        if (is_asked && is_wanted(config, assay_measure_facts((AssayMeasure)m)->name))
            measures |= ASSAY_MEASURES(m);
    }
    return measures;
}

static int
compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void
add_atom(Variable *self, double value)
{
    for (size_t i = 0; i < self->n_atoms; i++) {
        if (compare_doubles(&self->atoms[i], &value) == 0)
            return;
    }
    self->atoms[self->n_atoms++] = value;
}

static double
share_of(guint64 n, guint64 of)
{
    return of == 0 ? (double)NAN : (double)n / (double)of;
}

/* The larger of its shares. */
static double
weight_of(const Variable *self, const AssayAtom *atom)
{
    return fmax(share_of(atom->n.reference, self->divergence.n.reference),
                share_of(atom->n.candidate, self->divergence.n.candidate));
}

/* Of a few fractions each makes a percent: an atom is one that there is more than once; and no cell
 * is one, but for the value that is its bound. */
static gboolean
is_atom(const Variable *self, const AssayAtom *atom)
{
    guint64 n;

    if (self->pair.ecdfs[0] == NULL && !assay_pair_count(&self->pair, 0, atom->value, &n) &&
        !assay_pair_count(&self->pair, 1, atom->value, &n))
        return FALSE;
    return self->pair.sides[0]->scale.is_integer || self->pair.sides[1]->scale.is_integer ||
           MAX(atom->n.reference, atom->n.candidate) > 1;
}

/* Those of the largest shares, and the ends of the range where these occur. */
static void
find_atoms(Variable *self)
{
    const AssayDivergence *all = &self->divergence;
    const double ends[] = { self->pair.low, self->pair.high };

    for (size_t i = 0; i < all->n_atoms; i++) {
        double weight = weight_of(self, &all->atoms[i]);
        size_t n_heavier = 0;

        for (size_t k = 0; k < all->n_atoms; k++)
            n_heavier += weight_of(self, &all->atoms[k]) > weight ||
                         (k < i && !(weight_of(self, &all->atoms[k]) < weight));
        if (n_heavier < MAX_ATOMS && is_atom(self, &all->atoms[i]))
            add_atom(self, all->atoms[i].value);
    }
    for (size_t i = 0; self->pair.is_declared && i < 2; i++) {
        guint64 n[2];

        if (assay_pair_count(&self->pair, 0, ends[i], &n[0]) &&
            assay_pair_count(&self->pair, 1, ends[i], &n[1]) && n[0] + n[1] > 0)
            add_atom(self, ends[i]);
    }
    qsort(self->atoms, self->n_atoms, sizeof *self->atoms, compare_doubles);
}

/* A row, and the trial by which its null distribution is found. */
static AssayCompareRow *
add_row(Variable *self, char *measure, AssayTrialKind kind, size_t which)
{
    AssayCompareRow *row = assay_compare_row_new(self->pair.sides[1]->name, measure);
    const AssayTrial trial = { kind, which };

    row->items = self->pair.sides[1]->n_items;
    row->groups = self->pair.sides[1]->n_groups;
    g_array_append_val(self->trials, trial);
    g_ptr_array_add(self->rows, row);
    return row;
}

/* How much of a side is in no bin. */
static void
note_outside(const Variable *self, const AssayMeasured *measured, GString *note)
{
    const AssayDivergence *all = &self->divergence;
    const struct {
        const char *name;
        double share;
    } sides[] = {
        { "reference", share_of(all->below.reference + all->above.reference, all->n.reference) },
        { "candidate", share_of(all->below.candidate + all->above.candidate, all->n.candidate) },
    };

    for (size_t i = 0; i < 2; i++) {
        char percent[ASSAY_TEXT_NUMBER_SIZE];

        if (sides[i].share > 0)
            assay_text_join(note, "; ", "%s %% of the %s is outside the range, and in no bin",
                            assay_text_double_digits(percent, 100 * sides[i].share, 4),
                            sides[i].name);
    }
    if (!self->pair.is_declared && self->config->n_bins > 0 && !isnan(measured->value)) {
        char low[ASSAY_TEXT_NUMBER_SIZE], high[ASSAY_TEXT_NUMBER_SIZE];

        assay_text_join(note, "; ", "bins from %s to %s, where the values are",
                        assay_text_double_digits(low, self->pair.low, 4),
                        assay_text_double_digits(high, self->pair.high, 4));
    }
}

static void
add_measures(Variable *self, AssayMeasures measures)
{
    for (guint m = 0; m < ASSAY_N_MEASURES; m++) {
        const AssayMeasureFacts *facts = assay_measure_facts((AssayMeasure)m);
        const AssayMeasured *measured = &self->divergence.measured[m];
        char bound[ASSAY_TEXT_NUMBER_SIZE];
        AssayCompareRow *row;

        if ((measures & ASSAY_MEASURES(m)) == 0)
            continue;
        row = add_row(self, g_strdup(facts->name), ASSAY_TRIAL_MEASURE, m);
        row->value = measured->value;
        row->at = measured->at;
        row->reference = measured->reference;
        row->candidate = measured->candidate;
        if (measured->is_below)
            assay_text_join(row->note, "; ", "just below");
        if (facts->is_binned)
            note_outside(self, measured, row->note);
        if (self->cell_error > 0 && m == ASSAY_MEASURE_KS)
            assay_text_join(row->note, "; ", "from cells: up to %s more",
                            assay_text_double_digits(bound, self->cell_error, 2));
        else if (self->cell_error > 0)
            assay_text_join(row->note, "; ", "from cells");
    }
}

static void
add_atoms(Variable *self, const AssayAxis *axis)
{
    for (size_t i = 0; i < self->n_atoms; i++) {
        size_t cell = assay_axis_cell(axis, self->atoms[i]);
        char text[ASSAY_TEXT_NUMBER_SIZE];
        AssayCompareRow *row;
        guint64 n[2];

        if (cell == G_MAXSIZE)
            continue;
        row = add_row(self, g_strconcat("atom:", assay_text_double(text, self->atoms[i]), NULL),
                      ASSAY_TRIAL_ATOM, cell);
        row->at = self->atoms[i];
        for (size_t side = 0; side < 2; side++)
            assay_pair_count(&self->pair, side, self->atoms[i], &n[side]);
        for (size_t k = 0; k < self->divergence.n_atoms; k++) {
            if (compare_doubles(&self->divergence.atoms[k].value, &self->atoms[i]) != 0)
                continue;
            n[0] = self->divergence.atoms[k].n.reference;
            n[1] = self->divergence.atoms[k].n.candidate;
        }
        row->reference = share_of(n[0], self->divergence.n.reference);
        row->candidate = share_of(n[1], self->divergence.n.candidate);
        row->value = fabs(row->reference - row->candidate);
    }
}

static void
add_outside(Variable *self)
{
    const AssayDistribution *const *sides = self->pair.sides;
    AssayCompareRow *row;

    if (!self->pair.is_declared)
        return;
    row = add_row(self, g_strdup("outside"), ASSAY_TRIAL_OUTSIDE, 0);
    row->reference = share_of(sides[0]->below + sides[0]->above, sides[0]->n_values);
    row->candidate = share_of(sides[1]->below + sides[1]->above, sides[1]->n_values);
    row->value = fabs(row->reference - row->candidate);
}

static void
add_moments(Variable *self)
{
    for (guint m = 0; m < ASSAY_N_MOMENTS; m++) {
        const char *name = assay_moment_name((AssayMoment)m);
        AssayCompareRow *row;

        if (!is_wanted(self->config, name))
            continue;
        row = add_row(self, g_strdup(name), ASSAY_TRIAL_MOMENT, m);
        row->reference = assay_moment_mean(&self->pair.sides[0]->moments[m]);
        row->candidate = assay_moment_mean(&self->pair.sides[1]->moments[m]);
        row->value = fabs(row->reference - row->candidate);
    }
}

/* What a draw says of the row: how far real samples are, and p. */
static void
judge_row(const Variable *self, AssayCompareRow *row, const AssayTrial *trial,
          const AssayNullRow *null)
{
    gboolean is_similarity = trial->kind == ASSAY_TRIAL_MEASURE &&
                             assay_measure_facts((AssayMeasure)trial->which)->is_similarity;
    double far = is_similarity ? 1 - row->value : row->value;

    row->real50 = is_similarity ? 1 - null->real50 : null->real50;
    row->real99 = is_similarity ? 1 - null->real99 : null->real99;
    if (null->real99 > 0)
        row->ratio = far / null->real99;
    else if (null->real99 <= 0 && far > 0)
        row->ratio = (double)INFINITY;
    row->p = isnan(row->value) ? (double)NAN : null->p;
    if (self->config->tequilagan && trial->kind == ASSAY_TRIAL_MEASURE) {
        row->p = (double)NAN;
        if (trial->which == ASSAY_MEASURE_KS) {
            row->p = assay_ks_p(row->value, self->divergence.n.reference,
                                self->divergence.n.candidate, ASSAY_KS_TEQUILAGAN, NULL);
            assay_text_join(row->note, "; ", "p as if values were independent");
        }
    }
}

static gboolean
judge(Variable *self, const AssayAxis *axis, const AssayDivergenceConfig *divergence,
      GError **error)
{
    const AssayCompareConfig *config = self->config;
    const AssayTrial *trials = (const AssayTrial *)(const void *)self->trials->data;
    const AssayTrials all = { axis, trials, self->trials->len, *divergence };
    const AssayNullConfig draws = { .n_reference = self->pair.sides[0]->n_groups,
                                    .n_candidate = self->pair.sides[1]->n_groups,
                                    .seed = config->seed,
                                    .n_draws = config->n_draws,
                                    .n_workers = config->n_workers };
    AssayKeptGroups groups;
    g_autoptr(AssayNull) null = NULL;

    assay_kept_groups_init(&groups, axis, self->pair.sides[0], self->pair.sides[1]);
    null = assay_null_new(&all, &groups, &draws, error);
    if (null == NULL)
        return FALSE;
    for (guint i = 0; i < self->rows->len; i++) {
        AssayCompareRow *row = g_ptr_array_index(self->rows, i);

        judge_row(self, row, &trials[i], &null->rows[i]);
        assay_pair_note(&self->pair, null, row->note);
    }
    return TRUE;
}

static gboolean
compare_variable(Variable *self, GError **error)
{
    const AssayCompareConfig *config = self->config;
    AssayMeasures measures = wanted_measures(config);
    AssayDivergenceConfig divergence = { .measures = measures,
                                         .is_exact = config->n_bins == 0,
                                         .n_bins = MAX(config->n_bins, 1),
                                         .low = self->pair.low,
                                         .high = self->pair.high,
                                         .base = config->base,
                                         .min_atom = MIN_ATOM,
                                         .skips_atoms = !is_wanted(config, "atom") };
    AssayAxisConfig cells = { .n_bins = MAX(config->n_bins, 1),
                              .low = self->pair.low,
                              .high = self->pair.high,
                              .is_joined = TRUE,
                              .apart = self->atoms };
    g_autoptr(AssayAxis) axis = NULL;

    if (!assay_pair_measure(&self->pair, &divergence, &self->divergence, &self->cell_error, error))
        return FALSE;
    if (config->tequilagan &&
        !assay_pair_tequilagan_jsd(&self->pair, &self->divergence.measured[ASSAY_MEASURE_JSD].value,
                                   error))
        return FALSE;
    if (is_wanted(config, "atom"))
        find_atoms(self);
    cells.n_apart = self->n_atoms;
    axis = assay_axis_new(self->pair.sides[0], self->pair.sides[1], &cells);
    add_measures(self, measures);
    add_atoms(self, axis);
    if (is_wanted(config, "outside"))
        add_outside(self);
    add_moments(self);
    return judge(self, axis, &divergence, error);
}

/* Whether there is anything to say: slopes of pictures that are all too narrow are not there. */
static gboolean
has_values(const AssayPair *pair)
{
    const AssayDistribution *a = pair->sides[0], *b = pair->sides[1];

    return a->n_values + a->n_non_finite + b->n_values + b->n_non_finite > 0;
}

gboolean
assay_compare_variable(const AssayCompareSet *reference, const AssayCompareSet *candidate,
                       const char *name, const AssayCompareConfig *config, GPtrArray *rows,
                       GError **error)
{
    g_autoptr(GArray) trials = g_array_new(FALSE, FALSE, sizeof(AssayTrial));
    g_autoptr(GPtrArray) own = g_ptr_array_new();
    Variable self = { .config = config, .trials = trials, .rows = own };
    gboolean done = assay_pair_init(&self.pair, reference, candidate, name, error) &&
                    (!has_values(&self.pair) || compare_variable(&self, error));

    assay_pair_clear(&self.pair);
    for (guint i = 0; i < own->len; i++)
        g_ptr_array_add(rows, g_ptr_array_index(own, i));
    return done;
}
