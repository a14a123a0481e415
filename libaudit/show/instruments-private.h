/* show/instruments-private.h - what General MIDI calls its programs.
 *
 * Source: General MIDI System Level 1, MIDI Manufacturers Association, 1991.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* The name of @program, 0 .. 127. */
const char *assay_instrument_name(unsigned program);
