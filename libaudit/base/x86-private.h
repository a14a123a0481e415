/* base/x86-private.h - the door to what compilers know of x86-64.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <immintrin.h>
