/* stream/sample-private.h - the inside of a sample, for those who make one of bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sample.h"

/* A member as it is kept; others see it as an AssayMember. @field: NULL for a foreign one; @array:
 * made here, or asked for; @bytes: as they came, NULL where they did not. */
typedef struct {
    char *suffix;
    char *field;
    AssayArray *array;
    GBytes *bytes;
} AssaySampleMember;

struct AssaySample {
    char *name;
    AssayJson *meta;
    AssayJson *stages;
    AssayContent *content;
    GPtrArray *members; /* AssaySampleMember */
    GString *record;    /* what a stream will have in their place; see assay_writer_prepare() */
    gboolean has_items;
    size_t item_start, n_items, n_whole;
    size_t max_bytes;
};
