/* base/shortest-eight-private.h - numbers as text, eight at a time, where the processor has long
 * vectors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <string.h>

enum { ASSAY_EIGHT = 8 };

/**
 * AssayEightTexts:
 * @front: the sign, a zero, the point and zeros, for what has some
 * @head: the first characters, which lie at @start, with the point if it stands among digits
 * @middle, @last: digits two to nine and the last eight; the former a byte behind @behind
 * @n: characters of all
 */
typedef struct {
    guint64 front[ASSAY_EIGHT], head[ASSAY_EIGHT], middle[ASSAY_EIGHT], last[ASSAY_EIGHT];
    guint64 start[ASSAY_EIGHT], behind[ASSAY_EIGHT], n[ASSAY_EIGHT];
} AssayEightTexts;

/* Whether this processor can. */
gboolean assay_eight_texts_can(void);

/**
 * assay_eight_texts:
 * @n: up to ASSAY_EIGHT
 *
 * Returns: a bit for each whose text is made, the same as that of assay_shortest_find(): most of
 *     those from 1e-4 to 1e7 that are no whole numbers; "0" for either zero, and "NA" for NaN
 */
guint assay_eight_texts(const double *values, size_t n, AssayEightTexts *texts);

/* Writes one that is made; returns where it ends. @buffer has room for 32 bytes. */
static inline char *
assay_eight_texts_put(const AssayEightTexts *texts, size_t k, char *buffer)
{
    char *behind = buffer + texts->behind[k];

    memcpy(buffer, &texts->front[k], 8);
    memcpy(behind + 9, &texts->last[k], 8);
    memcpy(behind + 1, &texts->middle[k], 8);
    memcpy(buffer + texts->start[k], &texts->head[k], 8);
    return buffer + texts->n[k];
}
