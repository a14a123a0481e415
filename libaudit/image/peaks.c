/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peaks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"

enum { AROUND = 4, WIDEST = 2 * AROUND + 1 };

static const double TO_DEVIATION = 1.4826;

/**
 * Plane:
 * @values, @heights: [height, width], frequency 0 first
 * @room: as many values more
 */
typedef struct {
    size_t height, width;
    double *values, *heights, *room;
} Plane;

/* The value of rank @k, the smallest 0; orders @values (Hoare's "find"). */
static double
select_rank(double *values, size_t n, size_t k)
{
    size_t low = 0, high = n - 1;

    while (low < high) {
        double pivot = values[(low + high) / 2];
        size_t i = low, j = high;

        while (i <= j) {
            while (values[i] < pivot)
                i++;
            while (values[j] > pivot)
                j--;
            if (i <= j) {
                double kept = values[i];

                values[i++] = values[j];
                values[j] = kept;
                if (j == 0)
                    break;
                j--;
            }
        }
        if (k <= j)
            high = j;
        else if (k >= i)
            low = i;
        else
            break;
    }
    return values[k];
}

/* 1.4826 median |x - median x|; orders @values, which become the differences. */
static double
spread_of(double *values, size_t n)
{
    double middle = select_rank(values, n, n / 2);

    for (size_t i = 0; i < n; i++)
        values[i] = fabs(values[i] - middle);
    return TO_DEVIATION * select_rank(values, n, n / 2);
}

static double
median_around(const Plane *self, size_t v, size_t u)
{
    size_t down = MIN((size_t)AROUND, (self->height - 1) / 2);
    size_t across = MIN((size_t)AROUND, (self->width - 1) / 2);
    double values[WIDEST * WIDEST];
    size_t n = 0;

    for (size_t i = 0; i <= 2 * down; i++) {
        const double *row =
            self->values + (v + self->height + i - down) % self->height * self->width;

        for (size_t k = 0; k <= 2 * across; k++)
            values[n++] = row[(u + self->width + k - across) % self->width];
    }
    return select_rank(values, n, n / 2);
}

/* A spectrum of real values is the same at opposite bins. */
static void
measure_heights(Plane *self)
{
    for (size_t v = 0; v < self->height; v++) {
        for (size_t u = 0; u <= self->width / 2; u++) {
            size_t at = v * self->width + u;
            size_t opposite =
                (self->height - v) % self->height * self->width + (self->width - u) % self->width;

            self->heights[at] = self->heights[opposite] =
                self->values[at] - median_around(self, v, u);
        }
    }
}

static gint64
signed_frequency(size_t k, size_t n)
{
    return k <= n / 2 ? (gint64)k : (gint64)k - (gint64)n;
}

/* Which of the grids 2 to 16 both frequencies are on; of small sides all would be on the fine ones.
 */
static guint
grid_of(size_t v, size_t height, size_t u, size_t width, size_t side)
{
    for (guint grid = 2; grid <= 16 && 4 * grid <= side; grid *= 2) {
        if (v * grid % height == 0 && u * grid % width == 0)
            return grid;
    }
    return 0;
}

/* Whether it is the highest of the 3 x 3 around it; of equal ones the first. */
static gboolean
is_summit(const Plane *self, size_t v, size_t u)
{
    double height = self->heights[v * self->width + u];

    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < 3; k++) {
            size_t y = (v + self->height + i - 1) % self->height;
            size_t x = (u + self->width + k - 1) % self->width;
            double other = self->heights[y * self->width + x];

            if (other > height ||
                (other == height && (y < v || (y == v && x < u)) && (x <= self->width / 2)))
                return FALSE;
        }
    }
    return TRUE;
}

