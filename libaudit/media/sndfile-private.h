/* media/sndfile-private.h - the door to libsndfile, for the files of this room that read sound and
 * that write it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sndfile.h>
