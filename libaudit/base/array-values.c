/* base/array-values.c - values of any type as doubles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "array.h"
#include "by-processor.h"

/* The cases of a switch. */
#define EACH_TYPE(DO)                                                                              \
    case ASSAY_U8:                                                                                 \
        DO(guint8);                                                                                \
    case ASSAY_I8:                                                                                 \
        DO(gint8);                                                                                 \
    case ASSAY_U16:                                                                                \
        DO(guint16);                                                                               \
    case ASSAY_I16:                                                                                \
        DO(gint16);                                                                                \
    case ASSAY_U32:                                                                                \
        DO(guint32);                                                                               \
    case ASSAY_I32:                                                                                \
        DO(gint32);                                                                                \
    case ASSAY_U64:                                                                                \
        DO(guint64);                                                                               \
    case ASSAY_I64:                                                                                \
        DO(gint64);                                                                                \
    case ASSAY_F32:                                                                                \
        DO(float);                                                                                 \
    case ASSAY_F64:                                                                                \
        DO(double)

#define EVERY(type)                                                                                \
    for (size_t i = 0; i < n; i++)                                                                 \
        values[i] = (double)((const type *)data)[start + i * step];                                \
    break

static inline __attribute__((always_inline)) void
convert(AssayType type, const void *restrict data, size_t start, size_t step, size_t n,
        double *restrict values)
{
    switch (type) {
        EACH_TYPE(EVERY);
    }
}

/* What lies together, for any processor, or for those with longer vectors. */
#define CONVERT(name, target)                                                                      \
    target static void name(const AssayArray *self, size_t start, size_t n, double *values)        \
    {                                                                                              \
        convert(self->type, self->data, start, 1, n, values);                                      \
    }

ASSAY_BY_PROCESSOR(CONVERT, convert)

void
assay_array_values(const AssayArray *self, size_t start, size_t n, double *values)
{
    ASSAY_CHOSEN(convert)(self, start, n, values);
}

void
assay_array_every(const AssayArray *self, size_t start, size_t step, size_t n, double *values)
{
    convert(self->type, self->data, start, step, n, values);
}

#define ONE(type) return (double)((const type *)self->data)[index]

double
assay_array_value(const AssayArray *self, size_t index)
{
    switch (self->type) {
        EACH_TYPE(ONE);
    }
    g_return_val_if_reached(0);
}
