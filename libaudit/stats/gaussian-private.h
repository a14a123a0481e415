/* stats/gaussian-private.h - SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gaussian.h"

size_t assay_gaussian_columns(const AssayGaussian *self);

/* There is no memory for matrices of so many columns. */
void assay_gaussian_refuse_memory(size_t n_columns, GError **error);
