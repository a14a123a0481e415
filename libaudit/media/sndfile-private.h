/* media/sndfile-private.h - the door to libsndfile, for the files of this room that read sound and
 * that write it. It is loaded when its first function is called.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sndfile.h>

#include "../base/late.h"

#define ASSAY_SNDFILE_FUNCTIONS(DO)                                                                \
    DO(sf_, open_virtual)                                                                          \
    DO(sf_, close)                                                                                 \
    DO(sf_, command)                                                                               \
    DO(sf_, error)                                                                                 \
    DO(sf_, error_number)                                                                          \
    DO(sf_, strerror)                                                                              \
    DO(sf_, readf_float)                                                                           \
    DO(sf_, writef_float)                                                                          \
    DO(sf_, writef_int)

/* Returns: its functions, by their names without sf_. */
ASSAY_LATE_DECLARE(AssaySndfile, assay_sndfile, ASSAY_SNDFILE_FUNCTIONS);
