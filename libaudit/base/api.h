/* base/api.h - what the shared library shows.
 *
 * The library is built with hidden visibility; a declaration marked ASSAY_API is exported, and
 * nothing else is. Every function of an installed header carries the mark.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#define ASSAY_API __attribute__((visibility("default")))
