/* stats/frechet-private.h - SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "frechet.h"

size_t assay_gaussian_columns(const AssayGaussian *self);

/* There is no memory for matrices of so many columns. */
void assay_frechet_refuse_memory(size_t n_columns, GError **error);
