/* tools/cli-spec.h - what the programs that read or write specs share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/spec/spec.h>

/* A spec from a file, or by the name of one in $ASSAY_SPECS or where specs are installed. */
AssaySpec *cli_read_spec(const char *name, GError **error);

/* The same, and whether the file is in canonical form, where @canonical is not NULL. */
AssaySpec *cli_read_spec_checked(const char *name, gboolean *canonical, GError **error);

AssayGroups *cli_read_groups(const char *path, GError **error);

/* Sorts @spec and writes it to --output. */
gboolean cli_write_spec(AssaySpec *spec, GError **error);

/* Sets what was typed; NULL leaves as it is. Says what is wrong where a text is not UTF-8. */
gboolean cli_spec_name(AssaySpec *spec, const char *name, const char *edition, const char *noun,
                       const char *source, const char *licence);
