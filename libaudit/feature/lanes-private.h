/* feature/lanes-private.h - eight doubles at a time.
 *
 * What is written with these the compiler makes of whatever vectors a processor has, with the same
 * bits by each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <string.h>

enum { ASSAY_LANES = 8 };

typedef double AssayLanes __attribute__((vector_size(8 * ASSAY_LANES)));

/* Their bits; and all bits of a lane, or none. */
typedef guint64 AssayLaneBits __attribute__((vector_size(8 * ASSAY_LANES)));

/* Where a whole number is below 0: comparisons of vectors longer than the processor's the compiler
 * makes one by one. */
#define ASSAY_LANES_NEGATIVE(bits) (0 - ((bits) >> 63))

#define ASSAY_LANES_INFINITE G_GUINT64_CONSTANT(0x7ff0000000000000)
#define ASSAY_LANES_MAGNITUDE(lanes) ((AssayLaneBits)(lanes) & ~(G_GUINT64_CONSTANT(1) << 63))

/* Where a value is finite; is NaN. */
#define ASSAY_LANES_FINITE(lanes)                                                                  \
    ASSAY_LANES_NEGATIVE(ASSAY_LANES_MAGNITUDE(lanes) - ASSAY_LANES_INFINITE)
#define ASSAY_LANES_NAN(lanes)                                                                     \
    ASSAY_LANES_NEGATIVE(ASSAY_LANES_INFINITE - ASSAY_LANES_MAGNITUDE(lanes))

/* A part of each function that calls it, with the vectors that this one may use. */
#define ASSAY_LANES_PART static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define ASSAY_LANES_AVX512 __attribute__((target("avx512f")))
#endif

/* Eight numbers in a row, wherever they lie, from and to a variable: one of less than its type's
 * own alignment is none that compilers handle well. */
#define ASSAY_LANES_LOAD(lanes, values) memcpy(&(lanes), (values), sizeof(lanes))
#define ASSAY_LANES_STORE(values, lanes) memcpy((values), &(lanes), sizeof(lanes))

static inline gboolean
assay_lanes_have_avx512(void)
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512f");
#else
    return FALSE;
#endif
}
