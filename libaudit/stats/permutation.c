/* stats/permutation.c - labels of whole groups, shuffled or enumerated.
 *
 * With V and E the sums over all groups, and v and e those of the test set, the statistic is
 *
 *     v/e - (V - v)/(E - e) = (v E - V e) / (e (E - e)), or 0 where that is less
 *
 * and two of them are compared by their cross products: 256 bits hold them whatever the counts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "permutation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "labellings.h"

enum { N_LIMBS = 8 };

/* An unsigned number, least limb first. */
typedef struct {
    guint32 limb[N_LIMBS];
} Wide;

typedef struct {
    Wide numerator, denominator;
} Statistic;

typedef struct {
    AssayRateGroup *groups; /* those with events, the test set's first */
    size_t n_test, n;
    AssayRateGroup test, total; /* sums */
    Statistic observed;
} Problem;

static int
n_limbs(const Wide *a)
{
    int n = N_LIMBS;

    while (n > 0 && a->limb[n - 1] == 0)
        n--;
    return n;
}

/* The product must fit. */
static Wide
multiply(const Wide *a, const Wide *b)
{
    Wide product = { { 0 } };
    int n_a = n_limbs(a), n_b = n_limbs(b);

    for (int i = 0; i < n_a; i++) {
        guint64 carry = 0;

        for (int j = 0; j < n_b; j++) {
            carry += (guint64)a->limb[i] * b->limb[j] + product.limb[i + j];
            product.limb[i + j] = (guint32)carry;
            carry >>= 32;
        }
        if (i + n_b < N_LIMBS)
            product.limb[i + n_b] = (guint32)carry;
    }
    return product;
}

static Wide
product_of(guint64 a, guint64 b)
{
    Wide wide_a = { { (guint32)a, (guint32)(a >> 32) } };
    Wide wide_b = { { (guint32)b, (guint32)(b >> 32) } };

    return multiply(&wide_a, &wide_b);
}

static int
compare(const Wide *a, const Wide *b)
{
    for (int i = N_LIMBS - 1; i >= 0; i--) {
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i] ? -1 : 1;
    }
    return 0;
}

/* a - b, which must not be negative. */
static Wide
subtract(const Wide *a, const Wide *b)
{
    Wide difference;
    guint64 borrow = 0;

    for (int i = 0; i < N_LIMBS; i++) {
        guint64 limb = (guint64)a->limb[i] - b->limb[i] - borrow;

        difference.limb[i] = (guint32)limb;
        borrow = limb >> 63;
    }
    return difference;
}

static Statistic
statistic_of(AssayRateGroup test, AssayRateGroup total)
{
    Wide mine = product_of(test.violations, total.events);
    Wide expected = product_of(total.violations, test.events);
    Statistic statistic = { { { 0 } }, product_of(test.events, total.events - test.events) };

    if (compare(&mine, &expected) > 0)
        statistic.numerator = subtract(&mine, &expected);
    return statistic;
}

static gboolean
is_at_least(const Statistic *a, const Statistic *b)
{
    Wide left = multiply(&a->numerator, &b->denominator);
    Wide right = multiply(&b->numerator, &a->denominator);

    return compare(&left, &right) >= 0;
}

/* Whether it would be as extreme to have the @k groups chosen as the smaller set. */
static gboolean
is_extreme(const Problem *problem, const size_t *chosen, size_t k)
{
    AssayRateGroup sum = { 0, 0 };
    Statistic statistic;

    for (size_t i = 0; i < k; i++) {
        sum.violations += problem->groups[chosen[i]].violations;
        sum.events += problem->groups[chosen[i]].events;
    }
    if (k != problem->n_test) {
        sum.violations = problem->total.violations - sum.violations;
        sum.events = problem->total.events - sum.events;
    }
    statistic = statistic_of(sum, problem->total);
    return is_at_least(&statistic, &problem->observed);
}

