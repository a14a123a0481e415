/* tools/cli-sets.h - operands as sets: LABEL=FILE, where those of one LABEL are one set; or FILE, a
 * set of its own which labels itself. An operand that is a file by its whole name is that.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

/**
 * CliSets:
 * @labels: (array length=n): in the order of their first operands
 * @operands: without their labels, ended by %NULL
 * @set_of: which set each operand is of
 */
typedef struct {
    size_t n;
    char **labels, **operands;
    size_t *set_of;
} CliSets;

/* FALSE with a message where LABEL or FILE is empty; there is nothing to clear then. */
gboolean cli_sets_read(CliSets *self, const char *const *operands);

/* No sets are left; may be called again. */
void cli_sets_clear(CliSets *self);

/* What a set, or with @by a class of it, is called: LABEL, or LABEL:CLASS; @by is the text of --by,
 * or NULL. (transfer full) */
char *cli_sets_name(const char *label, const char *by, const char *class_name);
