/* signal/fftw-private.h - the door to FFTW, and the lock of its planner.
 *
 * Plans are FFTW_ESTIMATE, so the same bits come out on every run (those of FFTW_MEASURE differ
 * from run to run).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <fftw3.h>
#include <pthread.h>

/* FFTW makes and destroys plans, of either precision, in one thread at a time. */
extern pthread_mutex_t assay_fftw_planner;
