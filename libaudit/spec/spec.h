/* spec/spec.h - a spec: all that is known of one corpus, as assay-spec(5) writes it down.
 *
 * A spec grows by observations (mining) or by whole other specs (merging); both give the same spec,
 * to the byte, in any order. Entries name their owners (which items showed them, how often) while
 * these span at most ASSAY_OWNER_GROUPS groups: from that follows what each item would violate, had
 * its group not been there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../distribution/distributions.h"
#include "../rule/groups.h"
#include "../rule/rule.h"

G_BEGIN_DECLS

#define ASSAY_SPEC_VERSION 1

/* Beyond this many groups an entry's owners are "many"; so no support threshold is larger. */
#define ASSAY_OWNER_GROUPS 8
#define ASSAY_MANY_GROUPS (ASSAY_OWNER_GROUPS + 1)

/* An item that showed an entry, and how often. */
typedef struct {
    guint32 item;
    guint64 count;
} AssayOwner;

/**
 * AssayEntry:
 * @n: occurrences
 * @items: how many items show it
 * @groups: how many groups: 1 .. ASSAY_OWNER_GROUPS, or ASSAY_MANY_GROUPS for any more
 * @owners: (array length=n_owners): by item; none where @groups is ASSAY_MANY_GROUPS
 */
typedef struct {
    guint64 key;
    guint64 n, items;
    guint32 groups;
    guint32 group_ids[ASSAY_OWNER_GROUPS]; /* of its first groups, as AssayItem has them */
    guint32 n_owners, room;
    AssayOwner *owners;
} AssayEntry;

/**
 * AssayOrigin:
 * @ASSAY_ORIGIN_FILE: one item, its own group unless groups are given
 * @ASSAY_ORIGIN_WINDOWS: items cut from one piece, one group
 * @ASSAY_ORIGIN_ARRAY: items that came as an array, of unknown origin, each its own group
 */
typedef enum {
    ASSAY_ORIGIN_FILE,
    ASSAY_ORIGIN_WINDOWS,
    ASSAY_ORIGIN_ARRAY,
} AssayOrigin;

typedef struct {
    char *name, *sha256;
    AssayOrigin origin;
    guint32 group_id; /* of the items that have no named group and are no array's */
    gint64 seen_to;   /* while mining: no item up to here may come again */
} AssaySpecSource;

/**
 * AssayItem:
 * @source: index into the sources
 * @index: along the item axis, or -1 where there is none
 * @group: (nullable): the name of its group, where groups were given or the item was cut from a
 *     piece
 * @group_id: which group it is in, 0 .. n_groups - 1
 * @events, @changes: a rule, as in AssayTally
 */
typedef struct {
    guint32 source;
    gint64 index;
    char *group;
    guint32 group_id;
    guint64 events[ASSAY_N_RULES], changes[ASSAY_N_RULES];
} AssayItem;

/**
 * AssayRule:
 * @present: whether the corpus had the rule's field
 * @convention: how the world was cut into cells; equal for corpora that can be compared
 * @order: as the convention says, see assay_rule_read_order()
 * @entries: (element-type AssayEntry): by key, once sorted
 * @total: their occurrences, at most 2^63 - 1
 * @starts, @ends: of a rule of transitions (element-type AssayCount, by key): the histories that
 *     items begin and end with, and how many do. Every history is begun and entered as often as it
 *     is left and ended with, since each item is a walk from its start to its end.
 */
typedef struct {
    gboolean present;
    AssayJson *convention;
    guint order;
    GPtrArray *entries;
    GHashTable *by_key;
    GTree *starts, *ends;
    guint64 total;
} AssayRule;

/**
 * AssayParent:
 *
 * One of the specs that a derived one was made of.
 * @sha256: of its bytes
 * @items, @groups: how many it was mined from
 */
typedef struct {
    char *name, *edition, *sha256;
    guint64 items, groups;
} AssayParent;

/**
 * AssaySpec:
 * @name, @edition: "bach-chorales", "1.0"
 * @noun: what an item is called: "chorales"
 * @corpus_source, @licence: provenance, or ""
 * @tool_versions: (element-type utf8): of the programs that mined it, sorted
 * @recipe: an array of {tool, options}: how media become the fields; empty for foreign streams
 * @distributions: (nullable): of the values of the corpus; %NULL where they were not wanted, and of
 *     a derived spec
 * @parents: of a derived spec (spec/intersect.h), by name, edition and digest: such a spec knows
 *     what is allowed, and no sources and items. Empty for one that was mined.
 */
