/* tools/cli-label.h - an option that gives every item a text, and to how many it did not apply.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/rule/label.h>

/**
 * CliLabel:
 * @option: "--group-by"
 * @text: as typed, or NULL
 * @otherwise: what becomes of items to which it does not apply: "are grouped as without it"
 * @label: what @text says, or NULL
 */
typedef struct {
    const char *option;
    char *text;
    const char *otherwise;
    AssayLabel *label;
    guint64 n_items, n_without;
    char *miss; /* why it does not apply to the first of those */
} CliLabel;

/* --group-by, and --by, before anything was typed. */
#define CLI_LABEL_GROUP_BY                                                                         \
    {                                                                                              \
        .option = "--group-by", .otherwise = "are grouped as without it"                           \
    }
#define CLI_LABEL_BY                                                                               \
    {                                                                                              \
        .option = "--by", .otherwise = "are the class without a name"                              \
    }

/* Reads what was typed, by @parse; FALSE with a message where it cannot be. */
gboolean cli_label_parse(CliLabel *self, AssayLabel *(*parse)(const char *text, GError **error));

/* The same of --group-by, where @groups was typed for --groups (nullable): these exclude each
 * other. */
gboolean cli_label_parse_groups(CliLabel *self, const char *groups);

/* Counts the items of a sample; @labels are theirs. */
void cli_label_count(CliLabel *self, AssaySample *sample, char *const *labels);

/* Says to how many it did not apply; fails where it applied to none. */
gboolean cli_label_finish(const CliLabel *self, GError **error);
void cli_label_clear(CliLabel *self);
