/* tools/compare-run.h - what assay-compare is to read, whatever becomes of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/rule/groups.h>
#include <assay/spec/recipe.h>
#include <assay/stream/array-config.h>

#include "cli-sets.h"
#include "cli.h"

/**
 * CompareRun:
 * @named: the sets as they were named; the first is the reference
 * @operands, @set_of: (array length=n_operands): what is no spec, and which set each is of; to be
 *     filled, with @recipe, before compare_run_read()
 * @groups: (nullable): of --groups
 * @n_clipped: values that quantising has clipped
 */
typedef struct {
    CliSets named;
    char **operands;
    size_t *set_of, n_operands;
    AssayRecipe *recipe;
    AssayGroups *groups;
    AssayArrayConfig *tables;
    guint64 n_clipped;
} CompareRun;

/* CLI_DONE; else a message was printed, or @error is set. */
int compare_run_open(CompareRun *self, const char *const *operands, GError **error);
void compare_run_clear(CompareRun *self);

/* @operand is read with the samples of @set. */
void compare_run_add(CompareRun *self, const char *operand, size_t set);

/* All of @operands, as @run takes them. */
gboolean compare_run_read(CompareRun *self, CliRun *run, GError **error);

/* Notes what quantising has clipped, if anything. */
void compare_run_tell_clipped(const CompareRun *self);
