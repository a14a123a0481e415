/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "residual.h"

#include <string.h>

#include "../base/error.h"
#include "median5-private.h"

enum { SIDE = 5, HALF = SIDE / 2 };

/**
 * AssayResidual:
 * @columns: five rows of width + 4 values: the columns around a row, each in order, with the border
 * before and behind them
 * @median: of each column's place in the row
 */
struct AssayResidual {
    AssayType type;
    size_t width;
    void *columns, *median;
};

gboolean
assay_residual_takes(AssayType type)
{
    return type == ASSAY_U8 || type == ASSAY_U16 || type == ASSAY_F32 || type == ASSAY_F64;
}

AssayResidual *
assay_residual_new(AssayType type, size_t width, GError **error)
{
    g_autoptr(AssayResidual) self = g_new0(AssayResidual, 1);

    g_return_val_if_fail(assay_residual_takes(type) && width > 0, NULL);
    self->type = type;
    self->width = width;
    if (width < G_MAXSIZE / SIDE - 2 * HALF) {
        self->columns = g_try_malloc_n((width + 2 * HALF) * SIDE, assay_type_size(type));
        self->median = g_try_malloc_n(width, assay_type_size(type));
    }
    if (self->columns != NULL && self->median != NULL)
        return g_steal_pointer(&self);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "no memory to filter rows of %" G_GSIZE_FORMAT " values", width);
    return NULL;
}

void
assay_residual_free(AssayResidual *self)
{
    if (self == NULL)
        return;
    g_free(self->columns);
    g_free(self->median);
    g_free(self);
}

/* The first of the rows around row @y, and the others, within the plane. */
static size_t
row_around(size_t y, size_t i, size_t height)
{
    return MIN(y + i < HALF ? 0 : y + i - HALF, height - 1);
}

/* The smaller of two variables first. */
#define PUT_IN_ORDER(type, a, b)                                                                   \
    do {                                                                                           \
        type low = a < b ? a : b, high = a < b ? b : a;                                            \
                                                                                                   \
        a = low;                                                                                   \
        b = high;                                                                                  \
    } while (FALSE);

#define IN_BYTES(a, b) PUT_IN_ORDER(guint8, v##a, v##b)
#define IN_WORDS(a, b) PUT_IN_ORDER(guint16, v##a, v##b)
#define IN_FLOATS(a, b) PUT_IN_ORDER(float, v##a, v##b)
#define IN_DOUBLES(a, b) PUT_IN_ORDER(double, v##a, v##b)

/* Five values, by the fewest comparisons. */
#define SORT_FIVE(S) S(0, 1) S(3, 4) S(2, 4) S(2, 3) S(1, 4) S(0, 3) S(0, 2) S(1, 3) S(1, 2)

/* Two functions of planes of @type: columns in order, and the medians of a row of them. */
#define DEFINE_MEDIAN(name, type, S)                                                               \
    static void name##_sort_columns(const type *restrict r0, const type *restrict r1,              \
                                    const type *restrict r2, const type *restrict r3,              \
                                    const type *restrict r4, size_t width, type *restrict columns) \
    {                                                                                              \
        size_t pitch = width + 2 * HALF;                                                           \
        type *restrict s0 = columns + HALF, *restrict s1 = s0 + pitch, *restrict s2 = s1 + pitch;  \
        type *restrict s3 = s2 + pitch, *restrict s4 = s3 + pitch;                                 \
                                                                                                   \
        for (size_t x = 0; x < width; x++) {                                                       \
            type v0 = r0[x], v1 = r1[x], v2 = r2[x], v3 = r3[x], v4 = r4[x];                       \
                                                                                                   \
            SORT_FIVE(S)                                                                           \
            s0[x] = v0;                                                                            \
            s1[x] = v1;                                                                            \
            s2[x] = v2;                                                                            \
            s3[x] = v3;                                                                            \
            s4[x] = v4;                                                                            \
        }                                                                                          \
        for (size_t r = 0; r < SIDE; r++) {                                                        \
            type *row = columns + r * pitch;                                                       \
                                                                                                   \
            row[0] = row[1] = row[HALF];                                                           \
            row[HALF + width] = row[HALF + width + 1] = row[HALF + width - 1];                     \
        }                                                                                          \
    }                                                                                              \
                                                                                                   \
    static void name##_medians(const type *restrict columns, size_t width, type *restrict median)  \
    {                                                                                              \
        size_t pitch = width + 2 * HALF;                                                           \
        const type *restrict s0 = columns, *restrict s1 = s0 + pitch, *restrict s2 = s1 + pitch;   \
        const type *restrict s3 = s2 + pitch, *restrict s4 = s3 + pitch;                           \
                                                                                                   \
        for (size_t x = 0; x < width; x++) {                                                       \
            type v0 = s0[x], v1 = s0[x + 1], v2 = s0[x + 2], v3 = s0[x + 3], v4 = s0[x + 4];       \
            type v5 = s1[x], v6 = s1[x + 1], v7 = s1[x + 2], v8 = s1[x + 3], v9 = s1[x + 4];       \
            type v10 = s2[x], v11 = s2[x + 1], v12 = s2[x + 2], v13 = s2[x + 3], v14 = s2[x + 4];  \
            type v15 = s3[x], v16 = s3[x + 1], v17 = s3[x + 2], v18 = s3[x + 3], v19 = s3[x + 4];  \
            type v20 = s4[x], v21 = s4[x + 1], v22 = s4[x + 2], v23 = s4[x + 3], v24 = s4[x + 4];  \
                                                                                                   \
            ASSAY_MEDIAN5_NETWORK(S)                                                               \
            median[x] = ASSAY_MEDIAN5_RESULT;                                                      \
        }                                                                                          \
    }                                                                                              \
                                                                                                   \
    static void name##_row(AssayResidual *self, const type *plane, size_t height, size_t y,        \
                           double *restrict residual)                                              \
    {                                                                                              \
        const type *rows[SIDE], *restrict values = plane + y * self->width;                        \
        const type *restrict median = self->median;                                                \
                                                                                                   \
        for (size_t i = 0; i < SIDE; i++)                                                          \
            rows[i] = plane + row_around(y, i, height) * self->width;                              \
        name##_sort_columns(rows[0], rows[1], rows[2], rows[3], rows[4], self->width,              \
                            self->columns);                                                        \
        name##_medians(self->columns, self->width, self->median);                                  \
        for (size_t x = 0; x < self->width; x++)                                                   \
            residual[x] = (double)values[x] - (double)median[x];                                   \
    }

DEFINE_MEDIAN(bytes, guint8, IN_BYTES)
DEFINE_MEDIAN(words, guint16, IN_WORDS)
DEFINE_MEDIAN(floats, float, IN_FLOATS)
DEFINE_MEDIAN(doubles, double, IN_DOUBLES)

void
assay_residual_row(AssayResidual *self, const void *plane, size_t height, size_t y,
                   double *residual)
{
    if (self->type == ASSAY_U8)
        bytes_row(self, plane, height, y, residual);
    else if (self->type == ASSAY_U16)
        words_row(self, plane, height, y, residual);
    else if (self->type == ASSAY_F32)
        floats_row(self, plane, height, y, residual);
    else
        doubles_row(self, plane, height, y, residual);
}