static void
enumerate(const Problem *problem, size_t *indices, size_t k, AssayRateTest *result)
{
    guint64 n_extreme = 0;

    result->is_exact = TRUE;
    do {
        n_extreme += is_extreme(problem, indices, k) ? 1 : 0;
        result->n_labellings++;
    } while (assay_labellings_next(indices, problem->n, k));
    result->p = (double)n_extreme / (double)result->n_labellings;
}

static void
sample(const Problem *problem, size_t *indices, size_t k, guint64 n_permutations,
       AssayRandom *random, AssayRateTest *result)
{
    guint64 n_extreme = 1; /* the observed labelling */

    for (guint64 i = 0; i < n_permutations; i++) {
        assay_random_choose(random, indices, problem->n, k);
        n_extreme += is_extreme(problem, indices, k) ? 1 : 0;
    }
    result->n_labellings = n_permutations + 1;
    result->p = (double)n_extreme / ((double)n_permutations + 1);
}

static double
rate_of(guint64 violations, guint64 events)
{
    return events > 0 ? (double)violations / (double)events : (double)NAN;
}

static int
compare_groups(const void *a, const void *b)
{
    const AssayRateGroup *x = a, *y = b;

    if (x->events != y->events)
        return x->events < y->events ? -1 : 1;
    return (x->violations > y->violations) - (x->violations < y->violations);
}

/* Adds those with events; in an order of their own, so that p does not hang on that of @groups. */
static gboolean
add_groups(Problem *problem, const AssayRateGroup *groups, size_t n, const char *set,
           GError **error)
{
    AssayRateGroup *total = &problem->total;
    size_t first = problem->n;

    for (size_t i = 0; i < n; i++) {
        if (groups[i].events == 0 && groups[i].violations > 0) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "group %" G_GSIZE_FORMAT " of the %s set: %" G_GUINT64_FORMAT
                        " violations in no events",
                        i, set, groups[i].violations);
            return FALSE;
        }
        if (!g_uint64_checked_add(&total->violations, total->violations, groups[i].violations) ||
            !g_uint64_checked_add(&total->events, total->events, groups[i].events)) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "group %" G_GSIZE_FORMAT " of the %s set: the sums do not fit 64 bits", i,
                        set);
            return FALSE;
        }
        if (groups[i].events > 0)
            problem->groups[problem->n++] = groups[i];
    }
    if (problem->n > first)
        qsort(problem->groups + first, problem->n - first, sizeof *groups, compare_groups);
    return TRUE;
}

gboolean
assay_permutation_rate_test(const AssayRateGroup *test, size_t n_test,
                            const AssayRateGroup *reference, size_t n_reference,
                            guint64 n_permutations, AssayRandom *random, AssayRateTest *result,
                            GError **error)
{
    g_autofree AssayRateGroup *groups = g_new(AssayRateGroup, n_test + n_reference);
    g_autofree size_t *indices = NULL;
    Problem problem = { .groups = groups };
    size_t k;

    if (!add_groups(&problem, test, n_test, "test", error))
        return FALSE;
    problem.n_test = problem.n;
    problem.test = problem.total;
    if (!add_groups(&problem, reference, n_reference, "reference", error))
        return FALSE;

    memset(result, 0, sizeof *result);
    result->rate_test = rate_of(problem.test.violations, problem.test.events);
    result->rate_reference = rate_of(problem.total.violations - problem.test.violations,
                                     problem.total.events - problem.test.events);
    result->p = (double)NAN;
    k = MIN(problem.n_test, problem.n - problem.n_test);
    if (k == 0)
        return TRUE;

    problem.observed = statistic_of(problem.test, problem.total);
    indices = g_new(size_t, problem.n);
    for (size_t i = 0; i < problem.n; i++)
        indices[i] = i;
    if (n_permutations < G_MAXUINT64 &&
        assay_labellings_count(problem.n, k, n_permutations) <= n_permutations)
        enumerate(&problem, indices, k, result);
    else
        sample(&problem, indices, k, n_permutations, random, result);
    return TRUE;
}
