/* tools/cli-groups.h - groups of items: tables of them, and how many there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/base/table.h>
#include <assay/rule/groups.h>

/* Reads --groups=@path. */
AssayGroups *cli_read_groups(const char *path, GError **error);

/* Notes how many lines of --groups=@path no item has used; @groups: (nullable). */
void cli_tell_unused_groups(const AssayGroups *groups, const char *path);

/* A cell of how many groups show something: "many" past those that are counted. */
void cli_table_groups(AssayTable *table, guint groups);
