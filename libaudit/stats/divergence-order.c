/* stats/divergence-order.c - measures of the values in their order: functions F and G.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_psi.h>

#include "divergence-private.h"

__extension__ typedef __int128 Wide;

void
assay_order_sweep_init(AssayOrderSweep *self, AssayMeasures measures, guint64 n, guint64 m)
{
    double product = (double)n * (double)m;

    *self = (AssayOrderSweep){ .measures = measures, .n = n, .m = m };
    self->scale = product > 0 ? ldexp(1, -ilogb(product)) : 1;
    self->unit = product * self->scale;
    self->largest_x = self->linf_x = (double)NAN;
}

/* In integers, so that what is equal is 0, and rounded once. */
static void
fill_gaps(AssayOrderSweep *self, AssayBlock *block)
{
    gint64 n = (gint64)self->n, m = (gint64)self->m;

    if ((double)n * (double)m < 0x1p62) {
        gint64 gap = (gint64)self->before_a * m - (gint64)self->before_b * n;

        for (size_t i = 0; i < block->n; i++) {
            gint64 jump = (gint64)block->a[i] * m - (gint64)block->b[i] * n;

            gap += jump;
            block->jump[i] = (double)jump * self->scale;
            block->gap[i] = (double)gap * self->scale;
        }
    } else {
        Wide gap = (Wide)self->before_a * m - (Wide)self->before_b * n;

        for (size_t i = 0; i < block->n; i++) {
            Wide jump = (Wide)block->a[i] * m - (Wide)block->b[i] * n;

            gap += jump;
            block->jump[i] = (double)jump * self->scale;
            block->gap[i] = (double)gap * self->scale;
        }
    }
}

/* How many values of each side there are up to and with value @i of the block. */
static void
count_up_to(const AssayOrderSweep *self, const AssayBlock *block, size_t i, guint64 *a, guint64 *b)
{
    *a = self->before_a;
    *b = self->before_b;
    for (size_t j = 0; j <= i; j++) {
        *a += block->a[j];
        *b += block->b[j];
    }
}

static void
add_ks(AssayOrderSweep *self, const AssayBlock *block)
{
    double largest = self->largest;
    size_t at = 0;

    if (self->is_open) {
        self->next_x = block->x[0];
        self->next_jump = block->jump[0];
        self->is_open = FALSE;
    }
    for (size_t i = 0; i < block->n; i++)
        largest = MAX(largest, fabs(block->gap[i]));
    if (!(largest > self->largest))
        return;
    while (fabs(block->gap[at]) < largest)
        at++;
    self->largest = largest;
    self->largest_x = block->x[at];
    self->largest_jump = block->jump[at];
    count_up_to(self, block, at, &self->largest_a, &self->largest_b);
    self->is_open = at + 1 == block->n;
    if (!self->is_open) {
        self->next_x = block->x[at + 1];
        self->next_jump = block->jump[at + 1];
    }
}

/* The area between F and G, and that of the square of their difference: from each value to the
 * next one, of which the first has none before it. Nothing between equal functions, however far. */
static void
add_areas(AssayOrderSweep *self, const AssayBlock *block)
{
    double last_x = self->before_a + self->before_b > 0 ? self->last_x : block->x[0];
    double last_gap = self->last_gap;
    double area = 0, square = 0;

    for (size_t i = 0; i < block->n; i++) {
        double width = last_gap != 0 ? block->x[i] - last_x : 0;

        area += fabs(last_gap) * width;
        square += last_gap * last_gap * width;
        last_x = block->x[i];
        last_gap = block->gap[i];
    }
    assay_sum_add(&self->w1, area);
    assay_sum_add(&self->energy, square);
}

/* Cramer and von Mises, for midranks: T as Anderson, "On the distribution of the two-sample
 * Cramer-von Mises criterion", Annals of Mathematical Statistics 33, 1962, has it, is
 *
 *     U / (n m N) - (4 n m - 1) / (6 N),
 *     U = n sum (midrank of x(i) - i)^2 + m sum (midrank of y(j) - j)^2.
 *
 * Both parts are near N / 6, and T is near 1, so they are not subtracted but worked out: with f and
 * g the shares of a value, and d = F - G in the middle of its jumps,
 *
 *     T = sum [ n m / (2 N) d^2 (f + g) + (u f^3 + v g^3 - w f g (f + g)) / (12 N) ]
 *         - (n - m)^2 / (12 n m N),
 *     u = n m / 2 + n^3 / m,  v = n m / 2 + m^3 / n,  w = 3 n m / 2. */
static void
add_cvm(AssayOrderSweep *self, const AssayBlock *block)
{
    double n = (double)self->n, m = (double)self->m, pooled = n + m;
    double u = (n * m / 2 + n * n * n / m) / (12 * pooled);
    double v = (n * m / 2 + m * m * m / n) / (12 * pooled);
    double w = n * m / (8 * pooled), weight = n * m / (2 * pooled);
    double sum = 0;

    for (size_t i = 0; i < block->n; i++) {
        double f = (double)block->a[i] / n, g = (double)block->b[i] / m;
        double d = (block->gap[i] - block->jump[i] / 2) / self->unit;

        sum += weight * d * d * (f + g) + (u * f * f * f + v * g * g * g - w * f * g * (f + g));
    }
    assay_sum_add(&self->cvm, sum);
}

/* Anderson and Darling for two samples, by midranks: equation 7 of Scholz and Stephens, "K-sample
 * Anderson-Darling tests", Journal of the American Statistical Association 82, 1987. With l values
 * at x(j) and h in the middle of their pooled ranks, both samples' terms come to
 *
 *     n m l d^2 / (h (N - h) - N l / 4). */
