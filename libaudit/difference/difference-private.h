/* difference/difference-private.h - what the parts of difference share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/pieces.h"
#include "../stream/sample.h"
#include "difference.h"

typedef struct {
    const AssayDifferenceConfig *config;
    AssayDifferenceReport report;
    gpointer user;
    AssayDifferenceCounts *counts;
    const char *name_a, *name_b; /* of the streams */
    AssayPieces *met;            /* of the sample that both had last */
    gboolean is_over;            /* nobody listens any more */
} AssayDifference;

/* One line. */
void assay_difference_say(AssayDifference *self, const char *format, ...) G_GNUC_PRINTF(2, 3);

gboolean assay_difference_near(const AssayDifferenceConfig *config, double a, double b);

/* Two JSON values; @where names them, @skip (nullable) is a member of the outermost objects that is
 * left out. */
void assay_difference_json(AssayDifference *self, const char *where, const AssayJson *a,
                           const AssayJson *b, const char *skip);

/* The "fields" of two samples' metadata, of the fields that both have; then the rest. */
void assay_difference_meta(AssayDifference *self, AssaySample *a, AssaySample *b);

/**
 * assay_difference_fields:
 * @start_a, @start_b: the first item of each that is compared
 * @n_items: how many
 *
 * Fields and foreign members. What has no item axis is compared where both items are the first.
 */
gboolean assay_difference_fields(AssayDifference *self, AssaySample *a, size_t start_a,
                                 AssaySample *b, size_t start_b, size_t n_items, GError **error);
