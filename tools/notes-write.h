/* tools/notes-write.h - notes as assay-notes puts them out: a stream, or MIDI files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/transform/arrange.h>

#include "cli.h"

/* Reads @source, arranges, writes: from here to the end, the exit status. */
int notes_write(const AssayArrangement *arrangement, const AssaySourceConfig *source,
                gboolean is_midi);
