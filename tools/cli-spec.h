/* tools/cli-spec.h - what the programs that read or write specs share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/spec/spec.h>

/* A spec from a file, or by the name of one in $ASSAY_SPECS or where specs are installed. */
AssaySpec *cli_read_spec(const char *name, GError **error);

/* What the file of a spec was: whether it is in canonical form, and the SHA-256 of its bytes. */
typedef struct {
    gboolean is_canonical;
    char sha256[65]; /* in hexadecimal */
} CliSpecFile;

/* The same as cli_read_spec(), and what its file was. */
AssaySpec *cli_read_spec_file(const char *name, CliSpecFile *file, GError **error);

/* The same without its items (spec/intersect.h), known by the digest of its bytes. */
AssaySpec *cli_read_spec_derived(const char *name, GError **error);

/* Sorts @spec and writes it to --output. */
gboolean cli_write_spec(AssaySpec *spec, GError **error);

/* Sets what was typed; NULL leaves as it is. Says what is wrong where a text is not UTF-8. */
gboolean cli_spec_name(AssaySpec *spec, const char *name, const char *edition, const char *noun,
                       const char *source, const char *licence);