static void
find_points(Plane *self, GArray *peaks)
{
    size_t height = self->height, width = self->width;
    double spread;

    memcpy(self->room, self->heights, height * width * sizeof self->room[0]);
    spread = spread_of(self->room, height * width);
    for (size_t v = 0; v < height; v++) {
        for (size_t u = 0; u <= width / 2; u++) {
            AssayPeak peak = { .kind = ASSAY_PEAK_POINT,
                               .row = signed_frequency(v, height),
                               .column = signed_frequency(u, width),
                               .height = self->heights[v * width + u],
                               .grid = grid_of(v, height, u, width, MIN(height, width)) };
            gboolean is_own_opposite = u == 0 || 2 * u == width;

            peak.spreads = peak.height / spread;
            peak.period =
                1 / hypot((double)peak.row / (double)height, (double)peak.column / (double)width);
            if ((v == 0 && u == 0) || (is_own_opposite && peak.row < 0) ||
                !(peak.spreads >= ASSAY_PEAK_LEAST) || !is_summit(self, v, u))
                continue;
            g_array_append_val(peaks, peak);
        }
    }
}

/* Lines that run along one axis: @n of them, @step values apart, each of @length values @stride
 * apart. */
static void
find_lines(Plane *self, AssayPeakKind kind, size_t n, size_t step, size_t length, size_t stride,
           GArray *peaks)
{
    double *means = self->room, *kept = self->room + n;
    double spread;

    for (size_t i = 0; i < n; i++) {
        means[i] = 0;
        for (size_t k = 0; k < length; k++)
            means[i] += self->heights[i * step + k * stride];
        means[i] /= (double)length;
    }
    if (n < 2)
        return;
    memcpy(kept, means + 1, (n - 1) * sizeof kept[0]);
    spread = spread_of(kept, n - 1);
    for (size_t i = 1; i <= n / 2; i++) {
        AssayPeak peak = { .kind = kind,
                           .row = kind == ASSAY_PEAK_ROW ? (gint64)i : 0,
                           .column = kind == ASSAY_PEAK_COLUMN ? (gint64)i : 0,
                           .period = (double)n / (double)i,
                           .height = means[i],
                           .spreads = means[i] / spread,
                           .grid = grid_of(i, n, 0, 1, n) };

        if (peak.spreads >= ASSAY_PEAK_LEAST)
            g_array_append_val(peaks, peak);
    }
}

static int
by_height(gconstpointer a, gconstpointer b)
{
    const AssayPeak *x = a, *y = b;

    if (x->height != y->height)
        return x->height > y->height ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->row != y->row ? x->row > y->row : x->column > y->column) ? 1 : -1;
}

/* The @most highest of those from @first on. */
static void
keep_highest(GArray *peaks, guint first, size_t most)
{
    if (peaks->len <= first)
        return;
    qsort(&g_array_index(peaks, AssayPeak, first), peaks->len - first, sizeof(AssayPeak),
          by_height);
    if (peaks->len - first > most)
        g_array_set_size(peaks, first + (guint)most);
}

static GArray *
find_peaks(Plane *self, size_t most)
{
    GArray *peaks = g_array_new(FALSE, FALSE, sizeof(AssayPeak));
    guint n_points;

    measure_heights(self);
    find_points(self, peaks);
    keep_highest(peaks, 0, most);
    n_points = peaks->len;
    find_lines(self, ASSAY_PEAK_ROW, self->height, self->width, self->width, 1, peaks);
    find_lines(self, ASSAY_PEAK_COLUMN, self->width, 1, self->height, self->width, peaks);
    keep_highest(peaks, n_points, most);
    return peaks;
}

GArray *
assay_peaks_find(const double *spectrum, size_t height, size_t width, size_t most, GError **error)
{
    size_t n = height * width;
    g_autofree double *values = g_try_new(double, n), *heights = g_try_new(double, n);
    g_autofree double *room = g_try_new(double, 2 * (n + 1));
    Plane plane = { height, width, values, heights, room };

    g_return_val_if_fail(height > 0 && width > 0, NULL);
    if (values == NULL || heights == NULL || room == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for the peaks of a spectrum of %" G_GSIZE_FORMAT
                    " x %" G_GSIZE_FORMAT,
                    width, height);
        return NULL;
    }
    for (size_t v = 0; v < height; v++) {
        const double *row = spectrum + (v + height / 2) % height * width;

        for (size_t u = 0; u < width; u++)
            values[v * width + u] = row[(u + width / 2) % width];
    }
    return find_peaks(&plane, most);
}
