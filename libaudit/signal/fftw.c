/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fftw-private.h"

pthread_mutex_t assay_fftw_planner = PTHREAD_MUTEX_INITIALIZER;

ASSAY_LATE_DEFINE(AssayFftw, assay_fftw, ASSAY_FFTW_FUNCTIONS, ASSAY_LATE_FFTW)
ASSAY_LATE_DEFINE(AssayFftwf, assay_fftwf, ASSAY_FFTWF_FUNCTIONS, ASSAY_LATE_FFTWF)
