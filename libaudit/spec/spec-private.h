/* spec/spec-private.h - how the parts of spec build one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "spec.h"

/* The index of this source, added where it is new. */
guint32 assay_spec_source_id(AssaySpec *self, const char *name, const char *sha256,
                             AssayOrigin origin);

/* The group of an item of this source: the named one, or the one that its origin gives. */
guint32 assay_spec_group_id(AssaySpec *self, guint32 source_id, const char *group);

/* The entry of @key, added where it is new. */
AssayEntry *assay_rule_ensure(AssayRule *self, guint64 key);

/* Notes that @item shows @entry @count times; counts of the entry are the caller's. */
void assay_entry_own(AssayEntry *entry, guint32 item, guint32 group_id, guint64 count);
void assay_entry_make_many(AssayEntry *entry);
