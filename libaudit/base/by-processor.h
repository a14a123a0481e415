/* base/by-processor.h - the same function for any processor, and for those with longer vectors.
 *
 *   #define ADD(name, target) target static void name(double *sums, size_t n) { ... }
 *   ASSAY_BY_PROCESSOR(ADD, add)
 *
 * makes add_any, and where compilers can add_avx2 and add_avx512, of the same steps; and
 *
 *   ASSAY_CHOSEN(add)(sums, n);
 *
 * calls the one for the processor at hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#if defined(__x86_64__) && defined(__GNUC__)
#define ASSAY_BY_PROCESSOR(MAKE, name)                                                             \
    MAKE(name##_any, )                                                                             \
    MAKE(name##_avx2, __attribute__((target("avx2"))))                                             \
    MAKE(name##_avx512, __attribute__((target("avx512f"))))
#define ASSAY_CHOSEN(name)                                                                         \
    (__builtin_cpu_supports("avx512f") ? name##_avx512                                             \
     : __builtin_cpu_supports("avx2")  ? name##_avx2                                               \
                                       : name##_any)
#else
#define ASSAY_BY_PROCESSOR(MAKE, name) MAKE(name##_any, )
#define ASSAY_CHOSEN(name) name##_any
#endif
