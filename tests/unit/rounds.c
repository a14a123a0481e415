/* tests/unit/rounds.c - see rounds.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "rounds.h"

guint
rounds(guint n)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    return MAX(n / 8, 1);
#else
    return n;
#endif
}
