/* rule/rule.h - the kinds of rules there are, and the events of an item that each speaks of.
 *
 * A rule has a field and a way to turn an item into events; each event has a key, and the rule
 * allows the keys that its corpus has shown. chroma-transition: every pair of states of
 * neighbouring steps, key = from * 4096 + to (field "chroma"; 4,096 states, since a 12 x 12 matrix
 * of pitch classes finds nothing). duration: the length of every note, key = the bits of the double
 * (field "notes": quarter notes, channel 10 left out; else "roll": runs of cells, as TequilaGAN has
 * them).
 *
 * To add a rule: a row in the table of rule.c, and its three functions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"
#include "duration.h"
#include "label.h"

G_BEGIN_DECLS

typedef struct {
    guint64 key;
    guint64 count;
} AssayCount;

/* The history that an item begins with and the one it ends with: K states each, as a key has them.
 * An item of fewer than K steps has none; one of K steps begins and ends with the same, and has no
 * transition. */
typedef struct {
    gboolean known;
    guint64 first, last;
} AssayEnds;

/**
 * AssayTally:
 * @events: how many events the item has
 * @changes: how many of them are changes: transitions between different states; other rules: all
 * @counts: (array length=n): the distinct keys, ascending, with their counts
 * @ends: of a rule of transitions
 */
typedef struct {
    guint64 events, changes;
    size_t n;
    AssayCount *counts;
    AssayEnds ends;
} AssayTally;

ASSAY_API void assay_tally_clear(AssayTally *self);

/**
 * AssayRuleType:
 * @name: of the rule, in specs and tables
 * @kind: transition or set
 * @key_columns: what a key of the highest order is called in a spec, ended by %NULL; see
 *     assay_rule_columns()
 * @max_order: of a rule of transitions: its highest order; 0 for other rules, which take any order
 *     that they are given for nothing
 * @field: which field of @sample it would read, or %NULL
 * @observe: the events of item @index of the sample's field, in order: appended to @keys; and its
 *     ends, where the rule has transitions
 * @print_key: appends one cell a column to @row
 * @read_key: the other way; %FALSE with @error naming the place
 * @describe_key: in words, spelled for a key signature: (transfer full)
 * @has_changes: whether an event may be no change (a chord that is held)
 * @is_change: whether an event of this key is one, which does not depend on the order
 */
typedef struct {
    const char *name;
    const char *kind;
    const char *const *key_columns;
    guint max_order;
    const char *events; /* "transitions", "notes" */
    const char *(*field)(AssaySample *sample);
    gboolean (*observe)(AssaySample *sample, size_t index, guint order, GArray *keys,
                        AssayEnds *ends, GError **error);
    AssayJson *(*convention)(AssaySample *sample);
    void (*print_key)(guint64 key, guint order, AssayJson *row);
    gboolean (*read_key)(const AssayJsonAt *row, guint order, guint64 *key, GError **error);
    char *(*describe_key)(guint64 key, guint order, int sharps);
    gboolean has_changes;
    gboolean (*is_change)(guint64 key);
} AssayRuleType;

enum { ASSAY_RULE_TRANSITION, ASSAY_RULE_DURATION, ASSAY_N_RULES };

extern ASSAY_API const AssayRuleType assay_rule_types[ASSAY_N_RULES];

/* The index of the rule called @name, or -1. */
ASSAY_API int assay_rule_find(const char *name);

/* The columns that a key of this order has: the last of the highest order's. */
ASSAY_API const char *const *assay_rule_columns(const AssayRuleType *type, guint order);

/**
 * assay_rule_read_order:
 * @convention: of a rule of this type, or %NULL
 *
 * Reads the member "order", which is absent for order 1; the text of a spec may say anything.
 *
 * Returns: the order, 1 for rules that have none; or 0 for what cannot be one.
 */
ASSAY_API guint assay_rule_read_order(const AssayRuleType *type, const AssayJson *convention);

/* A transition of order K: its last two states; any state, @back steps before the last; the K
 * states it leads from, and the K it leads to. */
