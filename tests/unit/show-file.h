/* tests/unit/show-file.h - outputs as texts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/base/output.h>

/* An output into a file of its own. */
typedef struct {
    AssayOutput *out;
    char *folder, *path;
} ShowFile;

ShowFile *show_file_new(void);

/* Closes the output; what was written, ended by a zero byte. Frees it all. */
char *show_file_finish(ShowFile *self, size_t *size);
