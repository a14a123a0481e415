/* stream/intake.h - how much came in, and how much of it was left out: inputs and items.
 *
 * An input is a sample, whatever pieces it comes in, or a file that none could be made of. It was
 * left out where nothing of it was consumed; where something was, the items count.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pieces.h"

G_BEGIN_DECLS

/**
 * AssayIntake:
 * @n_inputs: of which something was consumed
 * @n_left_out: of which nothing was
 * @n_items: of those of which something was consumed, left out or not; a sample without an item
 *     axis is one
 * @n_items_left_out: of those items
 *
 * All zeros: nothing came yet.
 */
typedef struct {
    guint64 n_inputs, n_left_out, n_items, n_items_left_out;
    /* Of the input that came last, and of what of it was consumed last. */
    AssayPieces pieces;
    size_t n_consumed, n_refused, n_last;
    guint n_runs;
    gboolean is_withdrawn;
} AssayIntake;

ASSAY_API void assay_intake_clear(AssayIntake *self);

/* Further operands: no piece goes on with what came before. */
ASSAY_API void assay_intake_begin(AssayIntake *self);

/**
 * assay_intake_consume:
 * @has_items: whether it is a piece of @n_items from @start on
 *
 * Returns: whether it goes on with the input that came last.
 */
ASSAY_API gboolean assay_intake_consume(AssayIntake *self, const char *name, gboolean has_items,
                                        size_t start, size_t n_items);

/* The same, of what is left out. */
ASSAY_API gboolean assay_intake_leave_out(AssayIntake *self, const char *name, gboolean has_items,
                                          size_t start, size_t n_items);

/* What was left out before: @n_items of an input, or all of it where that is 0. */
ASSAY_API void assay_intake_add_upstream(AssayIntake *self, size_t n_items);

/* What was consumed last is left out after all. Returns: whether it is the first of its input that
 * is. */
ASSAY_API gboolean assay_intake_withdraw(AssayIntake *self);

G_END_DECLS
