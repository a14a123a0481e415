/* tests/unit/rounds.h - how often a test repeats itself with other random numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* @n, and an eighth of it (1 at least) under a sanitizer: that is slow and watches how things are
 * done, which soon repeats itself; what comes of it is looked at in the other builds. */
guint rounds(guint n);
