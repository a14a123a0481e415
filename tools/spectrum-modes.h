/* tools/spectrum-modes.h - what assay-spectrum can be asked for, a file each.
 *
 * A mode gets its operands and the options of profiles, and returns the exit status.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/feature/spectrum.h>

#include "cli.h"

/* What is read: streams, pictures, arrays of pictures, sound. */
extern const AssayMedium *const spectrum_media[];
AssaySourceConfig spectrum_source(const char *const *operands);

/* A table: how far each set is from the first, which is the reference. */
int spectrum_loss(const AssaySpectrumConfig *config, const char *const *operands);

/* A stream with the field "spectrum". */
int spectrum_profile(const AssaySpectrumConfig *config, const char *const *operands);
