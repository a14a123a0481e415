/* tools/render-files.h - assay-render --wav and --flac: the sound of each sample as a file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/media/sound-write.h>

#include "cli.h"

/* Reads @source, applies @stage, writes a file of each: from here to the end, the exit status. */
int render_files(const AssaySourceConfig *source, const AssayStage *stage,
                 const AssaySoundFormat *format);
