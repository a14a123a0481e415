/* tools/cli-spec-find.h - where specs are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* The file of the spec called @name, or NULL: a path is taken as it is, a name is looked for in
 * $ASSAY_SPECS and where specs are installed. (transfer full) */
char *cli_find_spec(const char *name);

/* Names of specs that are near @name, or NULL. (transfer full) */
char *cli_near_specs(const char *name);

/* Whether an operand is a spec: a file that begins as JSON does; or no file, but the name of a spec
 * that is found. */
gboolean cli_is_spec(const char *operand);
