/* signal/fftw-private.h - the door to FFTW, and the lock of its planner. Each precision is a
 * library, which is loaded when its first function is called.
 *
 * Plans are FFTW_ESTIMATE, so the same bits come out on every run (those of FFTW_MEASURE differ
 * from run to run).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <fftw3.h>
#include <pthread.h>

#include "../base/late.h"

#define ASSAY_FFTW_FUNCTIONS(DO)                                                                   \
    DO(fftw_, alloc_complex)                                                                       \
    DO(fftw_, alloc_real)                                                                          \
    DO(fftw_, free)                                                                                \
    DO(fftw_, plan_dft_c2r_1d)                                                                     \
    DO(fftw_, plan_dft_r2c_1d)                                                                     \
    DO(fftw_, plan_many_dft)                                                                       \
    DO(fftw_, plan_r2r_2d)                                                                         \
    DO(fftw_, destroy_plan)                                                                        \
    DO(fftw_, execute)                                                                             \
    DO(fftw_, execute_dft)                                                                         \
    DO(fftw_, execute_dft_c2r)                                                                     \
    DO(fftw_, execute_dft_r2c)

#define ASSAY_FFTWF_FUNCTIONS(DO)                                                                  \
    DO(fftwf_, alloc_real)                                                                         \
    DO(fftwf_, free)                                                                               \
    DO(fftwf_, plan_guru_split_dft)                                                                \
    DO(fftwf_, destroy_plan)                                                                       \
    DO(fftwf_, execute)

/* Returns: its functions in double precision, by their names without fftw_. */
ASSAY_LATE_DECLARE(AssayFftw, assay_fftw, ASSAY_FFTW_FUNCTIONS);

/* Returns: those in single precision, by their names without fftwf_. */
ASSAY_LATE_DECLARE(AssayFftwf, assay_fftwf, ASSAY_FFTWF_FUNCTIONS);

/* FFTW makes and destroys plans, of either precision, in one thread at a time. */
extern pthread_mutex_t assay_fftw_planner;