static void
add_ad(AssayOrderSweep *self, const AssayBlock *block)
{
    double pooled = (double)self->n + (double)self->m;
    double before = (double)(self->before_a + self->before_b);
    double sum = 0;

    for (size_t i = 0; i < block->n; i++) {
        double l = (double)(block->a[i] + block->b[i]);
        double middle = before + l / 2;
        double spread = middle * (pooled - middle) - pooled * l / 4;
        double d = (block->gap[i] - block->jump[i] / 2) / self->unit;

        sum += spread > 0 ? l * d * d / spread : 0; /* all of them are equal */
        before += l;
    }
    assay_sum_add(&self->ad, sum);
}

static void
add_linf(AssayOrderSweep *self, const AssayBlock *block)
{
    for (size_t i = 0; i < block->n; i++) {
        if (fabs(block->jump[i]) > self->linf) {
            self->linf = fabs(block->jump[i]);
            self->linf_x = block->x[i];
            self->linf_a = block->a[i];
            self->linf_b = block->b[i];
        }
    }
}

static gboolean
has_any(const AssayOrderSweep *self, AssayMeasure one, AssayMeasure other)
{
    return assay_measures_has(self->measures, one) || assay_measures_has(self->measures, other);
}

void
assay_order_sweep_add(AssayOrderSweep *self, AssayBlock *block)
{
    fill_gaps(self, block);
    if (assay_measures_has(self->measures, ASSAY_MEASURE_KS))
        add_ks(self, block);
    if (has_any(self, ASSAY_MEASURE_W1, ASSAY_MEASURE_ENERGY))
        add_areas(self, block);
    if (has_any(self, ASSAY_MEASURE_CVM, ASSAY_MEASURE_CVM_U))
        add_cvm(self, block);
    if (has_any(self, ASSAY_MEASURE_AD, ASSAY_MEASURE_AD_STANDARD))
        add_ad(self, block);
    if (assay_measures_has(self->measures, ASSAY_MEASURE_LINF))
        add_linf(self, block);
    self->last_x = block->x[block->n - 1];
    self->last_gap = block->gap[block->n - 1];
    for (size_t i = 0; i < block->n; i++) {
        self->before_a += block->a[i];
        self->before_b += block->b[i];
    }
}

static void
end_ks(const AssayOrderSweep *self, AssayMeasured *ks)
{
    ks->value = self->largest / self->unit;
    if (!(self->largest > 0))
        return;
    ks->is_below = fabs(self->next_jump) > fabs(self->largest_jump);
    ks->at = ks->is_below ? self->next_x : self->largest_x;
    ks->reference = (double)self->largest_a / (double)self->n;
    ks->candidate = (double)self->largest_b / (double)self->m;
}

static void
end_linf(const AssayOrderSweep *self, AssayMeasured *linf)
{
    linf->value = self->linf / self->unit;
    if (!(self->linf > 0))
        return;
    linf->at = self->linf_x;
    linf->reference = (double)self->linf_a / (double)self->n;
    linf->candidate = (double)self->linf_b / (double)self->m;
}

/* The variance of the statistic of two samples under the null hypothesis: equation 4 of Scholz and
 * Stephens. Their sums of reciprocals are h = H(N-1) and g = H2(N-1) - 2 H(N-1) / N, where H and H2
 * are harmonic numbers of the first and second order. */
static double
ad_variance(double n, double m)
{
    double pooled = n + m, reciprocals = 1 / n + 1 / m;
    double h = gsl_sf_psi(pooled) + M_EULER;
    double g = M_PI * M_PI / 6 - gsl_sf_psi_1(pooled) - 2 * h / pooled;
    double a = (4 * g - 6) + (10 - 6 * g) * reciprocals;
    double b = (2 * g - 4) * 4 + 8 * h * 2 + (2 * g - 14 * h - 4) * reciprocals - 8 * h + 4 * g - 6;
    double c =
        (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * reciprocals + 4 * h;
    double d = (2 * h + 6) * 4 - 8 * h;

    return (((a * pooled + b) * pooled + c) * pooled + d) /
           ((pooled - 1) * (pooled - 2) * (pooled - 3));
}

void
assay_order_sweep_end(AssayOrderSweep *self, AssayMeasured *measured)
{
    double n = (double)self->n, m = (double)self->m, pooled = n + m;
    double cvm = assay_sum_value(&self->cvm) - (n - m) / pooled * (n - m) / (12 * n * m);
    double ad = (pooled - 1) / pooled * n * m * assay_sum_value(&self->ad);
    double values[ASSAY_N_MEASURES] = {
        [ASSAY_MEASURE_W1] = assay_sum_value(&self->w1) / self->unit,
        [ASSAY_MEASURE_ENERGY] = sqrt(2 * assay_sum_value(&self->energy) / self->unit / self->unit),
        [ASSAY_MEASURE_CVM] = cvm,
        [ASSAY_MEASURE_CVM_U] = (cvm + (4 * n * m - 1) / (6 * pooled)) * n * m * pooled,
        [ASSAY_MEASURE_AD] = ad,
        [ASSAY_MEASURE_AD_STANDARD] = pooled > 3 ? (ad - 1) / sqrt(ad_variance(n, m)) : (double)NAN,
    };

    if (self->n == 0 || self->m == 0)
        return;
    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        if (assay_measures_has(self->measures & ~ASSAY_MEASURES_BINNED, (AssayMeasure)i))
            measured[i].value = values[i];
    }
    if (assay_measures_has(self->measures, ASSAY_MEASURE_KS))
        end_ks(self, &measured[ASSAY_MEASURE_KS]);
    if (assay_measures_has(self->measures, ASSAY_MEASURE_LINF))
        end_linf(self, &measured[ASSAY_MEASURE_LINF]);
}
