/* rule/label.h - a text that a rule gives every item: its group, or its class.
 *
 * Three kinds. A regular expression (Perl's, of GLib) is looked for in the item's identity, NAME or
 * NAME[17]: the text is what its first capturing group has matched, or the whole match where the
 * expression has no group. "meta:KEY" takes a member of the sample's metadata, a dot going inside
 * ("meta:source.path"; a member whose name has dots itself is found too): a string, an integer, or
 * a truth value as true or false; of an array, element i is that of item i of the whole sample, in
 * every piece of it. "folder" is NAME without its last component.
 *
 * A rule may not apply to an item: the expression, or its first group, matches nothing or the empty
 * text; there is no such member, or it is of another kind, empty, or longer than ASSAY_LABEL_MAX.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

/* The longest label, in bytes. */
#define ASSAY_LABEL_MAX ((size_t)4096)

/* How far an expression may go back over one identity, from one place in it, before it is given up:
 * some 20 ms. */
#define ASSAY_LABEL_STEPS "1000000"

typedef struct AssayLabel AssayLabel;

/**
 * assay_label_new_group:
 * @text: an expression, or "meta:KEY"
 *
 * Returns: %NULL with %ASSAY_ERROR_USAGE for what is neither.
 */
ASSAY_API AssayLabel *assay_label_new_group(const char *text,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_label_new_class:
 * @text: "meta:KEY" or "folder"
 *
 * Returns: %NULL with %ASSAY_ERROR_USAGE for what is neither.
 */
ASSAY_API AssayLabel *assay_label_new_class(const char *text,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_label_free(AssayLabel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayLabel, assay_label_free)

/**
 * assay_label_read:
 * @item: of the whole sample, so from its item_start on
 * @label: (out) (transfer full) (nullable): the text, or %NULL where the rule does not apply
 *
 * Any thread, on different samples.
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE where the expression goes back too far.
 */
ASSAY_API gboolean assay_label_read(const AssayLabel *self, AssaySample *sample, size_t item,
                                    char **label, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_label_read_name:
 * @name: of an item of which nothing else is known, a row of a table say
 *
 * As assay_label_read(), by an expression alone: %FALSE with %ASSAY_ERROR_USAGE for another rule.
 */
ASSAY_API gboolean assay_label_read_name(const AssayLabel *self, const char *name, char **label,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_label_explain:
 * @sample: one to which the rule does not apply
 *
 * Returns: (transfer full): why it does not, with what is there instead: "it matches no name; the
 *     first is bach/chor001".
 */
ASSAY_API char *assay_label_explain(const AssayLabel *self, AssaySample *sample);

G_END_DECLS
