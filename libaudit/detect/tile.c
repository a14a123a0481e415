/* detect/tile.c - the inner loop of the search for the nearest.
 *
 * The same loop for vectors of 4, 8 and 16 numbers; a processor is asked what it has. Products and
 * sums are rounded apart (no fused ones), so all of them give the same sums. Terms are never
 * negative: once every sum of a tile is above its limit, the rest of the dimensions can be left.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tile-private.h"

/* So many dimensions, and then a look at the limits. */
enum { STRETCH = 32 };

#define KERNEL(name, attributes, width)                                                            \
    typedef float name##_lanes __attribute__((vector_size(4 * (width)), may_alias));               \
    typedef gint32 name##_bits __attribute__((vector_size(4 * (width))));                          \
                                                                                                   \
    attributes static gboolean name(const float *panel, const float *rows, size_t n_dims,          \
                                    const float *limits, float *sums)                              \
    {                                                                                              \
        enum { N = ASSAY_TILE_LANES / (width) };                                                   \
        name##_lanes sum[ASSAY_TILE_ROWS][N] = { 0 };                                              \
        guint64 words[sizeof(name##_bits) / 8], any = 0;                                           \
                                                                                                   \
        for (size_t from = 0; from < n_dims || from == 0; from += STRETCH) {                       \
            size_t end = MIN(n_dims, from + STRETCH);                                              \
            name##_bits within = { 0 };                                                            \
                                                                                                   \
            for (size_t k = from; k < end; k++) {                                                  \
                const name##_lanes *items =                                                        \
                    (const name##_lanes *)(const void *)(panel + k * ASSAY_TILE_LANES);            \
                                                                                                   \
                for (size_t r = 0; r < ASSAY_TILE_ROWS; r++) {                                     \
                    float value = rows[k * ASSAY_TILE_ROWS + r];                                   \
                                                                                                   \
                    for (size_t v = 0; v < N; v++) {                                               \
                        name##_lanes apart = items[v] - value;                                     \
                                                                                                   \
                        sum[r][v] += apart * apart;                                                \
                    }                                                                              \
                }                                                                                  \
            }                                                                                      \
            for (size_t r = 0; r < ASSAY_TILE_ROWS; r++) {                                         \
                name##_lanes limit = limits[r] - (name##_lanes){ 0 };                              \
                                                                                                   \
                for (size_t v = 0; v < N; v++)                                                     \
                    within |= ~(name##_bits)(sum[r][v] > limit);                                   \
            }                                                                                      \
            memcpy(words, &within, sizeof words);                                                  \
            any = 0;                                                                               \
            for (size_t w = 0; w < G_N_ELEMENTS(words); w++)                                       \
                any |= words[w];                                                                   \
            if (any == 0)                                                                          \
                return FALSE;                                                                      \
        }                                                                                          \
        memcpy(sums, sum, sizeof sum);                                                             \
        return TRUE;                                                                               \
    }

KERNEL(of_four, , 4)
#if defined(__x86_64__)
KERNEL(of_eight, __attribute__((target("avx2"))), 8)
KERNEL(of_sixteen, __attribute__((target("avx512f"))), 16)
#endif

const AssayTileKernel *
assay_tile_kernels(void)
{
    static AssayTileKernel kernels[4];
    static gsize is_known;

    if (g_once_init_enter(&is_known)) {
        size_t n = 0;

#if defined(__x86_64__)
        __builtin_cpu_init();
        if (__builtin_cpu_supports("avx512f"))
            kernels[n++] = of_sixteen;
        if (__builtin_cpu_supports("avx2"))
            kernels[n++] = of_eight;
#endif
        kernels[n] = of_four;
        g_once_init_leave(&is_known, 1);
    }
    return kernels;
}
