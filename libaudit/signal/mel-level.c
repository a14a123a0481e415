/* signal/mel-level.c - sounds made alike in level and in the silence around them, before they are
 * framed: what tells two sets apart must not be how their makers saved them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "mel-private.h"

/* What is left without the ends that stay below @trim_db under the peak; all of what is silent. */
static void
trim(float **samples, size_t *n, double trim_db)
{
    double peak = 0, least;
    size_t first = 0;

    for (size_t i = 0; i < *n; i++)
        peak = MAX(peak, fabs((double)(*samples)[i]));
    least = peak * pow(10, -trim_db / 20);
    while (first < *n && fabs((double)(*samples)[first]) < least)
        first++;
    while (*n > first && fabs((double)(*samples)[*n - 1]) < least)
        (*n)--;
    *samples += first;
    *n -= first;
}

/* Scales to a root mean square of @level_db below full scale; silence has none and stays. */
static void
scale(float *samples, size_t n, double level_db)
{
    double sum = 0, factor;

    for (size_t i = 0; i < n; i++)
        sum += (double)samples[i] * (double)samples[i];
    if (!(sum > 0))
        return;
    factor = pow(10, -level_db / 20) / sqrt(sum / (double)n);
    for (size_t i = 0; i < n; i++)
        samples[i] = (float)(factor * (double)samples[i]);
}

void
assay_mel_level(const AssayMelConfig *config, float **samples, size_t *n)
{
    if (config->trim_db > 0)
        trim(samples, n, config->trim_db);
    if (config->level_db > 0)
        scale(*samples, *n, config->level_db);
}
