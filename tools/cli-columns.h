/* tools/cli-columns.h - the columns of tables, in short.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/base/table.h>

/* clang-format off */
#define CLI_TEXT(name)  { name, ASSAY_COLUMN_TEXT }
#define CLI_COUNT(name) { name, ASSAY_COLUMN_INTEGER }
#define CLI_REAL(name)  { name, ASSAY_COLUMN_REAL }
/* clang-format on */
