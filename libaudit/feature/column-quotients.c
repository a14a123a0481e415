/* feature/column-quotients.c - sums of columns as centroids, eight columns at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "column-sums-private.h"
#include "lanes-private.h"

/* Where @sums, from 0 on or not finite, are at most @empty, which is from 0 on: as numbers from 0
 * on are in order, so are their bits. */
#define AT_MOST(sums, empty) (~ASSAY_LANES_NEGATIVE((empty) - (AssayLaneBits)(sums)))

ASSAY_LANES_PART AssayColumnQuotients
divide(const AssayColumnSums *sums, size_t n, double empty, double *centroids)
{
    const AssayLaneBits ahead = { 0, 1, 2, 3, 4, 5, 6, 7 };
    const AssayLaneBits none = (AssayLaneBits)((AssayLanes){ 0 } + (double)NAN);
    const AssayLaneBits empty_bits = (AssayLaneBits)((AssayLanes){ 0 } + empty);
    AssayLaneBits n_empty = { 0 }, n_non_finite = { 0 };
    AssayColumnQuotients counts = { 0, 0 };

    for (size_t c = 0; c < n; c += ASSAY_LANES) {
        AssayLaneBits is_column = ASSAY_LANES_NEGATIVE(ahead + c - n), is_finite, is_empty, is_full;
        AssayLanes sum, weighted;

        memcpy(&sum, &sums->sum[c], sizeof sum);
        memcpy(&weighted, &sums->weighted[c], sizeof weighted);
        is_finite = ASSAY_LANES_FINITE(sum) & ASSAY_LANES_FINITE(weighted);
        is_empty = is_finite & AT_MOST(sum, empty_bits);
        is_full = is_finite & ~is_empty;
        n_empty -= is_empty & is_column;
        n_non_finite -= ~is_finite & is_column;
        sum = (AssayLanes)(((AssayLaneBits)(weighted / sum) & is_full) | (none & ~is_full));
        if (c + ASSAY_LANES <= n)
            memcpy(&centroids[c], &sum, sizeof sum);
        else
            memcpy(&centroids[c], &sum, (n - c) * sizeof *centroids);
    }
    for (size_t k = 0; k < ASSAY_LANES; k++) {
        counts.n_empty += n_empty[k];
        counts.n_non_finite += n_non_finite[k];
    }
    return counts;
}

AssayColumnQuotients
assay_column_quotients_any(const AssayColumnSums *sums, size_t n, double empty, double *centroids)
{
    return divide(sums, n, empty, centroids);
}

#if defined(__x86_64__)
ASSAY_LANES_AVX512 static AssayColumnQuotients
divide_avx512(const AssayColumnSums *sums, size_t n, double empty, double *centroids)
{
    return divide(sums, n, empty, centroids);
}
#endif

AssayColumnQuotients
assay_column_quotients(const AssayColumnSums *sums, size_t n, double empty, double *centroids)
{
#if defined(__x86_64__)
    if (assay_lanes_have_avx512())
        return divide_avx512(sums, n, empty, centroids);
#endif
    return assay_column_quotients_any(sums, n, empty, centroids);
}