typedef struct {
    char *name, *edition, *noun, *corpus_source, *licence;
    GPtrArray *tool_versions;
    AssayJson *recipe;
    GPtrArray *sources; /* AssaySpecSource */
    GHashTable *source_index;
    GPtrArray *items;       /* AssayItem */
    GHashTable *item_index; /* while merging, or NULL */
    GHashTable *group_index;
    guint32 n_groups;
    AssayDistributions *distributions;
    GPtrArray *parents; /* AssayParent */
    AssayRule rules[ASSAY_N_RULES];
} AssaySpec;

ASSAY_API AssaySpec *assay_spec_new(void);
ASSAY_API void assay_spec_free(AssaySpec *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySpec, assay_spec_free)

/**
 * assay_spec_add:
 * @spread: (nullable): the values of the same sample; for all samples or for none
 * @groups: (nullable): which items stand or fall together; see assay_groups_of_item()
 *
 * Adds the items of @observation.
 *
 * Returns: %FALSE with %ASSAY_ERROR_SPEC where it was made otherwise than what is there (both
 * values are named), or is in the spec already; the spec is then unchanged.
 */
ASSAY_API gboolean assay_spec_add(AssaySpec *self, const AssayObservation *observation,
                                  const AssaySpread *spread, AssayGroups *groups,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_spec_merge:
 *
 * Adds all of @other, which must be of a corpus disjoint from that of @self; neither may be
 * derived. Name, edition, noun, source and licence stay where both agree and become "" where not.
 *
 * Returns: %FALSE with %ASSAY_ERROR_SPEC; the spec is then not to be used.
 */
ASSAY_API gboolean assay_spec_merge(AssaySpec *self, const AssaySpec *other,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_spec_sort:
 *
 * Brings sources, items, owners and entries into their canonical order. To be called before a spec
 * is written or asked.
 */
ASSAY_API void assay_spec_sort(AssaySpec *self);

/**
 * assay_spec_print:
 * @self: sorted
 *
 * Returns: (transfer full): the canonical text.
 */
ASSAY_API GString *assay_spec_print(const AssaySpec *self);

/**
 * assay_spec_parse:
 * @name: what to call it in a message
 *
 * Everything is checked: kinds, indices, orders, counts of entries against those of their owners
 * and of the items.
 *
 * Returns: (transfer full): the spec, sorted; or %NULL with %ASSAY_ERROR_SPEC, which names the line
 *     and column of what is no JSON, the JSON pointer of what is otherwise wrong
 */
ASSAY_API AssaySpec *assay_spec_parse(const void *data, size_t size, const char *name,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether it has a rule, which something could break. */
ASSAY_API gboolean assay_spec_has_rules(const AssaySpec *self);

/* Whether it knows how values are distributed. */
ASSAY_API gboolean assay_spec_has_distributions(const AssaySpec *self);

/* An entry by its key, or NULL. */
ASSAY_API const AssayEntry *assay_rule_entry(const AssayRule *self, guint64 key);

/* All entries, the most frequent first, then by key: (transfer container) (element-type
 * AssayEntry).
 */
ASSAY_API GPtrArray *assay_rule_by_count(const AssayRule *self);

/* How many items begin (in @starts) or end (in @ends) with @history. */
ASSAY_API guint64 assay_ends_count(GTree *ends, guint64 history);

/* Whether it was derived from other specs: it then allows and forbids as any does, but knows no
 * items, and so not what real unseen ones would break: what is expected, and p, are not known. */
ASSAY_API gboolean assay_spec_is_derived(const AssaySpec *self);

/* Whether items came as arrays, of unknown origin, so that each had to be its own group. What was
 * cut from one piece then counts as independent, and expected rates come out too low. */
ASSAY_API gboolean assay_spec_is_ungrouped(const AssaySpec *self);

/* How many sources have the content of another one, as their SHA-256 say, and are not in one group
 * with it: leaving one out then leaves the other in. */
ASSAY_API size_t assay_spec_n_copies(const AssaySpec *self);

/* "the 274 chorales (249 groups) of bach-chorales 1.0", "what both bach-chorales 1.0 and songs
 * allow": (transfer full). */
ASSAY_API char *assay_spec_describe(const AssaySpec *self);

/* The first member in which two conventions differ, in words, or NULL: (transfer full). */
ASSAY_API char *assay_convention_difference(const AssayJson *a, const AssayJson *b);

G_END_DECLS
