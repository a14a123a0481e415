/* media/smf-wrapper-private.h - where in a file the MIDI file proper stands.
 *
 * Two wrappers are in use: RIFF of type RMID (MIDI Manufacturers Association RP-029), whose "data"
 * chunk is the MIDI file, and MacBinary, 128 bytes that old archives put before the contents.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "smf.h"

G_BEGIN_DECLS

/**
 * assay_smf_unwrap:
 * @data: (array length=size): the whole file
 * @size: its size in bytes
 * @begin: (out): offset of "MThd", or of as much of it as there is
 * @end: (out): offset behind the MIDI file: @size, or the end of the "data" chunk
 * @facts: (inout): gains riff_wrapper or macbinary_header
 *
 * Returns: %TRUE; %FALSE with %ASSAY_ERROR_FORMAT for a file that is not MIDI, saying what it looks
 *     like, or %ASSAY_ERROR_TRUNCATED for an empty one and for a RIFF that is cut
 */
gboolean assay_smf_unwrap(const void *data, gsize size, gsize *begin, gsize *end,
                          AssaySmfFacts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
