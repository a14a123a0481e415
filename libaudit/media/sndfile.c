/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sndfile-private.h"

ASSAY_LATE_DEFINE(AssaySndfile, assay_sndfile, ASSAY_SNDFILE_FUNCTIONS, ASSAY_LATE_SNDFILE)
