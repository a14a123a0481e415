/* compare/row-private.h - SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "row.h"

/* A row without numbers. @measure: (transfer full) */
AssayCompareRow *assay_compare_row_new(const char *field, char *measure);
