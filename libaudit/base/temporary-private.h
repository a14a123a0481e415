/* base/temporary-private.h - files under a name that is not theirs yet, which do not outlive us.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/**
 * AssayTemporary:
 * @path: of the file; %NULL where there is none, or none any more
 * @slot: where it is remembered
 */
typedef struct {
    char *path;
    int slot;
} AssayTemporary;

/**
 * assay_temporary_make:
 * @self: all zeros
 * @target: what is to become of it; its folder is that of the file
 *
 * Makes an empty file, which assay_output_remove_unfinished() removes.
 *
 * Returns: its descriptor, for writing; -1 with errno set
 */
int assay_temporary_make(AssayTemporary *self, const char *target);

/* Gives it its name. Returns: %FALSE with errno set where that cannot be. */
gboolean assay_temporary_become(AssayTemporary *self, const char *target);

/* Removes it, if it is still there. */
void assay_temporary_remove(AssayTemporary *self);
