/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "labellings.h"

guint64
assay_labellings_count(size_t n, size_t k, guint64 limit)
{
    __extension__ unsigned __int128 count = 1;

    k = MIN(k, n - k);
    for (size_t i = 1; i <= k; i++) {
        count = count * (n - k + i) / i;
        if (count > limit)
            return limit + 1;
    }
    return (guint64)count;
}

gboolean
assay_labellings_next(size_t *chosen, size_t n, size_t k)
{
    size_t i = k;

    while (i > 0 && chosen[i - 1] == n - k + i - 1)
        i--;
    if (i == 0)
        return FALSE;
    chosen[i - 1]++;
    for (; i < k; i++)
        chosen[i] = chosen[i - 1] + 1;
    return TRUE;
}
