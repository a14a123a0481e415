/* synth/soundfont.h - a SoundFont: the sounds of instruments, in a file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/api.h"
#include <glib.h>

G_BEGIN_DECLS

/**
 * AssaySoundfont:
 * @name: its file's, without the folder, safe to print
 * @sha256: of the file, lower-case hexadecimal
 * @bytes: the file
 *
 * Does not change, so any number of threads may use it.
 */
typedef struct {
    char *name;
    char *sha256;
    GBytes *bytes;
} AssaySoundfont;

/**
 * assay_soundfont_open:
 * @path: a file in the format SF2, or SF3 (the same, compressed)
 *
 * Reads the file and looks at its head and its size; FluidSynth looks at the rest.
 *
 * Returns: %NULL with %ASSAY_ERROR_USAGE for a file that is none, %ASSAY_ERROR_TRUNCATED,
 *     %ASSAY_ERROR_RANGE without memory, or %ASSAY_ERROR_IO.
 */
ASSAY_API AssaySoundfont *assay_soundfont_open(const char *path,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_soundfont_free(AssaySoundfont *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySoundfont, assay_soundfont_free)

G_END_DECLS
