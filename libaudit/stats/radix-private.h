/* stats/radix-private.h - unsigned integers put in order, digit by digit; floating point as such.
 *
 * The bits of a floating-point number, all of them turned round if it is negative, else the sign
 * alone, are an unsigned integer in the same order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <string.h>

/**
 * assay_radix_sort_u32:
 * @keys: (inout) (array length=n): put in ascending order
 * @scratch: (array length=n): overwritten
 *
 * Least digit first, 11 bits each; a digit that all keys share costs nothing.
 */
void assay_radix_sort_u32(guint32 *keys, guint32 *scratch, size_t n);
void assay_radix_sort_u64(guint64 *keys, guint64 *scratch, size_t n);

static inline guint32
assay_radix_key_f32(float value)
{
    float positive_zero = value + 0.0F; /* -0 + 0 is 0 */
    guint32 bits;

    memcpy(&bits, &positive_zero, sizeof bits);
    return bits ^ ((guint32) - (gint32)(bits >> 31) | (guint32)0x80000000);
}

static inline guint64
assay_radix_key_f64(double value)
{
    double positive_zero = value + 0.0;
    guint64 bits;

    memcpy(&bits, &positive_zero, sizeof bits);
    return bits ^ ((guint64) - (gint64)(bits >> 63) | G_GUINT64_CONSTANT(1) << 63);
}

static inline float
assay_radix_value_f32(guint32 key)
{
    guint32 bits = key ^ (((key >> 31) - 1) | (guint32)0x80000000);
    float value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline double
assay_radix_value_f64(guint64 key)
{
    guint64 bits = key ^ (((key >> 63) - 1) | G_GUINT64_CONSTANT(1) << 63);
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}
