/* spec/spec-private.h - how the parts of spec build one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "spec.h"

/* The index of this source, added where it is new. */
guint32 assay_spec_source_id(AssaySpec *self, const char *name, const char *sha256,
                             AssayOrigin origin);

/* "file", "windows", "array". */
const char *assay_origin_name(AssayOrigin origin);

/* The member "distributions" of a document; where there is none, @self stays as it is. Items and
 * their groups must be known. */
gboolean assay_spec_read_distributions(AssaySpec *self, const AssayJsonAt *root, GError **error);

/* Of the member "rules" of a document: which there are, before the items are read, since these have
 * a column for each; and one of these, once the items are known. */
gboolean assay_spec_read_rule_names(AssaySpec *self, const AssayJsonAt *rules, GError **error);
gboolean assay_spec_read_rule(AssaySpec *self, const AssayJsonAt *rules, size_t index,
                              GError **error);

/* The group of an item of this source: the named one, or the one that its origin gives. */
guint32 assay_spec_group_id(AssaySpec *self, guint32 source_id, const char *group);

/* The entry of @key, added where it is new. */
AssayEntry *assay_rule_ensure(AssayRule *self, guint64 key);

/* Notes that @item shows @entry @count times; counts of the entry are the caller's. */
void assay_entry_own(AssayEntry *entry, guint32 item, guint32 group_id, guint64 count);
void assay_entry_make_many(AssayEntry *entry);

/* The convention of @rule, which must have none yet, and its order. %FALSE for one that says an
 * order that there is not. */
gboolean assay_rule_take_convention(AssaySpec *self, size_t rule, AssayJson *convention);

/* Starts or ends of a rule: none yet; @n more of one; those of @from as well. */
GTree *assay_ends_new(void);
void assay_ends_add(GTree *ends, guint64 history, guint64 n);
void assay_ends_merge(GTree *ends, GTree *from);

/* Each as often as it is in both. */
void assay_ends_intersect(GTree *ends, GTree *other);

/* How many there are in all: as many as items at most, once checked. */
guint64 assay_ends_total(GTree *ends);

/* Whether the items of @rule are walks: each history is begun and entered as often as it is left
 * and ended with, and no fewer items begin than have events, nor more than there are.
 * %ASSAY_ERROR_SPEC names the first history for which it does not hold. Counts must agree; see
 * assay_spec_check_sums(). */
gboolean assay_spec_check_flow(const AssaySpec *self, size_t rule, GError **error);

/* Whether both rules speak of cells cut in one way; %ASSAY_ERROR_SPEC names both values. */
gboolean assay_rule_same_convention(const AssayRule *a, const AssayRule *b, size_t rule,
                                    GError **error);

/* How many items and groups an entry can have at most. */
typedef struct {
    guint64 items, groups;
} AssayLimits;

AssayLimits assay_spec_limits(const AssaySpec *self);

/* Appends a copy of @parent. */
void assay_spec_add_parent(AssaySpec *self, const AssayParent *parent);
int assay_parent_compare(const AssayParent *a, const AssayParent *b);

/* The member "derived" of a document; where there is none, @self stays as it is. */
gboolean assay_spec_read_parents(AssaySpec *self, const AssayJsonAt *root, GError **error);
void assay_spec_print_parents(GString *out, const AssaySpec *self);

/* Whether @text is a SHA-256 in lower-case hexadecimal. */
gboolean assay_spec_is_digest(const char *text);

/* Name, edition, noun, source and licence stay where both specs agree and become "" where not;
 * versions are those of either. */
void assay_spec_merge_texts(AssaySpec *self, const AssaySpec *other);

void assay_entry_free(AssayEntry *entry);

/* Forgets who shows it; how many do stays. */
void assay_entry_disown(AssayEntry *entry);

/* Whether the counts of @rule agree: entries with items, owners with events, and none past 2^63.
 * %ASSAY_ERROR_SPEC says which do not. */
gboolean assay_spec_check_sums(const AssaySpec *self, size_t rule, GError **error);
