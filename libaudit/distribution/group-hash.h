/* distribution/group-hash.h - a number for a group, the same in a part of a corpus as in the whole.
 *
 * The number of a group that has a name: the first 8 bytes, big-endian, of the SHA-256 of "group",
 * a line feed and the name. Of a source whose items are one group: the same of "source", its NAME,
 * its SHA-256 (or nothing, where that is not known) and its origin ("file", "windows", "array"),
 * with a line feed between each two. An item of an array, a group of its own, has that of the
 * source plus (index + 1) * 0x9e3779b97f4a7c15, mixed as SplitMix64 does (Guy Steele, Doug Lea and
 * Christine Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). 2^64 - 1 is
 * taken as 2^64 - 2. Two groups of one number count as one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

ASSAY_API guint64 assay_group_hash_name(const char *group);
ASSAY_API guint64 assay_group_hash_source(const char *name, const char *sha256, const char *origin);

/* Of item @index of the array whose number is @source. */
ASSAY_API guint64 assay_group_hash_item(guint64 source, guint64 index);

/* A number below which at least @n_wanted of the items 0 to @n_items - 1 of that array have theirs,
 * and few more; ASSAY_DROPPED_NONE where that would be half of them or more. */
ASSAY_API guint64 assay_group_hash_bound(guint64 source, guint64 n_items, guint64 n_wanted);

G_END_DECLS