#define ASSAY_STATE_BITS 12
#define ASSAY_MAX_ORDER 4
#define ASSAY_TRANSITION_STATE(key, back) ((guint)((key) >> (ASSAY_STATE_BITS * (back))) & 4095)
#define ASSAY_TRANSITION_FROM(key) ASSAY_TRANSITION_STATE(key, 1)
#define ASSAY_TRANSITION_TO(key) ASSAY_TRANSITION_STATE(key, 0)
#define ASSAY_TRANSITION_BEFORE(key) ((guint64)(key) >> ASSAY_STATE_BITS)
#define ASSAY_TRANSITION_AFTER(key, order) ASSAY_TRANSITION_RUN(key, order)

/* The last @n states of @key. */
#define ASSAY_TRANSITION_RUN(key, n)                                                               \
    ((guint64)(key) & ((G_GUINT64_CONSTANT(1) << (ASSAY_STATE_BITS * (n))) - 1))

/* A history in words, spelled for a key signature, its states apart by " -> ": (transfer full). */
ASSAY_API char *assay_history_describe(guint64 history, guint n_states, int sharps);

/**
 * AssayObservation:
 *
 * What a spec needs to know of a sample.
 * @sha256: of its source, "" where that is not known
 * @path: of its source, or %NULL
 * @has_items: whether there is an item axis
 * @windows: whether the items were cut from one piece, so that they stand or fall together
 * @n_items, @item_start: as in the sample
 * @n_whole: see assay_sample_whole()
 * @present: which rules could be read
 * @conventions: a rule: what has to be equal where corpora are compared; %NULL where not present
 * @tallies: n_items * ASSAY_N_RULES, item by item; %NULL where no rule was wanted
 * @stages: what made the sample, or %NULL
 * @piece: (nullable): the group of whatever was cut from the same piece, where the metadata say
 *     that the sample was
 * @groups, @classes: (array length=n_items) (nullable): what AssayObserveConfig's rules say of each
 *     item; an element is %NULL where the rule does not apply
 */
typedef struct {
    char *name, *sha256, *path;
    gboolean has_items, windows;
    size_t n_items, item_start, n_whole;
    gboolean present[ASSAY_N_RULES];
    AssayJson *conventions[ASSAY_N_RULES];
    AssayTally *tallies;
    AssayJson *stages;
    char *piece;
    char **groups, **classes;
} AssayObservation;

/**
 * AssayRulesWanted:
 * @ASSAY_RULES_NEEDED: a sample that no rule can read is refused
 * @ASSAY_RULES_OPTIONAL: it has items and groups all the same
 * @ASSAY_RULES_NONE: no rule is read: items and groups are all that is wanted
 */
typedef enum {
    ASSAY_RULES_NEEDED,
    ASSAY_RULES_OPTIONAL,
    ASSAY_RULES_NONE,
} AssayRulesWanted;

/**
 * AssayObserveConfig:
 * @rules: what is asked of the sample
 * @order: of rules of transitions, 1 .. ASSAY_MAX_ORDER
 * @group_by: (nullable): gives each item its group
 * @by: (nullable): gives each item its class
 */
typedef struct {
    AssayRulesWanted rules;
    guint order;
    const AssayLabel *group_by, *by;
} AssayObserveConfig;

#define ASSAY_OBSERVE_CONFIG_DEFAULT                                                               \
    {                                                                                              \
        .rules = ASSAY_RULES_NEEDED, .order = 1, .group_by = NULL, .by = NULL                      \
    }

/**
 * assay_observe:
 *
 * The sample has items where its metadata say so and, where no rule needs to be there, where the
 * first axis of any array of numbers is "item".
 *
 * Returns: (transfer full): the observation, or %NULL with @error: a field that is broken, or none
 *     that any rule reads, where one is needed (%ASSAY_ERROR_FIELD); or what assay_label_read()
 *     reports.
 */
ASSAY_API AssayObservation *assay_observe(AssaySample *sample, const AssayObserveConfig *config,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_observation_free(AssayObservation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayObservation, assay_observation_free)

/* NAME, or NAME[item] where there are items; @item counts over the whole sample, not the piece:
 * (transfer full). */
ASSAY_API char *assay_observation_identity(const AssayObservation *self, size_t item);

/**
 * assay_tally_keys:
 *
 * Counts @keys (of guint64, which it sorts) into @self; its ends are not known then.
 */
ASSAY_API void assay_tally_keys(AssayTally *self, const AssayRuleType *type, GArray *keys);

G_END_DECLS
